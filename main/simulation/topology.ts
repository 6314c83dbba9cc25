/** Builds and rebuilds the nodes of a simulation from its configuration. What stays the same keeps its state. */
import { differenceOf, inOrder } from '../../shared/lists/difference.ts';
import { formatPrefix, maskOf, type Ipv4Address } from '../../shared/net/ipv4.ts';
import type { SimulationConfig, VirtualMachineConfig, VpnDeviceConfig } from './config.ts';
import { Host } from './fabric/host.ts';
import { Policy } from './fabric/policy.ts';
import { ProviderRouter } from './fabric/providerRouter.ts';
import { VirtualMachine } from './fabric/virtualMachine.ts';
import type { AddressChange } from './gateway/carriedCompartments.ts';
import { GatewayVm } from './gateway/gatewayVm.ts';
import { qualityOf, type Fault } from './faults.ts';
import type { TapBoard } from './kernel/tap.ts';
import type { World } from './kernel/world.ts';
import { latencies } from './latencies.ts';
import { Segment } from './net/segment.ts';
import type { Programs } from './programs/programs.ts';
import { ExternalHost, onInternet } from './sites/externalHost.ts';
import { ExternalRouter } from './sites/externalRouter.ts';
import { VpnDevice } from './sites/vpnDevice.ts';

const segmentKinds = {
  Provider: { description: 'Provider network between the hosts', latencyNs: latencies.provider },
  FrontEnd: { description: 'Segment of an adapter of the default compartment', latencyNs: latencies.frontEnd },
  Lan: { description: 'LAN behind a VPN device', latencyNs: latencies.lan },
} as const;
type SegmentKind = keyof typeof segmentKinds;

export class Topology {
  readonly #world: World;
  readonly #taps: TapBoard;
  readonly #segments = new Map<string, Segment>();
  readonly #internet: Segment;
  #faults: readonly Fault[] = [];
  readonly #policy = new Policy();
  readonly #hosts = new Map<string, Host>();
  readonly #providerRouters = new Map<string, ProviderRouter>();
  readonly #routers = new Map<string, ExternalRouter>();
  readonly #externalHosts = new Map<string, ExternalHost>();
  readonly #siteHosts = new Map<string, ExternalHost>();
  readonly vpnDevices = new Map<string, VpnDevice>();
  readonly machines = new Map<string, VirtualMachine>();
  #machineConfigs: readonly VirtualMachineConfig[] = [];
  readonly gateways = new Map<string, GatewayVm>();

  constructor(world: World, taps: TapBoard) {
    this.#world = world;
    this.#taps = taps;
    this.#internet = new Segment(world, 'Internet', taps.tap('Internet', 'Between the routers of the front end and the hosts outside'), latencies.internet);
  }

  /** Faults of links; those of the configuration are in the configuration already. */
  setLinkFaults(faults: readonly Fault[]): void {
    this.#faults = faults;
    for (const segment of [this.#internet, ...this.#segments.values()]) segment.setQuality(qualityOf(segment.name, faults));
  }

  configure(config: SimulationConfig): void {
    for (const segment of this.#segments.values()) segment.detachAll();
    this.#internet.detachAll();
    this.#policy.follow(config);
    const hostsAreOthers = sync(this.#hosts, config.hosts, (host) => host.id, (host) => new Host(this.#world, host, this.#policy), (host, entry) =>
      host.configure(entry, (address) => this.#segment('Provider', address.address, address.prefixLength)),
    );
    sync(this.#providerRouters, config.providerRouter === null ? [] : [config.providerRouter], (router) => router.name, (router) => new ProviderRouter(this.#world, router), (router, entry) =>
      router.configure(entry, (place) => this.#segment('Provider', place.address, place.prefixLength)),
    );
    this.#configureMachines(config.virtualMachines, hostsAreOthers);
    const moved = this.#configureGateways(config);
    this.#configureOutside(config);
    // Its neighbours would go on sending to the MAC address that they know.
    for (const { address, gateway } of moved) gateway.announce(address);
  }

  /** NAT addresses that came from another gateway. */
  #configureGateways(config: SimulationConfig): readonly { readonly address: Ipv4Address; readonly gateway: GatewayVm }[] {
    const gained: { readonly address: Ipv4Address; readonly gateway: GatewayVm }[] = [];
    const lost = new Set<Ipv4Address>();
    const note = (change: AddressChange, gateway: GatewayVm): void => {
      for (const address of change.gained) gained.push({ address, gateway });
      for (const address of change.lost) lost.add(address);
    };
    sync(
      this.gateways,
      config.gateways,
      (gateway) => gateway.id,
      (gateway) => new GatewayVm(this.#world, this.#taps, gateway),
      (gateway, entry) => {
        const host = this.#hosts.get(entry.hostId);
        if (gateway.isConfigured(entry, host)) return gateway.attachAgain();
        note(gateway.configure(entry, { host, segmentOf: (adapter) => this.#segment('FrontEnd', adapter.address, adapter.prefixLength) }), gateway);
      },
      (gateway) => {
        for (const address of gateway.externalAddresses()) lost.add(address);
        gateway.end();
      },
    );
    return gained.filter(({ address }) => lost.has(address));
  }

  /** Programs of a virtual machine, a gateway (its default compartment) or a host (its provider addresses), by its id. */
  programsOf(id: string): Programs | undefined {
    return (this.machines.get(id) ?? this.gateways.get(id) ?? this.#hosts.get(id))?.programs;
  }

  /** Machines are many: only those of which something is different are looked at, unless the hosts are others too. One without an adapter takes no part. */
  #configureMachines(machines: readonly VirtualMachineConfig[], hostsAreOthers: boolean): void {
    const { removed, added } = hostsAreOthers ? { removed: this.#machineConfigs, added: machines } : differenceOf(this.#machineConfigs, machines);
    this.#machineConfigs = machines;
    const wanted = inOrder(added, machines).flatMap((entry) => entry.adapters.slice(0, 1).map((adapter) => ({ entry, adapter })));
    const ids = new Set(wanted.map(({ entry }) => entry.id));
    for (const { id } of removed) {
      if (ids.has(id)) continue;
      this.machines.get(id)?.end();
      this.machines.delete(id);
    }
    for (const { entry, adapter } of wanted) {
      const machine = this.machines.get(entry.id) ?? new VirtualMachine(this.#world, entry, adapter, this.#taps.tap(`VM ${entry.name}`, `Adapter ${adapter.name} of ${entry.name}`));
      this.machines.set(entry.id, machine);
      machine.configure(entry, adapter, this.#hosts.get(entry.hostId));
    }
  }

  #configureOutside(config: SimulationConfig): void {
    sync(this.#routers, config.external.routers, (router) => router.name, (router) => new ExternalRouter(this.#world, router), (router, entry) =>
      router.configure(entry, this.#segment('FrontEnd', entry.address, entry.prefixLength), this.#internet),
    );
    sync(this.#externalHosts, config.external.hosts, (host) => host.id, (host) => new ExternalHost(this.#world, host), (host, entry) =>
      host.configure(entry, this.#internet, onInternet),
    );
    this.#configureSites(config);
  }

  #configureSites({ external }: SimulationConfig): void {
    sync(this.vpnDevices, external.vpnDevices, (device) => device.id, (device) => new VpnDevice(this.#world, this.#taps, device), (device, entry) =>
      device.configure(entry, this.#internet, this.#lanOf(entry)),
      (device) => device.end(),
    );
    const hosts = external.vpnDevices.flatMap((device) => device.hosts.map((host) => ({ host, device })));
    sync(this.#siteHosts, hosts, ({ host }) => host.id, ({ host }) => new ExternalHost(this.#world, host), (node, { host, device }) =>
      node.configure(host, this.#lanOf(device), { prefixLength: device.lan.prefixLength, gateway: device.lan.address }),
    );
  }

  /** Offices may have equal subnets, so a LAN goes by its name. */
  #lanOf({ lan }: VpnDeviceConfig): Segment {
    return this.#named('Lan', lan.name);
  }

  /** The Ethernet segment of a subnet. */
  #segment(kind: SegmentKind, address: Ipv4Address, length: number): Segment {
    return this.#named(kind, formatPrefix({ address: (address & maskOf(length)) >>> 0, length }));
  }

  #named(kind: SegmentKind, place: string): Segment {
    const name = `${kind} ${place}`;
    const known = this.#segments.get(name);
    if (known !== undefined) return known;
    const { description, latencyNs } = segmentKinds[kind];
    const segment = new Segment(this.#world, name, this.#taps.tap(name, description), latencyNs);
    segment.setQuality(qualityOf(name, this.#faults));
    this.#segments.set(name, segment);
    return segment;
  }
}

/**
 * Brings a map of nodes in line with their configuration: makes the new, forgets the gone, configures all. `end`: for nodes that act on their
 * own. True when there are others than before.
 */
function sync<C, N>(nodes: Map<string, N>, wanted: readonly C[], idOf: (entry: C) => string, create: (entry: C) => N, configure: (node: N, entry: C) => void, end?: (node: N) => void): boolean {
  const ids = new Set(wanted.map((entry) => idOf(entry)));
  const isComplete = [...ids].every((id) => nodes.has(id)) && nodes.size === ids.size;
  for (const [id, node] of nodes) {
    if (ids.has(id)) continue;
    end?.(node);
    nodes.delete(id);
  }
  for (const entry of wanted) {
    const id = idOf(entry);
    const node = nodes.get(id) ?? create(entry);
    nodes.set(id, node);
    configure(node, entry);
  }
  return !isComplete;
}
