/** Mistakes with VPN connections and BGP of a VM network (fact sheet §3.3 to 3.5, 4.4, 4.6). */
import type { OperationInput } from '../../../shared/contract/operations.ts';
import { command, type Command } from '../testing/bench.ts';
import { refused } from './testing/catalogue.ts';

type Tunnel = NonNullable<OperationInput<'vmNetwork.setConnectivity'>['vpnTunnel']>;
type Connection = NonNullable<Tunnel['connections']>[number];

const office = (change: Partial<Connection> = {}): Connection => ({ name: 'Fabrikam office', remoteEndpoint: '198.51.100.20', runAsAccount: 'Fabrikam_PSK', routes: ['10.30.50.0/24'], ...change });
const other = (change: Partial<Connection> = {}) => office({ name: 'Second office', remoteEndpoint: '198.51.100.21', routes: ['10.30.60.0/24'], ...change });
const tunnel = (change: Partial<Tunnel> = {}, vmNetwork = 'Fabrikam') => command('vmNetwork.setConnectivity', { vmNetwork, vpnTunnel: { gatewayDevice: 'Gateway01', connections: [office()], ...change } });
const with1 = (change: Partial<Connection>) => tunnel({ connections: [office(change)] });
const with2 = (change: Partial<Connection>) => tunnel({ connections: [office(), other(change)] });
const at = (field: string, connection = 0) => `vpnTunnel.connections.${connection}.${field}`;

/** Whoever opens a lab has to type its keys. */
const typed = command('runAsAccount.change', { runAsAccount: 'Fabrikam_PSK', secret: 'agreed upon 0123456789', confirmation: 'agreed upon 0123456789' });

refused('VPN connections', { gateway: 'connected', before: [typed] }, [
  { what: 'through a gateway that does not exist', made: tunnel({ gatewayDevice: 'Gateway02' }), code: 'objectNotFound', at: 'vpnTunnel.gatewayDevice', says: /Gateway02/ },
  { what: 'without a name', made: with1({ name: '' }), code: 'invalidInput', at: at('name'), says: /VPN connection has no name/ },
  { what: 'with a name of 65 characters', made: with1({ name: 'n'.repeat(65) }), code: 'invalidInput', at: at('name'), says: /65 characters/ },
  { what: 'with two of one name', made: with2({ name: 'fabrikam office' }), code: 'nameInUse', at: at('name', 1), says: /fabrikam office/ },
  { what: 'without an endpoint', made: with1({ remoteEndpoint: '' }), code: 'invalidInput', at: at('remoteEndpoint'), says: /Fabrikam office/ },
  { what: 'with a name as endpoint', made: with1({ remoteEndpoint: 'vpn.fabrikam.example' }), code: 'invalidInput', at: at('remoteEndpoint'), says: /vpn\.fabrikam\.example/ },
  { what: 'with a multicast endpoint', made: with1({ remoteEndpoint: '239.1.1.1' }), code: 'invalidInput', at: at('remoteEndpoint'), says: /239\.1\.1\.1/ },
  { what: 'with the gateway itself as endpoint', made: with1({ remoteEndpoint: '203.0.113.10' }), code: 'endpointInUse', at: at('remoteEndpoint'), says: /203\.0\.113\.10 .*GatewayVM01/ },
  { what: 'with two to one endpoint', made: with2({ remoteEndpoint: '198.51.100.20' }), code: 'endpointInUse', at: at('remoteEndpoint', 1), says: /Fabrikam office and Second office both lead to 198\.51\.100\.20/ },
  { what: 'without a pre-shared key', made: with1({ runAsAccount: '' }), code: 'invalidInput', at: at('runAsAccount'), says: /Fabrikam office has no Run As account/ },
  { what: 'with a password in place of a key', made: with1({ runAsAccount: 'GatewayLocalAdmin' }), code: 'accountNotUsable', at: at('runAsAccount'), says: /GatewayLocalAdmin .*no pre-shared key/ },
  { what: 'with an account that does not exist', made: with1({ runAsAccount: 'Woodgrove_PSK' }), code: 'objectNotFound', at: at('runAsAccount'), says: /Woodgrove_PSK/ },
  { what: 'with half a thumbprint', made: with1({ authenticationMethod: 'MachineCertificates', certificate: 'a1b2c3' }), code: 'invalidInput', at: at('certificate'), says: /a1b2c3.*Fabrikam office/ },
  { what: 'with no bandwidth', made: with1({ maximumInboundKbps: 0 }), code: 'invalidInput', at: at('maximumInboundKbps'), says: /Fabrikam office/ },
  { what: 'without a route', made: with1({ routes: [] }), code: 'routeMissing', at: at('routes'), says: /Fabrikam office has no route/ },
  { what: 'with an address in place of a route', made: with1({ routes: ['10.30.50.101'] }), code: 'invalidInput', at: at('routes.0'), says: /10\.30\.50\.101/ },
  { what: 'with a route into the VM subnet', made: with1({ routes: ['10.30.0.0/16'] }), code: 'routeOverlap', at: at('routes.0'), says: /10\.30\.0\.0\/16 of VPN connection Fabrikam office overlaps 10\.30\.1\.0\/24 of VM subnet Fabrikam_Subnet01/ },
  { what: 'with a multicast route', made: with1({ routes: ['239.1.0.0/16'] }), code: 'invalidInput', at: at('routes.0'), says: /239\.1\.0\.0\/16 of VPN connection Fabrikam office/ },
  { what: 'with one route twice', made: with1({ routes: ['10.30.50.0/24', '10.30.50.0/24'] }), code: 'routeOverlap', at: at('routes.1'), says: /10\.30\.50\.0\/24/ },
  { what: 'with one route in two', made: with2({ routes: ['10.30.50.0/24'] }), code: 'routeOverlap', at: at('routes.0', 1), says: /10\.30\.50\.0\/24 is in VPN connections Fabrikam office and Second office/ },
  { what: 'with a gateway subnet that is none', made: tunnel({ subnet: '10.254.254.0' }), code: 'invalidInput', at: 'vpnTunnel.subnet', says: /10\.254\.254\.0/ },
  { what: 'with a gateway subnet without room for both', made: tunnel({ subnet: '10.254.254.0/30' }), code: 'invalidInput', at: 'vpnTunnel.subnet', says: /10\.254\.254\.0\/30/ },
  { what: 'with the VM subnet as gateway subnet', made: tunnel({ subnet: '10.30.1.0/29' }), code: 'subnetOverlap', at: 'vpnTunnel.subnet', says: /10\.30\.1\.0\/29 .*VM subnet Fabrikam_Subnet01/ },
  { what: 'with the remote subnet as gateway subnet', made: tunnel({ subnet: '10.30.50.0/29' }), code: 'routeOverlap', at: at('routes.0'), says: /10\.30\.50\.0\/24 of VPN connection Fabrikam office overlaps 10\.30\.50\.0\/29 of the gateway's leg/ },
  { what: 'over L2TP', made: with1({ protocol: 'L2TP' }), code: 'proposalInvalid', at: at('protocol'), says: /Fabrikam office asks for L2TP/ },
  { what: 'with a GCM cipher and SHA', made: with1({ cipherTransform: 'GCMAES256' }), code: 'proposalInvalid', at: at('authenticationTransform'), says: /Fabrikam office .*GCMAES256/ },
  { what: 'with a GCM transform and AES', made: with1({ authenticationTransform: 'GCMAES128' }), code: 'proposalInvalid', at: at('authenticationTransform'), says: /Fabrikam office .*GCMAES128/ },
  { what: 'without a Diffie-Hellman group', made: with1({ dhGroup: 'None' }), code: 'proposalInvalid', at: at('dhGroup'), says: /Fabrikam office has no Diffie-Hellman group/ },
  { what: 'with PFS of a main mode', made: with1({ pfsGroup: 'PFSMM' }), code: 'proposalInvalid', at: at('pfsGroup'), says: /Fabrikam office .*PFSMM/ },
  { what: 'that somebody removed meanwhile', made: with1({ id: 'gone' }), code: 'objectNotFound', at: at('name'), says: /Fabrikam office is no longer there/ },
  { what: 'switched off where there are none', made: command('vmNetwork.setConnectivity', { vmNetwork: 'Fabrikam', vpnTunnel: null }), code: 'nothingToChange', at: 'vpnTunnel', says: /Fabrikam/ },
]);

const bgp = (autonomousSystemNumber: string | number, ...peers: NonNullable<Tunnel['bgp']>['peers'] & object) => tunnel({ connections: [office({ routes: ['10.30.50.1/32'] })], bgp: { autonomousSystemNumber, peers } });
const peer = { address: '10.30.50.1', autonomousSystemNumber: 65_050 };

refused('BGP', { gateway: 'connected', before: [typed] }, [
  { what: 'without a number', made: bgp('', peer), code: 'invalidInput', at: 'vpnTunnel.bgp.autonomousSystemNumber', says: /^VM network Fabrikam has no autonomous system number/ },
  { what: 'with number 65535', made: bgp(65_535, peer), code: 'invalidInput', at: 'vpnTunnel.bgp.autonomousSystemNumber', says: /65535/, advice: /65534/ },
  { what: 'with a peer without an address', made: bgp(64_600, { ...peer, address: '' }), code: 'invalidInput', at: 'vpnTunnel.bgp.peers.0.address', says: /BGP peer/ },
  { what: 'with a peer without a number', made: bgp(64_600, { ...peer, autonomousSystemNumber: '' }), code: 'invalidInput', at: 'vpnTunnel.bgp.peers.0.autonomousSystemNumber', says: /^BGP peer 10\.30\.50\.1 has no autonomous system number/ },
  { what: 'with one peer twice', made: bgp(64_600, peer, { ...peer, autonomousSystemNumber: 65_051 }), code: 'nameInUse', at: 'vpnTunnel.bgp.peers.1.address', says: /10\.30\.50\.1 stands twice/ },
  { what: 'with a peer whose /32 is in no connection', made: bgp(64_600, { ...peer, address: '10.30.50.2' }), code: 'bgpPeerNotRouted', at: 'vpnTunnel.bgp.peers.0.address', says: /BGP peer 10\.30\.50\.2/, advice: /10\.30\.50\.2\/32/ },
  { what: 'with a machine of its own VM subnet as peer', made: bgp(64_600, { ...peer, address: '10.30.1.4' }), code: 'bgpPeerNotRouted', at: 'vpnTunnel.bgp.peers.0.address', says: /10\.30\.1\.4/ },
  { what: 'without a VPN tunnel', made: command('vmNetwork.setConnectivity', { vmNetwork: 'Fabrikam', directConnection: { routing: 'NAT', gatewayDevice: 'Gateway01', bgp: { autonomousSystemNumber: 64_600 } } } as never), code: 'invalidInput', at: 'directConnection.bgp', says: /bgp/ },
]);

const connected = [typed, tunnel({ connections: [office({ routes: ['10.30.50.1/32'] })], bgp: { autonomousSystemNumber: 64_600, peers: [peer] } })];

refused('A VPN tunnel that is there', { gateway: 'connected', before: connected }, [
  { what: 'to the endpoint of another tenant', made: tunnel({}, 'Adatum'), code: 'endpointInUse', at: at('remoteEndpoint'), says: /Fabrikam office of Fabrikam leads to 198\.51\.100\.20/ },
  { what: 'loses the route to its BGP peer', made: tunnel({ connections: [office({ routes: ['10.30.60.0/24'] })] }), code: 'bgpPeerNotRouted', at: 'vpnTunnel.connections', says: /10\.30\.50\.1/ },
  { what: 'loses BGP, and so has a connection without a route', made: tunnel({ connections: [office({ routes: [] })], bgp: null }), code: 'routeMissing', at: at('routes'), says: /Fabrikam office has no route/ },
  { what: 'keeps the gateway from becoming a forwarding one', made: command('networkService.change', { networkService: 'Gateway01', connectionString: 'VMHost=HyperVGW01.contoso.lab;GatewayVM=GatewayVM01;BackendSwitch=HNV_Switch;DirectRoutingMode=True;FrontEndServerAddress=203.0.113.10' }), code: 'objectInUse', at: 'connectionString', says: /VM networks use Gateway01: Fabrikam/ },
]);

/** A second device in a second gateway VM. */
const second: readonly Command[] = [
  command('virtualMachine.create', { vmTemplate: 'GatewayTemplate', name: 'GatewayVM02', role: 'gateway', host: 'HyperVGW02.contoso.lab' }),
  command('guest.setFirewall', { virtualMachine: 'GatewayVM02', isOn: false }),
  command('guest.installRemoteAccess', { virtualMachine: 'GatewayVM02', roleServices: ['DirectAccess and VPN (RAS)', 'Routing'] }),
  command('guest.deployRemoteAccess', { virtualMachine: 'GatewayVM02', deployment: 'VpnOnly' }),
  command('runAsAccount.create', { name: 'Gateway02Admin', userName: 'GatewayVM02\\Administrator', secret: 'long enough' }),
  command('networkService.add', {
    name: 'Gateway02',
    manufacturer: 'Microsoft',
    model: 'Microsoft Windows Server Gateway',
    runAsAccount: 'Gateway02Admin',
    connectionString: 'VMHost=HyperVGW02.contoso.lab;GatewayVM=GatewayVM02;BackendSwitch=HNV_Switch',
    configurationProvider: 'Microsoft Windows Server Gateway Provider',
    hostGroups: ['Contoso-DC'],
  }),
];
refused('Two gateway devices', { gateway: 'connected', before: [typed, ...second] }, [
  {
    what: 'for one VM network',
    made: command('vmNetwork.setConnectivity', { vmNetwork: 'Fabrikam', vpnTunnel: { gatewayDevice: 'Gateway01', connections: [office()] }, directConnection: { routing: 'NAT', gatewayDevice: 'Gateway02' } }),
    code: 'gatewayModeMismatch',
    at: 'vpnTunnel.gatewayDevice',
    says: /Gateway01.*Gateway02/,
  },
]);

refused('A pre-shared key that nobody has typed on this machine', { gateway: 'connected' }, [
  { what: 'makes no tunnel', made: tunnel(), code: 'accountNotUsable', at: at('runAsAccount'), says: /Fabrikam_PSK/, advice: /Settings > Run As Accounts/ },
]);
