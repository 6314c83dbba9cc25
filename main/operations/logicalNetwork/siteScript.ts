/** Network sites as View Script shows them: logical network definitions (fact sheet §5). */
import { formatPrefix } from '../../../shared/net/ipv4.ts';
import type { Inventory } from '../../store/inventory/inventory.ts';
import { findHostGroups } from '../powershell/lookups.ts';
import type { Script, ScriptReference, ScriptValue } from '../powershell/script.ts';
import type { WantedSite, WantedSubnet } from './siteChecks.ts';

/** The lists that both New- and Set-SCLogicalNetworkDefinition take. */
export function siteParts(script: Script, site: WantedSite, inventory: Inventory): { readonly groups: ScriptReference; readonly subnets: ScriptReference } {
  const groups = findHostGroups(script, 'allHostGroups', site.hostGroups.map(({ id }) => id), inventory);
  const subnets = script.value('allSubnetVlan', []);
  for (const subnet of site.subnets) script.append('allSubnetVlan', 'New-SCSubnetVLan', subnetParameters(subnet));
  return { groups, subnets };
}

export function newSite(script: Script, site: WantedSite, logicalNetwork: ScriptReference, inventory: Inventory): ScriptReference {
  const { groups, subnets } = siteParts(script, site, inventory);
  return script.set('logicalNetworkDefinition', 'New-SCLogicalNetworkDefinition', { Name: site.name, LogicalNetwork: logicalNetwork, VMHostGroup: groups, SubnetVLan: subnets });
}

function subnetParameters({ vlan, secondaryVlan, subnet }: WantedSubnet): Record<string, ScriptValue> {
  return { Subnet: formatPrefix(subnet), VLanID: vlan, ...(secondaryVlan === null ? {} : { SecondaryVLanID: secondaryVlan }) };
}
