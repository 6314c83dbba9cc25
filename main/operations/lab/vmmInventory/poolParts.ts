/** IP address pools of an inventory in the words of a lab file. */
import { parseIpv4, type Ipv4Address } from '../../../../shared/net/ipv4.ts';
import type { Draft, PoolInput, UniqueNames } from './draft.ts';
import type { Placed } from './inventoryReader.ts';

type ReservedInput = NonNullable<PoolInput['reserved']>[number];

export function poolOf(draft: Draft, names: UniqueNames, { item, place }: Placed<'StaticIPAddressPools'>): PoolInput {
  return draft.from(place, {
    name: names.take(item.Name, place),
    description: item.Description,
    start: item.IPAddressRangeStart,
    end: item.IPAddressRangeEnd,
    gateways: item.DefaultGateways.map(({ IPAddress, Metric, IsAutomatic }) => ({ address: IPAddress, ...(IsAutomatic || Metric === undefined || Metric === 0 ? {} : { metric: Metric }) })),
    reserved: [...rangesOf(item.IPAddressReservedSet, false), ...rangesOf(item.VIPAddressSet, true)],
    dnsServers: item.DNSServers,
    dnsSuffix: item.DNSSuffix,
    dnsSearchSuffixes: item.DNSSearchSuffixes,
    winsServers: item.WINSServers,
    enableNetbios: item.EnableNetBIOS,
  });
}

/** `10.0.0.4-10.0.0.9, 10.0.0.12`: the form that New-SCStaticIPAddressPool takes. */
function rangesOf(text: string, vip: boolean): ReservedInput[] {
  return text.split(/[,;]/).flatMap((part) => {
    const [start = '', end = start] = part.split('-').map((side) => side.trim());
    return start === '' ? [] : [{ start, end, vip }];
  });
}

/** A pool of the inventory with its addresses as numbers, for what needs one of them. */
export class AddressPool {
  readonly name: string;
  readonly #start: Ipv4Address;
  readonly #end: Ipv4Address;
  readonly #taken: Set<Ipv4Address>;
  readonly #reserved: readonly (readonly [Ipv4Address, Ipv4Address])[];
  #next: Ipv4Address;

  constructor({ name, start, end, gateways = [], reserved = [] }: PoolInput) {
    this.name = name;
    this.#start = parseIpv4(start) ?? 1;
    this.#end = parseIpv4(end) ?? 0;
    this.#next = this.#start;
    this.#taken = new Set(gateways.flatMap(({ address }) => parseIpv4(address) ?? []));
    this.#reserved = reserved.map((range) => [parseIpv4(range.start) ?? 1, parseIpv4(range.end) ?? 0]);
  }

  covers(address: Ipv4Address): boolean {
    return address >= this.#start && address <= this.#end;
  }

  /** False when somebody has it already. */
  take(address: Ipv4Address): boolean {
    if (!this.covers(address) || this.#taken.has(address)) return false;
    this.#taken.add(address);
    return true;
  }

  takeFree(): Ipv4Address | undefined {
    while (this.#next <= this.#end) {
      const address = this.#next;
      const range = this.#reserved.find(([start, end]) => address >= start && address <= end);
      this.#next = (range?.[1] ?? address) + 1;
      if (range === undefined && this.take(address)) return address;
    }
    return undefined;
  }
}
