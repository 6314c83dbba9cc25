/** A tenant's virtual machine: one adapter on a VM subnet, a small IP stack, ping. */
import { formatIpv4 } from '../../../shared/net/ipv4.ts';
import type { VirtualMachineConfig, VmAdapterConfig } from '../config.ts';
import type { Packet } from '../kernel/packet.ts';
import type { Tap } from '../kernel/tap.ts';
import type { World } from '../kernel/world.ts';
import { IpNode } from '../net/ipNode.ts';
import { connectedRoute, defaultRoute } from '../net/routes.ts';
import type { PingReplyStatus, PingRequest, PingState } from '../state.ts';
import type { TraceRecorder } from '../trace/recorder.ts';
import { codeOf, icmpLength, icmpType, typeOf, unreachableCode, writeIcmp } from '../wire/icmp.ts';
import { headerLengthOf, ipProtocol, ipv4Length, protocolOf, sourceOf, timeToLiveOf } from '../wire/ipv4.ts';
import { guestMtu, type Host } from './host.ts';
import type { SwitchPort } from './switchPort.ts';
import { Ping, type PingSender } from './ping.ts';

export class VirtualMachine implements SwitchPort, PingSender {
  readonly #world: World;
  readonly #node: IpNode;
  readonly #tap: Tap;
  readonly #pings = new Map<number, Ping>();
  #config: VirtualMachineConfig;
  #adapter: VmAdapterConfig;
  #host: Host | undefined;
  #nextIdentifier: number;

  constructor(world: World, config: VirtualMachineConfig, adapter: VmAdapterConfig, tap: Tap) {
    this.#world = world;
    this.#config = config;
    this.#adapter = adapter;
    this.#tap = tap;
    this.#node = new IpNode(world, config.name, { forwards: false, deliver: (packet) => this.#deliver(packet) });
    this.#nextIdentifier = 1 + world.random.below(0x4000);
  }

  get vsid(): number {
    return this.#adapter.vsid;
  }

  get mac(): number {
    return this.#adapter.mac;
  }

  get label(): string {
    return this.#config.name;
  }

  get address(): number {
    return this.#adapter.address;
  }

  get isRunning(): boolean {
    return this.#config.running;
  }

  configure(config: VirtualMachineConfig, adapter: VmAdapterConfig, host: Host | undefined): void {
    this.#config = config;
    this.#adapter = adapter;
    this.#host = host;
    this.#node.name = config.name;
    const settings = { name: adapter.name, mac: adapter.mac, address: adapter.address, prefixLength: adapter.prefixLength, mtu: guestMtu };
    this.#node.setInterfaces([{ settings, tap: this.#tap, transmit: (packet) => this.#transmit(packet) }]);
    const routes = [connectedRoute(adapter.address, adapter.prefixLength, 0)];
    if (adapter.defaultGateway !== null) routes.push(defaultRoute(adapter.defaultGateway, 0, 256));
    this.#node.routes.replace(routes);
    host?.attachPort(this);
  }

  /** A whole frame that did not come from this machine's own stack. Takes it over. */
  sendFrame(packet: Packet): void {
    if (this.#tap.isActive) this.#tap.record(packet, 'sent');
    this.#transmit(packet);
  }

  #transmit(packet: Packet): void {
    if (this.#host === undefined || !this.#config.running) this.#world.drop(packet, 'machineOff', this.#config.name);
    else this.#host.fromPort(packet, this);
  }

  receiveFrame(packet: Packet): void {
    const [via] = this.#node.interfaces;
    if (via === undefined || !this.#config.running) this.#world.drop(packet, 'machineOff', this.#config.name);
    else this.#node.receiveFrame(packet, via);
  }

  startPing(request: PingRequest): Ping {
    const identifier = this.#nextIdentifier;
    this.#nextIdentifier = (identifier % 0xffff) + 1;
    const ping = new Ping(this.#world, this, request, identifier);
    this.#pings.set(identifier, ping);
    ping.start();
    return ping;
  }

  endPing(ping: Ping): void {
    ping.stop();
    if (this.#pings.get(ping.identifier) === ping) this.#pings.delete(ping.identifier);
  }

  pingState(ping: Ping): PingState {
    return ping.state();
  }

  sendEcho(identifier: number, sequence: number, request: PingRequest, trace: TraceRecorder | null): boolean {
    if (!this.#config.running || this.#host === undefined) return false;
    const packet = this.#node.newPacket(request.destination, this.address, ipProtocol.icmp, icmpLength + request.payloadSize, {
      timeToLive: request.timeToLive,
      doNotFragment: request.doNotFragment,
    });
    const at = packet.start + ipv4Length;
    // Windows fills the data with a, b, c, ... w, over and over.
    for (let index = 0; index < request.payloadSize; index += 1) packet.bytes[at + icmpLength + index] = 0x61 + (index % 23);
    writeIcmp(packet.view, at, packet.end, icmpType.echoRequest, 0, identifier * 0x10000 + sequence);
    packet.trace = trace;
    trace?.add(this.#config.name, 'ping', `identifier ${identifier}, sequence ${sequence}`, `send an echo request to ${formatIpv4(request.destination)}`);
    this.#node.originate(packet);
    return true;
  }

  /** Echo replies and ICMP errors about this machine's own requests. */
  #deliver(packet: Packet): void {
    const { view, start, end } = packet;
    const at = start + headerLengthOf(view, start);
    const isIcmp = protocolOf(view, start) === ipProtocol.icmp && end - at >= icmpLength;
    if (!isIcmp) return this.#node.drop(packet, 'notForThisNode');
    const type = typeOf(view, at);
    const quoted = at + icmpLength;
    if (type === icmpType.echoReply) this.#answer(packet, at, 'reply', 0);
    else if ((type === icmpType.unreachable || type === icmpType.timeExceeded) && end - quoted >= ipv4Length + icmpLength) {
      const status = errorStatus(type, codeOf(view, at));
      this.#answer(packet, quoted + headerLengthOf(view, quoted), status, codeOf(view, at), status === 'fragNeeded' ? view.getUint16(at + 6) : null);
    } else this.#node.drop(packet, 'notForThisNode');
  }

  /** `echoAt`: the echo header, in the packet itself or in the quoted one. */
  #answer(packet: Packet, echoAt: number, status: PingReplyStatus, code: number, nextHopMtu: number | null = null): void {
    const { view, start } = packet;
    if (echoAt + icmpLength <= packet.end) {
      const ping = this.#pings.get(view.getUint16(echoAt + 4));
      ping?.answer(view.getUint16(echoAt + 6), status, sourceOf(view, start), timeToLiveOf(view, start), code, nextHopMtu);
    }
    if (packet.trace !== null) {
      const from = formatIpv4(sourceOf(view, start));
      packet.trace.add(this.#config.name, 'local delivery', from, status === 'reply' ? 'received the echo reply' : 'received an ICMP error');
      packet.trace.fate = status === 'reply' ? `${from} answered, and the reply reached ${this.#config.name}.` : (packet.trace.fate ?? `${from} reported that the packet could not go on.`);
    }
    this.#world.pool.release(packet);
  }
}

function errorStatus(type: number, code: number): PingReplyStatus {
  if (type === icmpType.timeExceeded) return 'ttlExpired';
  return code === unreachableCode.fragmentationNeeded ? 'fragNeeded' : 'unreachable';
}

