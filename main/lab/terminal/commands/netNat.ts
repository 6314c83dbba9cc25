/** Cmdlets of the module NetNat (fact sheet §4.5). Order of the properties is RECALL. */
import { formatIpv4 } from '../../../../shared/net/ipv4.ts';
import type { Cmdlet } from '../command.ts';
import type { Compartment, Machine } from '../machine.ts';
import type { Parameter } from '../parameters.ts';
import type { PsObject, PsOutput } from '../psObject.ts';
import { TerminalError } from '../terminalError.ts';
import { filtered } from './netTcpIp.ts';

const natName: Parameter = { name: 'NatName', type: 'list', position: 0 };
type Settings = Machine['settings']['nats'][number];

interface Nat {
  readonly settings: Settings;
  readonly compartment: Compartment;
}

/** VMM names the instances with GUIDs; ours is the id of the NAT connection. */
function nats(machine: Machine): Nat[] {
  if (machine.emptyBecause !== null) throw new TerminalError(machine.emptyBecause);
  return machine.settings.nats
    .filter(({ gatewayId }) => gatewayId === machine.senderId)
    .flatMap((settings) => machine.compartments.filter(({ guid }) => guid === settings.guid).map((compartment) => ({ settings, compartment })));
}

function list(objects: readonly PsObject[]): PsOutput {
  return { objects, view: 'list', properties: Object.keys(objects[0] ?? {}) };
}

export const netNatCmdlets: readonly Cmdlet[] = [
  {
    kind: 'cmdlet', name: 'Get-NetNat', summary: 'NAT instances, one for each tenant with NAT', on: ['gateway'],
    parameters: [{ name: 'Name', type: 'list', position: 0 }],
    run: (bound, machine) => list(filtered(nats(machine).map(({ settings }) => natObject(settings)), bound, ['Name'])),
  },
  {
    kind: 'cmdlet', name: 'Get-NetNatExternalAddress', summary: 'External addresses of the NAT instances, with their ports', on: ['gateway'], parameters: [natName],
    run: (bound, machine) =>
      list(filtered(nats(machine).flatMap(({ settings }) => addressObjects(settings)).map((address, index) => ({ ExternalAddressID: index, ...address })), bound, ['NatName'])),
  },
  {
    kind: 'cmdlet', name: 'Get-NetNatStaticMapping', summary: 'Static mappings: what the NAT rules of VMM become', on: ['gateway'], parameters: [natName],
    run: (bound, machine) => list(filtered(nats(machine).flatMap(({ settings }) => mappingObjects(settings)).map((mapping, index) => ({ StaticMappingID: index, ...mapping })), bound, ['NatName'])),
  },
  {
    kind: 'cmdlet', name: 'Get-NetNatSession', summary: 'Sessions that NAT translates now', on: ['gateway'], parameters: [],
    run: (_bound, machine) => list(nats(machine).flatMap(sessionObjects)),
  },
];

function natObject({ id, guid }: Settings): PsObject {
  return {
    Name: id, ExternalIPInterfaceAddressPrefix: null, InternalIPInterfaceAddressPrefix: null, InternalRoutingDomainId: `{${guid.toUpperCase()}}`, IcmpQueryTimeout: 30,
    TcpEstablishedConnectionTimeout: 1800, TcpTransientConnectionTimeout: 120, TcpFilteringBehavior: 'AddressDependentFiltering', UdpFilteringBehavior: 'AddressDependentFiltering',
    UdpIdleSessionTimeout: 120, UdpInboundRefresh: false, Store: 'Local', Active: true,
  };
}

function addressObjects({ id, externalAddress, furtherAddresses = [], portStart, portEnd }: Settings): PsObject[] {
  return [externalAddress, ...furtherAddresses].map((address) => ({ NatName: id, IPAddress: formatIpv4(address), PortStart: portStart, PortEnd: portEnd, Active: true }));
}

function mappingObjects({ id, guid, externalAddress: first, staticMappings }: Settings): PsObject[] {
  return staticMappings.map(({ protocol, externalAddress = first, externalPort, internalAddress, internalPort }) => ({
    NatName: id, Protocol: protocol, RemoteExternalIPAddressPrefix: '0.0.0.0/0', ExternalIPAddress: formatIpv4(externalAddress), ExternalPort: externalPort, InternalIPAddress: formatIpv4(internalAddress),
    InternalPort: internalPort, InternalRoutingDomainId: `{${guid.toUpperCase()}}`, Active: true,
  }));
}

function sessionObjects({ settings: { id, guid }, compartment }: Nat): PsObject[] {
  return (compartment.nat?.sessions ?? []).map((session) => ({
    NatName: id, InternalRoutingDomainId: `{${guid.toUpperCase()}}`, Protocol: session.protocol,
    InternalSourceAddress: formatIpv4(session.internalAddress), InternalSourcePort: session.internalPort,
    InternalDestinationAddress: formatIpv4(session.remoteAddress), InternalDestinationPort: session.remotePort,
    ExternalSourceAddress: formatIpv4(session.externalAddress), ExternalSourcePort: session.externalPort,
    ExternalDestinationAddress: formatIpv4(session.remoteAddress), ExternalDestinationPort: session.remotePort,
  }));
}
