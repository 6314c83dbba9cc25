/** What is typed about a logical network and its network sites, and what that means as input of its operations. */
import type { LogicalNetworkProperties } from '../../../shared/contract/networking.ts';
import type { LogicalNetworkKind } from '../../../shared/contract/networkingOperations.ts';
import type { OperationInput } from '../../../shared/contract/operations.ts';

export interface SubnetForm {
  readonly vlan: string;
  readonly secondaryVlan: string;
  readonly subnet: string;
}

export interface SiteForm {
  /** Empty for a new one. */
  readonly id: string;
  readonly name: string;
  /** Ids. */
  readonly hostGroups: readonly string[];
  readonly subnets: readonly SubnetForm[];
  /** What uses it now. */
  readonly users: readonly string[];
}

export interface LogicalNetworkForm {
  readonly name: string;
  readonly description: string;
  readonly kind: LogicalNetworkKind;
  readonly networkVirtualization: boolean;
  readonly createVmNetwork: boolean;
  readonly sites: readonly SiteForm[];
}

export const emptyForm: LogicalNetworkForm = { name: '', description: '', kind: 'oneConnected', networkVirtualization: false, createVmNetwork: false, sites: [] };

export const emptySubnet: SubnetForm = { vlan: '', secondaryVlan: '', subnet: '' };

export const kindLabels: Readonly<Record<LogicalNetworkKind, string>> = {
  oneConnected: 'One connected network',
  vlanIndependent: 'VLAN-based independent networks',
  privateVlan: 'Private VLAN (PVLAN) networks',
};

/** As VMM proposes it: the network's name and the lowest number that no site of it has (fact sheet §2.1). */
export function newSite(networkName: string, sites: readonly SiteForm[], hostGroups: readonly string[]): SiteForm {
  const taken = new Set(sites.map(({ name }) => name.toLowerCase()));
  let number = 0;
  while (taken.has(`${networkName}_${number}`.toLowerCase())) number += 1;
  return { id: '', name: `${networkName}_${number}`, hostGroups, subnets: [emptySubnet], users: [] };
}

/** Only one connected network has the two check boxes. */
export function withKind(form: LogicalNetworkForm, kind: LogicalNetworkKind): LogicalNetworkForm {
  return kind === 'oneConnected' ? { ...form, kind } : { ...form, kind, networkVirtualization: false, createVmNetwork: false };
}

/** A row without secondary VLAN where the kind of the network has none. */
export function toSite({ name, hostGroups, subnets }: SiteForm, kind: LogicalNetworkKind) {
  return { name, hostGroups: [...hostGroups], subnets: subnets.map((row) => ({ ...row, secondaryVlan: kind === 'privateVlan' ? row.secondaryVlan : '' })) };
}

export function toCreateInput(form: LogicalNetworkForm): OperationInput<'logicalNetwork.create'> {
  return { ...form, sites: form.sites.map((site) => toSite(site, form.kind)) };
}

export function formOf({ name, description, kind, networkVirtualization, sites }: LogicalNetworkProperties): LogicalNetworkForm {
  return {
    name,
    description,
    kind,
    networkVirtualization,
    createVmNetwork: false,
    sites: sites.map(({ id, name: siteName, hostGroupIds, subnets, users }) => ({ id, name: siteName, hostGroups: hostGroupIds, subnets: subnets.map(({ vlan, secondaryVlan, subnet }) => ({ vlan, secondaryVlan, subnet })), users })),
  };
}

/** Only what was changed: what another operator changed meanwhile stays. */
export function toChangeInput(logicalNetwork: string, form: LogicalNetworkForm, before: LogicalNetworkForm): OperationInput<'logicalNetwork.change'> {
  return {
    logicalNetwork,
    ...(form.name === before.name ? {} : { name: form.name }),
    ...(form.description === before.description ? {} : { description: form.description }),
    ...(form.networkVirtualization === before.networkVirtualization ? {} : { networkVirtualization: form.networkVirtualization }),
    ...(JSON.stringify(form.sites) === JSON.stringify(before.sites) ? {} : { sites: form.sites.map((site) => ({ networkSite: site.id, ...toSite(site, form.kind) })) }),
  };
}

export function isChanged(form: LogicalNetworkForm, before: LogicalNetworkForm): boolean {
  return JSON.stringify(form) !== JSON.stringify(before);
}

export function siteSummary({ name, subnets }: SiteForm): string {
  return `${name}: ${subnets.map(({ subnet, vlan }) => (vlan === '' || vlan === '0' ? subnet : `${subnet} VLAN ${vlan}`)).join(', ')}`;
}
