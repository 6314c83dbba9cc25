/** A small TCP service: accepts, answers one request with a fixed response, closes. Enough to follow a connection through NAT. */
import type { Packet } from '../kernel/packet.ts';
import type { World } from '../kernel/world.ts';
import type { IpNode } from '../net/ipNode.ts';
import { destinationOf, headerLengthOf, ipProtocol, ipv4Length, sourceOf } from '../wire/ipv4.ts';
import { tcpAcknowledgementOf, tcpFlag, tcpFlagsOf, tcpHeaderLengthOf, tcpLength, tcpSequenceOf, writeTcp } from '../wire/transport.ts';

const response = new TextEncoder().encode('HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 3\r\nConnection: close\r\n\r\nok\n');
const connectionLimit = 10_000;

interface Connection {
  /** Our next sequence number. */
  sequence: number;
  answered: boolean;
  /** The FIN that answers the client's own is on its way. */
  isEnding: boolean;
}

interface Reply {
  readonly flags: number;
  readonly sequence: number;
  readonly acknowledgement: number;
  readonly data?: Uint8Array;
}

export class TcpService {
  readonly #world: World;
  readonly #node: IpNode;
  readonly #isOpen: (port: number) => boolean;
  readonly #connections = new Map<number, Connection>();

  constructor(world: World, node: IpNode, isOpen: (port: number) => boolean) {
    this.#world = world;
    this.#node = node;
    this.#isOpen = isOpen;
  }

  /** A whole TCP packet for this node, standing at its IPv4 header; takes it over. */
  receive(packet: Packet): void {
    const { view, start, end } = packet;
    const at = start + headerLengthOf(view, start);
    const header = end - at < tcpLength ? 0 : tcpHeaderLengthOf(view, at);
    if (header < tcpLength || at + header > end) return this.#node.drop(packet, 'malformed');
    const reply = this.#decide(packet, at, end - at - header);
    if (reply !== undefined) this.#send(packet, at, reply);
    this.#world.pool.release(packet);
  }

  #decide(packet: Packet, at: number, dataLength: number): Reply | undefined {
    const { view, start } = packet;
    const flags = tcpFlagsOf(view, at);
    if ((flags & tcpFlag.rst) !== 0) return undefined;
    const theirNext = (tcpSequenceOf(view, at) + dataLength + ((flags & (tcpFlag.syn | tcpFlag.fin)) !== 0 ? 1 : 0)) >>> 0;
    const key = sourceOf(view, start) * 0x10000 + view.getUint16(at);
    if ((flags & tcpFlag.syn) !== 0 && this.#isOpen(view.getUint16(at + 2))) return this.#accept(key, theirNext);
    const connection = this.#connections.get(key);
    if (connection === undefined) {
      return { flags: tcpFlag.rst | tcpFlag.ack, sequence: tcpAcknowledgementOf(view, at), acknowledgement: theirNext };
    }
    if (dataLength > 0 && !connection.answered) return this.#respond(connection, theirNext);
    if ((flags & tcpFlag.fin) !== 0) return this.#end(key, connection, theirNext);
    if (connection.isEnding) this.#connections.delete(key);
    return undefined;
  }

  /** The client ends: after a response that said so already, or without ever having asked. */
  #end(key: number, connection: Connection, theirNext: number): Reply {
    if (connection.answered) {
      this.#connections.delete(key);
      return { flags: tcpFlag.ack, sequence: connection.sequence, acknowledgement: theirNext };
    }
    connection.isEnding = true;
    return { flags: tcpFlag.fin | tcpFlag.ack, sequence: connection.sequence, acknowledgement: theirNext };
  }

  #accept(key: number, theirNext: number): Reply {
    const sequence = this.#world.random.uint32();
    const [oldest] = this.#connections.keys();
    if (this.#connections.size >= connectionLimit && oldest !== undefined) this.#connections.delete(oldest);
    this.#connections.set(key, { sequence: (sequence + 1) >>> 0, answered: false, isEnding: false });
    return { flags: tcpFlag.syn | tcpFlag.ack, sequence, acknowledgement: theirNext };
  }

  #respond(connection: Connection, theirNext: number): Reply {
    const { sequence } = connection;
    connection.answered = true;
    connection.sequence = (sequence + response.length + 1) >>> 0;
    return { flags: tcpFlag.psh | tcpFlag.ack | tcpFlag.fin, sequence, acknowledgement: theirNext, data: response };
  }

  #send(request: Packet, at: number, reply: Reply): void {
    const data = reply.data ?? new Uint8Array();
    const packet = this.#node.newPacket(sourceOf(request.view, request.start), destinationOf(request.view, request.start), ipProtocol.tcp, tcpLength + data.length);
    const replyAt = packet.start + ipv4Length;
    packet.bytes.set(data, replyAt + tcpLength);
    writeTcp(packet.view, packet.start, replyAt, packet.end, {
      sourcePort: request.view.getUint16(at + 2),
      destinationPort: request.view.getUint16(at),
      sequence: reply.sequence,
      acknowledgement: reply.acknowledgement,
      flags: reply.flags,
    });
    packet.trace = request.trace;
    this.#node.originate(packet);
  }
}
