/** Mistakes with host groups, hosts, clusters and Run As accounts (fact sheet §1.7, 7). */
import type { OperationInput } from '../../../shared/contract/operations.ts';
import { command, type Command } from '../testing/bench.ts';
import { refused } from './testing/catalogue.ts';

const host = (change: Partial<OperationInput<'host.add'>> = {}) =>
  command('host.add', { name: 'HyperV03.contoso.lab', hostGroup: 'Contoso-DC', runAsAccount: 'HostAdmin', nic: 'NIC1', virtualSwitches: ['HNV_Switch'], ...change });
const account = (change: Partial<OperationInput<'runAsAccount.create'>> = {}) => command('runAsAccount.create', { name: 'Second', userName: 'CONTOSO\\admin', secret: 'long enough', confirmation: 'long enough', ...change });

const hostAdmin = account({ name: 'HostAdmin', userName: 'CONTOSO\\hvadmin' });

refused('Host groups', { before: [command('hostGroup.create', { name: 'Row 1', parent: 'Contoso-DC' })] }, [
  { what: 'one without a name', made: command('hostGroup.create', { parent: 'All Hosts' }), code: 'invalidInput', at: 'name', says: /host group has no name/ },
  { what: 'one with the name of another', made: command('hostGroup.create', { name: 'contoso-dc', parent: 'All Hosts' }), code: 'nameInUse', at: 'name', says: /Contoso-DC/ },
  { what: 'one below a group that does not exist', made: command('hostGroup.create', { name: 'Row 2', parent: 'Woodgrove-DC' }), code: 'objectNotFound', at: 'parent', says: /Woodgrove-DC/ },
  { what: 'one moved into what it holds', made: command('hostGroup.move', { hostGroup: 'Contoso-DC', parent: 'Row 1' }), code: 'invalidInput', at: 'parent', says: /Row 1 is below Contoso-DC/ },
  { what: 'the topmost one deleted', made: command('hostGroup.delete', { hostGroup: 'All Hosts' }), code: 'objectInUse', at: 'hostGroup', says: /All Hosts/ },
]);

/** Two racks with the same subnet are right as long as no host sees both. */
const racks: readonly Command[] = [
  command('hostGroup.create', { name: 'Rack A', parent: 'All Hosts' }),
  command('hostGroup.create', { name: 'Rack B', parent: 'All Hosts' }),
  command('logicalNetwork.create', {
    name: 'Storage',
    sites: [
      { name: 'Storage_A', hostGroups: ['Rack A'], subnets: [{ subnet: '10.50.0.0/24' }] },
      { name: 'Storage_B', hostGroups: ['Rack B'], subnets: [{ subnet: '10.50.0.0/16' }] },
    ],
  }),
];

refused('A host group moved to where its subnets are somebody else’s', { before: racks }, [
  { what: 'below the other rack', made: command('hostGroup.move', { hostGroup: 'Rack A', parent: 'Rack B' }), code: 'subnetOverlap', at: 'parent', says: /Storage_A.*Storage_B|Storage_B.*Storage_A/ },
]);

refused('Add Host', { before: [hostAdmin, command('hostCluster.create', { name: 'HV-CL01.contoso.lab', hosts: ['HyperVGW01.contoso.lab', 'HyperVGW02.contoso.lab'] })] }, [
  { what: 'without a name', made: host({ name: '' }), code: 'invalidInput', at: 'name', says: /host has no name/ },
  { what: 'by its address', made: host({ name: '192.168.10.7' }), code: 'invalidInput', at: 'name', says: /192\.168\.10\.7 is an address/ },
  { what: 'without its domain', made: host({ name: 'HyperV03' }), code: 'invalidInput', at: 'name', says: /HyperV03 is not fully qualified/ },
  { what: 'with a space in its name', made: host({ name: 'Hyper V03.contoso.lab' }), code: 'invalidInput', at: 'name', says: /Hyper V03\.contoso\.lab/ },
  { what: 'twice', made: host({ name: 'hyperv01.contoso.lab' }), code: 'nameInUse', at: 'name', says: /HyperV01\.contoso\.lab is managed already/ },
  { what: 'with the name of a cluster', made: host({ name: 'HV-CL01.contoso.lab' }), code: 'nameInUse', at: 'name', says: /HV-CL01\.contoso\.lab/ },
  { what: 'without a host group', made: host({ hostGroup: '' }), code: 'invalidInput', at: 'hostGroup', says: /No host group/ },
  { what: 'without an account', made: host({ runAsAccount: '' }), code: 'invalidInput', at: 'runAsAccount', says: /No Run As account/ },
  { what: 'with a pre-shared key as account', made: host({ runAsAccount: 'Fabrikam_PSK' }), code: 'accountNotUsable', at: 'runAsAccount', says: /Fabrikam_PSK holds a pre-shared key/ },
  { what: 'without a network adapter', made: host({ nic: '' }), code: 'invalidInput', at: 'nic', says: /physical network adapter/ },
  { what: 'with two virtual switches of one name', made: host({ virtualSwitches: ['HNV_Switch', 'hnv_switch'] }), code: 'nameInUse', at: 'virtualSwitches.1', says: /hnv_switch/ },
  { what: 'with a virtual switch that no connection string could name', made: host({ virtualSwitches: ['HNV;Switch'] }), code: 'invalidInput', at: 'virtualSwitches.0', says: /HNV;Switch/ },
  { what: 'nested, as a dedicated gateway', made: host({ isVirtual: true, isDedicatedGateway: true }), code: 'hostNotUsable', at: 'isDedicatedGateway', says: /HyperV03\.contoso\.lab is itself a virtual machine/ },
  { what: 'a virtual machine said to be physical', made: host({ name: 'GatewayVM01.contoso.lab' }), code: 'hostNotUsable', at: 'isVirtual', says: /GatewayVM01 is a virtual machine/ },
]);

refused('Properties of a host', { gateway: 'connected', before: [hostAdmin, command('hostGroup.create', { name: 'Spare', parent: 'All Hosts' }), command('vmNetwork.setConnectivity', { vmNetwork: 'Fabrikam', directConnection: { routing: 'NAT', gatewayDevice: 'Gateway01' } })] }, [
  { what: 'dedicated to gateways while tenants are on it', made: command('host.change', { host: 'HyperV01.contoso.lab', isDedicatedGateway: true }), code: 'objectInUse', at: 'isDedicatedGateway', says: /Adatum-VM01 and Fabrikam-VM01 on HyperV01/ },
  { what: 'no longer dedicated while its gateway is in use', made: command('host.change', { host: 'HyperVGW01.contoso.lab', isDedicatedGateway: false }), code: 'objectInUse', at: 'isDedicatedGateway', says: /Fabrikam uses Gateway01 on HyperVGW01/ },
  { what: 'without the switch of the connection string', made: command('host.change', { host: 'HyperVGW01.contoso.lab', virtualSwitches: [{ virtualSwitch: 'HNV_Switch', name: 'Other' }] }), code: 'objectInUse', at: 'virtualSwitches.0.name', says: /Gateway01 names it/ },
  { what: 'with a logical switch that does not exist', made: command('host.change', { host: 'HyperVGW02.contoso.lab', virtualSwitches: [{ virtualSwitch: 'HNV_Switch', name: 'HNV_Switch' }, { name: 'New', logicalSwitch: 'LS99' }] }), code: 'objectNotFound', at: 'virtualSwitches.1.logicalSwitch', says: /LS99/ },
  { what: 'in a group without the sites of its machines', made: command('host.change', { host: 'HyperV01.contoso.lab', hostGroup: 'Spare' }), code: 'networkSiteNotUsable', at: 'hostGroup', says: /HyperV01\.contoso\.lab would lose network site Contoso_HNV_LN01_0/ },
  { what: 'with nothing changed', made: command('host.change', { host: 'HyperV01.contoso.lab' }), code: 'nothingToChange', at: '', says: /HyperV01\.contoso\.lab/ },
]);

const both = ['HyperVGW01.contoso.lab', 'HyperVGW02.contoso.lab'];
refused('Clusters', { before: [command('hostGroup.create', { name: 'Spare', parent: 'All Hosts' }), command('hostCluster.create', { name: 'GW-HV-CL01', hosts: both })] }, [
  { what: 'of one host', made: command('hostCluster.create', { name: 'CL02', hosts: ['HyperV01.contoso.lab'] }), code: 'invalidInput', at: 'hosts', says: /at least two nodes/ },
  { what: 'of a node of another cluster', made: command('hostCluster.create', { name: 'CL02', hosts: ['HyperV01.contoso.lab', 'HyperVGW01.contoso.lab'] }), code: 'objectInUse', at: 'hosts', says: /HyperVGW01\.contoso\.lab is a node of cluster GW-HV-CL01/ },
  { what: 'with a name of 16 characters', made: command('hostCluster.create', { name: 'GATEWAY-CLUSTER1', hosts: ['HyperV01.contoso.lab', 'HyperV02.contoso.lab'] }), code: 'invalidInput', at: 'name', says: /16 characters/ },
  { what: 'with the name of another', made: command('hostCluster.create', { name: 'gw-hv-cl01', hosts: ['HyperV01.contoso.lab', 'HyperV02.contoso.lab'] }), code: 'nameInUse', at: 'name', says: /GW-HV-CL01/ },
  { what: 'of a gateway VM alone', made: command('guestCluster.create', { name: 'GW-VM-CL01', virtualMachines: ['GatewayVM01'] }), code: 'invalidInput', at: 'virtualMachines', says: /at least two nodes/ },
  { what: 'of machines on hosts that are no cluster', made: command('guestCluster.create', { name: 'GW-VM-CL01', virtualMachines: ['GatewayVM01', 'Adatum-VM01'] }), code: 'hostNotUsable', at: 'virtualMachines', says: /hosts of GatewayVM01 and Adatum-VM01/ },
  { what: 'of machines on one host', made: command('guestCluster.create', { name: 'GW-VM-CL01', virtualMachines: ['Fabrikam-VM01', 'Adatum-VM01'] }), code: 'hostNotUsable', at: 'virtualMachines', says: /both on HyperV01\.contoso\.lab/ },
  { what: 'of which one node goes to another host group', made: command('host.change', { host: 'HyperVGW02.contoso.lab', hostGroup: 'Spare' }), code: 'objectInUse', at: 'hostGroup', says: /HyperVGW02\.contoso\.lab is a node of Hyper-V cluster GW-HV-CL01/ },
]);

refused('Run As accounts', {}, [
  { what: 'without a name', made: account({ name: '' }), code: 'invalidInput', at: 'name', says: /Run As account has no name/ },
  { what: 'with the name of another', made: account({ name: 'gatewaylocaladmin' }), code: 'nameInUse', at: 'name', says: /GatewayLocalAdmin/ },
  { what: 'without a user name', made: account({ userName: '' }), code: 'invalidInput', at: 'userName', says: /No user name/ },
  { what: 'without a password', made: account({ secret: '', confirmation: '' }), code: 'invalidInput', at: 'secret', says: /No password/ },
  { what: 'without a pre-shared key', made: account({ kind: 'preSharedKey', secret: '', confirmation: '' }), code: 'invalidInput', at: 'secret', says: /No pre-shared key/ },
  { what: 'with two different entries of the password', made: account({ confirmation: 'long enougj' }), code: 'invalidInput', at: 'confirmation', says: /two entries of the password differ/ },
  { what: 'a pre-shared key that is to be validated', made: account({ kind: 'preSharedKey', validate: true }), code: 'invalidInput', at: 'validate', says: /pre-shared key is no domain account/ },
  { what: 'a local account that is to be validated', made: account({ userName: 'GatewayVM01\\Administrator', validate: true }), code: 'accountNotUsable', at: 'validate', says: /GatewayVM01\\Administrator/ },
]);
