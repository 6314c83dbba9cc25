/** Fabrikam's office of the Contoso lab: a VPN device with a LAN behind it, and the tunnel to it from a tenant's compartment. */
import { ipv4, prefix, type Ipv4Prefix } from '../../../shared/net/ipv4.ts';
import type { CompartmentConfig, SimulationConfig, SiteToSiteConfig, VpnDeviceConfig } from '../config.ts';
import { siteToSiteDefaults } from '../vpn/timings.ts';

export const officeAddress = ipv4('198.51.100.20');
export const officeHost = ipv4('10.30.50.101');
export const officeNetwork = prefix('10.30.50.0/24');
export const deviceId = 'office';
export const tunnelId = 'fabrikam-office';
const gatewayEndpoint = ipv4('203.0.113.5');
const tenantNetworks = [prefix('10.30.1.0/24'), prefix('10.254.254.0/29')];

export function tunnelConfig(change: Partial<SiteToSiteConfig> & Pick<SiteToSiteConfig, 'id' | 'localAddress' | 'destination'> & { readonly to: readonly Ipv4Prefix[] }): SiteToSiteConfig {
  const { to, ...rest } = change;
  return {
    name: change.id,
    preSharedKey: 'Fabrikam 2012 R2',
    subnets: to.map((subnet) => ({ prefix: subnet, metric: 100 })),
    isEnabled: true,
    isPersistent: false,
    ...siteToSiteDefaults,
    ...rest,
  };
}

export function office(change: Partial<VpnDeviceConfig> = {}): VpnDeviceConfig {
  return {
    id: deviceId,
    name: 'Fabrikam VPN device',
    address: officeAddress,
    mac: 0x001dd8f00001,
    lan: { name: 'Fabrikam office', address: ipv4('10.30.50.1'), prefixLength: 24, mac: 0x001dd8f00002 },
    hosts: [{ id: 'office-host', name: 'Fabrikam PC', address: officeHost, mac: 0x001dd8f00003, services: ['icmp-echo', 'udp-echo', 'http'] }],
    tunnels: [tunnelConfig({ id: 'office-fabrikam', localAddress: officeAddress, destination: gatewayEndpoint, to: tenantNetworks })],
    isSilent: false,
    ...change,
  };
}

/** Gives the tenant a tunnel to an office of its own; the offices' LANs have equal addresses. */
export function withOffice(config: SimulationConfig, tenant: number, change: { readonly device?: Partial<VpnDeviceConfig>; readonly tunnel?: Partial<SiteToSiteConfig> } = {}): SimulationConfig {
  const tunnel = tunnelConfig({ id: tunnelId, localAddress: gatewayEndpoint, destination: officeAddress, to: [officeNetwork], ...change.tunnel });
  return connected(config, tenant, tunnel, office(change.device));
}

/** Every tenant has its own office; LANs and keys are equal. */
export function withOffices(config: SimulationConfig, names: readonly string[]): SimulationConfig {
  return names.reduce((result, name, tenant) => {
    const address = officeAddress + 1 + tenant;
    const mac = 0x001dd8f40000 + tenant * 16;
    const device = office({
      id: `${name} office`,
      name: `${name} VPN device`,
      address,
      mac,
      lan: { name: `${name} office`, address: ipv4('10.30.50.1'), prefixLength: 24, mac: mac + 1 },
      hosts: [{ id: `${name} PC`, name: `${name} PC`, address: officeHost, mac: mac + 2, services: ['icmp-echo', 'udp-echo', 'http'] }],
      tunnels: [tunnelConfig({ id: `${name} back`, localAddress: address, destination: gatewayEndpoint, to: tenantNetworks })],
    });
    return connected(result, tenant, tunnelConfig({ id: `${name} tunnel`, localAddress: gatewayEndpoint, destination: address, to: [officeNetwork] }), device);
  }, config);
}

function connected(config: SimulationConfig, tenant: number, tunnel: SiteToSiteConfig, device: VpnDeviceConfig): SimulationConfig {
  const withTunnel = (entry: CompartmentConfig, at: number): CompartmentConfig => (at === tenant ? { ...entry, tunnels: [tunnel] } : entry);
  return {
    ...config,
    gateways: config.gateways.map((gateway) => ({ ...gateway, compartments: gateway.compartments.map(withTunnel) })),
    external: { ...config.external, vpnDevices: [...config.external.vpnDevices, device] },
  };
}
