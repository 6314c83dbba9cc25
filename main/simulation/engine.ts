/**
 * The simulation: a virtual clock, a topology and probes. Same configuration, seed and calls give the same bytes.
 * All of its API is plain messages, so that it can move to a worker.
 */
import type { Ipv4Address } from '../../shared/net/ipv4.ts';
import type { BgpRouter } from './bgp/bgpRouter.ts';
import { Capture, type CapturedFrame } from './capture.ts';
import type { SimulationConfig } from './config.ts';
import type { Ping } from './fabric/ping.ts';
import { withFaults, type Fault } from './faults.ts';
import { roleHost, withRoles, type GatewayRole } from './gateway/failover.ts';
import { SessionScan } from './gateway/natSessions.ts';
import { Random } from './kernel/prng.ts';
import { TapBoard, type RecordedFrame } from './kernel/tap.ts';
import { World } from './kernel/world.ts';
import { ProbeBoard } from './programs/probeBoard.ts';
import type { RouteProbe } from './programs/routeProbe.ts';
import type { TcpProbe } from './programs/tcpProbe.ts';
import type {
  BgpPlace, BgpRouterState, CaptureState, GatewayStateScope, GatewaySummary, GatewayVmState, NatSessionQuery, PingRequest, PingState, RouteProbeRequest, RouteProbeState, SimulationSettings, SimulationTotals, SiteToSiteState, StackState, TcpProbeRequest, TcpProbeState, TraceState,
} from './state.ts';
import { settingsOf } from './settings.ts';
import { Topology } from './topology.ts';
import { TraceRecorder } from './trace/recorder.ts';

const traceLimit = 1000;

export class Simulation {
  readonly #world: World;
  readonly #taps: TapBoard;
  readonly #topology: Topology;
  readonly #pings = new ProbeBoard<Ping>();
  readonly #routeProbes = new ProbeBoard<RouteProbe>();
  readonly #tcpProbes = new ProbeBoard<TcpProbe>();
  readonly #captures = new Map<string, Capture>();
  readonly #traces = new Map<string, TraceRecorder>();
  /** As it was told, without faults. */
  #config: SimulationConfig;
  #faults: readonly Fault[] = [];
  /** Where the roles of clustered gateways are, once they moved. */
  readonly #roles = new Map<string, GatewayRole>();
  #nextId = 1;

  constructor(config: SimulationConfig) {
    this.#config = config;
    this.#world = new World(new Random(config.seed));
    this.#taps = new TapBoard(this.#world.queue);
    this.#topology = new Topology(this.#world, this.#taps);
    this.#topology.configure(config);
  }

  /** Brings the simulation in line with a new configuration. Clock, sessions and neighbours of what did not change stay. */
  apply(next: SimulationConfig): void {
    this.#config = next;
    for (const id of this.#roles.keys()) if (!this.#isClustered(id)) this.#roles.delete(id);
    this.#reconfigure();
  }

  /** Configuration, roles of clustered gateways, faults: in this order. */
  #reconfigure(): void {
    this.#topology.configure(withFaults(withRoles(this.#config, this.#roles), this.#faults));
    for (const capture of this.#captures.values()) capture.attachTo(this.#taps.all());
  }

  /** From now on these faults are in force, and no others: an empty list takes all of them back. */
  setFaults(faults: readonly Fault[]): void {
    this.#faults = [...faults];
    this.#topology.setLinkFaults(this.#faults);
    this.#reconfigure();
    for (const { id, standby } of this.#config.gateways) if (standby !== null && this.#hasLostHost(id)) this.failOver(id);
  }

  /** Moves the role of a clustered gateway to its other node. False when it stands alone, or is moving already. */
  failOver(gatewayId: string): boolean {
    const gateway = this.#config.gateways.find(({ id }) => id === gatewayId);
    const from = this.gatewayRole(gatewayId);
    if (gateway === undefined || gateway.standby === null || from === 'moving') return false;
    this.#roles.set(gatewayId, 'moving');
    this.#reconfigure();
    const arrive = { onEvent: () => this.#takeOver(gatewayId, from === 'primary' ? 'standby' : 'primary') };
    this.#world.queue.schedule(gateway.standby.failoverNs, arrive, 0, null);
    return true;
  }

  gatewayRole(gatewayId: string): GatewayRole {
    return this.#roles.get(gatewayId) ?? 'primary';
  }

  #takeOver(gatewayId: string, role: GatewayRole): void {
    if (!this.#isClustered(gatewayId)) return;
    this.#roles.set(gatewayId, role);
    this.#reconfigure();
    this.#topology.gateways.get(gatewayId)?.takeOver();
  }

  /** Only a gateway of two nodes has a role that moves. */
  #isClustered(gatewayId: string): boolean {
    return this.#config.gateways.some(({ id, standby }) => id === gatewayId && standby !== null);
  }

  #hasLostHost(gatewayId: string): boolean {
    const gateway = this.#config.gateways.find(({ id }) => id === gatewayId);
    const host = gateway && roleHost(gateway, this.gatewayRole(gatewayId));
    return this.#faults.some((fault) => fault.kind === 'hostDown' && fault.hostId === host);
  }

  /**
   * The same configuration, roles and faults at instant 0. A question can be asked of it, and nothing here changes. Sessions, keys and
   * neighbours are not in it: they come with the first packets.
   */
  rehearsal(): Simulation {
    const copy = new Simulation(this.#config);
    for (const [gatewayId, role] of this.#roles) copy.#roles.set(gatewayId, role);
    copy.setFaults(this.#faults);
    return copy;
  }

  get faults(): readonly Fault[] {
    return this.#faults;
  }

  /** Virtual nanoseconds since the start. */
  get now(): number {
    return this.#world.queue.now;
  }

  /** Virtual time of the next event; Infinity when nothing is going to happen. */
  get nextEventTime(): number {
    return this.#world.queue.nextTime;
  }

  totals(): SimulationTotals {
    return this.#world.totals();
  }

  /** Runs everything that happens in the next `nanoseconds`. */
  advance(nanoseconds: number): void {
    this.runUntil(this.now + nanoseconds, Infinity);
  }

  /** Runs at most `maximumEvents` events up to an instant; true when it got there. */
  runUntil(instant: number, maximumEvents: number): boolean {
    const { queue } = this.#world;
    for (let events = 0; events < maximumEvents; events += 1) {
      if (queue.step(instant)) continue;
      queue.now = Math.max(queue.now, instant);
      return true;
    }
    return false;
  }

  /** Runs the next event, whenever it is; false when there is none. */
  stepEvent(): boolean {
    return this.#world.queue.step(Infinity);
  }

  /** Sends an Ethernet frame (without FCS) out of a machine's adapter, as if its own stack had made it. False when there is no such machine. */
  inject(vmId: string, frame: Uint8Array, trace: TraceRecorder | null = null): boolean {
    const machine = this.#topology.machines.get(vmId);
    if (machine === undefined) return false;
    const packet = this.#world.pool.acquire(frame.length);
    packet.bytes.set(frame, packet.start);
    packet.trace = trace;
    machine.sendFrame(packet);
    return true;
  }

  /** As `inject`, and writes down every decision about the packet and about what it causes. Undefined when there is no such machine. */
  trace(vmId: string, frame: Uint8Array): string | undefined {
    const recorder = new TraceRecorder();
    if (!this.inject(vmId, frame, recorder)) return undefined;
    const [oldest] = this.#traces.keys();
    if (this.#traces.size >= traceLimit && oldest !== undefined) this.#traces.delete(oldest);
    const id = `trace-${this.#nextId++}`;
    this.#traces.set(id, recorder);
    return id;
  }

  /** The decisions so far and, once it is known, the fate of the packet in one sentence. */
  traceState(id: string): TraceState | undefined {
    const recorder = this.#traces.get(id);
    return recorder && { steps: recorder.steps.map((step) => ({ ...step })), fate: recorder.fate };
  }

  /** Undefined when the machine does not exist or has no address in the simulation. */
  startPing(request: PingRequest): string | undefined {
    const programs = this.#topology.programsOf(request.vmId);
    if (programs === undefined) return undefined;
    const ping = programs.startPing(request);
    return this.#pings.add(`ping-${this.#nextId++}`, ping, () => programs.release(ping));
  }

  pingState(id: string): PingState | undefined {
    return this.#pings.get(id)?.state();
  }

  /** Stops a ping; its state stays readable until `endPing`. */
  stopPing(id: string): boolean {
    return this.#pings.stop(id);
  }

  endPing(id: string): void {
    this.#pings.end(id);
  }

  /** As tracert: requests with a time to live of 1, 2, 3 and so on. Undefined as in `startPing`. */
  startRouteProbe(request: RouteProbeRequest): string | undefined {
    const programs = this.#topology.programsOf(request.vmId);
    if (programs === undefined) return undefined;
    const probe = programs.startRouteProbe(request);
    return this.#routeProbes.add(`route-${this.#nextId++}`, probe, () => programs.release(probe));
  }

  routeProbeState(id: string): RouteProbeState | undefined {
    return this.#routeProbes.get(id)?.state();
  }

  stopRouteProbe(id: string): boolean {
    return this.#routeProbes.stop(id);
  }

  /** Connects to a TCP port, and ends the connection as soon as it stands. Undefined as in `startPing`. */
  startTcpProbe(request: TcpProbeRequest): string | undefined {
    const probe = this.#topology.programsOf(request.vmId)?.startTcpProbe(request);
    return probe && this.#tcpProbes.add(`tcp-${this.#nextId++}`, probe, () => undefined);
  }

  tcpProbeState(id: string): TcpProbeState | undefined {
    return this.#tcpProbes.get(id)?.state();
  }

  stopTcpProbe(id: string): boolean {
    return this.#tcpProbes.stop(id);
  }

  /** Interfaces, routes and neighbours of a virtual machine. Undefined when it has no adapter on a VM subnet. */
  machineState(vmId: string): StackState | undefined {
    return this.#topology.machines.get(vmId)?.state();
  }

  /** What it was told, without the keys. */
  settings(): SimulationSettings {
    return settingsOf(this.#config);
  }

  /** Left out, `scope` is everything. */
  gatewayState(id: string, scope: GatewayStateScope = {}): GatewayVmState | undefined {
    return this.#topology.gateways.get(id)?.state(scope);
  }

  /** Compartments in short. */
  gatewaySummary(id: string): GatewaySummary | undefined {
    return this.#topology.gateways.get(id)?.summary();
  }

  /** A look at the NAT sessions of a gateway, or of one of its compartments. `owners`: names of the VM networks by GUID. */
  natScan(gatewayId: string, query: NatSessionQuery, owners: ReadonlyMap<string, string>, guid?: string): SessionScan {
    const sources = this.#topology.gateways.get(gatewayId)?.natSources((of) => owners.get(of) ?? '', guid) ?? [];
    return new SessionScan(sources, query, this.now);
  }

  /** Site-to-site interfaces of a VPN device outside, as the device sees them. */
  vpnDeviceState(id: string): readonly SiteToSiteState[] | undefined {
    return this.#topology.vpnDevices.get(id)?.tunnelStates();
  }

  /** Dials, or hangs up, a gateway's site-to-site interface by hand. False when there is none of this id. */
  setTunnel(gatewayId: string, tunnelId: string, wanted: 'connected' | 'disconnected'): boolean {
    const tunnel = this.#topology.gateways.get(gatewayId)?.tunnel(tunnelId);
    if (wanted === 'connected') tunnel?.connect();
    else tunnel?.disconnect();
    return tunnel !== undefined;
  }

  /** Peers, routes and statistics of a BGP router; undefined when there is none at this place. */
  bgpRouterState(place: BgpPlace): BgpRouterState | undefined {
    return this.#bgpRouter(place)?.state() ?? undefined;
  }

  /** Starts or stops a peer by hand (Start-BgpPeer, Stop-BgpPeer). False when there is none of this address. */
  setBgpPeer(place: BgpPlace, peer: Ipv4Address, wanted: 'started' | 'stopped'): boolean {
    return this.#bgpRouter(place)?.setPeer(peer, wanted) === true;
  }

  #bgpRouter(place: BgpPlace): BgpRouter | undefined {
    if (place.kind === 'vpnDevice') return this.#topology.vpnDevices.get(place.deviceId)?.bgp;
    return this.#topology.gateways.get(place.gatewayId)?.bgp(place.guid);
  }

  tapNames(): string[] {
    return this.#taps.all().map((tap) => tap.name);
  }

  /** Records taps by name, or every tap. Frames beyond `maximumBytes` push out the oldest. */
  startCapture(options: { readonly taps?: readonly string[]; readonly maximumBytes: number; readonly snapLength?: number }): string {
    const id = `capture-${this.#nextId++}`;
    const capture = new Capture(options.maximumBytes, options.snapLength ?? 262_144, options.taps ?? null);
    capture.attachTo(this.#taps.all());
    this.#captures.set(id, capture);
    return id;
  }

  /** Calls back with every frame at a tap from now on. For tests that look at frames one by one. */
  listen(tapName: string, onFrame: (frame: RecordedFrame) => void): void {
    this.#taps.all().find(({ name }) => name === tapName)?.attach({ onFrame });
  }

  captureState(id: string): CaptureState | undefined {
    return this.#captures.get(id)?.state();
  }

  /** Frames of a recording that runs; undefined when there is none of this id. */
  capturedFrames(id: string): readonly CapturedFrame[] | undefined {
    return this.#captures.get(id)?.frames();
  }

  /** Ends a recording and gives its pcapng blocks; undefined when there is none of this id. `epochNs`: wall time of instant 0. */
  endCapture(id: string, epochNs: bigint): Generator<Uint8Array> | undefined {
    const capture = this.#captures.get(id);
    if (capture === undefined) return undefined;
    capture.stop();
    this.#captures.delete(id);
    return capture.blocks(epochNs);
  }
}
