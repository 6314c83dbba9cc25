/** Cmdlets of the module NetWNV: the virtualization policy of a host (fact sheet §4.3). Order of the properties is RECALL. */
import { formatIpv4, formatPrefix } from '../../../../shared/net/ipv4.ts';
import { formatMac } from '../../../../shared/net/mac.ts';
import type { Cmdlet } from '../command.ts';
import type { Machine } from '../machine.ts';
import type { Parameter } from '../parameters.ts';
import type { PsObject, PsOutput } from '../psObject.ts';
import { filtered } from './netTcpIp.ts';

const on: Cmdlet['on'] = ['host'];
/** The adapter that carries the provider addresses. */
const uplinkIndex = 12;

const listed = (...names: readonly string[]): Parameter[] => names.map((name) => ({ name, type: 'list' }));

function cmdlet(name: string, summary: string, filters: readonly string[], read: (machine: Machine) => readonly PsObject[]): Cmdlet {
  return {
    kind: 'cmdlet', name, summary, on, parameters: listed(...filters),
    run: (bound, machine): PsOutput => {
      const objects = read(machine);
      return { objects: filtered(objects, bound, filters), view: 'list', properties: Object.keys(objects[0] ?? {}) };
    },
  };
}

export const virtualizationCmdlets: readonly Cmdlet[] = [
  cmdlet('Get-NetVirtualizationProviderAddress', 'Provider addresses of this host', ['ProviderAddress', 'VlanID', 'MACAddress', 'InterfaceIndex'], (machine) =>
    (hostOf(machine)?.providerAddresses ?? []).map(({ address, prefixLength, mac }) => ({
      ProviderAddress: formatIpv4(address), InterfaceIndex: uplinkIndex, PrefixLength: prefixLength, VlanID: 0, AddressState: 'Preferred', MACAddress: plainMac(mac), ManagedByCluster: false,
    })),
  ),
  cmdlet('Get-NetVirtualizationLookupRecord', 'Which provider address carries which customer address', ['CustomerAddress', 'VirtualSubnetID', 'ProviderAddress', 'CustomerID', 'VMName', 'Type', 'MACAddress', 'Rule'], lookupRecords),
  cmdlet('Get-NetVirtualizationCustomerRoute', 'Routes inside the tenants\' routing domains', ['RoutingDomainID', 'VirtualSubnetID', 'DestinationPrefix', 'NextHop', 'Metric'], ({ settings }) =>
    settings.customerRoutes.map(({ routingDomainId, vsid, destination, nextHop, metric }) => ({
      RoutingDomainID: braced(routingDomainId), VirtualSubnetID: vsid, DestinationPrefix: formatPrefix(destination), NextHop: formatIpv4(nextHop), Metric: metric,
    })),
  ),
  cmdlet('Get-NetVirtualizationProviderRoute', 'Routes between the provider subnets', ['InterfaceIndex', 'DestinationPrefix', 'NextHop', 'Metric'], (machine) => {
    const gateways = new Set((hostOf(machine)?.providerAddresses ?? []).flatMap(({ gateway }) => (gateway === null ? [] : [gateway])));
    return [...gateways].map((gateway) => ({ InterfaceIndex: uplinkIndex, DestinationPrefix: '0.0.0.0/0', NextHop: formatIpv4(gateway), Metric: 0 }));
  }),
];

function hostOf({ settings, senderId }: Machine): Machine['settings']['hosts'][number] | undefined {
  return settings.hosts.find(({ id }) => id === senderId);
}

function lookupRecords({ settings }: Machine): PsObject[] {
  const domains = new Map(settings.virtualSubnets.map(({ vsid, routingDomainId }) => [vsid, routingDomainId]));
  const machines = new Map(settings.virtualMachines.flatMap(({ name, adapters }) => adapters.map(({ mac }) => [mac, name] as const)));
  return settings.lookupRecords.map(({ vsid, customerAddress, mac, providerAddress, rule, type }) => ({
    CustomerAddress: formatIpv4(customerAddress), VirtualSubnetID: vsid, MACAddress: plainMac(mac), ProviderAddress: formatIpv4(providerAddress), CustomerID: braced(domains.get(vsid) ?? ''),
    Context: 'SCVMM-MANAGED', Rule: rule, VMName: machines.get(mac) ?? null, UseVmMACAddress: false, Type: type, Unusable: false,
  }));
}

/** NetWNV writes MAC addresses without signs between. */
function plainMac(mac: number): string {
  return formatMac(mac).replaceAll('-', '');
}

function braced(guid: string): string {
  return `{${guid.toUpperCase()}}`;
}
