/** What runs in a machine above its IP stack: ping, tracert, connections to ports. */
import { formatIpv4, type Ipv4Address } from '../../../shared/net/ipv4.ts';
import { Ping } from '../fabric/ping.ts';
import type { Packet } from '../kernel/packet.ts';
import type { World } from '../kernel/world.ts';
import type { IpNode } from '../net/ipNode.ts';
import type { PingReplyStatus, PingRequest, RouteProbeRequest, TcpProbeRequest } from '../state.ts';
import type { TraceRecorder } from '../trace/recorder.ts';
import { codeOf, icmpLength, icmpType, typeOf, unreachableCode, writeIcmp } from '../wire/icmp.ts';
import { headerLengthOf, ipProtocol, ipv4Length, protocolOf, sourceOf, timeToLiveOf } from '../wire/ipv4.ts';
import type { EchoListener, EchoOptions, EchoSender } from './probe.ts';
import { RouteProbe } from './routeProbe.ts';
import { TcpClient } from './tcpClient.ts';
import { TcpProbe } from './tcpProbe.ts';
import { UdpProbes } from './udpProbes.ts';

export class Programs implements EchoSender {
  readonly #world: World;
  readonly #node: IpNode;
  /** Whether the machine can send now. */
  readonly #isUp: () => boolean;
  readonly #echoes = new Map<number, EchoListener>();
  #tcp: TcpClient | undefined;
  #udp: UdpProbes | undefined;
  #nextIdentifier: number;

  constructor(world: World, node: IpNode, isUp: () => boolean) {
    this.#world = world;
    this.#node = node;
    this.#isUp = isUp;
    this.#nextIdentifier = 1 + world.random.below(0x4000);
  }

  startPing(request: PingRequest): Ping {
    if (request.udpPort !== undefined) return this.#datagrams.start(request, request.udpPort);
    const ping = this.#listen((identifier) => new Ping(this.#world, this, request, identifier));
    ping.start();
    return ping;
  }

  startRouteProbe(request: RouteProbeRequest): RouteProbe {
    return this.#listen((identifier) => new RouteProbe(this.#world, this, request, identifier));
  }

  startTcpProbe(request: TcpProbeRequest): TcpProbe {
    if (this.#isUp()) return this.#connections.connect(request);
    const probe = new TcpProbe(this.#world, request, { source: this.sourceTowards(request.destination), sourcePort: 0 });
    probe.fail();
    return probe;
  }

  /** Answers are no longer for this program. */
  release(program: EchoListener): void {
    for (const [identifier, listener] of this.#echoes) if (listener === program) this.#echoes.delete(identifier);
  }

  #listen<P extends EchoListener>(start: (identifier: number) => P): P {
    const identifier = this.#nextIdentifier;
    this.#nextIdentifier = (identifier % 0xffff) + 1;
    const program = start(identifier);
    this.#echoes.set(identifier, program);
    return program;
  }

  get #datagrams(): UdpProbes {
    this.#udp ??= new UdpProbes(this.#world, this.#node, this.#isUp);
    return this.#udp;
  }

  get #connections(): TcpClient {
    this.#tcp ??= new TcpClient(this.#world, this.#node);
    return this.#tcp;
  }

  sourceTowards(destination: Ipv4Address): Ipv4Address {
    return this.#node.sourceTowards(destination);
  }

  sendEcho(identifier: number, sequence: number, options: EchoOptions, trace: TraceRecorder | null): boolean {
    if (!this.#isUp()) return false;
    const { destination, payloadSize, timeToLive, doNotFragment } = options;
    const packet = this.#node.newPacket(destination, this.sourceTowards(destination), ipProtocol.icmp, icmpLength + payloadSize, { timeToLive, doNotFragment });
    const at = packet.start + ipv4Length;
    // Windows fills the data with a, b, c, ... w, over and over.
    for (let index = 0; index < payloadSize; index += 1) packet.bytes[at + icmpLength + index] = 0x61 + (index % 23);
    writeIcmp(packet.view, at, packet.end, icmpType.echoRequest, 0, identifier * 0x10000 + sequence);
    packet.trace = trace;
    trace?.add(this.#node.name, 'ping', `identifier ${identifier}, sequence ${sequence}`, `send an echo request to ${formatIpv4(destination)}`);
    this.#node.originate(packet);
    return true;
  }

  /** A whole packet for this machine: echo replies, answers to datagrams, ICMP errors about its own packets, TCP. Takes it over. */
  deliver(packet: Packet): void {
    const { view, start, end } = packet;
    const at = start + headerLengthOf(view, start);
    const protocol = protocolOf(view, start);
    if (protocol === ipProtocol.tcp) this.#connections.receive(packet);
    else if (protocol === ipProtocol.udp && this.#udp?.answered(packet, at) === true) return;
    else if (protocol === ipProtocol.icmp && end - at >= icmpLength) this.#receiveIcmp(packet, at);
    else this.#node.drop(packet, 'notForThisNode');
  }

  #receiveIcmp(packet: Packet, at: number): void {
    const { view, end } = packet;
    const type = typeOf(view, at);
    if (type === icmpType.echoReply) return this.#answer(packet, at, 'reply', 0);
    const quoted = at + icmpLength;
    const isAnswer = (type === icmpType.unreachable || type === icmpType.timeExceeded) && end - quoted >= ipv4Length + icmpLength;
    if (!isAnswer) return this.#node.drop(packet, 'notForThisNode');
    const code = codeOf(view, at);
    if (this.#udp?.refused(packet, quoted, errorStatus(type, code), code) === true) return;
    if (protocolOf(view, quoted) === ipProtocol.tcp) {
      if (type === icmpType.unreachable) this.#tcp?.receiveUnreachable(packet, quoted, code);
      this.#end(packet, false);
    } else this.#answer(packet, quoted + headerLengthOf(view, quoted), errorStatus(type, code), code, errorStatus(type, code) === 'fragNeeded' ? view.getUint16(at + 6) : null);
  }

  /** `echoAt`: the echo header, in the packet itself or in the quoted one. */
  #answer(packet: Packet, echoAt: number, status: PingReplyStatus, code: number, nextHopMtu: number | null = null): void {
    const { view, start } = packet;
    if (echoAt + icmpLength <= packet.end) {
      const listener = this.#echoes.get(view.getUint16(echoAt + 4));
      listener?.answer(view.getUint16(echoAt + 6), status, sourceOf(view, start), timeToLiveOf(view, start), code, nextHopMtu);
    }
    this.#end(packet, status === 'reply');
  }

  #end(packet: Packet, isReply: boolean): void {
    const { trace, view, start } = packet;
    if (trace !== null) {
      const from = formatIpv4(sourceOf(view, start));
      trace.add(this.#node.name, 'local delivery', from, isReply ? 'received the echo reply' : 'received an ICMP error');
      trace.fate = isReply ? `${from} answered, and the reply reached ${this.#node.name}.` : (trace.fate ?? `${from} reported that the packet could not go on.`);
    }
    this.#world.pool.release(packet);
  }
}

function errorStatus(type: number, code: number): PingReplyStatus {
  if (type === icmpType.timeExceeded) return 'ttlExpired';
  return code === unreachableCode.fragmentationNeeded ? 'fragNeeded' : 'unreachable';
}
