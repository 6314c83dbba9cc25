/** What network sites must be like: names, host groups, VLANs and subnets (fact sheet §2.1). */
import { problem, type Problem } from '../../../shared/contract/errors.ts';
import type { LogicalNetworkKind, NetworkSiteInput, SubnetVlanInput } from '../../../shared/contract/networkingOperations.ts';
import { formatPrefix, parseIpv4, parsePrefix, prefixesOverlap, unusableBlockOf, type Ipv4Prefix } from '../../../shared/net/ipv4.ts';
import type { HostGroup } from '../../store/inventory/hosts.ts';
import type { Inventory } from '../../store/inventory/inventory.ts';
import { sharesGroup } from '../host/reach.ts';
import { findOrProblem } from '../problems.ts';

export type Path = readonly (string | number)[];

const longestSiteName = 64;
const highestVlan = 4094;
/** Longer prefixes leave no address between network and broadcast address. */
const longestPrefix = 30;

/** A subnet of a site as it shall be. */
export interface WantedSubnet {
  readonly vlan: number;
  readonly secondaryVlan: number | null;
  readonly subnet: Ipv4Prefix;
}

export interface WantedSite {
  readonly name: string;
  readonly hostGroups: readonly HostGroup[];
  readonly subnets: readonly WantedSubnet[];
}

export interface SiteInput {
  readonly input: NetworkSiteInput;
  readonly path: Path;
  /** The site as it is, when there is one already. */
  readonly id?: string;
}

/** Everything wrong with the sites of one logical network, each by itself and all together. `replaced`: ids of sites that these take the place of. */
export function checkSites(sites: readonly SiteInput[], kind: LogicalNetworkKind, inventory: Inventory, replaced: readonly string[] = []): readonly Problem[] {
  const kept = new Set(sites.map(({ id }) => id));
  // A name becomes free with its site, but not by another site's change of name at the same moment.
  const gone = replaced.filter((id) => !kept.has(id));
  const alone = sites.flatMap((site) => checkSite(site, kind, inventory, gone));
  return alone.length > 0 ? alone : checkTogether(sites, existing(replaced, inventory), inventory);
}

/** For sites that were checked. Throws when they are wrong. */
export function wantedSite(input: NetworkSiteInput, inventory: Inventory): WantedSite {
  return {
    name: input.name,
    hostGroups: input.hostGroups.map((group) => inventory.hosts.group(group)),
    subnets: input.subnets.map(wantedSubnet),
  };
}

function wantedSubnet(row: SubnetVlanInput): WantedSubnet {
  const vlan = readVlan(row.vlan);
  const secondaryVlan = readVlan(row.secondaryVlan);
  const read = readPrefix(row.subnet);
  if (vlan === undefined || secondaryVlan === undefined || 'fault' in read) throw new Error(`Subnet ${row.subnet} was not checked`);
  return { vlan, secondaryVlan: secondaryVlan === 0 ? null : secondaryVlan, subnet: read.prefix };
}

function checkSite({ input, path, id }: SiteInput, kind: LogicalNetworkKind, inventory: Inventory, gone: readonly string[]): readonly Problem[] {
  return [
    ...checkSiteName(input.name, [...path, 'name'], inventory, id === undefined ? gone : [...gone, id]),
    ...checkGroups(input, path, inventory),
    ...checkRows(input, path, kind),
  ];
}

function checkSiteName(name: string, path: Path, inventory: Inventory, free: readonly string[]): readonly Problem[] {
  if (name === '') return [problem('invalidInput', path, 'The network site has no name.', 'Type a name.')];
  if (name.length > longestSiteName) return [problem('invalidInput', path, `The name of the network site has ${name.length} characters.`, `Type at most ${longestSiteName}.`)];
  const other = inventory.logicalNetworks.findSiteByName(name);
  return other === undefined || free.includes(other.id) ? [] : [problem('nameInUse', path, `There is a network site named ${other.name} already.`, 'Type another name.')];
}

function checkGroups({ hostGroups, name }: NetworkSiteInput, path: Path, inventory: Inventory): readonly Problem[] {
  const at = [...path, 'hostGroups'];
  if (hostGroups.length === 0) return [problem('invalidInput', at, `No host group can use network site ${name}.`, 'Choose at least one host group.')];
  return hostGroups.flatMap((group) => {
    const found = findOrProblem(at, () => inventory.hosts.group(group));
    return 'problem' in found ? [found.problem] : [];
  });
}

function checkRows({ subnets, name }: NetworkSiteInput, path: Path, kind: LogicalNetworkKind): readonly Problem[] {
  const at = [...path, 'subnets'];
  if (subnets.length === 0) return [problem('invalidInput', at, `Network site ${name} has neither VLAN nor IP subnet.`, 'Insert a row and type an IP subnet.')];
  return subnets.flatMap((row, place) => {
    const subnet = readPrefix(row.subnet);
    const wrong = 'fault' in subnet ? [problem('invalidInput', [...at, place, 'subnet'], ...subnet.fault)] : [];
    return [...vlanProblems(row, kind, [...at, place]), ...wrong];
  });
}

/** 0 for none; undefined when it is no VLAN ID. */
function readVlan(text: string): number | undefined {
  if (text === '') return 0;
  const value = /^\d{1,4}$/.test(text) ? Number(text) : -1;
  return value >= 0 && value <= highestVlan ? value : undefined;
}

/** The kind of the network decides which VLANs a row must have. */
function vlanProblems(row: SubnetVlanInput, kind: LogicalNetworkKind, path: Path): readonly Problem[] {
  const [vlan, secondary] = [readVlan(row.vlan), readVlan(row.secondaryVlan)];
  const wrong = (field: 'vlan' | 'secondaryVlan', message: string, action: string) => [problem('invalidInput', [...path, field], message, action)];
  const range = `Type 1 to ${highestVlan}, or leave it empty for no VLAN.`;
  if (vlan === undefined) return wrong('vlan', `${row.vlan} is no VLAN ID.`, range);
  if (kind === 'oneConnected') return [];
  const needed = `Type a VLAN ID from 1 to ${highestVlan}.`;
  if (vlan === 0) return wrong('vlan', `Subnet ${row.subnet} has no ${kind === 'privateVlan' ? 'primary VLAN' : 'VLAN'}, which is what isolates it from the others.`, needed);
  if (kind === 'vlanIndependent') return [];
  if (secondary === undefined || secondary === 0) return wrong('secondaryVlan', `Subnet ${row.subnet} has no secondary VLAN.`, needed);
  return secondary === vlan ? wrong('secondaryVlan', `VLAN ${row.vlan} is both primary and secondary.`, 'Type another secondary VLAN.') : [];
}

type Fault = readonly [message: string, action: string];

export function readPrefix(text: string): { readonly prefix: Ipv4Prefix } | { readonly fault: Fault } {
  if (text === '') return { fault: ['The row has no IP subnet.', 'Type one such as 203.0.113.0/24, or delete the row.'] };
  const prefix = parsePrefix(text);
  if (prefix === undefined) {
    const [address, length] = text.split('/');
    const isBehind = parseIpv4(address ?? '') !== undefined && /^(3[0-2]|[12]?\d)$/.test(length ?? '');
    return { fault: isBehind ? [`${text} is an address inside a subnet.`, `Type the address of the subnet itself, with zeros behind the first ${length} bits.`] : [`${text} is no IP subnet.`, 'Type one such as 203.0.113.0/24.'] };
  }
  if (prefix.length === 0 || prefix.length > longestPrefix) return { fault: [`A subnet cannot have a prefix of ${prefix.length} bits here.`, `Type 1 to ${longestPrefix} bits.`] };
  const block = unusableBlockOf(prefix);
  return block === undefined ? { prefix } : { fault: [`${text} is among ${block}; no machine can have an address of it.`, 'Type one such as 203.0.113.0/24.'] };
}

/** No two names alike, and no two subnets that overlap in a host group that sees both (fact sheet §2.1, H). */
function checkTogether(sites: readonly SiteInput[], others: readonly PlacedSubnet[], inventory: Inventory): readonly Problem[] {
  return sites.flatMap((site, place) => {
    const earlier = sites.slice(0, place);
    const twin = earlier.find(({ input }) => input.name.toLowerCase() === site.input.name.toLowerCase());
    const sameName = twin === undefined ? [] : [problem('nameInUse', [...site.path, 'name'], `Two network sites are named ${site.input.name}.`, 'Give each site a name of its own.')];
    return [...sameName, ...overlaps(site, [...earlier.flatMap(({ input }) => placed(input, inventory)), ...others], inventory)];
  });
}

export interface PlacedSubnet {
  readonly site: string;
  readonly groups: readonly string[];
  readonly subnet: Ipv4Prefix;
}

function overlaps(site: SiteInput, others: readonly PlacedSubnet[], inventory: Inventory): readonly Problem[] {
  const own = placed(site.input, inventory);
  const groups = inventory.hosts.groups();
  return own.flatMap((subnet, at) => {
    const rival = [...own.slice(0, at), ...others].find((other) => prefixesOverlap(other.subnet, subnet.subnet) && sharesGroup(other.groups, subnet.groups, groups));
    if (rival === undefined) return [];
    const where = rival.site === site.input.name ? 'the same network site' : `network site ${rival.site}, which the same hosts can use`;
    return [problem('subnetOverlap', [...site.path, 'subnets', at, 'subnet'], `${formatPrefix(subnet.subnet)} overlaps ${formatPrefix(rival.subnet)} of ${where}.`, 'Type another subnet, or choose host groups that have nothing in common.')];
  });
}

function placed(input: NetworkSiteInput, inventory: Inventory): readonly PlacedSubnet[] {
  const { name, hostGroups, subnets } = wantedSite(input, inventory);
  const groups = hostGroups.map(({ id }) => id);
  return subnets.map(({ subnet }) => ({ site: name, groups, subnet }));
}

/** Subnets of all other sites. */
function existing(replaced: readonly string[], { logicalNetworks }: Inventory): readonly PlacedSubnet[] {
  return logicalNetworks.sites().flatMap((site) => {
    if (replaced.includes(site.id)) return [];
    const groups = logicalNetworks.hostGroupsOf(site.id);
    return logicalNetworks.subnetsOf(site.id).map(({ address, prefixLength }) => ({ site: site.name, groups, subnet: { address, length: prefixLength } }));
  });
}

/** Two subnets that overlap, and hosts that can use both. */
export interface SubnetClash {
  readonly one: PlacedSubnet;
  readonly other: PlacedSubnet;
}

/** Subnets of two sites that come to overlap when host groups get from one place to another (`before` to `after`). */
export function newClashes(before: readonly HostGroup[], after: readonly HostGroup[], inventory: Inventory): readonly SubnetClash[] {
  const all = existing([], inventory);
  return all.flatMap((one, at) =>
    all.slice(at + 1).flatMap((other) => {
      if (one.site === other.site || !prefixesOverlap(one.subnet, other.subnet)) return [];
      return sharesGroup(one.groups, other.groups, after) && !sharesGroup(one.groups, other.groups, before) ? [{ one, other }] : [];
    }),
  );
}
