/**
 * How a script finds the objects that it works on: by name, as an id of this console means nothing to a real VMM. Where another
 * object may have the same name, what it belongs to narrows the search, as far as the cmdlets of 2012 R2 allow.
 */
import { formatIpv4, type Ipv4Address } from '../../../shared/net/ipv4.ts';
import type { Inventory } from '../../store/inventory/inventory.ts';
import type { IpAddressPool } from '../../store/inventory/ipAddressPools.ts';
import type { VirtualNetworkAdapter } from '../../store/inventory/virtualMachines.ts';
import { reference, type Script, type ScriptCommand, type ScriptReference } from './script.ts';

/** Host groups of the same name may stand in different places of the tree: the path tells them apart. */
export function hostGroupLookup(id: string, { hosts }: Inventory): ScriptCommand {
  const group = hosts.group(id);
  const command = { cmdlet: 'Get-SCVMHostGroup', parameters: { Name: group.name } };
  if (group.parentId === null) return command;
  const names = [group.name];
  for (let parent = group.parentId; ; ) {
    const above = hosts.group(parent);
    names.unshift(above.name);
    if (above.parentId === null) break;
    parent = above.parentId;
  }
  return { ...command, where: { property: 'Path', equals: names.join('\\') } };
}

export function findHostGroup(script: Script, variable: string, id: string, inventory: Inventory): ScriptReference {
  return script.find(variable, hostGroupLookup(id, inventory));
}

/** `$variable` as the list of these host groups. */
export function findHostGroups(script: Script, variable: string, ids: readonly string[], inventory: Inventory): ScriptReference {
  const list = script.value(variable, []);
  for (const id of ids) script.findMore(variable, hostGroupLookup(id, inventory));
  return list;
}

export function findRunAsAccount(script: Script, variable: string, id: string, { runAsAccounts }: Inventory): ScriptReference {
  return script.set(variable, 'Get-SCRunAsAccount', { Name: runAsAccounts.runAsAccount(id).name });
}

export function findHost(script: Script, variable: string, id: string, { hosts }: Inventory): ScriptReference {
  return script.set(variable, 'Get-SCVMHost', { ComputerName: hosts.host(id).name });
}

export function findLogicalNetwork(script: Script, variable: string, id: string, { logicalNetworks }: Inventory): ScriptReference {
  return script.set(variable, 'Get-SCLogicalNetwork', { Name: logicalNetworks.logicalNetwork(id).name });
}

/** A network site, as VMM calls it a logical network definition. */
export function findSite(script: Script, variable: string, id: string, inventory: Inventory): ScriptReference {
  return script.find(variable, siteLookup(script, id, inventory));
}

/** `$variable` as the list of these network sites. */
export function findSites(script: Script, variable: string, ids: readonly string[], inventory: Inventory): ScriptReference {
  const list = script.value(variable, []);
  for (const id of ids) script.findMore(variable, siteLookup(script, id, inventory));
  return list;
}

function siteLookup(script: Script, id: string, inventory: Inventory): ScriptCommand {
  const site = inventory.logicalNetworks.site(id);
  const LogicalNetwork = findLogicalNetwork(script, 'logicalNetwork', site.logicalNetworkId, inventory);
  return { cmdlet: 'Get-SCLogicalNetworkDefinition', parameters: { Name: site.name, LogicalNetwork } };
}

export function findVmNetwork(script: Script, variable: string, id: string, { vmNetworks }: Inventory): ScriptReference {
  return script.set(variable, 'Get-SCVMNetwork', { Name: vmNetworks.vmNetwork(id).name });
}

/** VM subnets of different VM networks may have the same name. */
export function findVmSubnet(script: Script, variable: string, id: string, inventory: Inventory): ScriptReference {
  const subnet = inventory.vmNetworks.subnetById(id);
  const VMNetwork = findVmNetwork(script, 'vmNetwork', subnet.vmNetworkId, inventory);
  return script.set(variable, 'Get-SCVMSubnet', { Name: subnet.name, VMNetwork });
}

/** Pools of different sites or VM subnets may have the same name. */
export function findPool(script: Script, variable: string, pool: IpAddressPool, inventory: Inventory): ScriptReference {
  const siteId = inventory.pools.siteIdOf(pool.id);
  if (siteId !== undefined) return script.set(variable, 'Get-SCStaticIPAddressPool', { Name: pool.name, LogicalNetworkDefinition: findSite(script, 'logicalNetworkDefinition', siteId, inventory) });
  return script.set(variable, 'Get-SCStaticIPAddressPool', { Name: pool.name, ...(pool.vmSubnetId === null ? {} : { VMSubnet: findVmSubnet(script, 'vmSubnet', pool.vmSubnetId, inventory) }) });
}

/** The same customer address may be taken from several pools: only that of `$pool`. */
export function allocatedAddress(pool: ScriptReference, address: Ipv4Address): ScriptCommand {
  return { cmdlet: 'Get-SCIPAddress', parameters: { StaticIPAddressPool: pool }, where: { property: 'Address', equals: formatIpv4(address) } };
}

export function findNetworkService(script: Script, variable: string, id: string, { networkServices }: Inventory): ScriptReference {
  return script.set(variable, 'Get-SCNetworkService', { Name: networkServices.networkService(id).name });
}

export function findVirtualMachine(script: Script, variable: string, id: string, { virtualMachines }: Inventory): ScriptReference {
  return script.set(variable, 'Get-SCVirtualMachine', { Name: virtualMachines.virtualMachine(id).name });
}

/** Adapters of a virtual machine are told apart by their place: VMM does not know what the guest calls them. */
export function findAdapter(script: Script, { virtualMachineId, slot }: VirtualNetworkAdapter, inventory: Inventory): ScriptReference {
  const VM = findVirtualMachine(script, 'virtualMachine', virtualMachineId, inventory);
  script.set('networkAdapters', 'Get-SCVirtualNetworkAdapter', { VM });
  return script.value('networkAdapter', reference('networkAdapters', undefined, slot));
}
