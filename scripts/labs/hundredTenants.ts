/** The third sample lab and its scenario: 100 tenants on one gateway, half of them with NAT, half with VPN and BGP. */
import { manyTenantsLab, officeAddress, officeAsn, tenantName } from './manyTenants.ts';

const tenants = 100;
const offices = 50;
/** Autonomous system of every tenant: they do not meet. */
const tenantAsn = 64_600;

export function hundredTenantsLab(): string {
  return manyTenantsLab({ name: 'hundred-tenants', description: '100 tenants with the same addresses on one gateway', seed: 100, tenants, offices, gateways: 1, hasNetworks: true });
}

export function hundredTenantsScenario(): string {
  const all = Array.from({ length: tenants }, (_, at) => at + 1);
  const [withNat, withVpn] = [all.slice(0, tenants - offices), all.slice(tenants - offices)];
  return [
    '# yaml-language-server: $schema=../schemas/scenario.schema.json',
    '# 100 tenants with the same addresses on one gateway: 50 with NAT, 50 with VPN and BGP. Written by scripts/labs.ts.',
    'scenario: 100 tenants on one gateway',
    'lab: hundred-tenants',
    'steps:',
    '  - do: runAsAccount.create',
    '    input: { name: Offices, kind: preSharedKey, userName: Offices, secret: only-for-rehearsal }',
    ...withNat.map((tenant) => `  - { do: vmNetwork.setConnectivity, input: { vmNetwork: ${tenantName(tenant)}, directConnection: { routing: NAT, gatewayDevice: Gateway01, rules: [{ name: Web, incomingPort: 80, destinationAddress: 10.30.1.4, destinationPort: 8080 }] } } }`),
    ...withVpn.map((tenant) => `  - { do: vmNetwork.setConnectivity, input: { vmNetwork: ${tenantName(tenant)}, vpnTunnel: { gatewayDevice: Gateway01, connections: [${connection(tenant)}], bgp: ${bgp(tenant)} } } }`),
    '  - name: the gateway is full',
    '    do: vmNetwork.create',
    '    input: { name: One too many, logicalNetwork: Provider, isolation: WindowsNetworkVirtualization, subnets: [{ name: One too many, subnet: 10.30.1.0/24 }] }',
    '  - do: vmNetwork.setConnectivity',
    '    input: { vmNetwork: One too many, directConnection: { routing: NAT, gatewayDevice: Gateway01 } }',
    '    expect: { problem: HNV-2007 }',
    '  - name: sessions of all 50 come up',
    '    advance: 2m',
    ...withVpn.map((tenant) => `  - { tunnel: { vmNetwork: ${tenantName(tenant)}, vpnConnection: Office }, expect: { state: Connected, lastError: null } }`),
    ...withNat.map((tenant) => `  - { ping: { from: ${tenantName(tenant)}-VM, to: 192.0.2.80, count: 1 }, expect: { received: 1 } }`),
    ...withVpn.map((tenant) => `  - { ping: { from: ${tenantName(tenant)}-VM, to: 10.30.50.101, count: 1 }, expect: { received: 1 } }`),
    '  - name: who has NAT only reaches no office',
    '    ping: { from: Tenant001-VM, to: 10.30.50.101, count: 1 }',
    '    expect: { received: 0 }',
    '  - name: who has VPN only does not reach the Internet',
    '    ping: { from: Tenant100-VM, to: 192.0.2.80, count: 1 }',
    '    expect: { received: 0 }',
    '',
  ].join('\n');
}

const connection = (tenant: number): string => `{ name: Office, remoteEndpoint: ${officeAddress(tenant)}, runAsAccount: Offices, routes: [10.30.50.1/32] }`;
const bgp = (tenant: number): string => `{ autonomousSystemNumber: ${tenantAsn}, peers: [{ address: 10.30.50.1, autonomousSystemNumber: ${officeAsn(tenant)} }] }`;
