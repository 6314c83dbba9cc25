/** What the pages IP address range, Gateway, DNS and WINS of a pool must be like (fact sheet §2.2). */
import { problem, type Problem } from '../../../shared/contract/errors.ts';
import type { PoolSettingsInput } from '../../../shared/contract/networkingOperations.ts';
import { parseAddressRanges, type AddressRange } from '../../../shared/net/addressRanges.ts';
import { formatIpv4, formatPrefix, maskOf, parseIpv4, prefixContains, type Ipv4Address, type Ipv4Prefix } from '../../../shared/net/ipv4.ts';
import { automaticMetric, type PoolReservation, type PoolSettings } from '../../store/inventory/poolSettings.ts';

export type Path = readonly (string | number)[];

const highestMetric = 9999;

/** The network in which the pool is. */
export interface PoolPlace {
  readonly subnet: Ipv4Prefix;
  /** A VM subnet: its first address is the distributed router's (fact sheet §2.2). */
  readonly isVmSubnet: boolean;
}

export interface WantedSettings extends AddressRange {
  readonly settings: PoolSettings;
}

/** Everything wrong with the settings; `path` stands before the name of each. */
export function checkSettings(input: PoolSettingsInput, place: PoolPlace, path: Path): readonly Problem[] {
  const range = readRange(input, place, path);
  return [
    ...('problems' in range ? range.problems : reservationProblems(input, range.range, place, path)),
    ...input.gateways.flatMap((gateway, at) => gatewayProblems(gateway, place.subnet, [...path, 'gateways', at])),
    ...twice(input.gateways.map(({ address }) => address), 'Gateway', (at) => [...path, 'gateways', at, 'address']),
    ...serverProblems(input.dnsServers, 'DNS server', [...path, 'dnsServers']),
    ...suffixProblems(input.dnsSuffix, [...path, 'dnsSuffix']),
    ...input.dnsSearchSuffixes.flatMap((suffix, at) => (suffix === '' ? [problem('invalidInput', [...path, 'dnsSearchSuffixes', at], 'A search suffix is empty.', 'Type one such as contoso.lab, or delete the row.')] : suffixProblems(suffix, [...path, 'dnsSearchSuffixes', at]))),
    ...serverProblems(input.winsServers, 'WINS server', [...path, 'winsServers']),
  ];
}

/** For settings that were checked. Throws when they are wrong. */
export function wantedSettings(input: PoolSettingsInput): WantedSettings {
  return {
    start: checkedAddress(input.rangeStart),
    end: checkedAddress(input.rangeEnd),
    settings: {
      gateways: input.gateways.map(({ address, metric }) => ({ address: checkedAddress(address), metric: metric === '' ? automaticMetric : Number(metric), isAutomatic: metric === '' })),
      reservations: [...reservations(input.vips, true), ...reservations(input.reserved, false)],
      dnsServers: input.dnsServers.map(checkedAddress),
      dnsSuffix: input.dnsSuffix,
      dnsSearchSuffixes: input.dnsSearchSuffixes,
      winsServers: input.winsServers.map(checkedAddress),
      enableNetbios: input.enableNetbios,
    },
  };
}

function checkedAddress(text: string): Ipv4Address {
  const address = parseIpv4(text);
  if (address === undefined) throw new Error(`${text} was not checked`);
  return address;
}

function reservations(text: string, isVip: boolean): readonly PoolReservation[] {
  const read = parseAddressRanges(text);
  if ('wrong' in read) throw new Error(`${text} was not checked`);
  return read.ranges.map((range) => ({ ...range, isVip }));
}

type RangeResult = { readonly range: AddressRange } | { readonly problems: readonly Problem[] };

function readRange(input: PoolSettingsInput, place: PoolPlace, path: Path): RangeResult {
  const [start, end] = [parseIpv4(input.rangeStart), parseIpv4(input.rangeEnd)];
  const problems = [
    ...rangeEndProblems(input.rangeStart, start, 'Starting', place, [...path, 'rangeStart']),
    ...rangeEndProblems(input.rangeEnd, end, 'Ending', place, [...path, 'rangeEnd']),
  ];
  if (problems.length > 0 || start === undefined || end === undefined) return { problems };
  if (end < start) return { problems: [problem('invalidInput', [...path, 'rangeEnd'], `The range ends with ${formatIpv4(end)}, before it starts with ${formatIpv4(start)}.`, 'Exchange the two addresses.')] };
  return { range: { start, end } };
}

function rangeEndProblems(text: string, address: Ipv4Address | undefined, which: 'Starting' | 'Ending', { subnet, isVmSubnet }: PoolPlace, path: Path): readonly Problem[] {
  const wrong = (message: string, action: string) => [problem('invalidInput', path, message, action)];
  const inside = `Type an address of ${formatPrefix(subnet)}.`;
  if (text === '') return wrong(`${which} IP address is empty.`, inside);
  if (address === undefined) return wrong(`${text} is no IPv4 address.`, inside);
  if (!prefixContains(subnet, address)) return [problem('addressOutsidePool', path, `${text} is not in ${formatPrefix(subnet)}.`, inside)];
  if (address === subnet.address) return wrong(`${text} is the address of the subnet itself.`, 'Type the one behind it or a later one.');
  if (address === broadcastOf(subnet)) return wrong(`${text} is the broadcast address of ${formatPrefix(subnet)}.`, 'Type the one before it or an earlier one.');
  if (isVmSubnet && address === subnet.address + 1) return wrong(`${text} is the address of the distributed router, the default gateway of the VM subnet.`, `Start with ${formatIpv4(subnet.address + 2)} or later.`);
  return [];
}

function broadcastOf({ address, length }: Ipv4Prefix): Ipv4Address {
  return (address | ~maskOf(length)) >>> 0;
}

/** Both lists lie in the range, and no address stands twice. */
function reservationProblems(input: PoolSettingsInput, range: AddressRange, { isVmSubnet }: PoolPlace, path: Path): readonly Problem[] {
  const [vipPath, otherPath] = [[...path, 'vips'], [...path, 'reserved']];
  if (isVmSubnet && input.vips !== '') return [problem('invalidInput', vipPath, 'A VM subnet has no VIPs: load balancers are in networks of the fabric.', 'Use the reserved addresses instead.')];
  const vips = readReservations(input.vips, range, vipPath);
  const others = readReservations(input.reserved, range, otherPath);
  const problems = [...('problems' in vips ? vips.problems : []), ...('problems' in others ? others.problems : [])];
  if (problems.length > 0 || 'problems' in vips || 'problems' in others) return problems;
  return overlapping(vips.ranges, others.ranges, vipPath, otherPath);
}

function readReservations(text: string, range: AddressRange, path: Path): { readonly ranges: readonly AddressRange[] } | { readonly problems: readonly Problem[] } {
  const read = parseAddressRanges(text);
  if ('wrong' in read) return { problems: [problem('invalidInput', path, read.wrong === '' ? 'There is a comma too many.' : `${read.wrong} is neither an address nor a range.`, `Type such as ${formatIpv4(range.start)}, ${formatIpv4(range.start)}-${formatIpv4(range.end)}.`)] };
  const beyond = read.ranges.find(({ start, end }) => start < range.start || end > range.end);
  if (beyond === undefined) return read;
  return { problems: [problem('addressOutsidePool', path, `${formatIpv4(beyond.start < range.start ? beyond.start : beyond.end)} is not in the range of the pool.`, `Type addresses from ${formatIpv4(range.start)} to ${formatIpv4(range.end)}.`)] };
}

function overlapping(vips: readonly AddressRange[], others: readonly AddressRange[], vipPath: Path, otherPath: Path): readonly Problem[] {
  const all = [...vips.map((range) => ({ range, path: vipPath })), ...others.map((range) => ({ range, path: otherPath }))];
  return all.flatMap(({ range, path }, at) => {
    const rival = all.slice(0, at).find((other) => other.range.start <= range.end && range.start <= other.range.end);
    if (rival === undefined) return [];
    return [problem('invalidInput', path, `${formatIpv4(Math.max(rival.range.start, range.start))} is reserved twice.`, 'Leave it out once.')];
  });
}

function gatewayProblems({ address: text, metric }: { readonly address: string; readonly metric: string }, subnet: Ipv4Prefix, path: Path): readonly Problem[] {
  const address = parseIpv4(text);
  const at = [...path, 'address'];
  const wrong = (message: string) => [problem('invalidInput', at, message, `Type an address of ${formatPrefix(subnet)}, or delete the row.`)];
  const problems =
    text === '' ? wrong('The gateway has no address.')
    : address === undefined ? wrong(`${text} is no IPv4 address.`)
    : !prefixContains(subnet, address) ? [problem('addressOutsidePool', at, `Gateway ${text} is not in ${formatPrefix(subnet)}: nothing in the subnet could reach it.`, `Type an address of ${formatPrefix(subnet)}, or delete the row.`)]
    : address === subnet.address || address === broadcastOf(subnet) ? wrong(`${text} cannot be the address of a gateway.`)
    : [];
  const isMetric = metric === '' || (/^\d{1,4}$/.test(metric) && Number(metric) >= 1);
  return isMetric ? problems : [...problems, problem('invalidInput', [...path, 'metric'], `${metric} is no metric.`, `Type 1 to ${highestMetric}, or choose Automatic metric.`)];
}

function serverProblems(servers: readonly string[], what: string, path: Path): readonly Problem[] {
  const wrong = servers.flatMap((text, at) => {
    const address = parseIpv4(text);
    if (text === '') return [problem('invalidInput', [...path, at], `A ${what} has no address.`, 'Type an IPv4 address, or delete the row.')];
    if (address === undefined) return [problem('invalidInput', [...path, at], `${text} is no IPv4 address.`, `Type the address of the ${what}, or delete the row.`)];
    const first = address >>> 24;
    return first === 0 || first >= 224 ? [problem('invalidInput', [...path, at], `${text} cannot be the address of a ${what}.`, 'Type the address of a computer.')] : [];
  });
  return [...wrong, ...twice(servers, what, (at) => [...path, at])];
}

function twice(values: readonly string[], what: string, pathAt: (at: number) => Path): readonly Problem[] {
  return values.flatMap((value, at) => (value !== '' && values.indexOf(value) < at ? [problem('invalidInput', pathAt(at), `${what} ${value} stands twice.`, 'Delete one of the rows.')] : []));
}

function suffixProblems(suffix: string, path: Path): readonly Problem[] {
  const isName = suffix.length <= 255 && suffix.split('.').every((label) => /^[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?$/i.test(label));
  return suffix === '' || isName ? [] : [problem('invalidInput', path, `${suffix} is no DNS suffix.`, 'Type one such as contoso.lab.')];
}
