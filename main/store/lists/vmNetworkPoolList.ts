/** The list "VM Networks and IP Pools": VM networks, and under those that are opened their IP pools (fact sheet §2.3). */
import type { z } from 'zod';
import type { VmNetworkPoolRow, vmNetworkPoolListPageSchema, vmNetworkPoolListQuerySchema } from '../../../shared/contract/inventory.ts';
import type { Db } from '../database.ts';
import { anyLike, likePattern } from './pageReader.ts';
import { availableAddresses, pageKeys, prefixText } from './sql.ts';
import type { VmNetworkList } from './vmNetworkList.ts';

type Query = z.output<typeof vmNetworkPoolListQuerySchema>;
type Page = z.output<typeof vmNetworkPoolListPageSchema>;

interface PoolRecord {
  readonly networkKey: number;
  readonly id: string;
  readonly parentId: string;
  readonly name: string;
  readonly subnet: string;
  readonly beginAddress: string;
  readonly endAddress: string;
  readonly availableAddresses: number;
}

const selectPools = `
  SELECT o.key AS networkKey, p.id, s.vm_network_id AS parentId, p.name, ${prefixText('s')} AS subnet,
    format_ipv4(p.range_start) AS beginAddress, format_ipv4(p.range_end) AS endAddress, ${availableAddresses('p')} AS availableAddresses
  FROM ip_address_pool p
  JOIN vm_subnet s ON s.id = p.vm_subnet_id
  JOIN vm_network_order o ON o.id = s.vm_network_id`;

/** A search finds these texts of a pool, and shows its VM network with it. */
const poolMatches = anyLike(`p.name || char(10) || ${prefixText('s')} || char(10) || format_ipv4(p.range_start) || char(10) || format_ipv4(p.range_end)`);

export class VmNetworkPoolList {
  readonly #networks: VmNetworkList;
  readonly #statements: ReturnType<typeof prepare>;

  constructor(db: Db, networks: VmNetworkList) {
    this.#networks = networks;
    this.#statements = prepare(db);
  }

  list(query: Query): Page {
    const pools = this.#shownPools(query);
    const withHits = query.filter === '' ? undefined : new Set(pools.keys());
    const { keys, unfilteredTotal } = this.#networks.order(query, withHits);
    const items = placed(keys, pools, query.offset, query.limit);
    const rows = this.#networks.byKey(items.flatMap((item) => (typeof item === 'number' ? [item] : [])));
    const withPools = new Set(this.#statements.withPools.all(JSON.stringify([...rows.values()].map(({ id }) => id))));
    const shown = items.flatMap((item): VmNetworkPoolRow[] => {
      if (typeof item !== 'number') return [poolRow(item)];
      const row = rows.get(item);
      return row === undefined ? [] : [{ ...row, kind: 'vmNetwork', parentId: null, hasPools: withPools.has(row.id), beginAddress: '', endAddress: '', availableAddresses: null }];
    });
    const poolCount = keys.reduce((count, key) => count + (pools.get(key)?.length ?? 0), 0);
    return { rows: shown, total: keys.length + poolCount, unfilteredTotal: unfilteredTotal + (query.filter === '' ? poolCount : 0) };
  }

  /** By the key of their VM network, in order of name. */
  #shownPools({ expanded, filter }: Query): ReadonlyMap<number, readonly PoolRecord[]> {
    const records = filter === '' ? this.#statements.ofNetworks.all(JSON.stringify(expanded)) : this.#statements.matching.all({ pattern: likePattern(filter) });
    const pools = new Map<number, PoolRecord[]>();
    for (const record of records) pools.set(record.networkKey, [...(pools.get(record.networkKey) ?? []), record]);
    return pools;
  }
}

/** The part of the list from `offset` on: keys of VM networks, each followed by its pools. */
function placed(keys: readonly number[], pools: ReadonlyMap<number, readonly PoolRecord[]>, offset: number, limit: number): readonly (number | PoolRecord)[] {
  if (pools.size === 0) return keys.slice(offset, offset + limit);
  const items: (number | PoolRecord)[] = [];
  let place = 0;
  for (const key of keys) {
    if (place >= offset + limit) break;
    for (const item of [key, ...(pools.get(key) ?? [])]) {
      if (place >= offset && place < offset + limit) items.push(item);
      place += 1;
    }
  }
  return items;
}

function poolRow({ networkKey: _place, subnet, ...pool }: PoolRecord): VmNetworkPoolRow {
  return { ...pool, kind: 'ipAddressPool', hasPools: false, logicalNetwork: '', subnets: [subnet], gatewayConnection: null, externalAddress: null, virtualMachines: 0 };
}

function prepare(db: Db) {
  return {
    ofNetworks: db.prepare<[string], PoolRecord>(`${selectPools} WHERE s.vm_network_id IN ${pageKeys} ORDER BY p.name`),
    matching: db.prepare<{ pattern: string }, PoolRecord>(`${selectPools} WHERE ${poolMatches} ORDER BY p.name`),
    withPools: db
      .prepare<[string], string>(`SELECT DISTINCT s.vm_network_id FROM vm_subnet s JOIN ip_address_pool p ON p.vm_subnet_id = s.id WHERE s.vm_network_id IN ${pageKeys}`)
      .pluck(),
  };
}
