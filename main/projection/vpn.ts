/** Site-to-site interfaces of the tenants' compartments, and of the VPN devices at their other ends (fact sheet §3.3, 4.4). */
import type { Ipv4Address, Ipv4Prefix } from '../../shared/net/ipv4.ts';
import type { SiteToSiteConfig } from '../simulation/config.ts';
import { siteToSiteDefaults } from '../simulation/vpn/timings.ts';
import type { VmNetworkGatewayRow, VpnConnectionRow, VpnDeviceRow } from '../store/inventory/snapshot.ts';
import { speaksBgpTo } from './bgp.ts';
import { gatewayPrefix } from './fabric.ts';
import { Parts } from './parts.ts';
import type { KeyIndex } from './preSharedKeys.ts';
import type { SnapshotIndex } from './snapshotIndex.ts';

/** Metric of routes through a tunnel: that of Microsoft's samples (fact sheet §4.4). */
const tunnelMetric = 100;

export class TunnelProjection {
  readonly #index: SnapshotIndex;
  readonly #keys: KeyIndex;
  readonly #ofGateway: Parts<VmNetworkGatewayRow, readonly SiteToSiteConfig[]>;

  constructor(index: SnapshotIndex, keys: KeyIndex) {
    this.#index = index;
    this.#keys = keys;
    this.#ofGateway = new Parts(index.maker, (gateway) => this.#tunnelsOf(gateway));
  }

  /** Where VPN devices find a gateway: the address of its front end. Undefined while it has none. */
  endpointOf(networkServiceId: string): Ipv4Address | undefined {
    const connection = this.#index.connectionsOfService.get(networkServiceId).find(({ type }) => type === 'FrontEnd');
    const frontEnd = this.#index.adapters.get(connection?.adapterId ?? '');
    return this.#index.allocations.get(frontEnd?.allocationId ?? '')?.address;
  }

  ofGateway(gateway: VmNetworkGatewayRow): readonly SiteToSiteConfig[] {
    return this.#ofGateway.get(gateway);
  }

  #tunnelsOf(gateway: VmNetworkGatewayRow): readonly SiteToSiteConfig[] {
    if (gateway.hasVpn === 0) return [];
    const localAddress = this.endpointOf(gateway.networkServiceId);
    if (localAddress === undefined) return [];
    return this.#index.tunnelsOfGateway.get(gateway.id).map((connection) =>
      tunnel(connection, {
        id: connection.id,
        name: connection.name,
        localAddress,
        destination: connection.remoteAddress,
        preSharedKey: this.#keyAtGateway(connection),
        to: this.#index.routesOfTunnel.get(connection.id),
      }),
    );
  }

  /** The device's own end of a gateway's connections: it was set up to reach the gateway's leg, and the VM subnets where BGP does not bring them. */
  ofDevice(device: VpnDeviceRow, gateway: VmNetworkGatewayRow): readonly SiteToSiteConfig[] {
    const destination = this.endpointOf(gateway.networkServiceId);
    if (destination === undefined || gateway.hasVpn === 0) return [];
    const subnets = this.#index.subnetsOfNetwork.get(gateway.vmNetworkId);
    const inside = speaksBgpTo(gateway, device) ? [] : subnets.map(({ address, prefixLength }) => ({ address, length: prefixLength }));
    return this.#index.tunnelsOfGateway
      .get(gateway.id)
      .filter(({ remoteAddress }) => remoteAddress === device.address)
      .map((connection) =>
        tunnel(connection, {
          id: `${device.id} ${connection.id}`,
          name: this.#index.vmNetworks.get(gateway.vmNetworkId)?.name ?? connection.name,
          localAddress: device.address,
          destination,
          preSharedKey: this.#keyAtDevice(connection, device),
          to: [...inside, gatewayPrefix(gateway)],
        }),
      );
  }

  #keyAtGateway({ runAsAccountId }: VpnConnectionRow): string {
    if (runAsAccountId === null) return certificateKey;
    return this.#keys.get(runAsAccountId) ?? '';
  }

  /** The device knows the key on which both sides agreed, but accepts only the kinds of authentication it was set up for. */
  #keyAtDevice(connection: VpnConnectionRow, device: VpnDeviceRow): string {
    const isAccepted = device.authenticationMethods.split(',').includes(connection.authenticationMethod);
    const isKnown = connection.runAsAccountId === null || this.#keys.get(connection.runAsAccountId) !== null;
    return isAccepted && isKnown ? this.#keyAtGateway(connection) : 'what the gateway does not know';
  }
}

/** Certificates are not modelled: whoever trusts them has the same key, which is nobody's secret. */
const certificateKey = 'machine certificates that both ends trust';

type Ends = Pick<SiteToSiteConfig, 'id' | 'name' | 'localAddress' | 'destination' | 'preSharedKey'> & { readonly to: readonly Ipv4Prefix[] };

function tunnel({ isEnabled }: VpnConnectionRow, { to, ...ends }: Ends): SiteToSiteConfig {
  return {
    ...ends,
    subnets: to.map(({ address, length }) => ({ prefix: { address, length }, metric: tunnelMetric })),
    isEnabled: isEnabled === 1,
    isPersistent: false,
    ...siteToSiteDefaults,
  };
}
