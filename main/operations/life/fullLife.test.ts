/** Every kind of object, from creation over change to deletion: afterwards there is nothing that was not there before. */
import { afterEach, describe, expect, it } from 'vitest';
import { ipv4 } from '../../../shared/net/ipv4.ts';
import { Bench, command, type Command, type StartState } from '../testing/bench.ts';
import { Shadow } from '../testing/shadow.ts';
import { addDevice, connectDevice, gatewayMachine, office, officePeer, removeDevice, typeKey, vpn } from '../testing/tenants.ts';

interface Life {
  readonly of: string;
  readonly state?: StartState;
  /** Tables that have more rows while it lives. */
  readonly tables: readonly string[];
  readonly created: readonly Command[];
  /** Each of them must change something. */
  readonly changed: readonly Command[];
  readonly deleted: readonly Command[];
  /** What happens in the simulation while it lives. */
  readonly meanwhile?: (shadow: Shadow) => void;
}

const account = command('runAsAccount.create', { name: 'HostAdmin', userName: 'CONTOSO\\hvadmin', secret: 'long enough' });
const noAccount = command('runAsAccount.delete', { runAsAccount: 'HostAdmin' });
const switchesOf = (host: string, ...added: readonly { readonly name: string; readonly logicalSwitch: string }[]) =>
  command('host.change', { host, virtualSwitches: [{ virtualSwitch: 'HNV_Switch', name: 'HNV_Switch' }, ...added] });

const fabric: readonly Life[] = [
  {
    of: 'a host group',
    tables: ['host_group', 'host', 'run_as_account'],
    created: [command('hostGroup.create', { name: 'Row 1', parent: 'All Hosts' }), account, command('host.add', { name: 'HyperV03.contoso.lab', hostGroup: 'Row 1', runAsAccount: 'HostAdmin', nic: 'NIC1', virtualSwitches: ['HNV_Switch'] })],
    changed: [command('hostGroup.rename', { hostGroup: 'Row 1', name: 'Row A' }), command('hostGroup.move', { hostGroup: 'Row A', parent: 'Contoso-DC' })],
    deleted: [command('host.remove', { host: 'HyperV03.contoso.lab' }), command('hostGroup.delete', { hostGroup: 'Row A' }), noAccount],
  },
  {
    of: 'a host',
    tables: ['host', 'virtual_switch'],
    created: [account, command('host.add', { name: 'HyperV03.contoso.lab', hostGroup: 'Contoso-DC', runAsAccount: 'HostAdmin', nic: 'NIC1', virtualSwitches: ['HNV_Switch'] })],
    changed: [
      command('host.change', { host: 'HyperV03.contoso.lab', isDedicatedGateway: true }),
      switchesOf('HyperV03.contoso.lab', { name: 'Second', logicalSwitch: '' }),
      command('host.change', { host: 'HyperV03.contoso.lab', hostGroup: 'All Hosts' }),
    ],
    deleted: [command('host.remove', { host: 'HyperV03.contoso.lab' }), noAccount],
  },
  {
    of: 'a Run As account',
    tables: ['run_as_account'],
    created: [account],
    changed: [command('runAsAccount.change', { runAsAccount: 'HostAdmin', name: 'HostAdmin2', description: 'Of all hosts' }), command('runAsAccount.change', { runAsAccount: 'HostAdmin2', name: 'HostAdmin', userName: 'CONTOSO\\other', secret: 'another one' })],
    deleted: [noAccount],
  },
  {
    of: 'a logical network with its VM network',
    tables: ['logical_network', 'network_site', 'network_site_subnet', 'network_site_host_group', 'vm_network'],
    created: [command('logicalNetwork.create', { name: 'Storage', createVmNetwork: true, sites: [{ name: 'Storage_0', hostGroups: ['Contoso-DC'], subnets: [{ vlan: '7', subnet: '10.50.0.0/24' }, { subnet: '10.51.0.0/24' }] }] })],
    changed: [
      command('logicalNetwork.change', { logicalNetwork: 'Storage', name: 'Storage_LN', description: 'iSCSI' }),
      command('logicalNetwork.change', { logicalNetwork: 'Storage_LN', sites: [{ networkSite: 'Storage_0', name: 'Storage_A', hostGroups: ['All Hosts'], subnets: [{ subnet: '10.50.0.0/23' }] }, { name: 'Storage_B', hostGroups: ['Contoso-DC'], subnets: [{ subnet: '10.60.0.0/24' }] }] }),
    ],
    deleted: [command('vmNetwork.delete', { vmNetwork: 'Storage' }), command('logicalNetwork.delete', { logicalNetwork: 'Storage_LN' })],
  },
  {
    of: 'a network site of a network in use',
    tables: ['network_site', 'network_site_subnet'],
    created: [command('logicalNetwork.change', { logicalNetwork: 'Contoso_HNV_LN01', sites: [hnvSite(), { name: 'Row_0', hostGroups: ['Contoso-DC'], subnets: [{ subnet: '172.17.0.0/24' }] }] })],
    changed: [command('logicalNetwork.change', { logicalNetwork: 'Contoso_HNV_LN01', sites: [hnvSite(), { networkSite: 'Row_0', name: 'Row_1', hostGroups: ['All Hosts'], subnets: [{ vlan: '9', subnet: '172.17.0.0/24' }] }] })],
    deleted: [command('logicalNetwork.change', { logicalNetwork: 'Contoso_HNV_LN01', sites: [hnvSite()] })],
  },
  {
    of: 'an IP pool with all its pages, made with its site',
    tables: ['ip_address_pool', 'ip_address_pool_gateway', 'ip_address_pool_reservation', 'ip_address_pool_server', 'ip_address_pool_search_suffix', 'network_site'],
    created: [
      command('ipPool.create', {
        name: 'Storage_Pool',
        logicalNetwork: 'Contoso_Management_LN01',
        newSite: { name: 'Storage_0', hostGroups: ['Contoso-DC'], subnets: [{ subnet: '10.50.0.0/24' }] },
        rangeStart: '10.50.0.10',
        rangeEnd: '10.50.0.99',
        vips: '10.50.0.20-10.50.0.29',
        reserved: '10.50.0.30',
        gateways: [{ address: '10.50.0.1', metric: '' }],
        dnsServers: ['10.50.0.2'],
        dnsSuffix: 'contoso.lab',
        dnsSearchSuffixes: ['contoso.lab'],
        winsServers: ['10.50.0.3'],
        enableNetbios: true,
      }),
    ],
    changed: [command('ipPool.change', { ipAddressPool: 'Storage_Pool', name: 'Storage_Pool01', settings: { rangeStart: '10.50.0.10', rangeEnd: '10.50.0.199' } })],
    deleted: [
      command('ipPool.delete', { ipAddressPool: 'Storage_Pool01' }),
      command('logicalNetwork.change', { logicalNetwork: 'Contoso_Management_LN01', sites: [{ networkSite: 'Contoso_Management_LN01_0', name: 'Contoso_Management_LN01_0', hostGroups: ['Contoso-DC'], subnets: [{ subnet: '192.168.10.0/24' }] }] }),
    ],
  },
  {
    of: 'a MAC address pool',
    tables: ['mac_address_pool', 'mac_address_pool_host_group'],
    created: [command('macAddressPool.create', { name: 'Row', hostGroups: ['Contoso-DC'], rangeStart: '00-1D-D8-B8-00-00', rangeEnd: '00-1D-D8-B8-00-FF' })],
    changed: [],
    deleted: [command('macAddressPool.delete', { macAddressPool: 'Row' })],
  },
  {
    of: 'a logical switch with its uplink port profile and its instance on a host',
    tables: ['uplink_port_profile', 'uplink_port_profile_site', 'logical_switch', 'virtual_switch'],
    created: [
      command('uplinkPortProfile.create', { name: 'Uplink', networkSites: ['Contoso_HNV_LN01_0'], networkVirtualization: true }),
      command('logicalSwitch.create', { name: 'LS01', uplinkPortProfile: 'Uplink' }),
      switchesOf('HyperV01.contoso.lab', { name: 'LS01', logicalSwitch: 'LS01' }),
    ],
    changed: [command('host.change', { host: 'HyperV01.contoso.lab', virtualSwitches: [{ virtualSwitch: 'HNV_Switch', name: 'HNV_Switch' }, { virtualSwitch: 'LS01', name: 'LS01 of HyperV01' }] })],
    deleted: [switchesOf('HyperV01.contoso.lab'), command('logicalSwitch.delete', { logicalSwitch: 'LS01' }), command('uplinkPortProfile.delete', { uplinkPortProfile: 'Uplink' })],
  },
  {
    of: 'a VM template and a service template',
    tables: ['vm_template', 'vm_template_adapter', 'service_template'],
    created: [
      command('vmTemplate.create', { name: 'Old', image: 'WS2012R2-BIOS.vhd', generation: 1, adapters: [{ connection: 'vmNetwork', network: 'Adatum' }, { connection: 'notConnected' }] }),
      command('serviceTemplate.create', { name: 'HA Gateway', vmTemplate: 'Old' }),
    ],
    changed: [command('vmTemplate.change', { vmTemplate: 'Old', name: 'Older', memoryMb: 8192, adapters: [{ connection: 'logicalNetwork', network: 'Contoso_Management_LN01' }] })],
    deleted: [command('serviceTemplate.delete', { serviceTemplate: 'HA Gateway' }), command('vmTemplate.delete', { vmTemplate: 'Older' })],
  },
];

function hnvSite() {
  return { networkSite: 'Contoso_HNV_LN01_0', name: 'Contoso_HNV_LN01_0', hostGroups: ['Contoso-DC'], subnets: [{ subnet: '172.16.40.0/24' }] };
}

const bothHosts = ['HyperVGW01.contoso.lab', 'HyperVGW02.contoso.lab'];
const stopped = (name: string) => [command('virtualMachine.stop', { virtualMachine: name }), command('virtualMachine.delete', { virtualMachine: name })];
const single = 'VMHost=HyperVGW01.contoso.lab;GatewayVM=GatewayVM01;BackendSwitch=HNV_Switch';

const gateways: readonly Life[] = [
  {
    of: 'a gateway VM',
    tables: ['virtual_machine', 'virtual_network_adapter', 'ip_address_allocation'],
    created: gatewayMachine('GatewayVM02', 'HyperVGW02.contoso.lab'),
    changed: [
      command('virtualMachine.connectAdapter', { virtualMachine: 'GatewayVM02', networkAdapter: 'Backend', virtualSwitch: 'HNV_Switch' }),
      command('virtualMachine.setIntegrationServices', { virtualMachine: 'GatewayVM02', dataExchange: false }),
      command('guest.setRoutingAndRemoteAccess', { virtualMachine: 'GatewayVM02', isConfigured: true }),
    ],
    deleted: stopped('GatewayVM02'),
  },
  {
    of: 'a network service with its connections',
    tables: ['network_service', 'network_service_host_group', 'network_connection'],
    created: [addDevice('Gateway01', single), ...connectDevice('Gateway01')],
    changed: [command('networkService.change', { networkService: 'Gateway01', name: 'Gateway02', description: 'of Contoso', hostGroups: ['All Hosts'], connectionString: `${single};MaxVMNetworksSupported=80` })],
    deleted: removeDevice('Gateway02'),
  },
  {
    of: 'a network service whose front end gets its address from the pool',
    state: { before: [...gatewayMachine('GatewayVM02', 'HyperVGW02.contoso.lab'), command('virtualMachine.connectAdapter', { virtualMachine: 'GatewayVM02', networkAdapter: 'Backend', virtualSwitch: 'HNV_Switch' }), command('runAsAccount.create', { name: 'Admin02', userName: 'GatewayVM02\\Administrator', secret: 'long enough' })] },
    tables: ['network_service', 'network_connection', 'ip_address_allocation'],
    created: [
      addDevice('Gateway02', 'VMHost=HyperVGW02.contoso.lab;GatewayVM=GatewayVM02;BackendSwitch=HNV_Switch', 'Admin02'),
      command('networkService.addConnection', { networkService: 'Gateway02', connectionType: 'FrontEnd', networkAdapter: 'Backend', networkSite: 'Contoso_External_LN01_0' }),
    ],
    changed: [],
    deleted: [command('networkService.removeConnection', { networkService: 'Gateway02', connectionType: 'FrontEnd' }), command('networkService.remove', { networkService: 'Gateway02' })],
  },
  {
    of: 'a highly available gateway with its clusters, in use',
    state: { before: [...gatewayMachine('GatewayVM02', 'HyperVGW02.contoso.lab'), command('runAsAccount.create', { name: 'ClusterAdmin', userName: '.\\Administrator', secret: 'long enough' })] },
    tables: ['host_cluster', 'guest_cluster', 'network_service', 'network_connection', 'provider_address', 'nat_connection', 'nat_external_address'],
    created: [
      command('hostCluster.create', { name: 'GW-HV-CL01', hosts: bothHosts }),
      command('guestCluster.create', { name: 'GW-VM-CL01', virtualMachines: ['GatewayVM01', 'GatewayVM02'] }),
      addDevice('Gateway01', 'VMHost=GW-HV-CL01;GatewayVM=GW-VM-CL01;BackendSwitch=HNV_Switch', 'ClusterAdmin'),
      ...connectDevice('Gateway01'),
      nat('Fabrikam', { externalAddresses: [{}] }),
    ],
    changed: [command('networkService.change', { networkService: 'Gateway01', description: 'Two nodes' })],
    meanwhile: ({ simulation, gatewayIds }) => {
      expect(gatewayIds.map((id) => simulation.failOver(id))).toEqual([true]);
      simulation.advance(60e9);
      expect(gatewayIds.map((id) => simulation.gatewayRole(id))).toEqual(['standby']);
    },
    deleted: [off('Fabrikam'), ...removeDevice('Gateway01'), command('guestCluster.destroy', { guestCluster: 'GW-VM-CL01' }), command('hostCluster.destroy', { hostCluster: 'GW-HV-CL01' })],
  },
  {
    of: 'direct routing through a forwarding gateway',
    tables: ['network_service', 'vm_network_gateway', 'virtual_subnet', 'provider_address'],
    created: [addDevice('Forwarding', `${single};DirectRoutingMode=True;FrontEndServerAddress=203.0.113.10`), ...connectDevice('Forwarding'), command('vmNetwork.setConnectivity', { vmNetwork: 'Fabrikam', directConnection: { routing: 'Direct', gatewayDevice: 'Forwarding' } })],
    changed: [],
    deleted: [command('vmNetwork.setConnectivity', { vmNetwork: 'Fabrikam', directConnection: null }), ...removeDevice('Forwarding')],
  },
];

function nat(vmNetwork: string, change: { readonly ipAddress?: string; readonly externalAddresses?: { readonly ipAddress?: string }[]; readonly rules?: { readonly name: string; readonly externalAddress?: number; readonly incomingPort: number; readonly destinationAddress: string; readonly destinationPort: number }[] } = {}): Command {
  return command('vmNetwork.setConnectivity', { vmNetwork, directConnection: { routing: 'NAT', gatewayDevice: 'Gateway01', ...change } });
}

function off(vmNetwork: string): Command {
  return command('vmNetwork.setConnectivity', { vmNetwork, directConnection: null });
}

const web = { name: 'HTTPS', incomingPort: 443, destinationAddress: '10.30.1.4', destinationPort: 443 };
const bgp = { autonomousSystemNumber: 64_600, peers: [officePeer] };
const connected: StartState = { gateway: 'connected', before: [typeKey] };

const tenants: readonly Life[] = [
  {
    of: 'a VM network with VM subnets, pools and machines, connected by NAT and VPN',
    state: connected,
    tables: ['vm_network', 'virtual_subnet', 'vm_subnet', 'ip_address_pool', 'virtual_machine', 'provider_address', 'vm_network_gateway', 'nat_connection', 'nat_rule', 'vpn_connection', 'vpn_route'],
    created: [
      command('vmNetwork.create', { name: 'Woodgrove', logicalNetwork: 'Contoso_HNV_LN01', subnets: [{ name: 'First', subnet: '10.30.1.0/24' }, { name: 'Second', subnet: '10.31.0.0/24' }] }),
      command('ipPool.create', { name: 'Woodgrove_Pool1', vmNetwork: 'Woodgrove', vmSubnet: 'First', rangeStart: '10.30.1.2', rangeEnd: '10.30.1.254' }),
      command('ipPool.create', { name: 'Woodgrove_Pool2', vmNetwork: 'Woodgrove', vmSubnet: 'Second', rangeStart: '10.31.0.2', rangeEnd: '10.31.0.254' }),
      command('virtualMachine.create', { vmTemplate: 'TenantTemplate', name: 'Woodgrove-VM01', host: 'HyperV01.contoso.lab', adapters: [{ connection: 'vmNetwork', network: 'Woodgrove', vmSubnet: 'First' }] }),
      command('virtualMachine.create', { vmTemplate: 'TenantTemplate', name: 'Woodgrove-VM02', host: 'HyperV02.contoso.lab', adapters: [{ connection: 'vmNetwork', network: 'Woodgrove', vmSubnet: 'Second' }] }),
      nat('Woodgrove', { rules: [{ ...web, destinationAddress: '10.30.1.2' }] }),
      vpn({}, 'Woodgrove'),
    ],
    changed: [
      command('virtualMachine.stop', { virtualMachine: 'Woodgrove-VM01' }),
      command('virtualMachine.start', { virtualMachine: 'Woodgrove-VM01' }),
      command('ipPool.change', { ipAddressPool: 'Woodgrove_Pool2', settings: { rangeStart: '10.31.0.2', rangeEnd: '10.31.0.99' } }),
    ],
    deleted: [
      command('vmNetwork.setConnectivity', { vmNetwork: 'Woodgrove', vpnTunnel: null, directConnection: null }),
      ...stopped('Woodgrove-VM01'),
      ...stopped('Woodgrove-VM02'),
      command('ipPool.delete', { ipAddressPool: 'Woodgrove_Pool1' }),
      command('ipPool.delete', { ipAddressPool: 'Woodgrove_Pool2' }),
      command('vmNetwork.delete', { vmNetwork: 'Woodgrove' }),
    ],
  },
  {
    of: 'a VM network without isolation',
    tables: ['vm_network'],
    created: [command('vmNetwork.create', { name: 'Management', logicalNetwork: 'Contoso_Management_LN01', isolation: 'NoIsolation' })],
    changed: [],
    // The machine that is there already is in its logical network.
    state: { replacements: [['      - { name: Management, mac: 00-1D-D8-B7-1C-02, virtualSwitch: HNV_Switch, networkSite: Contoso_Management_LN01_0, address: 192.168.10.50 }\n', ''], ['      - logicalNetwork: Contoso_Management_LN01\n', '']] },
    deleted: [command('vmNetwork.delete', { vmNetwork: 'Management' })],
  },
  {
    of: 'NAT with rules',
    state: connected,
    tables: ['vm_network_gateway', 'virtual_subnet', 'nat_connection', 'nat_rule', 'ip_address_allocation', 'provider_address'],
    created: [nat('Fabrikam', { rules: [web, { ...web, name: 'RDP', incomingPort: 3389, destinationPort: 3389 }] })],
    changed: [nat('Fabrikam', { ipAddress: '203.0.113.50' }), nat('Fabrikam', { rules: [{ ...web, incomingPort: 8443 }] })],
    deleted: [off('Fabrikam')],
  },
  {
    of: 'NAT with several external addresses, and rules that wait at them',
    state: connected,
    tables: ['nat_connection', 'nat_external_address', 'nat_rule', 'ip_address_allocation'],
    created: [nat('Fabrikam', { externalAddresses: [{ ipAddress: '203.0.113.70' }, {}], rules: [web, { ...web, name: 'Shop', externalAddress: 2 }] })],
    changed: [
      nat('Fabrikam', { externalAddresses: [{}, {}, {}, { ipAddress: '203.0.113.70' }], rules: [{ ...web, externalAddress: 5 }] }),
      nat('Fabrikam', { ipAddress: '203.0.113.70', externalAddresses: [{}], rules: [{ ...web, externalAddress: 2 }] }),
      command('vmNetwork.change', { vmNetwork: 'Fabrikam', name: 'Fabrikam East' }),
      command('vmNetwork.change', { vmNetwork: 'Fabrikam East', name: 'Fabrikam' }),
    ],
    deleted: [off('Fabrikam')],
  },
  {
    of: 'a VPN tunnel with BGP',
    state: connected,
    tables: ['vm_network_gateway', 'vpn_connection', 'vpn_route', 'bgp_peer'],
    created: [vpn({ subnet: '10.99.0.0/28', connections: [{ ...office, routes: ['10.30.50.1/32'] }], bgp })],
    changed: [
      vpn({ connections: [{ ...office, routes: ['10.30.50.1/32', '10.60.0.0/16'] }, { ...office, name: 'Second', remoteEndpoint: '198.51.100.21', routes: ['10.61.0.0/16'] }], bgp: { ...bgp, autonomousSystemNumber: 64_601 } }),
      vpn({ connections: [{ ...office, name: 'Head office' }], bgp: null }),
    ],
    deleted: [command('vmNetwork.setConnectivity', { vmNetwork: 'Fabrikam', vpnTunnel: null })],
  },
  {
    of: 'NAT beside a VPN tunnel, taken away one after the other',
    state: connected,
    tables: ['nat_connection', 'vpn_connection'],
    created: [nat('Fabrikam'), vpn()],
    changed: [off('Fabrikam'), nat('Fabrikam', { ipAddress: '203.0.113.60' })],
    deleted: [command('vmNetwork.setConnectivity', { vmNetwork: 'Fabrikam', vpnTunnel: null }), off('Fabrikam')],
  },
];

/** The Internet, Fabrikam's office, a neighbour and the gateway's leg. */
const destinations = ['192.0.2.80', '10.30.50.101', '10.30.1.5', '10.254.254.2'].map((text) => ipv4(text));

let bench: Bench | undefined;
afterEach(() => bench?.dispose());

function rowCounts(everything: ReturnType<Bench['everything']>): Readonly<Record<string, number>> {
  return Object.fromEntries(Object.entries(everything.tables).map(([name, rows]) => [name, rows.length]));
}

async function live({ state = {}, tables, created, changed, deleted, meanwhile }: Life): Promise<void> {
  bench = await Bench.open(state);
  const { lab } = bench.test;
  const shadow = new Shadow(lab.snapshot());
  shadow.talk(destinations);
  shadow.rest();
  const before = bench.everything();
  const [grownBefore, shadowBefore] = [bench.gateways(), shadow.state()];
  expect(shadowBefore).toMatchObject({ isIdle: true });
  const step = async (one: Command): Promise<void> => {
    await bench?.done(one);
    shadow.follow(lab.snapshot());
    shadow.talk(destinations);
  };
  for (const one of created) await step(one);
  const counts = rowCounts(bench.everything());
  for (const table of tables) expect(counts[table], table).toBeGreaterThan(rowCounts(before)[table] ?? Number.NaN);
  for (const one of changed) {
    const still = bench.everything();
    await step(one);
    expect(bench.everything(), one.id).not.toEqual(still);
  }
  meanwhile?.(shadow);
  for (const one of deleted) await step(one);
  expect(bench.everything().tables).toEqual(before.tables);
  expect(bench.everything().simulation).toEqual(before.simulation);
  expect(bench.gateways()).toEqual(grownBefore);
  shadow.rest();
  expect(shadow.state()).toEqual(shadowBefore);
}

describe.each([
  ['of the fabric', fabric],
  ['of gateways', gateways],
  ['of tenants', tenants],
])('The life %s leaves nothing behind:', (_of, lives) => {
  it.each(lives)('$of', live);
});
