/** Lists of parts as the lab has them, and operations that change one such list: what the cmdlets about single parts become. */
import { isThing, type Arguments, type Thing } from './values.ts';
import type { Vmm } from './vmm.ts';

export function siteOf(args: Arguments): { readonly name: string; readonly hostGroups: string[]; readonly subnets: unknown[] } {
  return { name: args.text('Name'), hostGroups: args.names('VMHostGroup'), subnets: args.list('SubnetVLan').map((row) => (isThing(row) ? { subnet: row.parts['Subnet'], vlan: row.parts['VLanID'] === 0 ? '' : row.parts['VLanID'], secondaryVlan: row.parts['SecondaryVLanID'] ?? '' } : {})) };
}

interface Site {
  readonly networkSite: string;
  readonly name: string;
  readonly hostGroups: readonly string[];
  readonly subnets: readonly unknown[];
}

function sitesOf(network: Thing, vmm: Vmm): Site[] {
  return vmm.lab.logicalNetworks.properties(network.name).sites.map(({ name, hostGroupIds, subnets }) => ({
    networkSite: name,
    name,
    hostGroups: hostGroupIds,
    subnets: subnets.map(({ vlan, secondaryVlan, subnet }) => ({ vlan, secondaryVlan, subnet })),
  }));
}

export function changeSites(network: Thing, vmm: Vmm, change: (sites: Site[]) => readonly Site[]): Promise<void> {
  return vmm.start('logicalNetwork.change', { logicalNetwork: network.name, sites: change(sitesOf(network, vmm)) });
}

/** Where the network is there already; one that is being made takes its sites itself. */
export async function addSite(args: Arguments, network: Thing, vmm: Vmm): Promise<void> {
  const site = siteOf(args);
  await changeSites(network, vmm, (sites) => [...sites, { networkSite: '', ...site }]);
}

interface Subnet {
  readonly vmSubnet: string;
  readonly name: string;
  readonly subnet?: unknown;
}

export function changeSubnets(network: Thing, vmm: Vmm, change: (subnets: Subnet[]) => readonly Subnet[]): Promise<void> {
  const id = vmm.idOf(network.name);
  const now = vmm.lab.snapshot().vmSubnets.filter(({ vmNetworkId }) => vmNetworkId === id).map(({ name }) => ({ vmSubnet: name, name }));
  return vmm.start('vmNetwork.change', { vmNetwork: network.name, subnets: change(now) });
}

export type Adapter = Record<string, unknown>;

function isolated(vmNetwork: string, vmm: Vmm): boolean {
  return vmm.lab.lists.vmNetworkDetails.get(vmm.idOf(vmNetwork)).isolation !== 'No isolation';
}

/** A VM network without isolation stands for its logical network; VMM gives every logical network without virtualization one. */
export function connectionOf(network: string, vmm: Vmm): Adapter {
  const isVmNetwork = vmm.lab.snapshot().vmNetworks.some(({ name }) => name === network);
  return isVmNetwork && isolated(network, vmm) ? { connection: 'vmNetwork', network } : { connection: 'logicalNetwork', network };
}

export function adaptersNow(template: string, vmm: Vmm): Adapter[] {
  const row = vmm.lab.lists.vmTemplates.list({ offset: 0, limit: 100, filter: '' }).rows.find(({ name }) => name === template);
  if (row === undefined) throw new Error(`there is no template ${template}`);
  return vmm.lab.lists.vmTemplateDetails.get(row.id).adapters.map(({ connection, network }) => ({ connection, network }));
}

/** Where the template is there already. */
export function addTemplateAdapter(template: Thing, adapter: Adapter, vmm: Vmm): Promise<void> {
  return vmm.start('vmTemplate.change', { vmTemplate: template.name, adapters: [...adaptersNow(template.name, vmm), adapter] });
}
