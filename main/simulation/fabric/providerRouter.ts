/** The router between provider subnets: plain IPv4, it never looks into NVGRE. */
import { formatPrefix, maskOf } from '../../../shared/net/ipv4.ts';
import type { ProviderRouterConfig } from '../config.ts';
import type { Packet } from '../kernel/packet.ts';
import type { World } from '../kernel/world.ts';
import { IpNode } from '../net/ipNode.ts';
import { connectedRoute } from '../net/routes.ts';
import type { FrameSink, Segment } from '../net/segment.ts';
import { providerMtu } from './host.ts';

type InterfaceConfig = ProviderRouterConfig['interfaces'][number];

export class ProviderRouter implements FrameSink {
  readonly #node: IpNode;

  constructor(world: World, config: ProviderRouterConfig) {
    this.#node = new IpNode(world, config.name, { forwards: true, deliver: (packet) => this.#node.drop(packet, 'notForThisNode') });
  }

  configure(config: ProviderRouterConfig, segmentOf: (entry: InterfaceConfig) => Segment): void {
    this.#node.name = config.name;
    this.#node.setInterfaces(
      config.interfaces.map((entry) => {
        const segment = segmentOf(entry);
        segment.attach(this, [entry.mac]);
        const { mac, address, prefixLength } = entry;
        const name = formatPrefix({ address: (address & maskOf(prefixLength)) >>> 0, length: prefixLength });
        return { settings: { name, mac, address, prefixLength, mtu: providerMtu }, tap: null, transmit: (packet: Packet) => segment.transmit(packet, this) };
      }),
    );
    this.#node.routes.replace(config.interfaces.map(({ address, prefixLength }, index) => connectedRoute(address, prefixLength, index)));
  }

  receiveFrame(packet: Packet): void {
    this.#node.receiveFromSegment(packet);
  }
}
