/** Audit records of a pool, with the parameters of its cmdlets as names of the properties. */
import { formatAddressRanges } from '../../../shared/net/addressRanges.ts';
import { formatIpv4 } from '../../../shared/net/ipv4.ts';
import type { StepContext } from '../../jobs/plan.ts';
import type { IpAddressPool } from '../../store/inventory/ipAddressPools.ts';
import type { PoolSettings } from '../../store/inventory/poolSettings.ts';
import { auditChanges } from '../audit.ts';

interface WholePool {
  readonly pool: IpAddressPool;
  readonly settings: PoolSettings;
}

export function auditPool(context: StepContext, { id, name }: IpAddressPool, before: WholePool | undefined, after: WholePool | undefined): void {
  const [previous, next] = [textsOf(before), textsOf(after)];
  const properties = [...new Set([...Object.keys(previous), ...Object.keys(next)])];
  auditChanges(context, { type: 'StaticIPAddressPool', id, name }, Object.fromEntries(properties.map((property) => [property, [previous[property] ?? null, next[property] ?? null] as const])));
}

function textsOf(whole: WholePool | undefined): Readonly<Record<string, string | null>> {
  if (whole === undefined) return {};
  const { pool, settings } = whole;
  const orNull = (text: string) => (text === '' ? null : text);
  const reserved = (isVip: boolean) => orNull(formatAddressRanges(settings.reservations.filter((range) => range.isVip === isVip)));
  return {
    Name: pool.name,
    Description: orNull(pool.description),
    IPAddressRangeStart: formatIpv4(pool.rangeStart),
    IPAddressRangeEnd: formatIpv4(pool.rangeEnd),
    VIPAddressSet: reserved(true),
    IPAddressReservedSet: reserved(false),
    DefaultGateway: orNull(settings.gateways.map(({ address, metric, isAutomatic }) => `${formatIpv4(address)} (${isAutomatic ? 'automatic' : metric})`).join(', ')),
    DNSServer: orNull(settings.dnsServers.map(formatIpv4).join(', ')),
    DNSSuffix: orNull(settings.dnsSuffix),
    DNSSearchSuffix: orNull(settings.dnsSearchSuffixes.join(', ')),
    WINSServer: orNull(settings.winsServers.map(formatIpv4).join(', ')),
    EnableNetBIOS: String(settings.enableNetbios),
  };
}
