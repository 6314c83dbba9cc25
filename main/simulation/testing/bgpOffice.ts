/** Tenants whose gateway compartment and office speak BGP with each other through the tunnel: equal addresses, equal AS numbers. */
import { ipv4, prefix, type Ipv4Prefix } from '../../../shared/net/ipv4.ts';
import type { BgpConfig, CompartmentConfig, SimulationConfig, SiteToSiteConfig, VpnDeviceConfig } from '../config.ts';
import type { BgpPlace } from '../state.ts';
import { contosoConfig, gatewayId, tenantNames } from './contoso.ts';
import { officeNetwork, withOffices } from './office.ts';

export const gatewaySpeaker = ipv4('10.254.254.2');
export const officeSpeaker = ipv4('10.30.50.1');
export const tenantNetwork = prefix('10.30.1.0/24');
export const gatewayAsn = 64_512;
export const officeAsn = 65_010;

export const hostRoute = (address: number): Ipv4Prefix => ({ address, length: 32 });

const gatewayBgp: BgpConfig = { asn: gatewayAsn, routerId: gatewaySpeaker, peers: [{ name: 'Office', address: officeSpeaker, asn: officeAsn }], networks: [tenantNetwork] };
const officeBgp: BgpConfig = { asn: officeAsn, routerId: officeSpeaker, peers: [{ name: 'Gateway', address: gatewaySpeaker, asn: gatewayAsn }], networks: [officeNetwork] };

/** What a test wants otherwise. `gatewayRoutes`, `officeRoutes`: networks in the tunnel's routes of either end. */
export interface BgpChange {
  readonly gateway?: Partial<BgpConfig>;
  readonly office?: Partial<BgpConfig>;
  readonly gatewayRoutes?: readonly Ipv4Prefix[];
  readonly officeRoutes?: readonly Ipv4Prefix[];
  readonly tunnel?: Partial<SiteToSiteConfig>;
}

/** The peer's /32 alone is in the tunnels' routes: everything else has to be learned. */
export function withBgp(config: SimulationConfig, names: readonly string[], change: (tenant: number) => BgpChange = () => ({})): SimulationConfig {
  const offices = withOffices(config, names);
  const compartmentOf = (entry: CompartmentConfig, tenant: number): CompartmentConfig => {
    if (tenant >= names.length) return entry;
    const { gateway, gatewayRoutes, tunnel } = change(tenant);
    return { ...entry, tunnels: entry.tunnels.map((given) => ({ ...routed(given, gatewayRoutes ?? [hostRoute(officeSpeaker)]), ...tunnel })), bgp: { ...gatewayBgp, ...gateway } };
  };
  const deviceOf = (device: VpnDeviceConfig, tenant: number): VpnDeviceConfig => {
    const { office, officeRoutes } = change(tenant);
    return { ...device, tunnels: device.tunnels.map((given) => routed(given, officeRoutes ?? [hostRoute(gatewaySpeaker)])), bgp: { ...officeBgp, ...office } };
  };
  return {
    ...offices,
    gateways: offices.gateways.map((gateway) => ({ ...gateway, compartments: gateway.compartments.map(compartmentOf) })),
    external: { ...offices.external, vpnDevices: offices.external.vpnDevices.map(deviceOf) },
  };
}

function routed(tunnel: SiteToSiteConfig, networks: readonly Ipv4Prefix[]): SiteToSiteConfig {
  return { ...tunnel, subnets: networks.map((network) => ({ prefix: network, metric: 100 })) };
}

/** Two tenants with equal addresses, each with BGP to an office of its own. */
export function bgpConfig(change?: (tenant: number) => BgpChange): SimulationConfig {
  return withBgp(contosoConfig(tenantNames.length), tenantNames, change);
}

export function gatewayPlace(tenant: number): BgpPlace {
  return { kind: 'compartment', gatewayId, guid: `00000000-0000-4000-8000-${tenant.toString(16).padStart(12, '0')}` };
}

export function officePlace(tenant: number): BgpPlace {
  return { kind: 'vpnDevice', deviceId: `${tenantNames[tenant] ?? ''} office` };
}
