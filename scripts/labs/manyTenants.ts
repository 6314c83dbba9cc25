/** Lab files with many tenants who all use the same addresses, as text. */
import { formatIpv4, ipv4 } from '../../shared/net/ipv4.ts';
import { formatMac } from '../../shared/net/mac.ts';

export interface ManyTenants {
  readonly name: string;
  readonly description: string;
  readonly seed: number;
  readonly tenants: number;
  /** The last ones of them have an office with a VPN device that speaks BGP. */
  readonly offices: number;
  /** Gateway devices; each may serve 100 VM networks. */
  readonly gateways: number;
  /** Whether VM networks and machines are there already. */
  readonly hasNetworks: boolean;
}

export const tenantName = (tenant: number): string => `Tenant${String(tenant).padStart(3, '0')}`;
export const officeAddress = (tenant: number): string => formatIpv4(ipv4('198.51.100.0') + tenant);
export const officeAsn = (tenant: number): number => 65_000 + tenant;
export const gatewayName = (gateway: number): string => `Gateway${String(gateway).padStart(2, '0')}`;
export const hostOf = (tenant: number): string => `HyperV0${(tenant % 4) + 1}.contoso.lab`;

const mac = (group: number, number: number): string => formatMac(0x001dd8000000 + group * 0x10000 + number);
const guid = (tenant: number): string => `7e4a0000-0000-4000-8000-${tenant.toString(16).padStart(12, '0')}`;

export function manyTenantsLab(lab: ManyTenants): string {
  const tenants = Array.from({ length: lab.tenants }, (_, at) => at + 1);
  const gateways = Array.from({ length: lab.gateways }, (_, at) => at + 1);
  const withOffice = tenants.slice(lab.tenants - lab.offices);
  return [
    `# ${lab.description}. Written by scripts/labs.ts.`,
    `lab: ${lab.name}`,
    `description: ${lab.description}`,
    `seed: ${lab.seed}`,
    'hostGroups: [{ name: All Hosts }, { name: Contoso-DC, parent: All Hosts }]',
    'hosts:',
    ...[1, 2, 3, 4].map((host) => `  - { name: HyperV0${host}.contoso.lab, hostGroup: Contoso-DC, nic: { name: NIC1, mac: ${mac(1, host)} }, virtualSwitches: [HNV_Switch] }`),
    ...gateways.map((gateway) => `  - { name: ${gatewayHost(gateway)}, hostGroup: Contoso-DC, dedicatedGateway: true, nic: { name: NIC1, mac: ${mac(2, gateway)} }, virtualSwitches: [HNV_Switch] }`),
    'logicalNetworks:',
    '  - { name: External, sites: [{ name: External_0, hostGroups: [Contoso-DC], subnets: [{ subnet: 203.0.112.0/20, pools: [{ name: External_Pool, start: 203.0.112.10, end: 203.0.127.250, gateways: [{ address: 203.0.112.1 }] }] }] }] }',
    '  - { name: Provider, networkVirtualization: true, sites: [{ name: Provider_0, hostGroups: [Contoso-DC], subnets: [{ subnet: 172.20.0.0/16, pools: [{ name: Provider_Pool, start: 172.20.0.10, end: 172.20.255.250 }] }] }] }',
    'runAsAccounts:',
    '  - { name: GatewayLocalAdmin, kind: credential, userName: Administrator }',
    ...(lab.hasNetworks ? networksOf(tenants) : []),
    'gatewayVirtualMachines:',
    ...gateways.flatMap((gateway) => [
      `  - { name: ${gatewayMachine(gateway)}, host: ${gatewayHost(gateway)}, firewallOn: false, remoteAccessInstalled: true, vpnDeployed: true, adapters: [`,
      `      { name: External, mac: ${mac(3, gateway * 2)}, virtualSwitch: HNV_Switch, networkSite: External_0 }, { name: Backend, mac: ${mac(3, gateway * 2 + 1)} }] }`,
    ]),
    'networkServices:',
    ...gateways.flatMap((gateway) => [
      `  - { name: ${gatewayName(gateway)}, manufacturer: Microsoft, model: Microsoft Windows Server Gateway, runAsAccount: GatewayLocalAdmin, hostGroups: [Contoso-DC], host: ${gatewayHost(gateway)},`,
      `      gatewayVirtualMachine: ${gatewayMachine(gateway)}, backEndSwitch: HNV_Switch, maxVmNetworks: 100, frontEnd: { adapter: External, networkSite: External_0 }, backEnd: { adapter: Backend, networkSite: Provider_0 } }`,
    ]),
    'outside:',
    `  routers: [{ name: Internet-Router, subnet: 203.0.112.0/20, address: 203.0.112.1, mac: ${mac(4, 1)} }]`,
    `  hosts: [{ name: www.internet.example, address: 192.0.2.80, mac: ${mac(4, 2)}, services: [icmp-echo, http] }]`,
    ...(withOffice.length === 0 ? [] : ['  vpnDevices:', ...withOffice.map(officeOf)]),
    '',
  ].join('\n');
}

const gatewayHost = (gateway: number): string => `HyperVGW${String(gateway).padStart(2, '0')}.contoso.lab`;
const gatewayMachine = (gateway: number): string => `GatewayVM${String(gateway).padStart(2, '0')}`;

/** Every tenant has the same subnet, and one machine in it. */
function networksOf(tenants: readonly number[]): readonly string[] {
  return [
    'vmNetworks:',
    ...tenants.map((tenant) => {
      const name = tenantName(tenant);
      const pool = `{ name: ${name}_Pool, start: 10.30.1.4, end: 10.30.1.254 }`;
      return `  - { name: ${name}, logicalNetwork: Provider, routingDomainId: ${guid(tenant)}, subnets: [{ name: ${name}_Subnet, subnet: 10.30.1.0/24, vsid: ${5000 + tenant}, pool: ${pool} }] }`;
    }),
    'virtualMachines:',
    ...tenants.map((tenant) => {
      const name = tenantName(tenant);
      return `  - { name: ${name}-VM, host: ${hostOf(tenant)}, adapters: [{ name: Ethernet, mac: ${mac(5, tenant)}, virtualSwitch: HNV_Switch, vmNetwork: ${name}, vmSubnet: ${name}_Subnet, address: 10.30.1.4 }] }`;
    }),
  ];
}

/** Every office has the same LAN. */
function officeOf(tenant: number): string {
  const lan = `{ name: ${tenantName(tenant)} office, subnet: 10.30.50.0/24, address: 10.30.50.1, mac: ${mac(6, tenant * 3)} }`;
  const host = `{ name: ${tenantName(tenant)}-PC, address: 10.30.50.101, mac: ${mac(6, tenant * 3 + 1)}, services: [icmp-echo] }`;
  return `    - { name: vpn.${tenantName(tenant).toLowerCase()}.example, address: ${officeAddress(tenant)}, mac: ${mac(6, tenant * 3 + 2)}, lan: ${lan}, autonomousSystemNumber: ${officeAsn(tenant)}, hosts: [${host}] }`;
}
