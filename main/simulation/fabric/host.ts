/** A Hyper-V host: virtual switch with the network virtualization filter, provider addresses, uplink. */
import { differenceOf, tellDifference } from '../../../shared/lists/difference.ts';
import { formatIpv4, maskOf, type Ipv4Address } from '../../../shared/net/ipv4.ts';
import { formatMac, type MacAddress } from '../../../shared/net/mac.ts';
import type { HostConfig, LookupRecordConfig, ProviderAddressConfig } from '../config.ts';
import { IntMap, PairMap } from '../kernel/intMap.ts';
import type { Packet } from '../kernel/packet.ts';
import type { World } from '../kernel/world.ts';
import type { InterfaceSettings, IpInterface, Transmit } from '../net/ipInterface.ts';
import { IpNode } from '../net/ipNode.ts';
import type { Route } from '../net/routeTable.ts';
import { connectedRoute, defaultRoute } from '../net/routes.ts';
import type { FrameSink, Segment } from '../net/segment.ts';
import { Programs } from '../programs/programs.ts';
import { ethernetLength, macHigh, macLow } from '../wire/ethernet.ts';
import { ipProtocol, ipv4Length, protocolOf, headerLengthOf, writeIpv4 } from '../wire/ipv4.ts';
import { flowIdOf, nvgreLength, vsidOf, writeNvgre } from '../wire/nvgre.ts';
import { DistributedRouter } from './distributedRouter.ts';
import type { Policy } from './policy.ts';
import type { SwitchHost, SwitchPort } from './switchPort.ts';

/** MTU of the physical network; NVGRE takes 42 bytes of it, outer Ethernet not counted (fact sheet §4.7). */
export const providerMtu = 1500;
export const guestMtu = providerMtu - ipv4Length - nvgreLength - ethernetLength;

interface ProviderEndpoint {
  readonly config: ProviderAddressConfig;
  readonly mask: number;
  readonly via: IpInterface;
}

interface ProviderWiring {
  readonly segment: Segment;
  readonly settings: InterfaceSettings;
  readonly tap: null;
  readonly transmit: Transmit;
}

export class Host implements FrameSink, SwitchHost {
  readonly #world: World;
  readonly #provider: IpNode;
  readonly #router: DistributedRouter;
  /** By VSID, then MAC. */
  readonly #ports = new IntMap<PairMap<SwitchPort>>();
  /** By VSID: the address that stands for this subnet here, and the interface that carries it. */
  readonly #addressOfSubnet = new IntMap<ProviderEndpoint>();
  readonly #ownAddresses = new IntMap<true>();
  /** Interface of each provider address that it was configured with. */
  readonly #wiring = new Map<ProviderAddressConfig, ProviderWiring>();
  /** Made when somebody first asks for it. */
  #programs: Programs | undefined;
  readonly #policy: Policy;
  #config: HostConfig;
  /** MAC addresses of its provider addresses, by the segment on which they are. */
  #attachments: ReadonlyMap<Segment, readonly MacAddress[]> | undefined;

  constructor(world: World, config: HostConfig, policy: Policy) {
    this.#world = world;
    this.#config = config;
    this.#policy = policy;
    this.#provider = new IpNode(world, config.name, { forwards: false, deliver: (packet) => this.#receiveLocal(packet) });
    this.#router = new DistributedRouter(world, this);
  }

  get name(): string {
    return this.#config.name;
  }

  /** Ping between provider addresses; undefined while it has none. */
  get programs(): Programs | undefined {
    if (this.#provider.interfaces.length > 0) this.#programs ??= new Programs(this.#world, this.#provider, () => true);
    return this.#programs;
  }

  get isDedicated(): boolean {
    return this.#config.dedicatedGateway;
  }

  get isVirtual(): boolean {
    return this.#config.isVirtual;
  }

  get policy(): Policy {
    return this.#policy;
  }

  /** Takes a configuration, and a place on the segments, which have forgotten it. Ports stay attached. */
  configure(config: HostConfig, segmentOf: (address: ProviderAddressConfig) => Segment): void {
    if (config !== this.#config || this.#attachments === undefined) this.#configureAddresses(config, segmentOf);
    for (const [segment, macs] of this.#attachments ?? []) segment.attach(this, macs);
  }

  #configureAddresses(config: HostConfig, segmentOf: (address: ProviderAddressConfig) => Segment): void {
    const more = this.#attachments === undefined ? undefined : this.#addedBehind(config.providerAddresses);
    this.#config = config;
    this.#provider.name = config.name;
    const wired = (more ?? config.providerAddresses).map((address) => ({ address, wiring: this.#wiring.get(address) ?? this.#wire(address, segmentOf(address)) }));
    const first = config.providerAddresses.length - wired.length;
    if (more === undefined) this.#forgetAddresses();
    for (const { address, wiring } of wired) this.#wiring.set(address, wiring);
    const routes = wired.flatMap(({ address }, index) => providerRoutes(address, first + index));
    if (more === undefined) {
      this.#provider.setInterfaces(wired.map(({ wiring }) => wiring));
      this.#provider.routes.replace(routes);
    } else {
      this.#provider.addInterfaces(wired.map(({ wiring }) => wiring));
      this.#provider.routes.append(routes);
    }
    this.#enterAddresses(wired, first);
  }

  /** Those that came behind all that were there; undefined where something else is different too. */
  #addedBehind(after: readonly ProviderAddressConfig[]): readonly ProviderAddressConfig[] | undefined {
    const before = this.#config.providerAddresses;
    const { removed, added } = differenceOf(before, after);
    const tail = after.slice(before.length);
    const areNew = tail.length === added.length && tail.every((address) => added.includes(address) && !this.#ownAddresses.has(address.address));
    return removed.length === 0 && areNew && new Set(tail.map(({ address }) => address)).size === tail.length ? tail : undefined;
  }

  #forgetAddresses(): void {
    this.#addressOfSubnet.clear();
    this.#ownAddresses.clear();
    this.#wiring.clear();
    this.#attachments = new Map();
  }

  /** `first`: place of the first of them. */
  #enterAddresses(wired: readonly { readonly address: ProviderAddressConfig; readonly wiring: ProviderWiring }[], first: number): void {
    const macs = new Map<Segment, MacAddress[]>();
    wired.forEach(({ address, wiring: { segment, settings } }, index) => {
      const via = this.#provider.interfaces[first + index];
      if (via !== undefined) this.#addressOfSubnet.set(address.vsid, { config: address, mask: maskOf(address.prefixLength), via });
      this.#ownAddresses.set(address.address, true);
      const known = macs.get(segment);
      if (known === undefined) macs.set(segment, [settings.mac]);
      else known.push(settings.mac);
    });
    const attachments = new Map(this.#attachments);
    for (const [segment, added] of macs) {
      const before = attachments.get(segment) ?? [];
      const after = [...before, ...added];
      tellDifference(before, after, { removed: [], added });
      attachments.set(segment, after);
    }
    this.#attachments = attachments;
  }

  #wire({ address, mac, prefixLength }: ProviderAddressConfig, segment: Segment): ProviderWiring {
    const settings = { name: `PA ${formatIpv4(address)}`, mac, address, prefixLength, mtu: providerMtu };
    return { segment, settings, tap: null, transmit: (packet) => segment.transmit(packet, this) };
  }

  attachPort(port: SwitchPort): void {
    const ports = this.#ports.get(port.vsid) ?? new PairMap<SwitchPort>();
    ports.set(macHigh(port.mac), macLow(port.mac), port);
    this.#ports.set(port.vsid, ports);
  }

  detachPort(port: SwitchPort): void {
    const ports = this.#ports.get(port.vsid);
    if (ports?.get(macHigh(port.mac), macLow(port.mac)) !== port) return;
    ports.delete(macHigh(port.mac), macLow(port.mac));
    if (ports.size === 0) this.#ports.delete(port.vsid);
  }

  /** A frame that a virtual machine sent. */
  fromPort(packet: Packet, port: SwitchPort): void {
    this.#router.receive(packet, port);
  }

  /** A frame for a customer address, standing at its Ethernet header, MACs already right. */
  deliver(packet: Packet, record: LookupRecordConfig, sourceVsid: number): void {
    if (this.#ownAddresses.has(record.providerAddress)) {
      packet.trace?.add(this.name, 'lookup records', describe(record), 'deliver on this host, without encapsulation');
      return this.#toPort(packet, record.vsid);
    }
    this.#encapsulate(packet, record, sourceVsid);
  }

  #encapsulate(packet: Packet, record: LookupRecordConfig, sourceVsid: number): void {
    if (this.#config.isVirtual) return this.drop(packet, 'hostIsVirtual');
    const own = this.#addressOfSubnet.get(sourceVsid) ?? this.#addressOfSubnet.get(record.vsid);
    if (own === undefined) return this.drop(packet, 'noProviderAddress');
    const flowId = flowIdOf(packet.view, packet.start + ethernetLength, packet.end);
    packet.start -= nvgreLength;
    writeNvgre(packet.view, packet.start, record.vsid, flowId);
    packet.start -= ipv4Length;
    writeIpv4(packet.view, packet.start, {
      source: own.config.address,
      destination: record.providerAddress,
      protocol: ipProtocol.gre,
      timeToLive: 128,
      identification: this.#provider.nextIdentification(),
      doNotFragment: false,
      totalLength: packet.length,
    });
    packet.isInnerChecked = packet.isIpChecked;
    packet.isIpChecked = true;
    packet.trace?.add(
      this.name,
      'lookup records',
      describe(record),
      'encapsulate in NVGRE',
      'Ethernet frame of the customer network',
      `PA ${formatIpv4(own.config.address)} > ${formatIpv4(record.providerAddress)}, GRE key VSID ${record.vsid} FlowID ${flowId}`,
    );
    this.#provider.sendVia(own.via, nextHopOf(own, record.providerAddress), packet);
  }

  receiveFrame(packet: Packet): void {
    this.#provider.receiveFromSegment(packet);
  }

  /** A packet for one of the provider addresses: NVGRE is unwrapped; of anything else only the answers to own pings are expected. */
  #receiveLocal(packet: Packet): void {
    const isAnswer = this.#programs !== undefined && protocolOf(packet.view, packet.start) === ipProtocol.icmp;
    if (isAnswer) this.#programs?.deliver(packet);
    else this.#unwrap(packet);
  }

  #unwrap(packet: Packet): void {
    if (this.#config.isVirtual) return this.drop(packet, 'hostIsVirtual');
    const at = packet.start + headerLengthOf(packet.view, packet.start);
    const vsid = protocolOf(packet.view, packet.start) === ipProtocol.gre ? vsidOf(packet.view, at, packet.end) : undefined;
    if (vsid === undefined || packet.end - at < nvgreLength + ethernetLength) return this.drop(packet, 'malformed');
    packet.start = at + nvgreLength;
    packet.isIpChecked = packet.isInnerChecked;
    packet.trace?.add(this.name, 'NVGRE', `VSID ${vsid}`, 'unwrap the customer frame');
    this.#toPort(packet, vsid);
  }

  /** To the port with the frame's destination MAC. */
  #toPort(packet: Packet, vsid: number): void {
    const { view, start } = packet;
    const port = this.#ports.get(vsid)?.get(view.getUint16(start), view.getUint32(start + 2));
    if (port === undefined) return this.drop(packet, 'unknownVirtualSubnet');
    packet.trace?.add(this.name, 'virtual switch', `VSID ${vsid}, MAC ${formatMac(port.mac)}`, `hand to ${port.label}`);
    port.receiveFrame(packet);
  }

  drop(packet: Packet, reason: Parameters<World['drop']>[1]): void {
    this.#world.drop(packet, reason, this.name);
  }
}

/** For what the host says itself: answers to ping, and its own. */
function providerRoutes({ address, prefixLength, gateway }: ProviderAddressConfig, index: number): Route[] {
  const onLink = connectedRoute(address, prefixLength, index);
  return gateway === null ? [onLink] : [onLink, defaultRoute(gateway, index, 256)];
}

function nextHopOf({ config, mask }: ProviderEndpoint, destination: Ipv4Address): Ipv4Address {
  const isOnLink = ((config.address ^ destination) & mask) === 0;
  return isOnLink || config.gateway === null ? destination : config.gateway;
}

function describe(record: LookupRecordConfig): string {
  const address = record.type === 'GatewayWildcard' ? 'GatewayWildcard' : `CA ${formatIpv4(record.customerAddress)}`;
  return `${address} in VSID ${record.vsid}: PA ${formatIpv4(record.providerAddress)}, ${record.rule}`;
}
