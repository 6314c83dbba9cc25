/** UDP datagrams that a virtual machine sends to see what becomes of them: each from a port of its own, so that an ICMP error tells which one it is about. */
import { formatIpv4 } from '../../../shared/net/ipv4.ts';
import { Ping } from '../fabric/ping.ts';
import type { Packet } from '../kernel/packet.ts';
import type { World } from '../kernel/world.ts';
import type { IpNode } from '../net/ipNode.ts';
import type { PingReplyStatus, PingRequest } from '../state.ts';
import type { TraceRecorder } from '../trace/recorder.ts';
import { headerLengthOf, ipProtocol, ipv4Length, protocolOf, sourceOf, timeToLiveOf } from '../wire/ipv4.ts';
import { destinationPortOf, sourcePortOf, udpLength, writeUdp } from '../wire/transport.ts';
import type { EchoOptions, EchoSender } from './probe.ts';

/** The range of ports that Windows gives out by itself (49152-65535). */
const firstPort = 49_152;
const lastPort = 65_535;

/** Ports that are remembered; the oldest gives way. */
const portLimit = 4096;

interface SentDatagram {
  readonly probe: Ping;
  readonly sequence: number;
}

export class UdpProbes {
  readonly #world: World;
  readonly #node: IpNode;
  /** Whether the machine can send now. */
  readonly #isUp: () => boolean;
  readonly #sent = new Map<number, SentDatagram>();
  #nextPort = firstPort;

  constructor(world: World, node: IpNode, isUp: () => boolean) {
    this.#world = world;
    this.#node = node;
    this.#isUp = isUp;
  }

  /** Datagrams to `port`, one a second, with ping's patience. */
  start(request: PingRequest, port: number): Ping {
    const sender: EchoSender = {
      sourceTowards: (destination) => this.#node.sourceTowards(destination),
      sendEcho: (_identifier, sequence, wanted, trace) => this.#send(probe, sequence, wanted, port, trace),
    };
    const probe: Ping = new Ping(this.#world, sender, request, port);
    probe.start();
    return probe;
  }

  /** Takes an answer for one of its ports, `at` being its UDP header; false when it is for somebody else. */
  answered(packet: Packet, at: number): boolean {
    return at + udpLength <= packet.end && this.#finish(packet, destinationPortOf(packet.view, at), 'reply', 0);
  }

  /** Takes an ICMP error whose quoted IPv4 header begins at `quoted`; false when it is about somebody else's packet. */
  refused(packet: Packet, quoted: number, status: PingReplyStatus, code: number): boolean {
    if (protocolOf(packet.view, quoted) !== ipProtocol.udp) return false;
    const at = quoted + headerLengthOf(packet.view, quoted);
    return at + udpLength <= packet.end && this.#finish(packet, sourcePortOf(packet.view, at), status, code);
  }

  #finish(packet: Packet, port: number, status: PingReplyStatus, code: number): boolean {
    const datagram = this.#sent.get(port);
    if (datagram === undefined) return false;
    const { view, start } = packet;
    const from = formatIpv4(sourceOf(view, start));
    if (packet.trace !== null) {
      packet.trace.add(this.#node.name, 'local delivery', from, status === 'reply' ? 'received the datagram that answers' : 'received an ICMP error');
      packet.trace.fate = status === 'reply' ? `${from} answered, and the answer reached ${this.#node.name}.` : (packet.trace.fate ?? `${from} reported that the packet could not go on.`);
    }
    datagram.probe.answer(datagram.sequence, status, sourceOf(view, start), timeToLiveOf(view, start), code);
    this.#world.pool.release(packet);
    return true;
  }

  #send(probe: Ping, sequence: number, { destination, payloadSize, timeToLive, doNotFragment }: EchoOptions, port: number, trace: TraceRecorder | null): boolean {
    if (!this.#isUp()) return false;
    const source = this.#takePort({ probe, sequence });
    const packet = this.#node.newPacket(destination, this.#node.sourceTowards(destination), ipProtocol.udp, udpLength + payloadSize, { timeToLive, doNotFragment });
    const at = packet.start + ipv4Length;
    packet.bytes.fill(0x61, at + udpLength, packet.end);
    writeUdp(packet.view, packet.start, at, packet.end, source, port);
    packet.trace = trace;
    trace?.add(this.#node.name, 'udp', `source port ${source}`, `send a datagram to ${formatIpv4(destination)}, port ${port}`);
    this.#node.originate(packet);
    return true;
  }

  #takePort(datagram: SentDatagram): number {
    const port = this.#nextPort;
    this.#nextPort = port === lastPort ? firstPort : port + 1;
    // Set anew, so that the map's order stays the order of sending.
    this.#sent.delete(port);
    this.#sent.set(port, datagram);
    const [oldest] = this.#sent.keys();
    if (this.#sent.size > portLimit && oldest !== undefined) this.#sent.delete(oldest);
    return port;
  }
}
