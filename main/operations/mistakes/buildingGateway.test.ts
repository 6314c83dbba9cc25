/** Mistakes from Add Network Service to the multitenant gateway (fact sheet §1.2 to 1.7), those included that only the provider finds. */
import type { OperationInput } from '../../../shared/contract/operations.ts';
import { command, type Command } from '../testing/bench.ts';
import { failsUntilMended, refused } from './testing/catalogue.ts';

const base = 'VMHost=HyperVGW01.contoso.lab;GatewayVM=GatewayVM01';
const service = (change: Partial<OperationInput<'networkService.add'>> = {}) =>
  command('networkService.add', {
    name: 'Gateway01',
    manufacturer: 'Microsoft',
    model: 'Microsoft Windows Server Gateway',
    runAsAccount: 'GatewayLocalAdmin',
    connectionString: `${base};BackendSwitch=HNV_Switch`,
    configurationProvider: 'Microsoft Windows Server Gateway Provider',
    hostGroups: ['Contoso-DC'],
    ...change,
  });
const named = (connectionString: string) => service({ connectionString });

const device: readonly Command[] = [
  command('hostCluster.create', { name: 'GW-HV-CL01', hosts: ['HyperVGW01.contoso.lab', 'HyperVGW02.contoso.lab'] }),
  command('runAsAccount.create', { name: 'HostAdmin', userName: 'CONTOSO\\hvadmin', secret: 'long enough' }),
  command('host.add', { name: 'Nested.contoso.lab', hostGroup: 'Contoso-DC', runAsAccount: 'HostAdmin', nic: 'NIC1', isVirtual: true, virtualSwitches: ['HNV_Switch'] }),
  command('virtualMachine.create', { vmTemplate: 'GatewayTemplate', name: 'GatewayVM03', role: 'gateway', host: 'Nested.contoso.lab' }),
];

refused('Add Network Service', { before: device }, [
  { what: 'without a name', made: service({ name: '' }), code: 'invalidInput', at: 'name', says: /network service has no name/ },
  { what: 'of a manufacturer without a model', made: service({ model: '' }), code: 'invalidInput', at: 'model', says: /No model/ },
  { what: 'of a hardware gateway', made: service({ manufacturer: 'F5', model: 'HNV gateway of BIG-IP' }), code: 'providerNotAvailable', at: 'model', says: /not installed/ },
  { what: 'of Windows Server 2012', made: service({ model: 'Windows Server 2012 Gateway' }), code: 'providerNotAvailable', at: 'model', says: /one gateway VM for each/ },
  { what: 'without an account', made: service({ runAsAccount: '' }), code: 'invalidInput', at: 'runAsAccount', says: /No Run As account/ },
  { what: 'with a pre-shared key', made: service({ runAsAccount: 'Fabrikam_PSK' }), code: 'accountNotUsable', at: 'runAsAccount', says: /Fabrikam_PSK holds a pre-shared key/ },
  { what: 'with an account that does not exist', made: service({ runAsAccount: 'Administrator' }), code: 'objectNotFound', at: 'runAsAccount', says: /Administrator/ },
  { what: 'without a provider', made: service({ configurationProvider: '' }), code: 'invalidInput', at: 'configurationProvider', says: /No configuration provider/ },
  { what: 'without a host group', made: service({ hostGroups: [] }), code: 'invalidInput', at: 'hostGroups', says: /No host group/ },
  { what: 'with a host group that does not exist', made: service({ hostGroups: ['Woodgrove-DC'] }), code: 'objectNotFound', at: 'hostGroups.0', says: /Woodgrove-DC/ },
  { what: 'without a connection string', made: named(' '), code: 'connectionStringInvalid', at: 'connectionString', says: /connection string is empty/ },
  { what: 'without GatewayVM', made: named('VMHost=HyperVGW01.contoso.lab'), code: 'connectionStringInvalid', at: 'connectionString', says: /GatewayVM is missing/ },
  { what: 'with a key in other letters', made: named('vmhost=HyperVGW01.contoso.lab;GatewayVM=GatewayVM01'), code: 'connectionStringInvalid', at: 'connectionString', says: /VMHost is missing; "vmhost"/, advice: /Write VMHost/ },
  { what: 'with a key without a value', made: named(`${base};BackendSwitch=`), code: 'connectionStringInvalid', at: 'connectionString', says: /BackendSwitch has no value/ },
  { what: 'with a part that is no pair', made: named('VMHost=HyperVGW01.contoso.lab;GatewayVM'), code: 'connectionStringInvalid', at: 'connectionString', says: /GatewayVM has no value/ },
  { what: 'with a space before a name', made: named('VMHost= HyperVGW01.contoso.lab;GatewayVM=GatewayVM01'), code: 'connectionStringInvalid', at: 'connectionString', says: /VMHost has a value with a space/ },
  { what: 'with a quoted name', made: named('VMHost=HyperVGW01.contoso.lab;GatewayVM="GatewayVM01"'), code: 'objectNotFound', at: 'connectionString', says: /GatewayVM names "GatewayVM01"/ },
  { what: 'with a host that does not exist', made: named('VMHost=HyperVGW09.contoso.lab;GatewayVM=GatewayVM01'), code: 'objectNotFound', at: 'connectionString', says: /HyperVGW09\.contoso\.lab/ },
  { what: 'with a VM that does not exist', made: named('VMHost=HyperVGW01.contoso.lab;GatewayVM=GatewayVM09'), code: 'objectNotFound', at: 'connectionString', says: /GatewayVM09/ },
  { what: 'with another host than that of the VM', made: named('VMHost=HyperVGW02.contoso.lab;GatewayVM=GatewayVM01'), code: 'connectionStringInvalid', at: 'connectionString', says: /GatewayVM01 is on host HyperVGW01\.contoso\.lab/ },
  { what: 'with a cluster of hosts and a single VM', made: named('VMHost=GW-HV-CL01;GatewayVM=GatewayVM01'), code: 'connectionStringInvalid', at: 'connectionString', says: /host cluster GW-HV-CL01, but GatewayVM names the single virtual machine GatewayVM01/ },
  { what: 'on a host that is itself a virtual machine', made: named('VMHost=Nested.contoso.lab;GatewayVM=GatewayVM03'), code: 'hostNotUsable', at: 'connectionString', says: /Nested\.contoso\.lab is itself a virtual machine/ },
  { what: 'with a tenant’s VM', made: named('VMHost=HyperV01.contoso.lab;GatewayVM=Fabrikam-VM01'), code: 'adapterNotUsable', at: 'connectionString', says: /Fabrikam-VM01 is connected to a VM subnet/ },
  { what: 'with DirectRoutingMode and no FrontEndServerAddress', made: named(`${base};DirectRoutingMode=True`), code: 'connectionStringInvalid', at: 'connectionString', says: /FrontEndServerAddress/ },
  { what: 'with DirectRoutingMode=Yes', made: named(`${base};DirectRoutingMode=Yes`), code: 'connectionStringInvalid', at: 'connectionString', says: /DirectRoutingMode is neither True nor False/ },
  { what: 'with a name as FrontEndServerAddress', made: named(`${base};DirectRoutingMode=True;FrontEndServerAddress=gw.contoso.lab`), code: 'connectionStringInvalid', at: 'connectionString', says: /FrontEndServerAddress is not an IPv4 address/ },
  { what: 'with room for 101 VM networks', made: named(`${base};MaxVMNetworksSupported=101`), code: 'connectionStringInvalid', at: 'connectionString', says: /MaxVMNetworksSupported is not a number from 1 to 100/ },
  { what: 'with several VM networks on a forwarding gateway', made: named(`${base};DirectRoutingMode=True;FrontEndServerAddress=203.0.113.10;MaxVMNetworksSupported=5`), code: 'connectionStringInvalid', at: 'connectionString', says: /serves one VM network/ },
]);

const setFirewall = (isOn: boolean) => command('guest.setFirewall', { virtualMachine: 'GatewayVM01', isOn });
const dataExchange = (isOn: boolean) => command('virtualMachine.setIntegrationServices', { virtualMachine: 'GatewayVM01', dataExchange: isOn });
const installRole = command('guest.installRemoteAccess', { virtualMachine: 'GatewayVM01', roleServices: ['DirectAccess and VPN (RAS)', 'Routing'] });
const deploy = command('guest.deployRemoteAccess', { virtualMachine: 'GatewayVM01', deployment: 'VpnOnly' });
const guestAccount = (userName: string) => command('runAsAccount.change', { runAsAccount: 'GatewayLocalAdmin', userName, secret: 'long enough' });
const administrator = guestAccount('GatewayVM01\\Administrator');

failsUntilMended('The provider cannot open the device', {}, [
  { what: 'the VM is turned off', before: [command('virtualMachine.stop', { virtualMachine: 'GatewayVM01' })], made: service(), step: '1.1', code: 'providerFailed', says: /GatewayVM01 is turned off/, mended: [command('virtualMachine.start', { virtualMachine: 'GatewayVM01' })] },
  { what: 'its firewall is on', before: [setFirewall(true)], made: service(), step: '1.1', code: 'providerFailed', says: /GatewayVM01 does not answer: its firewall is on/, mended: [setFirewall(false)] },
  { what: 'the account is of the domain', before: [guestAccount('CONTOSO\\Administrator')], made: service(), step: '1.1', code: 'providerFailed', says: /Access is denied: CONTOSO\\Administrator of Run As account GatewayLocalAdmin/, mended: [administrator] },
  { what: 'the account is no administrator', before: [guestAccount('GatewayVM01\\Guest')], made: service(), step: '1.1', code: 'providerFailed', says: /Access is denied: GatewayVM01\\Guest/, mended: [administrator] },
  { what: 'Data Exchange is off', before: [dataExchange(false)], made: service(), step: '1.1', code: 'providerFailed', says: /GatewayVM01 cannot be discovered: its integration service Data Exchange is off/, mended: [dataExchange(true)] },
]);

failsUntilMended('The provider finds a VM without the role', { replacements: [['remoteAccessInstalled: true\n    vpnDeployed: true', 'remoteAccessInstalled: false\n    vpnDeployed: false']] }, [
  { what: 'and goes on when it is installed', made: service(), step: '1.1', code: 'providerFailed', says: /Remote Access role .* is not installed in GatewayVM01/, mended: [installRole] },
]);

const connect = (change: Partial<OperationInput<'networkService.addConnection'>> = {}) =>
  command('networkService.addConnection', { networkService: 'Gateway01', connectionType: 'FrontEnd', networkAdapter: 'External', networkSite: 'Contoso_External_LN01_0', ...change });
const backEnd = (change: Partial<OperationInput<'networkService.addConnection'>> = {}) => connect({ connectionType: 'BackEnd', networkAdapter: 'Backend', networkSite: 'Contoso_HNV_LN01_0', ...change });
const renamed = (connectionString: string) => command('networkService.change', { networkService: 'Gateway01', connectionString });
const right = renamed(`${base};BackendSwitch=HNV_Switch`);

const sites = [
  command('hostGroup.create', { name: 'Spare', parent: 'All Hosts' }),
  command('logicalNetwork.create', {
    name: 'Second',
    networkVirtualization: true,
    sites: [
      { name: 'Second_0', hostGroups: ['Contoso-DC'], subnets: [{ subnet: '172.17.0.0/24' }] },
      { name: 'Second_1', hostGroups: ['Spare'], subnets: [{ subnet: '172.17.1.0/24' }] },
    ],
  }),
];

refused('Connectivity of a gateway', { before: [service(), ...sites] }, [
  { what: 'of one that does not exist', made: connect({ networkService: 'Gateway09' }), code: 'objectNotFound', at: 'networkService', says: /Gateway09/ },
  { what: 'without an adapter', made: connect({ networkAdapter: '' }), code: 'invalidInput', at: 'networkAdapter', says: /No network adapter/ },
  { what: 'with an adapter that the template did not have', made: connect({ networkAdapter: 'External 2' }), code: 'objectNotFound', at: 'networkAdapter', says: /External 2/ },
  { what: 'with a front end that is not connected', made: connect({ networkAdapter: 'Backend' }), code: 'adapterNotUsable', at: 'networkAdapter', says: /Backend of GatewayVM01 .*not connected to a virtual switch/ },
  { what: 'with the management adapter in the external site', made: connect({ networkAdapter: 'Management' }), code: 'adapterNotUsable', at: 'networkAdapter', says: /Management is connected to network site Contoso_Management_LN01_0/ },
  { what: 'without a site', made: connect({ networkSite: '' }), code: 'invalidInput', at: 'networkSite', says: /No network site/ },
  { what: 'with a front end in the provider network', made: connect({ networkSite: 'Contoso_HNV_LN01_0' }), code: 'networkSiteNotUsable', at: 'networkSite', says: /Contoso_HNV_LN01 carries virtualized networks/ },
  { what: 'with a back end where network virtualization is off', made: backEnd({ networkSite: 'Contoso_Management_LN01_0' }), code: 'networkSiteNotUsable', at: 'networkSite', says: /Contoso_Management_LN01 does not allow network virtualization/ },
  { what: 'with a back end in a site without a pool', made: backEnd({ networkSite: 'Second_0' }), code: 'networkSiteNotUsable', at: 'networkSite', says: /Second_0 .*no static IP address pool/ },
  { what: 'with a back end in a site that its host cannot use', made: backEnd({ networkSite: 'Second_1' }), code: 'networkSiteNotUsable', at: 'networkSite', says: /Second_1 .*host of the gateway/ },
]);

refused('Connectivity of a gateway that is available elsewhere', { before: [...sites, service({ hostGroups: ['Spare'] })] }, [
  { what: 'with a site of which it has no host group', made: connect(), code: 'networkSiteNotUsable', at: 'networkSite', says: /Contoso_External_LN01_0 .*Gateway01 is available/ },
]);

refused('A gateway that is connected', { gateway: 'connected', before: [command('hostGroup.create', { name: 'Spare', parent: 'All Hosts' }), command('virtualMachine.create', { vmTemplate: 'GatewayTemplate', name: 'GatewayVM02', role: 'gateway', host: 'HyperVGW02.contoso.lab' })] }, [
  { what: 'whose name another one is to get', made: service({ name: 'gateway01', connectionString: 'VMHost=HyperVGW02.contoso.lab;GatewayVM=GatewayVM02' }), code: 'nameInUse', at: 'name', says: /Gateway01/ },
  { what: 'whose VM another one is to get', made: service({ name: 'Gateway02' }), code: 'objectInUse', at: 'connectionString', says: /GatewayVM01 is the gateway VM of Gateway01/ },
  { what: 'taken out of the host groups of its sites', made: command('networkService.change', { networkService: 'Gateway01', hostGroups: ['Spare'] }), code: 'objectInUse', at: 'hostGroups', says: /Gateway01 uses network sites Contoso_External_LN01_0 and Contoso_HNV_LN01_0/ },
  { what: 'connected twice', made: connect(), code: 'nothingToChange', at: 'connectionType', says: /Front End connection of Gateway01 is enabled already/ },
  { what: 'led to another VM', made: renamed('VMHost=HyperV01.contoso.lab;GatewayVM=Adatum-VM01'), code: 'adapterNotUsable', at: 'connectionString', says: /Adatum-VM01/ },
]);

failsUntilMended('The provider cannot make a multitenant gateway of it', { before: [service()] }, [
  { what: 'BackendSwitch is missing (21426)', before: [renamed(base)], made: backEnd(), step: '1.2', code: 'providerFailed', says: /on host HyperVGW01\.contoso\.lab is neither connected to any virtual switch nor switch name provided in connection string\..*\(Error ID: 21426\)/, mended: [right] },
  { what: 'BackendSwitch is misspelt', before: [renamed(`${base};BackEndSwitch=HNV_Switch`)], made: backEnd(), step: '1.2', code: 'providerFailed', says: /neither connected to any virtual switch.*21426/, mended: [right] },
  { what: 'BackendSwitch has a space', before: [renamed(`${base};BackendSwitch=HNV Switch`)], made: backEnd(), step: '1.2', code: 'providerFailed', says: /neither connected to any virtual switch.*21426/, mended: [right] },
  { what: 'BackendSwitch names no switch', before: [renamed(`${base};BackendSwitch=Tenant_Switch`)], made: backEnd(), step: '1.2', code: 'providerFailed', says: /HyperVGW01\.contoso\.lab has no virtual switch named Tenant_Switch/, mended: [right] },
  { what: 'BackendSwitch is quoted', before: [renamed(`${base};BackendSwitch="HNV_Switch"`)], made: backEnd(), step: '1.2', code: 'providerFailed', says: /no virtual switch named "HNV_Switch"/, mended: [right] },
  { what: 'RRAS was configured by hand', before: [command('guest.setRoutingAndRemoteAccess', { virtualMachine: 'GatewayVM01', isConfigured: true })], made: backEnd(), step: '1.2', code: 'providerFailed', says: /GatewayVM01 was configured by hand/, mended: [command('guest.setRoutingAndRemoteAccess', { virtualMachine: 'GatewayVM01', isConfigured: false })] },
  { what: 'the firewall was turned on meanwhile', before: [setFirewall(true)], made: connect(), step: '1.1', code: 'providerFailed', says: /its firewall is on/, mended: [setFirewall(false)] },
]);

failsUntilMended('Deploy VPN only was forgotten', { replacements: [['vpnDeployed: true', 'vpnDeployed: false']], before: [service()] }, [
  { what: 'and is done before the restart', made: backEnd(), step: '1.2', code: 'providerFailed', says: /Remote Access in GatewayVM01 is not deployed/, mended: [deploy] },
]);
