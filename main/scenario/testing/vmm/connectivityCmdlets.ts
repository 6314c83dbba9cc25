/** VM network gateways with NAT, VPN and BGP. */
import { isThing, thing, type Arguments, type Thing } from './values.ts';
import { vmNetworkOf, type Cmdlet, type Connectivity, type Vmm } from './vmm.ts';

type Nat = Extract<Connectivity['direct'], { routing: 'NAT' }>;
type Tunnel = NonNullable<Connectivity['tunnel']>;

const gatewayOf = (args: Arguments) => vmNetworkOf(args.thing('VMNetworkGateway'));

function natOf(vmm: Vmm, vmNetwork: string): Nat {
  const { direct } = vmm.connectivity(vmNetwork);
  if (direct?.routing !== 'NAT') throw new Error(`${vmNetwork} has no NAT connection`);
  return direct;
}

function tunnelOf(vmm: Vmm, vmNetwork: string): Tunnel {
  const now = vmm.connectivity(vmNetwork);
  if (now.device === null) throw new Error(`${vmNetwork} has no gateway`);
  now.tunnel ??= { gatewayDevice: now.device, subnet: '', connections: [], bgp: null };
  return now.tunnel;
}

/** Without a connection and without BGP there is no tunnel. */
function tidy(vmm: Vmm, vmNetwork: string): void {
  const now = vmm.connectivity(vmNetwork);
  if (now.tunnel !== null && (now.tunnel.connections ?? []).length === 0 && !now.tunnel.bgp) now.tunnel = null;
}

/** An object of a VM network gateway. */
function partOf(args: Arguments, type: string): Thing {
  return thing(type, args.text('Name'), { VMNetwork: thing('VMNetwork', gatewayOf(args)) });
}

function owner(part: Thing): string {
  return vmNetworkOf(part);
}

export const connectivityCmdlets: Readonly<Record<string, Cmdlet>> = {
  'Get-SCVMNetworkGateway': (args, vmm) => {
    const network = args.thing('VMNetwork');
    if (vmm.connectivity(network.name).device === null) throw new Error(`${network.name} has no gateway`);
    return thing('VMNetworkGateway', network.name, { VMNetwork: network });
  },
  'Get-SCNetworkGateway': (args) => thing('NetworkService', args.text('Name')),
  'Add-SCVMNetworkGateway': (args, vmm) => {
    args.ignore('Name', 'EnableBGP');
    const network = args.thing('VMNetwork');
    const now = vmm.connectivity(network.name);
    const device = args.thing('NetworkGateway').name;
    if (now.device !== null) throw new Error(`${network.name} has a gateway already`);
    now.device = device;
    const isForwarding = vmm.lab.snapshot().networkServices.some(({ name, directRoutingMode }) => name === device && directRoutingMode === 1);
    if (isForwarding) now.direct = { routing: 'Direct', gatewayDevice: device };
    return thing('VMNetworkGateway', network.name, { VMNetwork: network });
  },
  'Remove-SCVMNetworkGateway': (args, vmm) => {
    const now = vmm.connectivity(gatewayOf(args));
    now.direct = null;
    now.tunnel = null;
    now.device = null;
  },
  'Add-SCNATConnection': (args, vmm) => {
    args.ignore('Name');
    const network = gatewayOf(args);
    const now = vmm.connectivity(network);
    const ipAddress = args.maybe('ExternalIPAddress');
    now.direct = { routing: 'NAT', gatewayDevice: now.device ?? '', ipAddressPool: args.thing('ExternalIPPool').name, ...(ipAddress === undefined ? {} : { ipAddress }), externalAddresses: [], rules: [] };
    return thing('NATConnection', network, { VMNetwork: thing('VMNetwork', network), ID: network });
  },
  'Get-SCNATConnection': (args, vmm) => {
    const network = gatewayOf(args);
    natOf(vmm, network);
    return thing('NATConnection', network, { VMNetwork: thing('VMNetwork', network), ID: network });
  },
  'Remove-SCNATConnection': (args, vmm) => {
    const network = owner(args.thing('NATConnection'));
    natOf(vmm, network);
    vmm.connectivity(network).direct = null;
  },
  'Add-SCNATRule': (args, vmm) => {
    const nat = natOf(vmm, owner(args.thing('NATConnection')));
    const protocol = args.text('Protocol') === 'UDP' ? 'UDP' : 'TCP';
    (nat.rules ??= []).push({ name: args.text('Name'), protocol, externalAddress: 1, incomingPort: args.text('ExternalPort'), destinationAddress: args.text('InternalIPAddress'), destinationPort: args.text('InternalPort') });
  },
  'Get-SCNATRule': (args) => thing('NATRule', args.text('Name'), { VMNetwork: thing('VMNetwork', owner(args.thing('NATConnection'))) }),
  'Remove-SCNATRule': (args, vmm) => {
    const rule = args.thing('NATRule');
    const nat = natOf(vmm, owner(rule));
    nat.rules = nat.rules?.filter(({ name }) => name !== rule.name);
  },
  'Add-SCVPNConnection': (args, vmm) => {
    const network = gatewayOf(args);
    const secret = args.value('Secret');
    const connection = {
      name: args.text('Name'),
      remoteEndpoint: args.text('TargetIPv4VPNAddress'),
      maximumInboundKbps: args.text('MaximumBandwidthInboundKbps'),
      maximumOutboundKbps: args.text('MaximumBandwidthOutboundKbps'),
      isEnabled: true,
      runAsAccount: isThing(secret) ? secret.name : '',
      certificate: '',
      routes: [],
      authenticationMethod: args.text('AuthenticationMethod'),
      protocol: args.text('Protocol'),
      encryptionMethod: args.text('EncryptionMethod'),
      integrityCheckMethod: args.text('IntegrityCheckMethod'),
      cipherTransform: args.text('CipherTransformConstants'),
      authenticationTransform: args.text('AuthenticationTransformConstants'),
      pfsGroup: args.text('PFSGroup'),
      dhGroup: args.text('DHGroup'),
    };
    // Whether these are values that the console accepts is said by the check of its operation.
    (tunnelOf(vmm, network).connections ??= []).push(connection as NonNullable<Tunnel['connections']>[number]);
    return thing('VPNConnection', connection.name, { VMNetwork: thing('VMNetwork', network) });
  },
  'Get-SCVPNConnection': (args) => partOf(args, 'VPNConnection'),
  'Set-SCVPNConnection': (args, vmm) => {
    const vpn = args.thing('VPNConnection');
    const connection = tunnelOf(vmm, owner(vpn)).connections?.find(({ name }) => name === vpn.name);
    if (connection !== undefined) connection.isEnabled = args.text('Status') !== 'Disabled';
  },
  'Remove-SCVPNConnection': (args, vmm) => {
    const vpn = args.thing('VPNConnection');
    const tunnel = tunnelOf(vmm, owner(vpn));
    tunnel.connections = tunnel.connections?.filter(({ name }) => name !== vpn.name);
    tidy(vmm, owner(vpn));
  },
  'Add-SCNetworkRoute': (args, vmm) => {
    const vpn = args.thing('VPNConnection');
    tunnelOf(vmm, gatewayOf(args)).connections?.find(({ name }) => name === vpn.name)?.routes.push(args.text('IPSubnet'));
  },
  'Set-SCVMNetworkGateway': (args, vmm) => {
    const network = gatewayOf(args);
    const tunnel = tunnelOf(vmm, network);
    const number = args.text('AutonomousSystemNumber');
    tunnel.bgp = args.flag('EnableBGP') ? { autonomousSystemNumber: number, peers: tunnel.bgp?.peers ?? [] } : null;
    tidy(vmm, network);
  },
  'Add-SCBGPPeer': (args, vmm) => {
    tunnelOf(vmm, gatewayOf(args)).bgp?.peers.push({ name: args.text('Name'), address: args.text('PeerIPAddress'), autonomousSystemNumber: args.text('PeerASN') });
  },
  'Get-SCBGPPeer': (args) => partOf(args, 'BGPPeer'),
  'Remove-SCBGPPeer': (args, vmm) => {
    const peer = args.thing('BGPPeer');
    const { bgp } = tunnelOf(vmm, owner(peer));
    if (bgp) bgp.peers = bgp.peers.filter(({ name }) => name !== peer.name);
  },
};
