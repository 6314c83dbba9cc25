/** Cmdlets of the modules NetTCPIP: compartments, addresses, routes, neighbours. Default views are RECALL. */
import { formatIpv4, formatPrefix } from '../../../../shared/net/ipv4.ts';
import { formatMac } from '../../../../shared/net/mac.ts';
import type { Cmdlet } from '../command.ts';
import type { Compartment, Machine } from '../machine.ts';
import type { Bound, Parameter } from '../parameters.ts';
import { matchesWildcard, valueText, type PsObject } from '../psObject.ts';
import { TerminalError } from '../terminalError.ts';

const everywhere: Cmdlet['on'] = ['virtualMachine', 'gateway'];
const allCompartments: Parameter = { name: 'IncludeAllCompartments', type: 'switch' };
const alias: Parameter = { name: 'InterfaceAlias', type: 'list' };
const forEver = '10675199.02:48:05.4775807';

/** Default compartment, unless others are asked for. */
function chosen(bound: Bound, machine: Machine): readonly Compartment[] {
  if (machine.emptyBecause !== null) throw new TerminalError(machine.emptyBecause);
  if (bound.has('IncludeAllCompartments')) return machine.compartments;
  const wanted = bound.list('CompartmentId') ?? ['1'];
  for (const id of wanted) if (!machine.compartments.some((compartment) => String(compartment.id) === id)) throw new TerminalError(`There is no compartment with the CompartmentId ${id}. Get-NetCompartment lists them.`);
  return machine.compartments.filter(({ id }) => wanted.includes(String(id)));
}

/** Rows that match what was asked for, with wildcards: by properties of the parameter's own name, or of another one (`[parameter, property]`). */
export function filtered(objects: readonly PsObject[], bound: Bound, names: readonly (string | readonly [string, string])[]): readonly PsObject[] {
  const bare = (text: string): string => text.replaceAll(/[{}]/g, '');
  return objects.filter((object) =>
    names.every((entry) => {
      const [parameter, property] = typeof entry === 'string' ? [entry, entry] : entry;
      return bound.list(parameter)?.some((pattern) => matchesWildcard(bare(pattern), bare(valueText(object[property] ?? null)))) ?? true;
    }),
  );
}

export const netTcpIpCmdlets: readonly Cmdlet[] = [
  {
    kind: 'cmdlet', name: 'Get-NetCompartment', summary: 'Network compartments: the default one and one for each tenant', on: everywhere,
    parameters: [{ name: 'CompartmentId', type: 'list' }],
    run: (bound, machine) => {
      const compartments = bound.has('CompartmentId') ? chosen(bound, machine) : chosenAll(machine);
      const objects = compartments.map(({ id, description, guid }) => ({ CompartmentId: id, CompartmentDescription: description, CompartmentGuid: `{${guid}}` }));
      return { objects, view: 'list', properties: ['CompartmentId', 'CompartmentDescription', 'CompartmentGuid'] };
    },
  },
  {
    kind: 'cmdlet', name: 'Get-NetIPAddress', summary: 'IP addresses of the interfaces', on: everywhere,
    parameters: [{ name: 'IPAddress', type: 'list', position: 0 }, allCompartments, alias, { name: 'InterfaceIndex', type: 'list' }, { name: 'AddressFamily', type: 'string', values: ['IPv4', 'IPv6'] }],
    run: (bound, machine) => {
      const objects = bound.text('AddressFamily')?.toLowerCase() === 'ipv6' ? [] : chosen(bound, machine).flatMap(({ interfaces }) => interfaces.map(addressObject));
      return { objects: filtered(objects, bound, ['IPAddress', 'InterfaceAlias', 'InterfaceIndex']), view: 'list', properties: Object.keys(objects[0] ?? {}) };
    },
  },
  {
    kind: 'cmdlet', name: 'Get-NetRoute', summary: 'The route table of a compartment', on: everywhere,
    parameters: [
      { name: 'DestinationPrefix', type: 'list', position: 0 }, { name: 'CompartmentId', type: 'list' }, allCompartments, alias, { name: 'InterfaceIndex', type: 'list' }, { name: 'NextHop', type: 'list' },
      { name: 'AddressFamily', type: 'string', values: ['IPv4', 'IPv6'] },
    ],
    run: (bound, machine) => {
      const objects = bound.text('AddressFamily')?.toLowerCase() === 'ipv6' ? [] : chosen(bound, machine).flatMap(routeObjects);
      return { objects: filtered(objects, bound, ['DestinationPrefix', 'InterfaceAlias', 'NextHop', 'InterfaceIndex']), view: 'table', properties: ['ifIndex', 'DestinationPrefix', 'NextHop', 'RouteMetric', 'InterfaceAlias'] };
    },
  },
  {
    kind: 'cmdlet', name: 'Get-NetNeighbor', summary: 'The ARP table of a compartment', on: everywhere,
    parameters: [{ name: 'IPAddress', type: 'list', position: 0 }, allCompartments, alias, { name: 'State', type: 'list' }],
    run: (bound, machine) => {
      const objects = chosen(bound, machine).flatMap(neighbourObjects);
      return { objects: filtered(objects, bound, ['IPAddress', 'InterfaceAlias', 'State']), view: 'table', properties: ['ifIndex', 'IPAddress', 'LinkLayerAddress', 'State', 'InterfaceAlias'] };
    },
  },
];

function chosenAll(machine: Machine): readonly Compartment[] {
  if (machine.emptyBecause !== null) throw new TerminalError(machine.emptyBecause);
  return machine.compartments;
}

function addressObject({ address, index, name, prefixLength }: Compartment['interfaces'][number]): PsObject {
  return {
    IPAddress: formatIpv4(address), InterfaceIndex: index, InterfaceAlias: name, AddressFamily: 'IPv4', Type: 'Unicast', PrefixLength: prefixLength, PrefixOrigin: 'Manual', SuffixOrigin: 'Manual',
    AddressState: 'Preferred', ValidLifetime: 'Infinite ([TimeSpan]::MaxValue)', PreferredLifetime: 'Infinite ([TimeSpan]::MaxValue)', SkipAsSource: false, PolicyStore: 'ActiveStore',
  };
}

const protocols: Readonly<Record<Compartment['routes'][number]['protocol'], string>> = { Connected: 'Local', Static: 'NetMgmt', Default: 'NetMgmt', NetNat: 'NetMgmt', Bgp: 'Bgp' };

function routeObjects({ id, routes, interfaces }: Compartment): PsObject[] {
  return routes.map(({ destination, nextHop, interfaceName, metric, protocol }) => {
    const index = interfaces.find(({ name }) => name === interfaceName)?.index ?? null;
    return {
      ifIndex: index, DestinationPrefix: formatPrefix(destination), NextHop: formatIpv4(nextHop), RouteMetric: metric, InterfaceAlias: interfaceName, InterfaceIndex: index,
      CompartmentId: id, AddressFamily: 'IPv4', Protocol: protocols[protocol], Publish: 'No', ValidLifetime: forEver, PolicyStore: 'ActiveStore',
    };
  });
}

function neighbourObjects({ neighbours, interfaces }: Compartment): PsObject[] {
  return neighbours.map(({ address, mac, state, interfaceName }) => ({
    ifIndex: interfaces.find(({ name }) => name === interfaceName)?.index ?? null,
    IPAddress: formatIpv4(address), LinkLayerAddress: state === 'Incomplete' ? '00-00-00-00-00-00' : formatMac(mac), State: state, InterfaceAlias: interfaceName,
  }));
}
