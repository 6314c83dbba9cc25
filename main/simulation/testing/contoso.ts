/** A configuration like the Contoso lab's: tenants with equal addresses behind one gateway with NAT. For tests and the bench. */
import { ipv4, prefix } from '../../../shared/net/ipv4.ts';
import { etherType, ethernetLength, writeEthernet } from '../wire/ethernet.ts';
import type { Random } from '../kernel/prng.ts';
import { writeIcmp } from '../wire/icmp.ts';
import { ipProtocol, ipv4Length, writeIpv4 } from '../wire/ipv4.ts';
import { pick } from './kernel/randomFrames.ts';
import { writeUdp } from '../wire/transport.ts';
import type {
  CompartmentConfig,
  CustomerRouteConfig,
  HostConfig,
  LookupRecordConfig,
  ProviderAddressConfig,
  SimulationConfig,
  VirtualMachineConfig,
  VirtualSubnetConfig,
} from '../config.ts';

export const tenantNames = ['Adatum', 'Fabrikam'] as const;
export const webServer = ipv4('192.0.2.80');
export const externalBase = ipv4('203.0.113.10');
const providerBase = ipv4('172.16.0.10');
const hostNames = ['HyperV01', 'HyperV02', 'HyperVGW01'] as const;
const gatewayHost = 2;

interface Tenant {
  readonly index: number;
  readonly name: string;
  readonly rdid: string;
  readonly vmVsid: number;
  readonly gatewayVsid: number;
}

function tenantOf(index: number): Tenant {
  const name = tenantNames[index] ?? `Tenant${index}`;
  return { index, name, rdid: `00000000-0000-4000-8000-${index.toString(16).padStart(12, '0')}`, vmVsid: 5000 + index * 2, gatewayVsid: 5001 + index * 2 };
}

export const gatewayVsidOf = (tenant: number): number => tenantOf(tenant).gatewayVsid;
export const vmVsidOf = (tenant: number): number => tenantOf(tenant).vmVsid;
export const externalOf = (tenant: number): number => externalBase + tenant;
/** Ids of a tenant's two machines: 1 has .4 on the first host, 2 has .5 on the second. */
export const vmId = (tenant: number, machine: 1 | 2): string => `${tenantOf(tenant).name}-VM0${machine}`;
export const gatewayId = 'GatewayVM01';

const macOf = (kind: number, tenant: number, index: number): number => 0x001dd8000000 + kind * 0x100000 + tenant * 16 + index;
const providerAddress = (tenant: number, host: number): number => providerBase + tenant * 4 + host;

function hostConfig(index: number, tenants: readonly Tenant[]): HostConfig {
  const name = hostNames[index] ?? '';
  const addresses = tenants.map(
    (tenant): ProviderAddressConfig => ({
      vsid: index === gatewayHost ? tenant.gatewayVsid : tenant.vmVsid,
      address: providerAddress(tenant.index, index),
      prefixLength: 12,
      mac: macOf(1, tenant.index, index),
      gateway: null,
    }),
  );
  return { id: name, name, isVirtual: false, dedicatedGateway: index === gatewayHost, physicalNic: { name: 'NIC1', mac: macOf(2, 0, index) }, virtualSwitches: ['HNV_Switch'], providerAddresses: addresses };
}

function subnets(tenant: Tenant): VirtualSubnetConfig[] {
  return [
    { vsid: tenant.vmVsid, routingDomainId: tenant.rdid, name: `${tenant.name} subnet`, prefix: prefix('10.30.1.0/24'), routerMac: macOf(3, tenant.index, 0) },
    { vsid: tenant.gatewayVsid, routingDomainId: tenant.rdid, name: `${tenant.name} gateway`, prefix: prefix('10.254.254.0/29'), routerMac: macOf(3, tenant.index, 1) },
  ];
}

function machines(tenant: Tenant): VirtualMachineConfig[] {
  return ([1, 2] as const).map((number) => ({
    id: vmId(tenant.index, number),
    name: vmId(tenant.index, number),
    hostId: hostNames[number - 1] ?? '',
    running: true,
    adapters: [{ id: `${vmId(tenant.index, number)}-nic`, name: 'Ethernet', mac: macOf(4, tenant.index, number), vsid: tenant.vmVsid, address: ipv4('10.30.1.3') + number, prefixLength: 24, defaultGateway: ipv4('10.30.1.1') }],
  }));
}

function records(tenant: Tenant): LookupRecordConfig[] {
  const rule = 'TranslationMethodEncap' as const;
  const gateway = { vsid: tenant.gatewayVsid, mac: macOf(5, tenant.index, 0), providerAddress: providerAddress(tenant.index, gatewayHost), rule };
  return [
    ...machines(tenant).flatMap((machine, index) =>
      machine.adapters.map((adapter): LookupRecordConfig => ({ vsid: adapter.vsid, customerAddress: adapter.address, mac: adapter.mac, providerAddress: providerAddress(tenant.index, index), rule, type: 'Static' })),
    ),
    { ...gateway, customerAddress: ipv4('10.254.254.2'), type: 'Static' },
    { ...gateway, customerAddress: 0, type: 'GatewayWildcard' },
  ];
}

function routes(tenant: Tenant): CustomerRouteConfig[] {
  return [
    { routingDomainId: tenant.rdid, vsid: tenant.vmVsid, destination: prefix('10.30.1.0/24'), nextHop: 0, metric: 255 },
    { routingDomainId: tenant.rdid, vsid: tenant.gatewayVsid, destination: prefix('10.254.254.0/29'), nextHop: 0, metric: 255 },
    { routingDomainId: tenant.rdid, vsid: tenant.gatewayVsid, destination: prefix('0.0.0.0/0'), nextHop: ipv4('10.254.254.2'), metric: 255 },
  ];
}

function compartment(tenant: Tenant): CompartmentConfig {
  return {
    id: tenant.index + 2,
    guid: tenant.rdid,
    description: tenant.name,
    interfaces: [{ name: `${tenant.name} VSID${tenant.gatewayVsid}`, vsid: tenant.gatewayVsid, mac: macOf(5, tenant.index, 0), address: ipv4('10.254.254.2'), prefixLength: 29 }],
    routes: [{ destination: prefix('10.30.1.0/24'), nextHop: ipv4('10.254.254.1'), interfaceName: `${tenant.name} VSID${tenant.gatewayVsid}`, metric: 1 }],
    nat: { id: `nat-${tenant.index}`, name: `${tenant.name}_NatConnection`, externalAddress: externalOf(tenant.index), portStart: 1, portEnd: 49151, staticMappings: [] },
    isNatExhausted: false,
    tunnels: [],
    isRouted: false,
  };
}

/** `count` tenants, all with 10.30.1.4 and 10.30.1.5. */
export function contosoConfig(count = 2, seed = 1): SimulationConfig {
  const tenants = Array.from({ length: count }, (_, index) => tenantOf(index));
  return {
    seed,
    hosts: hostNames.map((_, index) => hostConfig(index, tenants)),
    virtualSubnets: tenants.flatMap((tenant) => subnets(tenant)),
    virtualMachines: tenants.flatMap((tenant) => machines(tenant)),
    lookupRecords: tenants.flatMap((tenant) => records(tenant)),
    customerRoutes: tenants.flatMap((tenant) => routes(tenant)),
    gateways: [
      {
        id: gatewayId,
        vmName: gatewayId,
        hostId: hostNames[gatewayHost],
        running: true,
        multitenant: true,
        firewallOn: false,
        frontEnd: { name: 'External', mac: macOf(6, 0, 0), address: ipv4('203.0.113.5'), prefixLength: 16, defaultGateway: ipv4('203.0.113.1'), metric: 256 },
        management: { name: 'Management', mac: macOf(6, 0, 1), address: ipv4('192.168.10.50'), prefixLength: 24, defaultGateway: null, metric: 512 },
        backEnd: { name: 'Backend', mac: macOf(6, 0, 2), switchName: 'HNV_Switch' },
        compartments: tenants.map((tenant) => compartment(tenant)),
        standby: null,
      },
    ],
    providerRouter: null,
    external: {
      routers: [{ name: 'Internet router', address: ipv4('203.0.113.1'), prefixLength: 16, mac: macOf(7, 0, 0), routes: [] }],
      hosts: [{ id: 'web', name: 'Web server', address: webServer, mac: macOf(7, 0, 1), services: ['icmp-echo', 'http', 'udp-echo', 'udp-discard'] }],
      vpnDevices: [],
    },
  };
}

/** A 64-byte frame (FCS not counted) of the tenant's first machine: UDP to the discard port, of the web server unless another address is given. */
export function udpFrame(tenant: number, destination = webServer): Uint8Array {
  const frame = new Uint8Array(64);
  const view = new DataView(frame.buffer);
  writeEthernet(view, 0, macOf(3, tenant, 0), macOf(4, tenant, 1), etherType.ipv4);
  writeIpv4(view, ethernetLength, { source: ipv4('10.30.1.4'), destination, protocol: ipProtocol.udp, timeToLive: 128, identification: 1, doNotFragment: true, totalLength: frame.length - ethernetLength });
  writeUdp(view, ethernetLength, ethernetLength + ipv4Length, frame.length, 40_000, 9);
  return frame;
}

/** Destinations that a tenant could try in order to reach somebody else: equal addresses, gateways, routers, hosts, the Internet. */
const targets = ['10.30.1.4', '10.30.1.5', '10.30.1.1', '10.254.254.1', '10.254.254.2', '192.0.2.80', '203.0.113.1', '203.0.113.5', '172.16.0.10', '172.16.0.14', '192.168.10.50', '255.255.255.255', '224.0.0.1', '198.51.100.9', '10.30.50.101', '10.30.50.1'].map((text) => ipv4(text));

/** A frame that carries `tag`, from one of the tenant's machines: valid or damaged, to the router or to any MAC, spoofed or not, or plain noise. */
export function hostileFrame(random: Random, tenant: number, machine: 1 | 2, tag: Uint8Array): Uint8Array {
  const frame = new Uint8Array(64 + random.below(80));
  const view = new DataView(frame.buffer);
  const anyTenant = random.below(3) === 0 ? tenant : random.below(6);
  const macs = [macOf(3, tenant, 0), macOf(3, anyTenant, 0), macOf(3, anyTenant, 1), macOf(4, anyTenant, 1), macOf(4, anyTenant, 2), macOf(5, anyTenant, 0), macOf(6, 0, 0), 0xffffffffffff];
  writeEthernet(view, 0, pick(random, macs), random.below(4) === 0 ? pick(random, macs) : macOf(4, tenant, machine), etherType.ipv4);
  const source = random.below(4) === 0 ? pick(random, targets) : ipv4('10.30.1.3') + machine;
  const protocol = pick(random, [ipProtocol.udp, ipProtocol.udp, ipProtocol.icmp, ipProtocol.tcp, ipProtocol.gre]);
  writeIpv4(view, ethernetLength, { source, destination: pick(random, targets), protocol, timeToLive: pick(random, [1, 2, 64, 128]), identification: random.below(65_536), doNotFragment: random.below(2) === 0, totalLength: frame.length - ethernetLength });
  const at = ethernetLength + ipv4Length;
  for (let index = at; index < frame.length; index += 1) frame[index] = random.below(4) === 0 ? 0 : index & 0xff;
  frame.set(tag, frame.length - tag.length);
  if (protocol === ipProtocol.udp) writeUdp(view, ethernetLength, at, frame.length, 1 + random.below(65_535), pick(random, [7, 9, 53]));
  if (protocol === ipProtocol.icmp) writeIcmp(view, at, frame.length, pick(random, [0, 3, 8, 8, 11]), 0, random.uint32());
  if (random.below(8) === 0) frame[12 + random.below(22)] = random.below(256);
  return frame;
}
