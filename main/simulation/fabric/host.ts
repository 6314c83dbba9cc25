/** A Hyper-V host: virtual switch with the network virtualization filter, provider addresses, uplink. */
import { formatIpv4, maskOf, type Ipv4Address } from '../../../shared/net/ipv4.ts';
import { formatMac, type MacAddress } from '../../../shared/net/mac.ts';
import type { HostConfig, LookupRecordConfig, ProviderAddressConfig } from '../config.ts';
import type { Packet } from '../kernel/packet.ts';
import type { World } from '../kernel/world.ts';
import { IpNode } from '../net/ipNode.ts';
import type { FrameSink, Segment } from '../net/segment.ts';
import { ethernetLength, readMac } from '../wire/ethernet.ts';
import { ipProtocol, ipv4Length, protocolOf, headerLengthOf, writeIpv4 } from '../wire/ipv4.ts';
import { flowIdOf, nvgreLength, vsidOf, writeNvgre } from '../wire/nvgre.ts';
import { DistributedRouter } from './distributedRouter.ts';
import type { Policy } from './policy.ts';
import type { SwitchHost, SwitchPort } from './switchPort.ts';

/** MTU of the physical network; NVGRE takes 42 bytes of it, outer Ethernet not counted (fact sheet §4.7). */
export const providerMtu = 1500;
export const guestMtu = providerMtu - ipv4Length - nvgreLength - ethernetLength;

export class Host implements FrameSink, SwitchHost {
  readonly #world: World;
  readonly #provider: IpNode;
  readonly #router: DistributedRouter;
  /** By VSID, then MAC. */
  readonly #ports = new Map<number, Map<MacAddress, SwitchPort>>();
  /** By VSID: the address that stands for this subnet here. */
  readonly #addressOfSubnet = new Map<number, { config: ProviderAddressConfig; index: number }>();
  readonly #ownAddresses = new Set<Ipv4Address>();
  #config: HostConfig;
  #policy: Policy;

  constructor(world: World, config: HostConfig, policy: Policy) {
    this.#world = world;
    this.#config = config;
    this.#policy = policy;
    this.#provider = new IpNode(world, config.name, { forwards: false, deliver: (packet) => this.#unwrap(packet) });
    this.#router = new DistributedRouter(world, this);
  }

  get name(): string {
    return this.#config.name;
  }

  get policy(): Policy {
    return this.#policy;
  }

  /** Takes a new configuration; ports are attached anew afterwards. */
  configure(config: HostConfig, policy: Policy, segmentOf: (address: ProviderAddressConfig) => Segment): void {
    this.#config = config;
    this.#policy = policy;
    this.#provider.name = config.name;
    this.#ports.clear();
    this.#addressOfSubnet.clear();
    this.#ownAddresses.clear();
    this.#provider.setInterfaces(
      config.providerAddresses.map((address) => {
        const segment = segmentOf(address);
        segment.attach(this, [address.mac]);
        return {
          settings: { name: `PA ${formatIpv4(address.address)}`, mac: address.mac, address: address.address, prefixLength: address.prefixLength, mtu: providerMtu },
          tap: null,
          transmit: (packet: Packet) => segment.transmit(packet, this),
        };
      }),
    );
    config.providerAddresses.forEach((address, index) => {
      this.#addressOfSubnet.set(address.vsid, { config: address, index });
      this.#ownAddresses.add(address.address);
    });
  }

  attachPort(port: SwitchPort): void {
    const ports = this.#ports.get(port.vsid) ?? new Map<MacAddress, SwitchPort>();
    ports.set(port.mac, port);
    this.#ports.set(port.vsid, ports);
  }

  /** A frame that a virtual machine sent. */
  fromPort(packet: Packet, port: SwitchPort): void {
    this.#router.receive(packet, port);
  }

  /** A frame for a customer address, standing at its Ethernet header, MACs already right. */
  deliver(packet: Packet, record: LookupRecordConfig, sourceVsid: number): void {
    if (this.#ownAddresses.has(record.providerAddress)) {
      packet.trace?.add(this.name, 'lookup records', describe(record), 'deliver on this host, without encapsulation');
      return this.#toPort(packet, record.vsid, record.mac);
    }
    this.#encapsulate(packet, record, sourceVsid);
  }

  #encapsulate(packet: Packet, record: LookupRecordConfig, sourceVsid: number): void {
    if (this.#config.isVirtual) return this.drop(packet, 'hostIsVirtual');
    const own = this.#addressOfSubnet.get(sourceVsid) ?? this.#addressOfSubnet.get(record.vsid);
    const via = own === undefined ? undefined : this.#provider.interfaces[own.index];
    if (own === undefined || via === undefined) return this.drop(packet, 'noProviderAddress');
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
    packet.trace?.add(
      this.name,
      'lookup records',
      describe(record),
      'encapsulate in NVGRE',
      'Ethernet frame of the customer network',
      `PA ${formatIpv4(own.config.address)} > ${formatIpv4(record.providerAddress)}, GRE key VSID ${record.vsid} FlowID ${flowId}`,
    );
    this.#provider.sendVia(via, this.#nextHop(own.config, record.providerAddress), packet);
  }

  #nextHop(own: ProviderAddressConfig, destination: Ipv4Address): Ipv4Address {
    const mask = maskOf(own.prefixLength);
    const isOnLink = (own.address & mask) >>> 0 === (destination & mask) >>> 0;
    return isOnLink || own.gateway === null ? destination : own.gateway;
  }

  receiveFrame(packet: Packet): void {
    this.#provider.receiveFromSegment(packet);
  }

  /** A packet for one of the provider addresses: NVGRE is unwrapped, nothing else is expected. */
  #unwrap(packet: Packet): void {
    if (this.#config.isVirtual) return this.drop(packet, 'hostIsVirtual');
    const at = packet.start + headerLengthOf(packet.view, packet.start);
    const vsid = protocolOf(packet.view, packet.start) === ipProtocol.gre ? vsidOf(packet.view, at, packet.end) : undefined;
    if (vsid === undefined || packet.end - at < nvgreLength + ethernetLength) return this.drop(packet, 'malformed');
    packet.start = at + nvgreLength;
    packet.trace?.add(this.name, 'NVGRE', `VSID ${vsid}`, 'unwrap the customer frame');
    this.#toPort(packet, vsid, readMac(packet.view, packet.start));
  }

  #toPort(packet: Packet, vsid: number, mac: MacAddress): void {
    const port = this.#ports.get(vsid)?.get(mac);
    if (port === undefined) return this.drop(packet, 'unknownVirtualSubnet');
    packet.trace?.add(this.name, 'virtual switch', `VSID ${vsid}, MAC ${formatMac(mac)}`, `hand to ${port.label}`);
    port.receiveFrame(packet);
  }

  drop(packet: Packet, reason: Parameters<World['drop']>[1]): void {
    this.#world.drop(packet, reason, this.name);
  }
}

function describe(record: LookupRecordConfig): string {
  const address = record.type === 'GatewayWildcard' ? 'GatewayWildcard' : `CA ${formatIpv4(record.customerAddress)}`;
  return `${address} in VSID ${record.vsid}: PA ${formatIpv4(record.providerAddress)}, ${record.rule}`;
}
