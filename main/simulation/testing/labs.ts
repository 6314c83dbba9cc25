/** Variants of the Contoso configuration: every kind of fabric that the engine knows. For tests. */
import { ipv4, prefix } from '../../../shared/net/ipv4.ts';
import type { SimulationConfig } from '../config.ts';
import { bgpConfig } from './bgpOffice.ts';
import { contosoConfig, gatewayVsidOf } from './contoso.ts';
import { withOffice } from './office.ts';

const second = 1_000_000_000;
export const failoverNs = 12 * second;
const standbyHost = 'HyperVGW02';
export const standbyFrontEndMac = 0x001dd8f30001;
const standbyTenants = [0, 1] as const;
const customerNetwork = prefix('10.30.1.0/24');
const providerRouterMac = 0x020000e00001;

/** The gateway as a cluster of two nodes: the second on a host of its own, with a provider address for each gateway subnet. */
export function clusterConfig(): SimulationConfig {
  const config = contosoConfig(standbyTenants.length);
  const standby: SimulationConfig['hosts'][number] = {
    id: standbyHost,
    name: standbyHost,
    isVirtual: false,
    dedicatedGateway: true,
    physicalNic: { name: 'NIC1', mac: 0x001dd8f10000 },
    virtualSwitches: ['HNV_Switch'],
    providerAddresses: standbyTenants.map((tenant) => ({ vsid: gatewayVsidOf(tenant), address: ipv4('172.16.200.1') + tenant, prefixLength: 12, mac: 0x001dd8f20000 + tenant, gateway: null })),
  };
  return {
    ...config,
    hosts: [...config.hosts, standby],
    gateways: config.gateways.map((gateway) => ({ ...gateway, standby: { vmName: 'GatewayVM02', hostId: standbyHost, frontEndMac: standbyFrontEndMac, failoverNs } })),
  };
}

/** The first `count` tenants without NAT behind a forwarding gateway; the router outside knows the way back to the first. */
export function forwardingConfig(count: number): SimulationConfig {
  const config = contosoConfig(2);
  return {
    ...config,
    gateways: config.gateways.map((gateway) => ({
      ...gateway,
      compartments: gateway.compartments.map((compartment, at) => (at < count ? { ...compartment, nat: null, isRouted: true } : compartment)),
    })),
    external: { ...config.external, routers: config.external.routers.map((router) => ({ ...router, routes: [{ destination: customerNetwork, nextHop: ipv4('203.0.113.5') }] })) },
  };
}

/** Each host in a provider subnet of its own: 172.20.0.0/24, 172.20.1.0/24, ... with a router at .1 of each. */
export function routedProviderNetwork(withRouter: boolean): SimulationConfig {
  const config = contosoConfig(2);
  const moved = new Map<number, number>();
  const hosts = config.hosts.map((host, at) => ({
    ...host,
    providerAddresses: host.providerAddresses.map((entry, index) => {
      const address = ipv4('172.20.0.10') + at * 256 + index;
      moved.set(entry.address, address);
      return { ...entry, address, prefixLength: 24, gateway: ipv4('172.20.0.1') + at * 256 };
    }),
  }));
  return {
    ...config,
    hosts,
    lookupRecords: config.lookupRecords.map((record) => ({ ...record, providerAddress: moved.get(record.providerAddress) ?? 0 })),
    providerRouter: withRouter ? { name: 'Core router', interfaces: hosts.map((_, at) => ({ address: ipv4('172.20.0.1') + at * 256, prefixLength: 24, mac: providerRouterMac + at })) } : null,
  };
}

/** All of them, by what makes them different. */
export const sampleLabs: Readonly<Record<string, () => SimulationConfig>> = {
  'two tenants with NAT': () => contosoConfig(2),
  'a tenant with a tunnel to its office': () => withOffice(contosoConfig(2), 1),
  'two tenants with BGP to their offices': () => bgpConfig(),
  'a forwarding gateway': () => forwardingConfig(1),
  'a cluster of two gateway VMs': () => clusterConfig(),
  'several provider subnets': () => routedProviderNetwork(true),
};
