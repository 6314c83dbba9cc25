/** The router of a front-end subnet: between the gateway's external addresses and the hosts outside. */
import { maskOf, prefixContains } from '../../../shared/net/ipv4.ts';
import type { ExternalRouterConfig } from '../config.ts';
import type { Packet } from '../kernel/packet.ts';
import type { World } from '../kernel/world.ts';
import { IpNode } from '../net/ipNode.ts';
import type { Route } from '../net/routeTable.ts';
import { connectedRoute } from '../net/routes.ts';
import type { FrameSink, Segment } from '../net/segment.ts';

const mtu = 1500;
const insideName = 'Front end';
/** Locally administered bit: the router's second MAC. */
const outsideMacOffset = 0x020000000000;

export class ExternalRouter {
  readonly #node: IpNode;
  #config: ExternalRouterConfig;
  #isConfigured = false;
  readonly #inside: FrameSink = { receiveFrame: (packet) => this.#receive(packet, 0) };
  readonly #outside: FrameSink = { receiveFrame: (packet) => this.#receive(packet, 1) };
  readonly #world: World;

  constructor(world: World, config: ExternalRouterConfig) {
    this.#world = world;
    this.#config = config;
    this.#node = new IpNode(world, config.name, {
      forwards: true,
      deliver: (packet) => this.#node.drop(packet, 'notForThisNode'),
      // Outside, it answers for every address of its front-end subnet and of what is behind it.
      answersArpFor: (address, via) => via.settings.name !== insideName && this.#isInside(address),
    });
  }

  configure(config: ExternalRouterConfig, frontEnd: Segment, internet: Segment): void {
    const outsideMac = (config.mac + outsideMacOffset) % 0x1000000000000;
    frontEnd.attach(this.#inside, [config.mac]);
    internet.attach(this.#outside, [outsideMac]);
    // There is one Internet, and a front end goes by the address.
    if (this.#isConfigured && config === this.#config) return;
    this.#isConfigured = true;
    this.#config = config;
    this.#node.name = config.name;
    const { address, prefixLength } = config;
    this.#node.setInterfaces([
      { settings: { name: insideName, mac: config.mac, address, prefixLength, mtu }, tap: null, transmit: (packet) => frontEnd.transmit(packet, this.#inside) },
      { settings: { name: 'Internet', mac: outsideMac, address, prefixLength: 0, mtu }, tap: null, transmit: (packet) => internet.transmit(packet, this.#outside) },
    ]);
    this.#node.routes.replace([
      connectedRoute(address, prefixLength, 0),
      ...config.routes.map(({ destination, nextHop }): Route => ({ destination, nextHop, interfaceIndex: 0, metric: 1, protocol: 'Static' })),
      { destination: { address: 0, length: 0 }, nextHop: 0, interfaceIndex: 1, metric: 1, protocol: 'Connected' },
    ]);
  }

  #receive(packet: Packet, index: number): void {
    const via = this.#node.interfaces[index];
    if (via === undefined) this.#world.pool.release(packet);
    else this.#node.receiveFrame(packet, via);
  }

  #isInside(address: number): boolean {
    const mask = maskOf(this.#config.prefixLength);
    return ((address ^ this.#config.address) & mask) === 0 || this.#config.routes.some(({ destination }) => prefixContains(destination, address));
  }
}
