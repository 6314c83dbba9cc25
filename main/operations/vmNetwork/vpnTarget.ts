/** VPN connections as they were asked for, or everything that stands against them (fact sheet §3.3, 3.4). */
import { problem, type Problem } from '../../../shared/contract/errors.ts';
import { tunnelsOfGateway, type VpnConnectionInput, type VpnTunnelInput } from '../../../shared/contract/connectivity.ts';
import { formatIpv4, formatPrefix, parseIpv4, parsePrefix, prefixesOverlap, unusableBlockOf, type Ipv4Address, type Ipv4Prefix } from '../../../shared/net/ipv4.ts';
import type { Inventory } from '../../store/inventory/inventory.ts';
import type { VpnConnection } from '../../store/inventory/vpnConnections.ts';
import type { VmNetwork } from '../../store/inventory/vmNetworks.ts';
import { findOrProblem } from '../problems.ts';
import { bgpNow, resolveBgp, type WantedBgp } from './bgpTarget.ts';
import type { UsableGateway } from './connectivityTarget.ts';
import { chooseGatewaySubnet } from './gatewaySubnet.ts';
import { gatewayLimits, vmNetworkLimits } from './limits.ts';
import { subnetsToConnect, type NetworkToConnect } from './networkToConnect.ts';
import { parseNumber } from './typedNumber.ts';
import { proposalProblems } from './vpnProposals.ts';

/** A connection without its place. `id`: of the connection that it changes. */
export type WantedConnection = Omit<VpnConnection, 'id' | 'vmNetworkGatewayId'> & { readonly id: string | undefined };

export interface VpnTarget {
  readonly subnet: Ipv4Prefix;
  readonly connections: readonly WantedConnection[];
  readonly bgp: WantedBgp | null;
}

type Path = readonly (string | number)[];
type Taken = { readonly prefix: Ipv4Prefix; readonly place: string };

export function resolveVpn(network: NetworkToConnect, input: VpnTunnelInput, gateway: UsableGateway, inventory: Inventory): { readonly target: VpnTarget } | { readonly problems: readonly Problem[] } {
  const problems: Problem[] = [];
  const keep = <T>(result: { readonly found: T } | { readonly problems: readonly Problem[] }): T | undefined => {
    if ('found' in result) return result.found;
    problems.push(...result.problems);
    return undefined;
  };
  const current = connectionsOf(network, inventory);
  const connections = input.connections === undefined ? current : keep(resolveConnections(network, input.connections, gateway, current, inventory));
  const routes = (connections ?? []).flatMap((connection) => connection.routes.map((prefix) => ({ prefix, place: `a route of VPN connection ${connection.name}` })));
  const subnet = keep(resolveSubnet(network, input.subnet, routes, inventory));
  if (connections !== undefined && subnet !== undefined) problems.push(...routeConflicts(network, connections, subnet, inventory));
  const bgp = keep(resolveBgp(network, input.bgp, routes, inventory));
  if (connections !== undefined && bgp === null) problems.push(...withoutRoutes(connections));
  if (connections === undefined || subnet === undefined || bgp === undefined || problems.length > 0) return { problems };
  return { target: { subnet, connections, bgp } };
}

/** What is there now, as if it had been asked for. */
export function vpnNow(network: VmNetwork, inventory: Inventory): VpnTarget | null {
  const gateway = inventory.vmNetworkGateways.ofVmNetwork(network.id);
  if (gateway?.hasVpn !== true) return null;
  return { subnet: { address: gateway.subnetAddress, length: gateway.subnetPrefixLength }, connections: connectionsOf(network, inventory), bgp: bgpNow(network, inventory) };
}

export function connectionsOf(network: VmNetwork, { vmNetworkGateways, vpnConnections }: Inventory): readonly VpnConnection[] {
  const gateway = vmNetworkGateways.ofVmNetwork(network.id);
  return gateway === undefined ? [] : vpnConnections.ofGateway(gateway.id);
}

function resolveSubnet(network: NetworkToConnect, text: string, routes: readonly Taken[], inventory: Inventory): { readonly found: Ipv4Prefix } | { readonly problems: readonly Problem[] } {
  const path = ['vpnTunnel', 'subnet'];
  const gateway = inventory.vmNetworkGateways.ofVmNetwork(network.id);
  if (text === '' && gateway !== undefined) return { found: { address: gateway.subnetAddress, length: gateway.subnetPrefixLength } };
  const taken = [...vmSubnets(network, inventory), ...routes];
  if (text === '') return { found: chooseGatewaySubnet(taken.map(({ prefix }) => prefix), network.name) };
  const subnet = parsePrefix(text);
  const action = 'Type a subnet such as 10.254.254.0/29 that nobody else uses.';
  if (subnet === undefined || subnet.length < 8 || subnet.length > 29 || unusableBlockOf(subnet) !== undefined) {
    return { problems: [problem('invalidInput', path, `"${text}" is no subnet for the gateway's leg: it needs CIDR form without host bits, from /8 to /29.`, action)] };
  }
  const rival = vmSubnets(network, inventory).find(({ prefix }) => prefixesOverlap(prefix, subnet));
  return rival === undefined ? { found: subnet } : { problems: [problem('subnetOverlap', path, `Subnet ${text} of the gateway's leg overlaps ${formatPrefix(rival.prefix)} of ${rival.place}.`, action)] };
}

function vmSubnets(network: NetworkToConnect, inventory: Inventory): readonly Taken[] {
  return subnetsToConnect(network, inventory).map(({ name, address, prefixLength }) => ({ prefix: { address, length: prefixLength }, place: `VM subnet ${name}` }));
}

function resolveConnections(
  network: VmNetwork,
  inputs: readonly VpnConnectionInput[],
  gateway: UsableGateway,
  current: readonly VpnConnection[],
  inventory: Inventory,
): { readonly found: readonly WantedConnection[] } | { readonly problems: readonly Problem[] } {
  const problems: Problem[] = [];
  const found = inputs.map((input, at): WantedConnection | undefined => {
    const resolved = resolveConnection(network, input, ['vpnTunnel', 'connections', at], gateway, current, inventory);
    if ('found' in resolved) return resolved.found;
    problems.push(...resolved.problems);
    return undefined;
  });
  problems.push(...sameNames(inputs), ...sameEndpoints(inputs));
  const elsewhere = inventory.vpnConnections.countOnDevice(gateway.service.id, network.id);
  if (elsewhere + inputs.length > tunnelsOfGateway) {
    problems.push(problem('tooMany', ['vpnTunnel', 'connections'], `${gateway.service.name} carries ${elsewhere} VPN connections of other VM networks; ${inputs.length} more would pass its limit of ${tunnelsOfGateway}.`, 'Remove connections, or choose another VPN gateway device.'));
  }
  return problems.length > 0 ? { problems } : { found: found.filter((entry) => entry !== undefined) };
}

function resolveConnection(
  network: VmNetwork,
  input: VpnConnectionInput,
  path: Path,
  gateway: UsableGateway,
  current: readonly VpnConnection[],
  inventory: Inventory,
): { readonly found: WantedConnection } | { readonly problems: readonly Problem[] } {
  const endpoint = checkEndpoint(network, input, path, gateway, inventory);
  const routes = input.routes.map((text) => parsePrefix(text));
  const account = checkAuthentication(input, path, inventory);
  const problems = [...checkIdentity(input, path, current), ...checkBandwidth(input, path), ...checkRoutes(input, path), ...proposalProblems(input, path)];
  if ('problems' in endpoint) problems.unshift(...endpoint.problems);
  if ('problems' in account) problems.push(...account.problems);
  if (problems.length > 0 || 'problems' in endpoint || 'problems' in account) return { problems };
  const { runAsAccount: _named, remoteEndpoint: _typed, ...rest } = input;
  return {
    found: {
      ...rest,
      id: input.id ?? current.find(({ name }) => name.toLowerCase() === input.name.toLowerCase())?.id,
      remoteAddress: endpoint.address,
      runAsAccountId: account.runAsAccountId,
      certificate: input.authenticationMethod === 'PSKOnly' ? '' : input.certificate,
      maximumInboundKbps: Number(input.maximumInboundKbps),
      maximumOutboundKbps: Number(input.maximumOutboundKbps),
      routes: routes.filter((route) => route !== undefined).sort((a, b) => a.address - b.address || a.length - b.length),
    },
  };
}

function checkIdentity({ id, name }: VpnConnectionInput, path: Path, current: readonly VpnConnection[]): Problem[] {
  const place = [...path, 'name'];
  const problems: Problem[] = [];
  if (id !== undefined && !current.some((connection) => connection.id === id)) problems.push(problem('objectNotFound', place, `VPN connection ${name} is no longer there.`, 'Open the properties again: somebody removed it meanwhile.'));
  if (name === '') problems.push(problem('invalidInput', place, 'A VPN connection has no name.', 'Type a name such as the office it leads to.'));
  if (name.length > vmNetworkLimits.nameLength) problems.push(problem('invalidInput', place, `The name of a VPN connection has ${name.length} characters.`, `Type at most ${vmNetworkLimits.nameLength}.`));
  return problems;
}

function checkBandwidth(input: VpnConnectionInput, path: Path): Problem[] {
  return (['maximumInboundKbps', 'maximumOutboundKbps'] as const).flatMap((key) => {
    if (parseNumber(input[key], 1, gatewayLimits.highestBandwidthKbps) !== undefined) return [];
    const direction = key === 'maximumInboundKbps' ? 'inbound' : 'outbound';
    return [problem('invalidInput', [...path, key], `"${input[key]}" is no ${direction} bandwidth of VPN connection ${input.name}.`, 'Type kilobits a second, for instance 5120.')];
  });
}

function checkEndpoint(network: VmNetwork, input: VpnConnectionInput, path: Path, gateway: UsableGateway, inventory: Inventory): { readonly address: Ipv4Address } | { readonly problems: Problem[] } {
  const place = [...path, 'remoteEndpoint'];
  const action = 'Type the public IPv4 address of the VPN device on the other side.';
  if (input.remoteEndpoint === '') return { problems: [problem('invalidInput', place, `VPN connection ${input.name} has no remote endpoint.`, action)] };
  const address = parseIpv4(input.remoteEndpoint);
  if (address === undefined) return { problems: [problem('invalidInput', place, `"${input.remoteEndpoint}" is no remote endpoint of VPN connection ${input.name}.`, action)] };
  const first = address >>> 24;
  if (first === 0 || first === 127 || first >= 224) return { problems: [problem('invalidInput', place, `${input.remoteEndpoint} cannot be the address of a VPN device.`, action)] };
  const own = ownAddress(address, gateway, inventory);
  if (own !== undefined) return { problems: [problem('endpointInUse', place, `${input.remoteEndpoint} is in use here: ${own}.`, action)] };
  const rival = inventory.vpnConnections.rivalFor(address, gateway.service.id, network.id);
  if (rival !== undefined) {
    return {
      problems: [
        problem('endpointInUse', place, `VPN connection ${rival.name} of ${rival.vmNetwork} leads to ${input.remoteEndpoint} already; a gateway has one site-to-site interface for each destination.`, 'Choose another VPN gateway device, or another address of the remote VPN device.'),
      ],
    };
  }
  return { address };
}

/** Whoever of the gateway's own side has the address. */
function ownAddress(address: Ipv4Address, { frontEndSiteId }: UsableGateway, { pools }: Inventory): string | undefined {
  return pools
    .ofSite(frontEndSiteId)
    .map((pool) => pools.findAllocation(pool.id, address)?.description)
    .find((description) => description !== undefined);
}

function checkAuthentication(input: VpnConnectionInput, path: Path, inventory: Inventory): { readonly runAsAccountId: string | null } | { readonly problems: readonly Problem[] } {
  const place = [...path, 'runAsAccount'];
  if (input.authenticationMethod === 'MachineCertificates') return checkCertificate(input, path);
  if (input.runAsAccount === '') return { problems: [problem('invalidInput', place, `VPN connection ${input.name} has no Run As account.`, 'Choose a Run As account whose password is the pre-shared key.')] };
  const account = findOrProblem(place, () => inventory.runAsAccounts.runAsAccount(input.runAsAccount));
  if ('problem' in account) return { problems: [account.problem] };
  const { id, name, kind } = account.found;
  if (kind !== 'preSharedKey') return { problems: [problem('accountNotUsable', place, `Run As account ${name} holds a user name with a password, no pre-shared key.`, 'Choose, or create, a Run As account for a pre-shared key.')] };
  if (inventory.runAsAccounts.sealedSecret(id) === null) {
    return { problems: [problem('accountNotUsable', place, `The pre-shared key of Run As account ${name} has not been typed in on this machine.`, `Type it in Settings > Run As Accounts, properties of ${name}.`)] };
  }
  return { runAsAccountId: id };
}

function checkCertificate({ name, certificate }: VpnConnectionInput, path: Path): { readonly runAsAccountId: null } | { readonly problems: readonly Problem[] } {
  if (certificate === '' || /^[0-9a-f]{40}$/iu.test(certificate)) return { runAsAccountId: null };
  return { problems: [problem('invalidInput', [...path, 'certificate'], `"${certificate.slice(0, 60)}" is no thumbprint of a certificate for VPN connection ${name}.`, 'Type its 40 hexadecimal digits, or leave it empty: the gateway chooses one.')] };
}

function checkRoutes({ name, routes }: VpnConnectionInput, path: Path): Problem[] {
  return routes.flatMap((text, at) => {
    const place = [...path, 'routes', at];
    const prefix = parsePrefix(text);
    if (prefix === undefined) return [problem('invalidInput', place, `"${text}" is no route of VPN connection ${name}.`, 'Type the remote subnet in CIDR form without host bits, such as 10.30.50.0/24.')];
    const block = unusableBlockOf(prefix);
    if (block !== undefined) return [problem('invalidInput', place, `Route ${text} of VPN connection ${name} is among ${block}; nobody has an address of it.`, 'Type a remote subnet such as 10.30.50.0/24.')];
    if (routes.slice(0, at).some((other) => other === text)) return [problem('routeOverlap', place, `Route ${text} stands twice in VPN connection ${name}.`, 'Remove one of them.')];
    return [];
  });
}

/** The same address may be behind one place only. */
function routeConflicts(network: NetworkToConnect, connections: readonly WantedConnection[], subnet: Ipv4Prefix, inventory: Inventory): Problem[] {
  const inside = [...vmSubnets(network, inventory), { prefix: subnet, place: "the gateway's leg" }];
  return connections.flatMap(({ name, routes }, at) =>
    routes.flatMap((route, place) => {
      const path = ['vpnTunnel', 'connections', at, 'routes', place];
      // Everything that is nowhere else: forced tunneling.
      const own = route.length === 0 ? undefined : inside.find(({ prefix }) => prefixesOverlap(prefix, route));
      if (own !== undefined) return [problem('routeOverlap', path, `Route ${formatPrefix(route)} of VPN connection ${name} overlaps ${formatPrefix(own.prefix)} of ${own.place}.`, 'Type a remote subnet that is not used inside the VM network.')];
      const rival = connections.slice(0, at).find((other) => other.routes.some((known) => known.address === route.address && known.length === route.length));
      return rival === undefined ? [] : [problem('routeOverlap', path, `Route ${formatPrefix(route)} is in VPN connections ${rival.name} and ${name}.`, 'Leave it in one of them.')];
    }),
  );
}

function withoutRoutes(connections: readonly WantedConnection[]): Problem[] {
  return connections.flatMap(({ name, routes }, at) =>
    routes.length > 0 ? [] : [problem('routeMissing', ['vpnTunnel', 'connections', at, 'routes'], `VPN connection ${name} has no route: no packet would ever go through it.`, 'Type the subnets of the other side, or enable the Border Gateway Protocol.')],
  );
}

function sameNames(inputs: readonly VpnConnectionInput[]): Problem[] {
  return inputs.flatMap(({ name }, at) =>
    name !== '' && inputs.slice(0, at).some((other) => other.name.toLowerCase() === name.toLowerCase()) ? [problem('nameInUse', ['vpnTunnel', 'connections', at, 'name'], `There are two VPN connections named ${name}.`, 'Type another name for one of them.')] : [],
  );
}

function sameEndpoints(inputs: readonly VpnConnectionInput[]): Problem[] {
  return inputs.flatMap(({ name, remoteEndpoint }, at) => {
    const address = parseIpv4(remoteEndpoint);
    const other = address === undefined ? undefined : inputs.slice(0, at).find((entry) => parseIpv4(entry.remoteEndpoint) === address);
    if (other === undefined || address === undefined) return [];
    return [problem('endpointInUse', ['vpnTunnel', 'connections', at, 'remoteEndpoint'], `VPN connections ${other.name} and ${name} both lead to ${formatIpv4(address)}; a gateway has one site-to-site interface for each destination.`, 'Put their routes into one connection.')];
  });
}
