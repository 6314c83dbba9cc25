/** Gateway devices of an inventory, and what the VM networks use of them: NAT, VPN connections, BGP. */
import { vpnChoices } from '../../../../shared/contract/connectivity.ts';
import { ConsoleError } from '../../../../shared/contract/errors.ts';
import { readConnectionString } from '../../../../shared/net/connectionString.ts';
import { formatPrefix, parseIpv4, parsePrefix, type Ipv4Prefix } from '../../../../shared/net/ipv4.ts';
import { chooseGatewaySubnet } from '../../vmNetwork/gatewaySubnet.ts';
import { ById, UniqueNames, type Draft, type GatewayInput, type LabInput, type ServiceInput, type VpnConnectionInput } from './draft.ts';
import type { Fabric } from './fabric.ts';
import type { Placed, VmmInventory } from './inventoryReader.ts';
import type { Machine, Machines } from './machines.ts';
import type { Tenants } from './tenants.ts';

interface Context {
  readonly draft: Draft;
  readonly fabric: Fabric;
  readonly tenants: Tenants;
  readonly machines: Machines;
}

interface Service {
  readonly input: ServiceInput;
  /** Of the adapter in the back end: that of every leg into a VM network. */
  readonly mac: string | undefined;
  nextCompartment: number;
}

/** The lowest number that a compartment of a tenant has: 1 is the default compartment (fact sheet §4.2). */
const firstCompartment = 2;

export function gatewaysOf(inventory: VmmInventory, context: Context): NonNullable<LabInput['networkServices']> {
  const services = new ById<Service>();
  const names = new UniqueNames(context.draft.report);
  const made = inventory.NetworkServices.map((placed) => {
    const service = serviceOf(placed, context, names);
    services.add(placed.item.ID, service);
    return service.input;
  });
  addConnectivity(inventory, context, services);
  return made;
}

function serviceOf({ item, place }: Placed<'NetworkServices'>, context: Context, names: UniqueNames): Service {
  const { draft, fabric, machines } = context;
  const settings = readConnectionString(item.ConnectionString);
  const machine = machines.gateways.get(settings.gatewayVm?.toLowerCase() ?? '');
  if (machine === undefined) draft.report.add(`${place}.ConnectionString`, `there is no virtual machine ${settings.gatewayVm ?? '(GatewayVM is not given)'}; the device has no connections`);
  const ends = machine === undefined ? {} : endsOf({ item, place }, machine, context);
  const input: ServiceInput = draft.from(place, {
    name: names.take(item.Name, place),
    description: item.Description,
    manufacturer: item.Manufacturer === '' ? 'Microsoft' : item.Manufacturer,
    model: item.Model === '' ? 'Microsoft Windows Server Gateway' : item.Model,
    runAsAccount: accountOf(item.RunAsAccount, 'credential', `${place}.RunAsAccount`, context),
    connectionString: item.ConnectionString,
    hostGroups: [...new Set(item.HostGroupIDs.flatMap((id) => fabric.groups.get(id) ?? []))],
    ...(machine === undefined ? {} : { host: machine.input.host, gatewayVirtualMachine: machine.input.name }),
    ...(settings.backendSwitch === null ? {} : { backEndSwitch: settings.backendSwitch }),
    directRoutingMode: settings.directRoutingMode,
    maxVmNetworks: settings.maxVmNetworks,
    ...ends,
  });
  const backEnd = machine?.input.adapters?.find(({ name }) => name === ends.backEnd?.adapter);
  return { input, mac: backEnd?.mac, nextCompartment: firstCompartment };
}

/** A device without an account cannot be: one is made that is named for what is not known. */
function accountOf(name: string, kind: 'credential' | 'preSharedKey', place: string, { draft, fabric }: Context): string {
  const { parts, accounts } = fabric;
  const known = accounts.get(name.toLowerCase());
  if (known !== undefined) return known;
  const standIn = name === '' ? (kind === 'credential' ? 'Unknown Run As account' : 'Unknown pre-shared key') : name;
  draft.report.add(place, `${name === '' ? 'there is no Run As account' : `there is no Run As account ${name}`}; ${standIn} is made instead`);
  if (!accounts.has(standIn.toLowerCase())) {
    parts.runAsAccounts.push({ name: standIn, description: '', kind, userName: '' });
    accounts.set(standIn.toLowerCase(), standIn);
  }
  return standIn;
}

function endsOf({ item, place }: Placed<'NetworkServices'>, machine: Machine, { draft, fabric }: Context): Pick<ServiceInput, 'frontEnd' | 'backEnd'> {
  const ends: Pick<ServiceInput, 'frontEnd' | 'backEnd'> = {};
  item.Connections.forEach((connection, at) => {
    const where = `${place}.Connections[${at}]`;
    const end = connection.ConnectionType === 'FrontEnd' ? 'frontEnd' : connection.ConnectionType === 'BackEnd' ? 'backEnd' : undefined;
    const named = machine.input.adapters?.find(({ name }) => name.toLowerCase() === connection.NetworkAdapter.toLowerCase());
    const adapter = machine.adapters.get(connection.NetworkAdapterID) ?? named;
    const site = fabric.sites.get(connection.LogicalNetworkDefinitionID);
    if (end === undefined) draft.report.add(`${where}.ConnectionType`, `${connection.ConnectionType} is not known here`);
    else if (adapter === undefined) draft.report.add(`${where}.NetworkAdapterID`, `${machine.input.name} has no such network adapter`);
    else if (site === undefined) draft.report.add(`${where}.LogicalNetworkDefinitionID`, 'there is no network site with this ID');
    else if (ends[end] === undefined) ends[end] = draft.from(where, { adapter: adapter.name, networkSite: site.name, ...(connection.Name === '' ? {} : { name: connection.Name }) });
    else draft.report.add(where, 'a device has one connection of each type here');
  });
  return ends;
}

function addConnectivity(inventory: VmmInventory, context: Context, services: ById<Service>): void {
  const { draft, tenants } = context;
  const gateways = new ById<GatewayInput>();
  const vsids = new Set(inventory.VMSubnets.flatMap(({ item }) => item.VMSubnetID ?? []));
  let nextVsid = 1 + [...vsids].reduce((highest, vsid) => Math.max(highest, vsid), 4095);
  for (const placed of inventory.VMNetworkGateways) {
    const { item, place } = placed;
    const network = tenants.byId.get(item.VMNetworkID)?.input;
    const service = services.get(item.NetworkGatewayID);
    if (network === undefined) draft.report.add(`${place}.VMNetworkID`, 'there is no VM network with this ID');
    else if (service === undefined) draft.report.add(`${place}.NetworkGatewayID`, `there is no gateway device with this ID; ${network.name} has no gateway`);
    else if (service.mac === undefined) draft.report.add(place, `gateway device ${service.input.name} has no back end connection; ${network.name} has no gateway`);
    else if (network.gateway !== undefined) draft.report.add(place, `${network.name} has one gateway here`);
    else {
      const taken = (network.subnets ?? []).flatMap(({ subnet }) => parsePrefix(subnet) ?? []);
      network.gateway = draft.from(place, gatewayInput(placed, service, nextVsid, () => freeSubnet(taken, network.name), service.mac));
      if (item.IPSubnet === '') draft.choose(network.gateway);
      nextVsid += 1;
      gateways.add(item.ID, network.gateway);
    }
  }
  addNat(inventory, context, gateways);
  addVpn(inventory, context, gateways);
}

/** Empty when the VM subnets leave no room: then the gateway is left out, as of any other value that is none. */
function freeSubnet(taken: readonly Ipv4Prefix[], vmNetwork: string): string {
  try {
    return formatPrefix(chooseGatewaySubnet(taken, vmNetwork));
  } catch (error) {
    if (error instanceof ConsoleError) return '';
    throw error;
  }
}

/** The virtual subnet of the leg and its compartment are not told by VMM's objects: free numbers are as good. */
function gatewayInput({ item, place }: Placed<'VMNetworkGateways'>, service: Service, vsid: number, freeSubnet: () => string, mac: string): GatewayInput {
  const compartment = service.nextCompartment;
  service.nextCompartment += 1;
  const peers = item.BGPPeers.map(({ Name, PeerIPAddress, PeerASN }) => ({ name: Name, address: PeerIPAddress, autonomousSystemNumber: PeerASN ?? 0 }));
  return {
    networkService: service.input.name,
    name: item.Name === '' ? place : item.Name,
    compartment,
    vsid,
    subnet: item.IPSubnet === '' ? freeSubnet() : item.IPSubnet,
    mac,
    bgp: { enabled: item.EnableBGP, ...(item.AutonomousSystemNumber === undefined || item.AutonomousSystemNumber === 0 ? {} : { autonomousSystemNumber: item.AutonomousSystemNumber }), peers },
  };
}

function addNat({ NATConnections }: VmmInventory, { draft, fabric }: Context, gateways: ById<GatewayInput>): void {
  for (const { item, place } of NATConnections) {
    const gateway = gateways.get(item.VMNetworkGatewayID);
    const address = parseIpv4(item.ExternalIPAddress);
    const pool = address === undefined ? undefined : fabric.allSites.flatMap(({ pools }) => pools).find((each) => each.covers(address));
    if (gateway === undefined) draft.report.add(`${place}.VMNetworkGatewayID`, 'there is no VM network gateway with this ID');
    else if (gateway.nat !== undefined) draft.report.add(place, `${gateway.name} has one NAT connection here`);
    else if (address === undefined || pool === undefined) draft.report.add(`${place}.ExternalIPAddress`, `${item.ExternalIPAddress === '' ? 'no address' : item.ExternalIPAddress} is in no IP address pool of a network site; NAT connection ${item.Name} is left out`);
    else if (!pool.take(address)) draft.report.add(`${place}.ExternalIPAddress`, `${item.ExternalIPAddress} is a gateway, or somebody else's, in pool ${pool.name}; NAT connection ${item.Name} is left out`);
    else {
      const rules = item.Rules.map((rule, at) => {
        const protocol: 'UDP' | 'TCP' = rule.Protocol.toUpperCase() === 'UDP' ? 'UDP' : 'TCP';
        if (rule.Protocol.toUpperCase() !== protocol) draft.report.add(`${place}.Rules[${at}].Protocol`, `${rule.Protocol === '' ? 'none' : rule.Protocol} is not known here; TCP is used instead`);
        return draft.from(`${place}.Rules[${at}]`, { name: rule.Name, protocol, externalPort: rule.ExternalPort ?? 0, internalAddress: rule.InternalIPAddress, internalPort: rule.InternalPort ?? 0 });
      });
      gateway.nat = draft.from(place, { name: item.Name, address: item.ExternalIPAddress, pool: pool.name, rules });
    }
  }
}

function addVpn({ VPNConnections }: VmmInventory, context: Context, gateways: ById<GatewayInput>): void {
  for (const placed of VPNConnections) {
    const gateway = gateways.get(placed.item.VMNetworkGatewayID);
    if (gateway === undefined) {
      context.draft.report.add(`${placed.place}.VMNetworkGatewayID`, 'there is no VM network gateway with this ID');
      continue;
    }
    gateway.vpn = true;
    gateway.vpnConnections ??= [];
    gateway.vpnConnections.push(vpnOf(placed, context));
  }
}

/** Properties whose values are words that VMM and this console share. */
const vpnWords = [
  ['Protocol', 'protocol'],
  ['EncryptionMethod', 'encryptionMethod'],
  ['IntegrityCheckMethod', 'integrityCheckMethod'],
  ['CipherTransform', 'cipherTransform'],
  ['AuthenticationTransform', 'authenticationTransform'],
  ['PFSGroup', 'pfsGroup'],
  ['DHGroup', 'dhGroup'],
] as const;

function vpnOf(placed: Placed<'VPNConnections'>, context: Context): VpnConnectionInput {
  const { item, place } = placed;
  const { draft } = context;
  const words: Record<string, string> = {};
  for (const [property, key] of vpnWords) {
    const value = item[property];
    const known = vpnChoices[key].find((choice) => choice.toLowerCase() === value.toLowerCase());
    if (known !== undefined) words[key] = known;
    else if (value !== '') draft.report.add(`${place}.${property}`, `${value} is not known here; the default is used instead`);
  }
  const withCertificates = item.AuthenticationMethod === 'MachineCertificates';
  if (!withCertificates && item.AuthenticationMethod !== 'PSKOnly') draft.report.add(`${place}.AuthenticationMethod`, `${item.AuthenticationMethod === '' ? 'none' : item.AuthenticationMethod} is not known here; PSKOnly is used instead`);
  return draft.from(place, {
    name: item.Name,
    remoteAddress: item.TargetVPNIPv4Address,
    enabled: item.Enabled,
    ...(item.MaximumInboundKbps === undefined ? {} : { maximumInboundKbps: item.MaximumInboundKbps }),
    ...(item.MaximumOutboundKbps === undefined ? {} : { maximumOutboundKbps: item.MaximumOutboundKbps }),
    authenticationMethod: withCertificates ? 'MachineCertificates' : 'PSKOnly',
    ...(withCertificates ? {} : { runAsAccount: accountOf(item.RunAsAccount, 'preSharedKey', `${place}.RunAsAccount`, context) }),
    ...words,
    routes: item.Routes,
  });
}
