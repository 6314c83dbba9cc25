/** Writes network sites and says so in the audit records. */
import { formatPrefix } from '../../../shared/net/ipv4.ts';
import type { StepContext } from '../../jobs/plan.ts';
import type { Inventory } from '../../store/inventory/inventory.ts';
import type { NetworkSite, NetworkSiteSubnet } from '../../store/inventory/logicalNetworks.ts';
import { auditChanges } from '../audit.ts';
import type { WantedSite, WantedSubnet } from './siteChecks.ts';

export function addSite(context: StepContext, logicalNetworkId: string, wanted: WantedSite): NetworkSite {
  const { logicalNetworks } = context.inventory;
  const site: NetworkSite = { id: context.newId(), logicalNetworkId, name: wanted.name };
  logicalNetworks.addSite(site, wanted.hostGroups.map(({ id }) => id));
  for (const subnet of wanted.subnets) addSubnet(context, site.id, subnet);
  audit(context, site.id, wanted.name, undefined, describe(site.id, context.inventory));
  return site;
}

/** Subnets that stay keep what hangs on them. */
export function changeSite(context: StepContext, siteId: string, wanted: WantedSite): void {
  const { logicalNetworks } = context.inventory;
  const before = describe(siteId, context.inventory);
  const { gone, added } = subnetChanges(siteId, wanted, context.inventory);
  logicalNetworks.renameSite(siteId, wanted.name);
  logicalNetworks.setHostGroups(siteId, wanted.hostGroups.map(({ id }) => id));
  for (const { id } of gone) logicalNetworks.removeSubnet(id);
  for (const subnet of added) addSubnet(context, siteId, subnet);
  audit(context, siteId, wanted.name, before, describe(siteId, context.inventory));
}

export function removeSite(context: StepContext, site: NetworkSite): void {
  const before = describe(site.id, context.inventory);
  context.inventory.logicalNetworks.removeSite(site.id);
  audit(context, site.id, site.name, before, undefined);
}

/** A subnet is the same when VLANs and prefix are. */
export function subnetChanges(siteId: string, wanted: WantedSite, inventory: Inventory): { readonly gone: readonly NetworkSiteSubnet[]; readonly added: readonly WantedSubnet[] } {
  const before = inventory.logicalNetworks.subnetsOf(siteId);
  const keyOf = ({ vlan, secondaryVlan, subnet }: WantedSubnet) => `${vlan}/${secondaryVlan ?? ''}/${formatPrefix(subnet)}`;
  const rowKey = (row: NetworkSiteSubnet) => keyOf({ ...row, subnet: { address: row.address, length: row.prefixLength } });
  const [had, wants] = [new Set(before.map(rowKey)), new Set(wanted.subnets.map(keyOf))];
  return { gone: before.filter((row) => !wants.has(rowKey(row))), added: wanted.subnets.filter((subnet) => !had.has(keyOf(subnet))) };
}

function addSubnet(context: StepContext, networkSiteId: string, { vlan, secondaryVlan, subnet }: WantedSubnet): void {
  context.inventory.logicalNetworks.addSubnet({ id: context.newId(), networkSiteId, vlan, secondaryVlan, address: subnet.address, prefixLength: subnet.length });
}

interface SiteText {
  readonly name: string;
  readonly hostGroups: string;
  readonly subnets: string;
}

function describe(siteId: string, { logicalNetworks, hosts }: Inventory): SiteText {
  return {
    name: logicalNetworks.site(siteId).name,
    hostGroups: logicalNetworks.hostGroupsOf(siteId).map((id) => hosts.group(id).name).join(', '),
    subnets: logicalNetworks
      .subnetsOf(siteId)
      .map(({ address, prefixLength, vlan }) => `${formatPrefix({ address, length: prefixLength })}${vlan === 0 ? '' : ` VLAN ${vlan}`}`)
      .join(', '),
  };
}

function audit(context: StepContext, id: string, name: string, before: SiteText | undefined, after: SiteText | undefined): void {
  auditChanges(context, { type: 'LogicalNetworkDefinition', id, name }, {
    Name: [before?.name ?? null, after?.name ?? null],
    HostGroups: [before?.hostGroups ?? null, after?.hostGroups ?? null],
    SubnetVLans: [before?.subnets ?? null, after?.subnets ?? null],
  });
}
