/** Where a new pool belongs: a subnet of a network site, or a VM subnet. */
import { problem, type Problem } from '../../../shared/contract/errors.ts';
import type { CreateIpPoolInput } from '../../../shared/contract/networkingOperations.ts';
import { formatPrefix, parsePrefix, type Ipv4Prefix } from '../../../shared/net/ipv4.ts';
import type { Inventory } from '../../store/inventory/inventory.ts';
import type { LogicalNetwork, NetworkSite, NetworkSiteSubnet } from '../../store/inventory/logicalNetworks.ts';
import type { VmNetwork, VmSubnet } from '../../store/inventory/vmNetworks.ts';
import { checkSites, wantedSite, type WantedSite } from '../logicalNetwork/siteChecks.ts';
import { findOrProblem } from '../problems.ts';

export type PoolTarget =
  | { readonly kind: 'site'; readonly network: LogicalNetwork; readonly site: NetworkSite; readonly subnet: NetworkSiteSubnet; readonly prefix: Ipv4Prefix }
  | { readonly kind: 'newSite'; readonly network: LogicalNetwork; readonly wanted: WantedSite; readonly prefix: Ipv4Prefix }
  | { readonly kind: 'vmSubnet'; readonly network: VmNetwork; readonly subnet: VmSubnet; readonly prefix: Ipv4Prefix };

type Found<T> = { readonly found: T } | { readonly problems: readonly Problem[] };

export function findTarget(input: CreateIpPoolInput, inventory: Inventory): Found<PoolTarget> {
  if (input.vmNetwork !== '') return findVmSubnet(input, inventory);
  if (input.logicalNetwork === '') return fault('invalidInput', 'logicalNetwork', 'No logical network is chosen.', 'Choose the logical network to which the addresses belong.');
  const network = findOrProblem(['logicalNetwork'], () => inventory.logicalNetworks.logicalNetwork(input.logicalNetwork));
  if ('problem' in network) return { problems: [network.problem] };
  return input.newSite === undefined ? findSite(input, network.found, inventory) : newSite(input, input.newSite, network.found, inventory);
}

function findVmSubnet(input: CreateIpPoolInput, inventory: Inventory): Found<PoolTarget> {
  const network = findOrProblem(['vmNetwork'], () => inventory.vmNetworks.vmNetwork(input.vmNetwork));
  if ('problem' in network) return { problems: [network.problem] };
  const subnets = inventory.vmNetworks.subnetsOf(network.found.id);
  const [only, ...others] = subnets;
  if (only === undefined) return fault('networkNotUsable', 'vmNetwork', `VM network ${network.found.name} has no VM subnet.`, 'Create a VM subnet first, or choose another VM network.');
  if (input.vmSubnet === '' && others.length > 0) return fault('invalidInput', 'vmSubnet', `No VM subnet of ${network.found.name} is chosen.`, `Choose one of: ${subnets.map(({ name }) => name).join(', ')}.`);
  const subnet = findOrProblem(['vmSubnet'], () => (input.vmSubnet === '' ? only : inventory.vmNetworks.subnet(network.found, input.vmSubnet)));
  if ('problem' in subnet) return { problems: [subnet.problem] };
  const { address, prefixLength } = subnet.found;
  return { found: { kind: 'vmSubnet', network: network.found, subnet: subnet.found, prefix: { address, length: prefixLength } } };
}

function findSite(input: CreateIpPoolInput, network: LogicalNetwork, { logicalNetworks }: Inventory): Found<PoolTarget> {
  const sites = logicalNetworks.sitesOf(network.id);
  const [only, ...others] = sites;
  if (only === undefined) return fault('networkNotUsable', 'networkSite', `Logical network ${network.name} has no network site.`, 'Create a network site on this page.');
  if (input.networkSite === '' && others.length > 0) return fault('invalidInput', 'networkSite', `No network site of ${network.name} is chosen.`, `Choose one of: ${sites.map(({ name }) => name).join(', ')}.`);
  const site = findOrProblem(['networkSite'], () => (input.networkSite === '' ? only : logicalNetworks.site(input.networkSite)));
  if ('problem' in site) return { problems: [site.problem] };
  if (site.found.logicalNetworkId !== network.id) return fault('networkSiteNotUsable', 'networkSite', `${site.found.name} is no network site of ${network.name}.`, `Choose one of: ${sites.map(({ name }) => name).join(', ')}.`);
  const rows = logicalNetworks.subnetsOf(site.found.id);
  const chosen = chooseSubnet(input.subnet, site.found.name, rows.map(prefixOf));
  if ('problems' in chosen) return chosen;
  const subnet = rows.find((row) => formatPrefix(prefixOf(row)) === formatPrefix(chosen.found));
  if (subnet === undefined) throw new Error(`${formatPrefix(chosen.found)} is no subnet of ${site.found.name}`);
  return { found: { kind: 'site', network, site: site.found, subnet, prefix: chosen.found } };
}

function newSite(input: CreateIpPoolInput, site: NonNullable<CreateIpPoolInput['newSite']>, network: LogicalNetwork, inventory: Inventory): Found<PoolTarget> {
  const problems = checkSites([{ input: site, path: ['newSite'] }], network.kind, inventory);
  if (problems.length > 0) return { problems };
  const wanted = wantedSite(site, inventory);
  const chosen = chooseSubnet(input.subnet, site.name, wanted.subnets.map(({ subnet }) => subnet));
  return 'problems' in chosen ? chosen : { found: { kind: 'newSite', network, wanted, prefix: chosen.found } };
}

/** A site with one subnet leaves no choice. */
function chooseSubnet(text: string, site: string, subnets: readonly Ipv4Prefix[]): Found<Ipv4Prefix> {
  const shown = subnets.map(formatPrefix);
  const [only, another] = subnets;
  if (text === '' && only !== undefined && another === undefined) return { found: only };
  if (text === '') return fault('invalidInput', 'subnet', `No IP subnet of network site ${site} is chosen.`, `Choose one of: ${shown.join(', ')}.`);
  const wanted = parsePrefix(text);
  const found = wanted && subnets.find((subnet) => formatPrefix(subnet) === formatPrefix(wanted));
  return found === undefined ? fault('networkSiteNotUsable', 'subnet', `${text} is no subnet of network site ${site}.`, `Choose one of: ${shown.join(', ')}.`) : { found };
}

function prefixOf({ address, prefixLength }: NetworkSiteSubnet): Ipv4Prefix {
  return { address, length: prefixLength };
}

function fault(name: 'invalidInput' | 'networkNotUsable' | 'networkSiteNotUsable', field: string, message: string, action: string): { readonly problems: readonly Problem[] } {
  return { problems: [problem(name, [field], message, action)] };
}
