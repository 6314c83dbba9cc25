/** Deleting what is in use is refused, and everything that uses it is named (issue rule; VMM lists the dependants). */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { errorCodes } from '../../../shared/contract/errors.ts';
import { Bench, command, type Command, type StartState } from '../testing/bench.ts';
import { gatewayMachine, typeKey, vpn } from '../testing/tenants.ts';

interface Delete {
  readonly of: string;
  readonly made: Command;
  /** The field that names it. */
  readonly at: string;
  /** Kind and name of whatever uses it, as the messages say it. */
  readonly users: readonly RegExp[];
}

const nat = (vmNetwork: string) => command('vmNetwork.setConnectivity', { vmNetwork, directConnection: { routing: 'NAT', gatewayDevice: 'Gateway01' } });

const busy: StartState = {
  gateway: 'connected',
  before: [
    typeKey,
    command('hostGroup.create', { name: 'Row 1', parent: 'Contoso-DC' }),
    command('runAsAccount.create', { name: 'HostAdmin', userName: 'CONTOSO\\hvadmin', secret: 'long enough' }),
    command('host.add', { name: 'HyperV03.contoso.lab', hostGroup: 'Row 1', runAsAccount: 'HostAdmin', nic: 'NIC1' }),
    command('macAddressPool.create', { name: 'MACs', hostGroups: ['Contoso-DC', 'Row 1'], rangeStart: '00-1D-D8-B7-1C-00', rangeEnd: '00-1D-D8-B7-1C-FF' }),
    command('uplinkPortProfile.create', { name: 'Uplink', networkSites: ['Contoso_HNV_LN01_0', 'Contoso_External_LN01_0'], networkVirtualization: true }),
    command('logicalSwitch.create', { name: 'LS01', uplinkPortProfile: 'Uplink' }),
    command('host.change', { host: 'HyperV02.contoso.lab', virtualSwitches: [{ virtualSwitch: 'HNV_Switch', name: 'HNV_Switch' }, { name: 'LS01', logicalSwitch: 'LS01' }] }),
    command('vmNetwork.create', { name: 'Management', logicalNetwork: 'Contoso_Management_LN01', isolation: 'NoIsolation' }),
    command('vmTemplate.create', { name: 'Old', image: 'WS2012R2-BIOS.vhd', generation: 1, adapters: [{ connection: 'vmNetwork', network: 'Fabrikam' }] }),
    command('serviceTemplate.create', { name: 'Tier', vmTemplate: 'Old' }),
    nat('Adatum'),
    vpn(),
  ],
};

const deletes: readonly Delete[] = [
  { of: 'a host group', made: command('hostGroup.delete', { hostGroup: 'Contoso-DC' }), at: 'hostGroup', users: [/Host HyperV01\.contoso\.lab/, /Host group Row 1/, /Network site Contoso_HNV_LN01_0/, /Network service Gateway01/, /MAC address pool MACs/] },
  { of: 'a host group with a host and a MAC pool', made: command('hostGroup.delete', { hostGroup: 'Row 1' }), at: 'hostGroup', users: [/Host HyperV03\.contoso\.lab/, /MAC address pool MACs/] },
  { of: 'a host', made: command('host.remove', { host: 'HyperV01.contoso.lab' }), at: 'host', users: [/Virtual machine Adatum-VM01/, /Virtual machine Fabrikam-VM01/] },
  { of: 'the host of a gateway', made: command('host.remove', { host: 'HyperVGW01.contoso.lab' }), at: 'host', users: [/Network service Gateway01/, /Virtual machine GatewayVM01/] },
  { of: 'the account of a gateway', made: command('runAsAccount.delete', { runAsAccount: 'GatewayLocalAdmin' }), at: 'runAsAccount', users: [/Gateway01/] },
  { of: 'the account of a host', made: command('runAsAccount.delete', { runAsAccount: 'HostAdmin' }), at: 'runAsAccount', users: [/Host HyperV03\.contoso\.lab/] },
  { of: 'the account of a VPN connection', made: command('runAsAccount.delete', { runAsAccount: 'Fabrikam_PSK' }), at: 'runAsAccount', users: [/VPN connection Fabrikam office of Fabrikam/] },
  { of: 'the provider network', made: command('logicalNetwork.delete', { logicalNetwork: 'Contoso_HNV_LN01' }), at: 'logicalNetwork', users: [/VM networks Adatum and Fabrikam/, /IP pool Contoso_HNV_Pool01/, /Network service Gateway01/, /Uplink port profile Uplink/] },
  { of: 'the external network', made: command('logicalNetwork.delete', { logicalNetwork: 'Contoso_External_LN01' }), at: 'logicalNetwork', users: [/VM template GatewayTemplate/, /Virtual machine GatewayVM01/, /IP pool Contoso_External_Pool01/, /Network service Gateway01/, /Uplink port profile Uplink/] },
  { of: 'the network of a VM network without isolation', made: command('logicalNetwork.delete', { logicalNetwork: 'Contoso_Management_LN01' }), at: 'logicalNetwork', users: [/VM network Management/, /Virtual machine GatewayVM01/] },
  { of: 'the pool of the provider addresses', made: command('ipPool.delete', { ipAddressPool: 'Contoso_HNV_Pool01' }), at: 'ipAddressPool', users: [/provider address of virtual subnet 5101 on host HyperV01\.contoso\.lab/] },
  { of: 'the pool of the external addresses', made: command('ipPool.delete', { ipAddressPool: 'Contoso_External_Pool01' }), at: 'ipAddressPool', users: [/GatewayVM01/, /Adatum/] },
  { of: 'the pool of a VM subnet', made: command('ipPool.delete', { ipAddressPool: 'Fabrikam_Subnet01_Pool' }), at: 'ipAddressPool', users: [/Fabrikam-VM01/, /Fabrikam-VM02/] },
  { of: 'a MAC pool', made: command('macAddressPool.delete', { macAddressPool: 'MACs' }), at: 'macAddressPool', users: [/Adatum-VM01/, /GatewayVM01/] },
  { of: 'an uplink port profile', made: command('uplinkPortProfile.delete', { uplinkPortProfile: 'Uplink' }), at: 'uplinkPortProfile', users: [/Logical switch LS01/] },
  { of: 'a logical switch', made: command('logicalSwitch.delete', { logicalSwitch: 'LS01' }), at: 'logicalSwitch', users: [/HyperV02\.contoso\.lab/] },
  { of: 'a VM template', made: command('vmTemplate.delete', { vmTemplate: 'Old' }), at: 'vmTemplate', users: [/Service template Tier/] },
  { of: 'a gateway VM', made: command('virtualMachine.delete', { virtualMachine: 'GatewayVM01' }), at: 'virtualMachine', users: [/network service Gateway01/] },
  { of: 'a network service', made: command('networkService.remove', { networkService: 'Gateway01' }), at: 'networkService', users: [/VM network Adatum/, /VM network Fabrikam/] },
  { of: 'a connection of a network service', made: command('networkService.removeConnection', { networkService: 'Gateway01', connectionType: 'BackEnd' }), at: 'networkService', users: [/VM network Adatum/, /VM network Fabrikam/] },
  { of: 'a VM network', made: command('vmNetwork.delete', { vmNetwork: 'Fabrikam' }), at: 'vmNetwork', users: [/Virtual machines Fabrikam-VM01 and Fabrikam-VM02/, /gateway Gateway01/, /IP pool Fabrikam_Subnet01_Pool/, /VM template Old/] },
  { of: 'a VM network without isolation', made: command('vmNetwork.delete', { vmNetwork: 'Management' }), at: 'vmNetwork', users: [/Virtual machine GatewayVM01/, /VM template GatewayTemplate/] },
];

const pair: StartState = {
  before: [
    ...gatewayMachine('GatewayVM02', 'HyperVGW02.contoso.lab'),
    command('hostCluster.create', { name: 'GW-HV-CL01', hosts: ['HyperVGW01.contoso.lab', 'HyperVGW02.contoso.lab'] }),
    command('guestCluster.create', { name: 'GW-VM-CL01', virtualMachines: ['GatewayVM01', 'GatewayVM02'] }),
    command('runAsAccount.create', { name: 'ClusterAdmin', userName: '.\\Administrator', secret: 'long enough' }),
    command('networkService.add', {
      name: 'Gateway01',
      manufacturer: 'Microsoft',
      model: 'Microsoft Windows Server Gateway',
      runAsAccount: 'ClusterAdmin',
      connectionString: 'VMHost=GW-HV-CL01;GatewayVM=GW-VM-CL01;BackendSwitch=HNV_Switch',
      configurationProvider: 'Microsoft Windows Server Gateway Provider',
      hostGroups: ['Contoso-DC'],
    }),
  ],
};

const clusters: readonly Delete[] = [
  { of: 'a host cluster', made: command('hostCluster.destroy', { hostCluster: 'GW-HV-CL01' }), at: 'hostCluster', users: [/Guest cluster GW-VM-CL01/] },
  { of: 'a guest cluster', made: command('guestCluster.destroy', { guestCluster: 'GW-VM-CL01' }), at: 'guestCluster', users: [/Network service Gateway01/] },
  { of: 'the host of the passive node', made: command('host.remove', { host: 'HyperVGW02.contoso.lab' }), at: 'host', users: [/cluster GW-HV-CL01/, /Virtual machine GatewayVM02/] },
  { of: 'the passive node', made: command('virtualMachine.delete', { virtualMachine: 'GatewayVM02' }), at: 'virtualMachine', users: [/network service Gateway01/, /guest cluster GW-VM-CL01/] },
  { of: 'its account', made: command('runAsAccount.delete', { runAsAccount: 'ClusterAdmin' }), at: 'runAsAccount', users: [/Gateway01/] },
];

describe.each([
  ['in use', busy, deletes],
  ['of a gateway pair', pair, clusters],
] as const)('Deleting what is %s', (_what, state, rows) => {
  let bench: Bench;
  beforeAll(async () => {
    bench = await Bench.open(state);
  });
  afterAll(() => bench.dispose());

  it.each(rows)('names who uses $of', ({ made, at, users }) => {
    const before = bench.everything();
    const { problems } = bench.refusal(made);
    const inUse = problems.filter(({ code }) => code !== errorCodes.machineRunning);
    for (const { code, path, recommendedAction } of inUse) {
      expect([code, path.join('.')]).toEqual([errorCodes.objectInUse, at]);
      expect(recommendedAction.length).toBeGreaterThan(11);
    }
    const text = inUse.map(({ message }) => message).join('\n');
    for (const user of users) expect(text).toMatch(user);
    expect(bench.everything()).toEqual(before);
  });
});
