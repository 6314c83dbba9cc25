/** Mistakes with VM templates, service templates, virtual machines and what is done inside them (fact sheet §1.7, 2.2). */
import type { OperationInput } from '../../../shared/contract/operations.ts';
import { command } from '../testing/bench.ts';
import { refused } from './testing/catalogue.ts';

const template = (change: Partial<OperationInput<'vmTemplate.create'>> = {}) => command('vmTemplate.create', { name: 'Third', image: 'WS2012R2.vhdx', generation: 2, adapters: [{ connection: 'notConnected' }], ...change });

refused('Create VM Template', {}, [
  { what: 'without a name', made: template({ name: '' }), code: 'invalidInput', at: 'name', says: /VM template has no name/ },
  { what: 'with the name of another', made: template({ name: 'gatewaytemplate' }), code: 'nameInUse', at: 'name', says: /GatewayTemplate/ },
  { what: 'without a disk', made: template({ image: '' }), code: 'invalidInput', at: 'image', says: /No virtual hard disk/ },
  { what: 'with a disk that does not exist', made: template({ image: 'WS2016.vhdx' }), code: 'objectNotFound', at: 'image', says: /WS2016\.vhdx/ },
  { what: 'of generation 2 from a BIOS disk', made: template({ image: 'WS2012R2-BIOS.vhd' }), code: 'generationMismatch', at: 'generation', says: /WS2012R2-BIOS\.vhd/ },
  { what: 'without enough memory', made: template({ memoryMb: 16 }), code: 'invalidInput', at: 'memoryMb', says: /16 MB/ },
  { what: 'with 65 processors', made: template({ processors: 65 }), code: 'invalidInput', at: 'processors', says: /65 processors/ },
  { what: 'with nine adapters', made: template({ adapters: Array.from({ length: 9 }, () => ({ connection: 'notConnected' as const })) }), code: 'invalidInput', at: 'adapters', says: /9 network adapters/ },
  { what: 'with an adapter in no network', made: template({ adapters: [{ connection: 'logicalNetwork' }] }), code: 'invalidInput', at: 'adapters.0.network', says: /No network is chosen/ },
  { what: 'with an adapter directly in the provider network', made: template({ adapters: [{ connection: 'logicalNetwork', network: 'Contoso_HNV_LN01' }] }), code: 'networkNotUsable', at: 'adapters.0.network', says: /Contoso_HNV_LN01/ },
  { what: 'with an adapter in a VM network that does not exist', made: template({ adapters: [{ connection: 'vmNetwork', network: 'Woodgrove' }] }), code: 'objectNotFound', at: 'adapters.0.network', says: /Woodgrove/ },
  { what: 'of generation 2 in a service template', made: command('serviceTemplate.create', { name: 'HA Gateway', vmTemplate: 'GatewayTemplate' }), code: 'generationMismatch', at: 'vmTemplate', says: /GatewayTemplate is of generation 2/ },
  { what: 'none in a service template', made: command('serviceTemplate.create', { name: 'HA Gateway' }), code: 'invalidInput', at: 'vmTemplate', says: /No VM template/ },
]);

const machine = (change: Partial<OperationInput<'virtualMachine.create'>> = {}) => command('virtualMachine.create', { vmTemplate: 'GatewayTemplate', name: 'GatewayVM02', role: 'gateway', host: 'HyperVGW02.contoso.lab', ...change });
const tenant = (change: Partial<OperationInput<'virtualMachine.create'>> = {}) =>
  command('virtualMachine.create', { vmTemplate: 'TenantTemplate', name: 'Adatum-VM03', host: 'HyperV01.contoso.lab', adapters: [{ connection: 'vmNetwork', network: 'Adatum' }], ...change });

const ownNetwork = [
  command('logicalNetwork.create', { name: 'Storage', sites: [{ name: 'Storage_0', hostGroups: ['Contoso-DC'], subnets: [{ subnet: '10.50.0.0/24' }] }] }),
  command('hostGroup.create', { name: 'Spare', parent: 'All Hosts' }),
  command('logicalNetwork.create', { name: 'Spare_LN', sites: [{ name: 'Spare_0', hostGroups: ['Spare'], subnets: [{ subnet: '10.60.0.0/24' }] }] }),
  command('ipPool.create', { name: 'Spare_Pool', logicalNetwork: 'Spare_LN', rangeStart: '10.60.0.10', rangeEnd: '10.60.0.20' }),
  command('runAsAccount.create', { name: 'HostAdmin', userName: 'CONTOSO\\hvadmin', secret: 'long enough' }),
  command('host.add', { name: 'Bare.contoso.lab', hostGroup: 'Contoso-DC', runAsAccount: 'HostAdmin', nic: 'NIC1' }),
  command('host.add', { name: 'Nested.contoso.lab', hostGroup: 'Contoso-DC', runAsAccount: 'HostAdmin', nic: 'NIC1', isVirtual: true, virtualSwitches: ['HNV_Switch'] }),
  command('hostCluster.create', { name: 'HV-CL01', hosts: ['HyperVGW01.contoso.lab', 'HyperVGW02.contoso.lab'] }),
  machine({ name: 'GatewayVM09' }),
  command('guestCluster.create', { name: 'GW-CL01', virtualMachines: ['GatewayVM01', 'GatewayVM09'] }),
];

refused('Create Virtual Machine', { before: ownNetwork }, [
  { what: 'without a template', made: machine({ vmTemplate: '', adapters: [] }), code: 'invalidInput', at: 'vmTemplate', says: /No VM template/ },
  { what: 'without a name', made: machine({ name: '' }), code: 'invalidInput', at: 'name', says: /virtual machine has no name/ },
  { what: 'with a name of 16 characters', made: machine({ name: 'GatewayVM0000002' }), code: 'invalidInput', at: 'name', says: /GatewayVM0000002 has 16 characters/, advice: /at most 15/ },
  { what: 'with an underscore in its name', made: machine({ name: 'Gateway_VM02' }), code: 'invalidInput', at: 'name', says: /Gateway_VM02 is no computer name/ },
  { what: 'with the name of another', made: machine({ name: 'gatewayvm01' }), code: 'nameInUse', at: 'name', says: /virtual machine named GatewayVM01/ },
  { what: 'with the name of a guest cluster', made: machine({ name: 'gw-cl01' }), code: 'nameInUse', at: 'name', says: /guest cluster named GW-CL01/ },
  { what: 'without a host', made: machine({ host: '' }), code: 'invalidInput', at: 'host', says: /No host/ },
  { what: 'a tenant’s on a dedicated host', made: tenant({ host: 'HyperVGW01.contoso.lab' }), code: 'hostNotUsable', at: 'host', says: /HyperVGW01\.contoso\.lab is a dedicated network virtualization gateway .*Adatum/ },
  { what: 'a tenant’s on a nested host', made: tenant({ host: 'Nested.contoso.lab' }), code: 'hostNotUsable', at: 'host', says: /Nested\.contoso\.lab is itself a virtual machine/ },
  { what: 'on a host without a virtual switch', made: tenant({ host: 'Bare.contoso.lab' }), code: 'hostNotUsable', at: 'host', says: /Bare\.contoso\.lab has no virtual switch/ },
  { what: 'in a logical network without a pool', made: machine({ adapters: [{ connection: 'logicalNetwork', network: 'Storage' }] }), code: 'poolMissing', at: 'adapters.0.network', says: /Storage/ },
  { what: 'a gateway with an adapter in a VM network', made: machine({ host: 'HyperV01.contoso.lab', adapters: [{ connection: 'vmNetwork', network: 'Adatum' }] }), code: 'adapterNotUsable', at: 'adapters.0.network', says: /VM network Adatum/ },
  { what: 'with an address of another subnet', made: tenant({ adapters: [{ connection: 'vmNetwork', network: 'Adatum', ipAddress: '10.30.2.9' }] }), code: 'addressOutsidePool', at: 'adapters.0.ipAddress', says: /10\.30\.2\.9 is not in Adatum_Subnet01_Pool/ },
  { what: 'with the address of the default gateway', made: tenant({ adapters: [{ connection: 'vmNetwork', network: 'Adatum', ipAddress: '10.30.1.1' }] }), code: 'addressReserved', at: 'adapters.0.ipAddress', says: /10\.30\.1\.1 is the default gateway/ },
  { what: 'with the address of another machine', made: tenant({ adapters: [{ connection: 'vmNetwork', network: 'Adatum', ipAddress: '10.30.1.5' }] }), code: 'addressInUse', at: 'adapters.0.ipAddress', says: /10\.30\.1\.5 belongs to .*Adatum-VM02/ },
  { what: 'with one address for two adapters', made: tenant({ adapters: [{ connection: 'vmNetwork', network: 'Adatum', ipAddress: '10.30.1.9' }, { connection: 'vmNetwork', network: 'Adatum', ipAddress: '10.30.1.9' }] }), code: 'addressInUse', at: 'adapters.1.ipAddress', says: /10\.30\.1\.9/ },
]);

refused('Virtual machines that are there', { gateway: 'connected', before: [command('virtualMachine.stop', { virtualMachine: 'Adatum-VM02' })] }, [
  { what: 'started twice', made: command('virtualMachine.start', { virtualMachine: 'Adatum-VM01' }), code: 'nothingToChange', at: 'virtualMachine', says: /Adatum-VM01 is running already/ },
  { what: 'deleted while it runs', made: command('virtualMachine.delete', { virtualMachine: 'Adatum-VM01' }), code: 'machineRunning', at: 'virtualMachine', says: /Adatum-VM01 is running/ },
  { what: 'changed inside while it is off', made: command('guest.setFirewall', { virtualMachine: 'Adatum-VM02', isOn: false }), code: 'vmNotRunning', at: 'virtualMachine', says: /Adatum-VM02 is turned off/ },
  { what: 'connected to a switch that its host does not have', made: command('virtualMachine.connectAdapter', { virtualMachine: 'GatewayVM01', networkAdapter: 'Management', virtualSwitch: 'Mgmt' }), code: 'objectNotFound', at: 'virtualSwitch', says: /HyperVGW01\.contoso\.lab has no virtual switch Mgmt/ },
  { what: 'with the front end of a gateway unplugged', made: command('virtualMachine.connectAdapter', { virtualMachine: 'GatewayVM01', networkAdapter: 'External' }), code: 'objectInUse', at: 'networkAdapter', says: /External of GatewayVM01 is the Front End of network service Gateway01/ },
  { what: 'with two adapters of one name', made: command('guest.renameAdapter', { virtualMachine: 'GatewayVM01', networkAdapter: 'Backend', name: 'external' }), code: 'nameInUse', at: 'name', says: /GatewayVM01 has an adapter named External/ },
  { what: 'with RRAS configured by hand beside VMM', made: command('guest.setRoutingAndRemoteAccess', { virtualMachine: 'GatewayVM01', isConfigured: true }), code: 'objectInUse', at: 'virtualMachine', says: /VMM has configured .*GatewayVM01 for network service Gateway01/ },
]);

refused('Inside a new gateway VM, in the wrong order', { before: [machine()] }, [
  { what: 'Deploy VPN only before the role', made: command('guest.deployRemoteAccess', { virtualMachine: 'GatewayVM02', deployment: 'VpnOnly' }), code: 'roleNotInstalled', at: 'virtualMachine', says: /Remote Access role is not installed in GatewayVM02/ },
  { what: 'the role without its Routing service', made: command('guest.installRemoteAccess', { virtualMachine: 'GatewayVM02', roleServices: ['DirectAccess and VPN (RAS)'] }), code: 'invalidInput', at: 'roleServices', says: /Routing is not chosen/ },
  { what: 'the RRAS console before Deploy VPN only', made: command('guest.setRoutingAndRemoteAccess', { virtualMachine: 'GatewayVM02', isConfigured: true }), code: 'roleNotInstalled', at: 'virtualMachine', says: /GatewayVM02 is not deployed/ },
]);

refused('Getting Started Wizard', { before: [machine(), command('guest.installRemoteAccess', { virtualMachine: 'GatewayVM02', roleServices: ['DirectAccess and VPN (RAS)', 'Routing'] })] }, [
  { what: 'with DirectAccess', made: command('guest.deployRemoteAccess', { virtualMachine: 'GatewayVM02', deployment: 'DirectAccessAndVpn' }), code: 'invalidInput', at: 'deployment', says: /without DirectAccess/, advice: /Deploy VPN only/ },
]);
