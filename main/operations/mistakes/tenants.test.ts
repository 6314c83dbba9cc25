/** Mistakes with VM networks, VM subnets, their pools and machines, NAT and direct routing (fact sheet §2.3, 2.4, 3.1, 3.2). */
import type { OperationInput } from '../../../shared/contract/operations.ts';
import { command, type Command } from '../testing/bench.ts';
import { refused } from './testing/catalogue.ts';

const network = (change: Partial<OperationInput<'vmNetwork.create'>> = {}) =>
  command('vmNetwork.create', { name: 'Woodgrove', logicalNetwork: 'Contoso_HNV_LN01', subnets: [{ name: 'Woodgrove_Subnet01', subnet: '10.0.0.0/24' }], ...change });
const one = (name: string, subnet: string) => network({ subnets: [{ name, subnet }] });
const two = (subnet: string, name = 'Second') => network({ subnets: [{ name: 'First', subnet: '10.0.0.0/24' }, { name, subnet }] });

refused('Create VM Network', { before: [command('logicalNetwork.change', { logicalNetwork: 'Contoso_Management_LN01', description: 'Hosts' }), network({ name: 'Management', logicalNetwork: 'Contoso_Management_LN01', isolation: 'NoIsolation', subnets: [] })] }, [
  { what: 'without a name', made: network({ name: '' }), code: 'invalidInput', at: 'name', says: /VM network has no name/ },
  { what: 'with the name of another', made: network({ name: 'FABRIKAM' }), code: 'nameInUse', at: 'name', says: /Fabrikam/ },
  { what: 'without a logical network', made: network({ logicalNetwork: '' }), code: 'invalidInput', at: 'logicalNetwork', says: /No logical network/ },
  { what: 'on a logical network that does not exist', made: network({ logicalNetwork: 'Contoso_HNV_LN02' }), code: 'objectNotFound', at: 'logicalNetwork', says: /Contoso_HNV_LN02/ },
  { what: 'isolated where network virtualization is off', made: network({ logicalNetwork: 'Contoso_External_LN01' }), code: 'networkNotUsable', at: 'isolation', says: /Contoso_External_LN01 does not allow network virtualization/ },
  { what: 'a second one without isolation', made: network({ logicalNetwork: 'Contoso_Management_LN01', isolation: 'NoIsolation', subnets: [] }), code: 'nameInUse', at: 'isolation', says: /Management gives direct access to Contoso_Management_LN01/ },
  { what: 'without isolation, with VM subnets', made: network({ logicalNetwork: 'Contoso_External_LN01', isolation: 'NoIsolation' }), code: 'invalidInput', at: 'subnets', says: /Without isolation/ },
  { what: 'without a VM subnet', made: network({ subnets: [] }), code: 'invalidInput', at: 'subnets', says: /no VM subnet/ },
  { what: 'with a VM subnet without a name', made: one('', '10.0.0.0/24'), code: 'invalidInput', at: 'subnets.0.name', says: /VM subnet has no name/ },
  { what: 'with a VM subnet that is none', made: one('First', '10.0.0.0'), code: 'invalidInput', at: 'subnets.0.subnet', says: /10\.0\.0\.0 / },
  { what: 'with an address in place of a VM subnet', made: one('First', '10.0.0.7/24'), code: 'invalidInput', at: 'subnets.0.subnet', says: /10\.0\.0\.7\/24/ },
  { what: 'with a VM subnet too small for its router', made: one('First', '10.0.0.0/30'), code: 'invalidInput', at: 'subnets.0.subnet', says: /10\.0\.0\.0\/30/ },
  { what: 'with overlapping VM subnets', made: two('10.0.0.128/25'), code: 'subnetOverlap', at: 'subnets.1.subnet', says: /10\.0\.0\.128\/25 overlaps 10\.0\.0\.0\/24 of VM subnet First/ },
  { what: 'with two VM subnets of one name', made: two('10.0.1.0/24', 'first'), code: 'nameInUse', at: 'subnets.1.name', says: /first/ },
  { what: 'with a multicast VM subnet', made: one('First', '224.0.0.0/24'), code: 'invalidInput', at: 'subnets.0.subnet', says: /224\.0\.0\.0\/24/ },
  { what: 'with the loopback network as VM subnet', made: one('First', '127.0.0.0/24'), code: 'invalidInput', at: 'subnets.0.subnet', says: /127\.0\.0\.0\/24/ },
]);

const pool = (change: Partial<OperationInput<'ipPool.create'>> = {}) => command('ipPool.create', { name: 'Woodgrove_Pool', vmNetwork: 'Woodgrove', rangeStart: '10.0.0.2', rangeEnd: '10.0.0.9', ...change });
const machine = (change: Partial<OperationInput<'virtualMachine.create'>> = {}) => command('virtualMachine.create', { vmTemplate: 'TenantTemplate', name: 'Woodgrove-VM01', host: 'HyperV01.contoso.lab', adapters: [{ connection: 'vmNetwork', network: 'Woodgrove' }], ...change });

refused('IP pools and machines of a VM network', { before: [two('10.0.1.0/24'), pool({ vmSubnet: 'First', rangeEnd: '10.0.0.2' }), machine({ adapters: [{ connection: 'vmNetwork', network: 'Woodgrove', vmSubnet: 'First' }] })] }, [
  { what: 'a pool without its VM subnet', made: pool({ name: 'Other' }), code: 'invalidInput', at: 'vmSubnet', says: /No VM subnet of Woodgrove/, advice: /First, Second/ },
  { what: 'a pool of a VM subnet that does not exist', made: pool({ name: 'Other', vmSubnet: 'Third' }), code: 'objectNotFound', at: 'vmSubnet', says: /Third/ },
  { what: 'a pool that begins with the distributed router', made: pool({ name: 'Other', vmSubnet: 'Second', rangeStart: '10.0.1.1', rangeEnd: '10.0.1.9' }), code: 'invalidInput', at: 'rangeStart', says: /10\.0\.1\.1 is the address of the distributed router/ },
  { what: 'a pool outside its VM subnet', made: pool({ name: 'Other', vmSubnet: 'Second', rangeEnd: '10.0.1.9' }), code: 'addressOutsidePool', at: 'rangeStart', says: /10\.0\.0\.2 is not in 10\.0\.1\.0\/24/ },
  { what: 'overlapping pools of one VM subnet', made: pool({ name: 'Other', vmSubnet: 'First' }), code: 'poolOverlap', at: 'rangeStart', says: /Woodgrove_Pool/ },
  { what: 'a pool of a VM subnet with VIPs', made: pool({ name: 'Other', vmSubnet: 'Second', rangeStart: '10.0.1.2', rangeEnd: '10.0.1.9', vips: '10.0.1.3' }), code: 'invalidInput', at: 'vips', says: /no VIPs/ },
  { what: 'a machine in a VM network of two VM subnets', made: machine({ name: 'Woodgrove-VM02' }), code: 'invalidInput', at: 'adapters.0.vmSubnet', says: /No VM subnet of Woodgrove/ },
  { what: 'a machine in a VM subnet without a pool', made: machine({ name: 'Woodgrove-VM02', adapters: [{ connection: 'vmNetwork', network: 'Woodgrove', vmSubnet: 'Second' }] }), code: 'poolMissing', at: 'adapters.0.network', says: /Second of Woodgrove/ },
  { what: 'a machine in a VM subnet whose pool is exhausted', made: machine({ name: 'Woodgrove-VM02', adapters: [{ connection: 'vmNetwork', network: 'Woodgrove', vmSubnet: 'First' }] }), code: 'poolExhausted', at: 'adapters.0.network', says: /Woodgrove_Pool is exhausted/ },
]);

refused('A VM network whose provider addresses are used up', { replacements: [['end: 172.16.40.250', 'end: 172.16.40.13']], gateway: 'connected' }, [
  { what: 'cannot have a gateway', made: command('vmNetwork.setConnectivity', { vmNetwork: 'Fabrikam', directConnection: { routing: 'NAT', gatewayDevice: 'Gateway01' } }), code: 'providerPoolExhausted', at: 'directConnection.gatewayDevice', says: /HyperVGW01\.contoso\.lab: Contoso_HNV_Pool01/ },
]);

type Nat = Extract<NonNullable<OperationInput<'vmNetwork.setConnectivity'>['directConnection']>, { routing: 'NAT' }>;
const nat = (change: Partial<Nat> = {}, vmNetwork = 'Adatum') => command('vmNetwork.setConnectivity', { vmNetwork, directConnection: { routing: 'NAT', gatewayDevice: 'Gateway01', ...change } });
const rule = (change: Partial<NonNullable<Nat['rules']>[number]> = {}) => ({ name: 'HTTPS', protocol: 'TCP' as const, incomingPort: 443, destinationAddress: '10.30.1.4', destinationPort: 443, ...change });
const ruled = (change: Partial<NonNullable<Nat['rules']>[number]>) => nat({ rules: [rule(change)] });
const at = (field: string) => `directConnection.rules.0.${field}`;

const fabrikam = nat({ ipAddress: '203.0.113.20' }, 'Fabrikam');
refused('Network address translation', { gateway: 'connected', before: [fabrikam, command('ipPool.change', { ipAddressPool: 'Contoso_External_Pool01', settings: { rangeStart: '203.0.113.10', rangeEnd: '203.0.113.99', reserved: '203.0.113.90-203.0.113.99', gateways: [{ address: '203.0.113.30' }] } })] }, [
  { what: 'for a VM network that does not exist', made: nat({}, 'Woodgrove'), code: 'objectNotFound', at: 'vmNetwork', says: /Woodgrove/ },
  { what: 'through a gateway that does not exist', made: nat({ gatewayDevice: 'Gateway02' }), code: 'objectNotFound', at: 'directConnection.gatewayDevice', says: /Gateway02/ },
  { what: 'with a pool that is not the front end’s', made: nat({ ipAddressPool: 'Contoso_Management_Pool01' }), code: 'poolNotOfGateway', at: 'directConnection.ipAddressPool', says: /Contoso_Management_Pool01 does not belong to network site Contoso_External_LN01_0/ },
  { what: 'with an address outside the pool', made: nat({ ipAddress: '203.0.113.100' }), code: 'addressOutsidePool', at: 'directConnection.ipAddress', says: /203\.0\.113\.100 is outside IP address pool Contoso_External_Pool01/ },
  { what: 'with the address of another VM network', made: nat({ ipAddress: '203.0.113.20' }), code: 'addressInUse', at: 'directConnection.ipAddress', says: /203\.0\.113\.20 .*Fabrikam/ },
  { what: 'with the address of the gateway itself', made: nat({ ipAddress: '203.0.113.10' }), code: 'addressInUse', at: 'directConnection.ipAddress', says: /203\.0\.113\.10 .*GatewayVM01/ },
  { what: 'with a reserved address', made: nat({ ipAddress: '203.0.113.95' }), code: 'addressReserved', at: 'directConnection.ipAddress', says: /203\.0\.113\.95 is reserved in IP address pool Contoso_External_Pool01/ },
  { what: 'with the address of the default gateway', made: nat({ ipAddress: '203.0.113.30' }), code: 'addressReserved', at: 'directConnection.ipAddress', says: /203\.0\.113\.30 is the default gateway/ },
  { what: 'with no address', made: nat({ ipAddress: '203.0.113' }), code: 'invalidInput', at: 'directConnection.ipAddress', says: /IPv4 address/ },
  { what: 'that is there already', made: fabrikam, code: 'nothingToChange', at: 'directConnection', says: /Fabrikam/ },
  { what: 'switched off where there is none', made: command('vmNetwork.setConnectivity', { vmNetwork: 'Adatum', directConnection: null }), code: 'nothingToChange', at: 'directConnection', says: /Adatum/ },
  { what: 'with direct routing through a gateway that translates', made: command('vmNetwork.setConnectivity', { vmNetwork: 'Adatum', directConnection: { routing: 'Direct', gatewayDevice: 'Gateway01' } }), code: 'gatewayModeMismatch', at: 'directConnection.gatewayDevice', says: /Gateway01 is no forwarding gateway/ },
  { what: 'a rule without a name', made: ruled({ name: '' }), code: 'invalidInput', at: at('name'), says: /TCP port 443 has no name/ },
  { what: 'a rule at port 49152', made: ruled({ incomingPort: 49_152 }), code: 'portNotForwardable', at: at('incomingPort'), says: /Incoming port 49152 of NAT rule HTTPS/, advice: /49151/ },
  { what: 'a rule at port 0', made: ruled({ incomingPort: 0 }), code: 'invalidInput', at: at('incomingPort'), says: /HTTPS/ },
  { what: 'a rule without a destination port', made: ruled({ destinationPort: '' }), code: 'invalidInput', at: at('destinationPort'), says: /NAT rule HTTPS has no destination port/ },
  { what: 'a rule to somebody else’s address', made: ruled({ destinationAddress: '192.168.10.50' }), code: 'destinationForeign', at: at('destinationAddress'), says: /192\.168\.10\.50, the destination of NAT rule HTTPS, is in no VM subnet of Adatum/ },
  { what: 'a rule to the distributed router', made: ruled({ destinationAddress: '10.30.1.1' }), code: 'destinationForeign', at: at('destinationAddress'), says: /10\.30\.1\.1.*distributed router.*Adatum_Subnet01/ },
  { what: 'two rules at one port', made: nat({ rules: [rule(), rule({ name: 'Web', destinationAddress: '10.30.1.5' })] }), code: 'portInUse', at: 'directConnection.rules.1.incomingPort', says: /HTTPS and Web both take incoming TCP port 443/ },
  { what: 'two rules of one name', made: nat({ rules: [rule(), rule({ name: 'https', incomingPort: 8443 })] }), code: 'nameInUse', at: 'directConnection.rules.1.name', says: /https/ },
  { what: 'a second address outside the pool', made: nat({ externalAddresses: [{ ipAddress: '203.0.113.100' }] }), code: 'addressOutsidePool', at: 'directConnection.externalAddresses.0.ipAddress', says: /203\.0\.113\.100 is outside IP address pool Contoso_External_Pool01/ },
  { what: 'a second address of another VM network', made: nat({ externalAddresses: [{}, { ipAddress: '203.0.113.20' }] }), code: 'addressInUse', at: 'directConnection.externalAddresses.1.ipAddress', says: /203\.0\.113\.20 .*Fabrikam/ },
  { what: 'a second address that is reserved', made: nat({ externalAddresses: [{ ipAddress: '203.0.113.95' }] }), code: 'addressReserved', at: 'directConnection.externalAddresses.0.ipAddress', says: /203\.0\.113\.95 is reserved/ },
  { what: 'a second address that is the first', made: nat({ ipAddress: '203.0.113.40', externalAddresses: [{ ipAddress: '203.0.113.40' }] }), code: 'externalAddressTwice', at: 'directConnection.externalAddresses.0.ipAddress', says: /203\.0\.113\.40 is an external address of this VM network already/ },
  { what: 'a second address that is none', made: nat({ externalAddresses: [{ ipAddress: 'two' }] }), code: 'invalidInput', at: 'directConnection.externalAddresses.0.ipAddress', says: /IPv4 address/ },
  { what: 'a rule at an address that nobody asked for', made: ruled({ externalAddress: 2 }), code: 'externalAddressMissing', at: at('externalAddress'), says: /HTTPS waits at external address 2, but the NAT connection has one external address/ },
  { what: 'a rule that somebody removed meanwhile', made: ruled({ id: 'gone' }), code: 'objectNotFound', at: at('name'), says: /HTTPS is no longer there/ },
]);

refused('NAT without room', { gateway: 'connected', replacements: [['end: 203.0.113.99', 'end: 203.0.113.11']], before: [nat({}, 'Fabrikam')] }, [
  { what: 'in the pool', made: nat(), code: 'poolExhausted', at: 'directConnection.ipAddressPool', says: /Contoso_External_Pool01 .*no free address/ },
  { what: 'in the pool for a second address', made: nat({ externalAddresses: [{}] }, 'Fabrikam'), code: 'poolExhausted', at: 'directConnection.externalAddresses.0.ipAddressPool', says: /Contoso_External_Pool01 .*no free address/ },
]);

refused('An external address at which a rule waits', { gateway: 'connected', before: [nat({ externalAddresses: [{ ipAddress: '203.0.113.40' }], rules: [rule({ externalAddress: 2 })] }, 'Fabrikam')] }, [
  { what: 'cannot go', made: nat({ externalAddresses: [] }, 'Fabrikam'), code: 'objectInUse', at: 'directConnection.externalAddresses', says: /External address 203\.0\.113\.40 cannot be removed: NAT rule HTTPS waits there/ },
]);

refused('A gateway without room', { gateway: 'connected', replacements: [['backEndSwitch: HNV_Switch\n', 'backEndSwitch: HNV_Switch\n    maxVmNetworks: 1\n']], before: [nat({}, 'Fabrikam')] }, [
  { what: 'takes no second VM network', made: nat(), code: 'gatewayFull', at: 'directConnection.gatewayDevice', says: /Gateway01 already serves 1 VM network/ },
]);

refused('A gateway that cannot be used', { gateway: 'connected', before: [command('networkService.removeConnection', { networkService: 'Gateway01', connectionType: 'FrontEnd' })] }, [
  { what: 'because its front end is off', made: nat(), code: 'gatewayNotConnected', at: 'directConnection.gatewayDevice', says: /front end connection of Gateway01/ },
]);
refused('A gateway that is turned off', { gateway: 'connected', before: [command('virtualMachine.stop', { virtualMachine: 'GatewayVM01' })] }, [
  { what: 'takes no VM network', made: nat(), code: 'gatewayNotConnected', at: 'directConnection.gatewayDevice', says: /GatewayVM01 is not running/ },
]);
refused('No gateway', {}, [{ what: 'to connect a VM network with', made: nat(), code: 'noGateway', at: 'directConnection.gatewayDevice', says: /No network service that specifies a gateway/ }]);

const forwarding: readonly Command[] = [
  command('networkService.add', {
    name: 'Forwarding',
    manufacturer: 'Microsoft',
    model: 'Microsoft Windows Server Gateway',
    runAsAccount: 'GatewayLocalAdmin',
    connectionString: 'VMHost=HyperVGW01.contoso.lab;GatewayVM=GatewayVM01;BackendSwitch=HNV_Switch;DirectRoutingMode=True;FrontEndServerAddress=203.0.113.10',
    configurationProvider: 'Microsoft Windows Server Gateway Provider',
    hostGroups: ['Contoso-DC'],
  }),
  command('networkService.addConnection', { networkService: 'Forwarding', connectionType: 'FrontEnd', networkAdapter: 'External', networkSite: 'Contoso_External_LN01_0' }),
  command('networkService.addConnection', { networkService: 'Forwarding', connectionType: 'BackEnd', networkAdapter: 'Backend', networkSite: 'Contoso_HNV_LN01_0' }),
];
const direct = (vmNetwork: string) => command('vmNetwork.setConnectivity', { vmNetwork, directConnection: { routing: 'Direct', gatewayDevice: 'Forwarding' } });

refused('A forwarding gateway', { before: [...forwarding, direct('Fabrikam'), network({ name: 'Outside', subnets: [{ name: 'Outside_0', subnet: '203.0.113.128/25' }] })] }, [
  { what: 'asked for NAT', made: nat({ gatewayDevice: 'Forwarding' }, 'Fabrikam'), code: 'gatewayModeMismatch', at: 'directConnection.gatewayDevice', says: /Forwarding runs with DirectRoutingMode=True and offers direct routing only/ },
  { what: 'asked for a VPN tunnel', made: command('vmNetwork.setConnectivity', { vmNetwork: 'Fabrikam', vpnTunnel: { gatewayDevice: 'Forwarding' } }), code: 'gatewayModeMismatch', at: 'vpnTunnel.gatewayDevice', says: /Forwarding .*no VPN tunnel/ },
  { what: 'asked to serve a second VM network', made: direct('Adatum'), code: 'gatewayFull', at: 'directConnection.gatewayDevice', says: /Forwarding already serves 1 VM network/ },
]);
refused('Direct routing of addresses that are outside already', { before: [...forwarding, network({ name: 'Outside', subnets: [{ name: 'Outside_0', subnet: '203.0.113.128/25' }] })] }, [
  { what: 'names both', made: direct('Outside'), code: 'subnetOverlap', at: 'directConnection.gatewayDevice', says: /Outside_0 \(203\.0\.113\.128\/25\) of Outside overlaps 203\.0\.113\.0\/24 of network site Contoso_External_LN01_0/ },
]);
