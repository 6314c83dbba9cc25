/** Adapter and network site of a gateway's front end or back end: which ones fit, and why others do not (fact sheet §1.6). */
import { problem, type Problem } from '../../../shared/contract/errors.ts';
import type { AddNetworkConnectionInput } from '../../../shared/contract/operations.ts';
import { readConnectionString } from '../../../shared/net/connectionString.ts';
import { formatIpv4 } from '../../../shared/net/ipv4.ts';
import type { Inventory } from '../../store/inventory/inventory.ts';
import type { ConnectionType, GatewaySite, NetworkService } from '../../store/inventory/networkServices.ts';
import type { VirtualMachine, VirtualNetworkAdapter } from '../../store/inventory/virtualMachines.ts';
import { sharesGroup } from '../host/reach.ts';
import { findOrProblem } from '../problems.ts';

/** Names as the wizard's script gives them (fact sheet §1.8). */
export const connectionNames: Readonly<Record<ConnectionType, string>> = { FrontEnd: 'Front End', BackEnd: 'Back End' };

export interface ConnectionTarget {
  readonly service: NetworkService;
  readonly machine: VirtualMachine;
  readonly adapter: VirtualNetworkAdapter;
  /** The passive node with its adapter of the same name; null for a gateway that stands alone. */
  readonly standby: { readonly machine: VirtualMachine; readonly adapter: VirtualNetworkAdapter } | null;
  readonly site: GatewaySite;
}

/** Whether a gateway that is available in `gatewayGroups` may use the site (fact sheet §1.6, page Host Group). */
export function isOffered(siteId: string, gatewayGroups: readonly string[], { logicalNetworks, hosts }: Inventory): boolean {
  return sharesGroup(logicalNetworks.hostGroupsOf(siteId), gatewayGroups, hosts.groups());
}

/** Why a site cannot be the front end or back end; undefined when it can. */
export function siteObstacle(site: GatewaySite, type: ConnectionType, service: NetworkService, inventory: Inventory): string | undefined {
  if (site.isReachable === 0) return 'Its host groups do not include the host of the gateway.';
  if (!isOffered(site.id, inventory.networkServices.hostGroupsOf(service.id), inventory)) return `None of its host groups is one in which ${service.name} is available (page Host Group).`;
  if (type === 'BackEnd' && site.networkVirtualization === 0) return `Logical network ${site.logicalNetwork} does not allow network virtualization.`;
  if (type === 'FrontEnd' && site.networkVirtualization === 1) return `Logical network ${site.logicalNetwork} carries virtualized networks; the front end faces outside.`;
  if (site.isCarried === 0) return 'No virtual switch of the host carries it: their uplink port profiles do not have this network site.';
  if (type === 'BackEnd' && site.isVirtualized === 0) return 'The uplink port profile that carries it has "Enable Hyper-V Network Virtualization" off.';
  return site.hasPool === 0 ? 'It has no static IP address pool.' : undefined;
}

/** Why an adapter cannot be it; undefined when it can. */
export function adapterObstacle(adapter: VirtualNetworkAdapter, type: ConnectionType, service: NetworkService, inventory: Inventory): string | undefined {
  const other = inventory.networkServices.connection(service.id, type === 'FrontEnd' ? 'BackEnd' : 'FrontEnd');
  if (other?.virtualNetworkAdapterId === adapter.id) return `It is the adapter of the ${connectionNames[type === 'FrontEnd' ? 'BackEnd' : 'FrontEnd']} connection.`;
  if (type === 'FrontEnd' && adapter.virtualSwitchId === null) return 'It is not connected to a virtual switch.';
  return undefined;
}

export function resolveConnection(input: AddNetworkConnectionInput, inventory: Inventory): { readonly target: ConnectionTarget } | { readonly problems: readonly Problem[] } {
  const service = findOrProblem(['networkService'], () => inventory.networkServices.networkService(input.networkService));
  if ('problem' in service) return { problems: [service.problem] };
  const { virtualMachineId, name } = service.found;
  if (virtualMachineId === null) return { problems: [problem('gatewayNotConnected', ['networkService'], `The virtual machine in the connection string of ${name} does not exist.`, 'Correct the connection string.')] };
  if (inventory.networkServices.connection(service.found.id, input.connectionType) !== undefined) {
    return { problems: [problem('nothingToChange', ['connectionType'], `The ${connectionNames[input.connectionType]} connection of ${name} is enabled already.`, 'Disable it first in order to choose anew.')] };
  }
  const machine = inventory.virtualMachines.virtualMachine(virtualMachineId);
  const adapter = findAdapter(input, service.found, machine, inventory);
  const site = findSite(input, service.found, machine, inventory);
  if ('problem' in adapter) return { problems: [adapter.problem, ...('problem' in site ? [site.problem] : [])] };
  if ('problem' in site) return { problems: [site.problem] };
  const apart = placedElsewhere(adapter.found, site.found, inventory) ?? otherFrontEndAddress(input, service.found, adapter.found, inventory);
  if (apart !== undefined) return { problems: [apart] };
  const standby = findStandby(service.found, adapter.found, input, inventory);
  return 'problem' in standby ? { problems: [standby.problem] } : { target: { service: service.found, machine, adapter: adapter.found, standby: standby.found, site: site.found } };
}

function findAdapter({ networkAdapter, connectionType }: AddNetworkConnectionInput, service: NetworkService, machine: VirtualMachine, inventory: Inventory) {
  const path = ['networkAdapter'];
  if (networkAdapter === '') return { problem: problem('invalidInput', path, 'No network adapter is chosen.', `Choose an adapter of ${machine.name}.`) };
  const found = findOrProblem(path, () => inventory.virtualMachines.adapter(machine, networkAdapter));
  if ('problem' in found) return found;
  const obstacle = adapterObstacle(found.found, connectionType, service, inventory);
  return obstacle === undefined ? found : { problem: problem('adapterNotUsable', path, `Adapter ${found.found.name} of ${machine.name} cannot be chosen. ${obstacle}`, 'Choose another adapter.') };
}

/** Adapters of a cluster's nodes belong together by their names inside the guests. */
function findStandby(service: NetworkService, adapter: VirtualNetworkAdapter, { connectionType }: AddNetworkConnectionInput, { virtualMachines }: Inventory): { readonly found: ConnectionTarget['standby'] } | { readonly problem: Problem } {
  if (service.standbyVirtualMachineId === null) return { found: null };
  const machine = virtualMachines.virtualMachine(service.standbyVirtualMachineId);
  const own = virtualMachines.adaptersOf(machine.id).find(({ name }) => name.toLowerCase() === adapter.name.toLowerCase());
  const unfit = (message: string, action: string) => ({ problem: problem('adapterNotUsable', ['networkAdapter'], message, action) });
  if (own === undefined) return unfit(`The other node ${machine.name} has no adapter named ${adapter.name}.`, 'Give the adapters of both nodes the same names.');
  if (connectionType === 'FrontEnd' && own.virtualSwitchId === null) return unfit(`Adapter ${own.name} of the other node ${machine.name} is not connected to a virtual switch.`, 'Connect it first.');
  return { found: { machine, adapter: own } };
}

function findSite({ networkSite, connectionType }: AddNetworkConnectionInput, service: NetworkService, machine: VirtualMachine, inventory: Inventory): { readonly found: GatewaySite } | { readonly problem: Problem } {
  const path = ['networkSite'];
  if (networkSite === '') return { problem: problem('invalidInput', path, 'No network site is chosen.', 'Choose a network site.') };
  const known = findOrProblem(path, () => inventory.logicalNetworks.site(networkSite));
  if ('problem' in known) return known;
  const site = inventory.networkServices.sitesFor(machine.hostId).find(({ id }) => id === known.found.id);
  const obstacle = site && siteObstacle(site, connectionType, service, inventory);
  if (site !== undefined && obstacle === undefined) return { found: site };
  return { problem: problem('networkSiteNotUsable', path, `Network site ${known.found.name} cannot be chosen. ${obstacle ?? ''}`.trim(), 'Choose another network site, or mend what is missing.') };
}

/** A forwarding gateway is known outside by the address in its connection string (FrontEndServerAddress, fact sheet §1.4). */
function otherFrontEndAddress({ connectionType }: AddNetworkConnectionInput, service: NetworkService, adapter: VirtualNetworkAdapter, { pools }: Inventory): Problem | undefined {
  const { directRoutingMode, frontEndServerAddress } = readConnectionString(service.connectionString);
  const address = pools.allocation(adapter.ipAddressAllocationId ?? '')?.address;
  if (connectionType !== 'FrontEnd' || !directRoutingMode || frontEndServerAddress === null || address === undefined || address === frontEndServerAddress) return undefined;
  return problem('adapterNotUsable', ['networkAdapter'], `Adapter ${adapter.name} has ${formatIpv4(address)}, but the connection string of ${service.name} says FrontEndServerAddress=${formatIpv4(frontEndServerAddress)}.`, 'Correct the connection string, or choose the adapter with that address.');
}

/** An adapter that has its place in one network site is not the way into another. */
function placedElsewhere(adapter: VirtualNetworkAdapter, site: GatewaySite, inventory: Inventory): Problem | undefined {
  if (adapter.networkSiteSubnetId === null) return undefined;
  const there = inventory.logicalNetworks.siteOfSubnet(adapter.networkSiteSubnetId);
  if (there === undefined || there.id === site.id) return undefined;
  return problem('adapterNotUsable', ['networkAdapter'], `Adapter ${adapter.name} is connected to network site ${there.name}, not to ${site.name}.`, 'Choose the site of the adapter, or another adapter.');
}
