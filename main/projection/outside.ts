/** What is outside: routers and hosts on the Internet, and the customers' offices behind their VPN devices. */
import type { ExternalHostConfig, ExternalNetworkConfig, ExternalRouterConfig, ExternalService, VpnDeviceConfig } from '../simulation/config.ts';
import type { ExternalHostRow, ExternalRouterRow, InventorySnapshot, NetworkServiceRow, VmNetworkGatewayRow, VpnDeviceHostRow, VpnDeviceRow } from '../store/inventory/snapshot.ts';
import { deviceBgp } from './bgp.ts';
import { Parts } from './parts.ts';
import type { SnapshotIndex } from './snapshotIndex.ts';
import type { TunnelProjection } from './vpn.ts';

type OutsideRoute = ExternalRouterConfig['routes'][number];

const externalServices: readonly ExternalService[] = ['icmp-echo', 'http', 'udp-echo'];

export class OutsideProjection {
  readonly #index: SnapshotIndex;
  readonly #tunnels: TunnelProjection;
  readonly #routers: Parts<ExternalRouterRow, ExternalRouterConfig>;
  readonly #routes: Parts<NetworkServiceRow, readonly OutsideRoute[]>;
  readonly #hosts: Parts<ExternalHostRow | VpnDeviceHostRow, ExternalHostConfig>;
  readonly #devices: Parts<VpnDeviceRow, VpnDeviceConfig>;

  constructor(index: SnapshotIndex, tunnels: TunnelProjection) {
    const { maker } = index;
    this.#index = index;
    this.#tunnels = tunnels;
    this.#routes = new Parts(maker, (service) => this.#directRoutes(service));
    this.#routers = new Parts(maker, (router) => ({ ...router, routes: this.#index.everyService.get('every').flatMap((service) => this.#routes.get(service)) }));
    this.#hosts = new Parts(maker, ({ id, name, address, mac, services }) => ({ id, name, address, mac, services: servicesOf(services) }));
    this.#devices = new Parts(maker, (device) => this.#device(device));
  }

  external(snapshot: InventorySnapshot): ExternalNetworkConfig {
    return {
      routers: snapshot.externalRouters.map((router) => this.#routers.get(router)),
      hosts: snapshot.externalHosts.map((host) => this.#hosts.get(host)),
      vpnDevices: snapshot.vpnDevices.map((device) => this.#devices.get(device)),
    };
  }

  /** Who runs the routers outside tells them of directly routed networks: those of the lab always know them, through the gateway's front end. */
  #directRoutes(service: NetworkServiceRow): readonly OutsideRoute[] {
    const nextHop = service.directRoutingMode === 1 ? this.#tunnels.endpointOf(service.id) : undefined;
    if (nextHop === undefined) return [];
    return this.#index.gatewaysOfService
      .get(service.id)
      .flatMap(({ vmNetworkId }) => this.#index.subnetsOfNetwork.get(vmNetworkId).map(({ address, prefixLength }) => ({ destination: { address, length: prefixLength }, nextHop })));
  }

  /** Each device answers every gateway that has a connection to it. */
  #device(device: VpnDeviceRow): VpnDeviceConfig {
    const gateways = this.#gatewaysTo(device);
    return {
      id: device.id,
      name: device.name,
      address: device.address,
      mac: device.mac,
      lan: { name: device.lanName, address: device.lanAddress, prefixLength: device.lanPrefixLength, mac: device.lanMac },
      hosts: this.#index.hostsOfDevice.get(device.id).map((host) => this.#hosts.get(host)),
      tunnels: gateways.flatMap((gateway) => this.#tunnels.ofDevice(device, gateway)),
      bgp: deviceBgp(device, gateways.map((gateway) => ({ gateway, name: this.#index.vmNetworks.get(gateway.vmNetworkId)?.name ?? gateway.name }))),
      isSilent: false,
    };
  }

  /** In the order of the snapshot. */
  #gatewaysTo(device: VpnDeviceRow): readonly VmNetworkGatewayRow[] {
    const found = new Set<VmNetworkGatewayRow>();
    for (const { vmNetworkGatewayId } of this.#index.tunnelsOfRemote.get(device.address)) {
      const gateway = this.#index.gateways.get(vmNetworkGatewayId);
      if (gateway !== undefined) found.add(gateway);
    }
    return [...found].sort((a, b) => compare(a.networkServiceId, b.networkServiceId) || a.compartmentId - b.compartmentId);
  }
}

/** Identifiers are plain ASCII. */
function compare(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

/** Services of a host outside, as they are stored. */
function servicesOf(services: string): readonly ExternalService[] {
  return externalServices.filter((service) => services.split(',').includes(service));
}
