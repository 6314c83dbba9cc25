/**
 * Probes into the running simulation: ping, UDP datagrams that are judged in the same way, the route to a destination, a connection to a TCP
 * port; and MTU checks, which rehearse on a copy of it.
 */
import { ConsoleError } from '../../shared/contract/errors.ts';
import { mtuCheckInputSchema, type MtuCheckInput, type MtuCheckState } from '../../shared/contract/mtuCheck.ts';
import { routeProbeInputSchema, tcpProbeInputSchema, type RouteProbeInput, type TcpProbeInput } from '../../shared/contract/probes.ts';
import { pingInputSchema, type PingInput, type PingState } from '../../shared/contract/simulation.ts';
import { formatIpv4, ipv4 } from '../../shared/net/ipv4.ts';
import type { Simulation } from '../simulation/engine.ts';
import type { PingReplyStatus, TcpProbeStatus } from '../simulation/state.ts';
import type { TraceStep } from '../simulation/trace/recorder.ts';
import type { Inventory } from '../store/inventory/inventory.ts';
import type { VirtualMachine } from '../store/inventory/virtualMachines.ts';
import { MtuChecks } from './mtu/mtuChecks.ts';
import { pingLine } from './pingText.ts';
import { hopLine } from './routeText.ts';

type ProbeSimulation = Pick<
  Simulation,
  'startPing' | 'pingState' | 'stopPing' | 'startRouteProbe' | 'routeProbeState' | 'stopRouteProbe' | 'startTcpProbe' | 'tcpProbeState' | 'stopTcpProbe' | 'rehearsal'
>;

/** What tracert found so far. Addresses are text. */
export interface RouteProbeView {
  readonly virtualMachine: string;
  readonly source: string;
  readonly destination: string;
  readonly hops: readonly {
    readonly hop: number;
    /** Who answered; null when nobody did. */
    readonly from: string | null;
    readonly queries: readonly { readonly status: PingReplyStatus; readonly roundTripMs: number | null }[];
    /** All queries of this hop have ended. */
    readonly done: boolean;
    /** The line as Windows's tracert prints it. */
    readonly text: string;
  }[];
  /** The destination itself answered. */
  readonly reached: boolean;
  readonly done: boolean;
}

/** What became of a connection to a port. */
export interface TcpProbeView {
  readonly virtualMachine: string;
  readonly source: string;
  readonly destination: string;
  readonly port: number;
  readonly status: TcpProbeStatus;
  /** TcpTestSucceeded */
  readonly succeeded: boolean;
  readonly roundTripMs: number | null;
  /** SYNs. */
  readonly attempts: number;
  readonly done: boolean;
  readonly trace: readonly TraceStep[];
  /** One sentence on the fate of the first SYN. */
  readonly fate: string;
}

/** As Windows's ping: one request a second, four seconds of patience. In nanoseconds. */
const pingInterval = 1e9;
const pingTimeout = 4e9;
/** RECALL: tracert asks three times a hop. */
const queriesPerHop = 3;

export class Probes {
  readonly #inventory: Inventory;
  readonly #simulation: () => ProbeSimulation;
  /** Names of the machines that send, by probe. */
  readonly #machines = new Map<string, string>();
  readonly #mtuChecks = new MtuChecks();

  constructor(inventory: Inventory, simulation: () => ProbeSimulation) {
    this.#inventory = inventory;
    this.#simulation = simulation;
  }

  /** Returns the ping's id. Throws ConsoleError objectNotFound, vmNotRunning or invalidInput. */
  startPing(input: PingInput): string {
    return this.#startRequests(input, undefined);
  }

  /** Datagrams to a port: a reply is a datagram that comes back, its state that of a ping. Throws as `startPing`. */
  startUdp(input: PingInput, port: number): string {
    return this.#startRequests(input, port);
  }

  #startRequests(input: PingInput, udpPort: number | undefined): string {
    const { virtualMachine, destination, count, size, timeToLive, doNotFragment } = pingInputSchema.parse(input);
    return this.#start(virtualMachine, (vmId) =>
      this.#simulation().startPing({ vmId, destination: ipv4(destination), count, payloadSize: size, timeToLive, doNotFragment, intervalNs: pingInterval, timeoutNs: pingTimeout, udpPort }),
    );
  }

  /** Throws ConsoleError probeNotFound. */
  pingState(pingId: string): PingState {
    const { virtualMachine, state } = this.#read(pingId, this.#simulation().pingState(pingId));
    return {
      pingId,
      virtualMachine,
      source: formatIpv4(state.source),
      destination: formatIpv4(state.destination),
      size: state.payloadSize,
      sent: state.sent,
      received: state.received,
      done: state.done,
      replies: state.replies.map((reply) => ({
        sequence: reply.sequence,
        status: reply.status,
        from: textOf(reply.from),
        bytes: state.payloadSize,
        timeToLive: reply.timeToLive,
        roundTripMs: millisecondsOf(reply.roundTripNs),
        text: pingLine(reply, state.payloadSize),
      })),
      trace: state.trace.map((step) => ({ ...step })),
      fate: state.fate ?? '',
    };
  }

  /** Sends no more; its state stays readable. Throws ConsoleError probeNotFound. */
  stopPing(pingId: string): void {
    if (!this.#simulation().stopPing(pingId)) throw notFound(pingId);
  }

  /** A probe that was started elsewhere from `virtualMachine`: its state can be read here too. */
  adopt(id: string, virtualMachine: string): void {
    this.#machines.set(id, virtualMachine);
  }

  /** As tracert. Returns the probe's id. Throws as `startPing`. */
  startRouteProbe(input: RouteProbeInput): string {
    const { virtualMachine, destination, maximumHops, timeoutMs } = routeProbeInputSchema.parse(input);
    return this.#start(virtualMachine, (vmId) => this.#simulation().startRouteProbe({ vmId, destination: ipv4(destination), maximumHops, queriesPerHop, timeoutNs: timeoutMs * 1e6 }));
  }

  /** Throws ConsoleError probeNotFound. */
  routeProbeState(id: string): RouteProbeView {
    const { virtualMachine, state } = this.#read(id, this.#simulation().routeProbeState(id));
    const hops = state.hops.map((hop) => ({
      hop: hop.hop,
      from: textOf(hop.from),
      queries: hop.queries.map(({ status, roundTripNs }) => ({ status, roundTripMs: millisecondsOf(roundTripNs) })),
      done: hop.queries.length === queriesPerHop && hop.queries.every(({ status }) => status !== 'pending'),
      text: hopLine(hop),
    }));
    return { virtualMachine, source: formatIpv4(state.source), destination: formatIpv4(state.destination), hops, reached: state.reached, done: state.done };
  }

  /** Throws ConsoleError probeNotFound. */
  stopRouteProbe(id: string): void {
    if (!this.#simulation().stopRouteProbe(id)) throw notFound(id);
  }

  /** Connects to a TCP port, as Test-NetConnection -Port. Returns the probe's id. Throws as `startPing`. */
  startTcpProbe(input: TcpProbeInput): string {
    const { virtualMachine, destination, port } = tcpProbeInputSchema.parse(input);
    return this.#start(virtualMachine, (vmId) => this.#simulation().startTcpProbe({ vmId, destination: ipv4(destination), port }));
  }

  /** Throws ConsoleError probeNotFound. */
  tcpProbeState(id: string): TcpProbeView {
    const { virtualMachine, state } = this.#read(id, this.#simulation().tcpProbeState(id));
    const { port, status, attempts, done, trace } = state;
    return {
      virtualMachine,
      source: formatIpv4(state.source),
      destination: formatIpv4(state.destination),
      port,
      status,
      succeeded: status === 'connected',
      roundTripMs: millisecondsOf(state.roundTripNs),
      attempts,
      done,
      trace: trace.map((step) => ({ ...step })),
      fate: state.fate ?? '',
    };
  }

  /** Throws ConsoleError probeNotFound. */
  stopTcpProbe(id: string): void {
    if (!this.#simulation().stopTcpProbe(id)) throw notFound(id);
  }

  /** Returns the check's id. Throws ConsoleError objectNotFound, vmNotRunning or invalidInput. */
  startMtuCheck(input: MtuCheckInput): string {
    const { virtualMachine, destination, largest } = mtuCheckInputSchema.parse(input);
    const machine = this.#runningMachine(virtualMachine);
    if (!this.#inventory.virtualMachines.adaptersOf(machine.id).some(({ vmSubnetId }) => vmSubnetId !== null)) throw withoutNetwork(machine.name);
    return this.#mtuChecks.start({ vmId: machine.id, virtualMachine: machine.name, destination: ipv4(destination), largest }, () => this.#simulation().rehearsal());
  }

  /** Throws ConsoleError probeNotFound. */
  mtuCheckState(checkId: string): MtuCheckState {
    return this.#mtuChecks.state(checkId);
  }

  /** What it found so far stays readable. Throws ConsoleError probeNotFound. */
  cancelMtuCheck(checkId: string): void {
    this.#mtuChecks.cancel(checkId);
  }

  /** The check from begin to end, for scenarios. Throws as `startMtuCheck`. */
  async mtuCheck(input: MtuCheckInput): Promise<MtuCheckState> {
    return this.#mtuChecks.whenEnded(this.startMtuCheck(input));
  }

  #runningMachine(reference: string): VirtualMachine {
    const machine = this.#inventory.virtualMachines.virtualMachine(reference);
    if (machine.running) return machine;
    throw new ConsoleError('vmNotRunning', `Virtual machine ${machine.name} is not running.`, `Start ${machine.name} first.`);
  }

  #start(virtualMachine: string, start: (vmId: string) => string | undefined): string {
    const machine = this.#runningMachine(virtualMachine);
    const id = start(machine.id);
    if (id === undefined) throw withoutNetwork(machine.name);
    this.#machines.set(id, machine.name);
    return id;
  }

  #read<S>(id: string, state: S | undefined): { readonly virtualMachine: string; readonly state: S } {
    const virtualMachine = this.#machines.get(id);
    if (state !== undefined && virtualMachine !== undefined) return { virtualMachine, state };
    this.#machines.delete(id);
    throw notFound(id);
  }
}

function withoutNetwork(machine: string): ConsoleError {
  return new ConsoleError('invalidInput', `Virtual machine ${machine} has no network adapter with an address in a VM network.`, 'Choose a virtual machine that is connected to a VM subnet.');
}

function textOf(address: number | null): string | null {
  return address === null ? null : formatIpv4(address);
}

function millisecondsOf(nanoseconds: number | null): number | null {
  return nanoseconds === null ? null : nanoseconds / 1e6;
}

function notFound(id: string): ConsoleError {
  return new ConsoleError('probeNotFound', `There is no probe ${id.slice(0, 80)}.`, 'Start it again.');
}
