/** The list "VM Networks and IP Pools": VM networks, and under those that are opened their IP pools (fact sheet §2.3). */
import type { z } from 'zod';
import type { VmNetworkPoolRow, vmNetworkPoolListPageSchema, vmNetworkPoolListQuerySchema } from '../../../shared/contract/inventory.ts';
import type { Db } from '../database.ts';
import type { ListOrders } from './listOrders.ts';
import { anyLike, likePattern } from './pageReader.ts';
import { addressText, availableAddresses, ipv4Text, pageKeys, prefixText } from './sql.ts';
import type { VmNetworkList } from './vmNetworkList.ts';

type Query = z.output<typeof vmNetworkPoolListQuerySchema>;
type Page = z.output<typeof vmNetworkPoolListPageSchema>;

/** A pool that is shown, by the key of its VM network. */
interface PoolPlace {
  readonly networkKey: number;
  readonly id: string;
}

interface PoolRecord {
  readonly id: string;
  readonly parentId: string;
  readonly name: string;
  readonly subnet: string;
  readonly beginAddress: string;
  readonly endAddress: string;
  readonly availableAddresses: number;
}

/** Pools are read first, so that a search looks up subnet and VM network of what it finds only. */
const selectPlaces = `
  SELECT o.key AS networkKey, p.id
  FROM ip_address_pool p
  CROSS JOIN vm_subnet s ON s.id = p.vm_subnet_id
  CROSS JOIN vm_network_order o ON o.id = s.vm_network_id`;

export class VmNetworkPoolList {
  readonly #orders: ListOrders;
  readonly #networks: VmNetworkList;
  readonly #statements: ReturnType<typeof prepare>;

  constructor(db: Db, networks: VmNetworkList, orders: ListOrders) {
    this.#orders = orders;
    this.#networks = networks;
    this.#statements = prepare(db);
  }

  list(query: Query): Page {
    this.#orders.keep();
    const pools = this.#shownPools(query);
    const withHits = query.filter === '' ? undefined : new Set(pools.keys());
    const { keys, unfilteredTotal } = this.#networks.order(query, withHits);
    const items = placed(keys, pools, query.offset, query.limit);
    const rows = this.#networks.byKey(items.flatMap((item) => (typeof item === 'number' ? [item] : [])));
    const withPools = new Set(this.#statements.withPools.all(JSON.stringify([...rows.values()].map(({ id }) => id))));
    const records = new Map(this.#statements.records.all(JSON.stringify(items.filter((item) => typeof item === 'string'))).map((record) => [record.id, record]));
    const shown = items.flatMap((item): VmNetworkPoolRow[] => {
      if (typeof item === 'string') {
        const record = records.get(item);
        return record === undefined ? [] : [poolRow(record)];
      }
      const row = rows.get(item);
      return row === undefined ? [] : [{ ...row, kind: 'vmNetwork', parentId: null, hasPools: withPools.has(row.id), beginAddress: '', endAddress: '', availableAddresses: null }];
    });
    const poolCount = countOf(keys, pools);
    return { rows: shown, total: keys.length + poolCount, unfilteredTotal: unfilteredTotal + (query.filter === '' ? poolCount : 0) };
  }

  /** Ids by the key of their VM network, in order of name. */
  #shownPools({ expanded, filter }: Query): ReadonlyMap<number, readonly string[]> {
    const pools = new Map<number, string[]>();
    for (const { networkKey, id } of this.#places(expanded, filter)) {
      const others = pools.get(networkKey);
      if (others === undefined) pools.set(networkKey, [id]);
      else others.push(id);
    }
    return pools;
  }

  #places(expanded: readonly string[], filter: string): readonly PoolPlace[] {
    const { ofNetworks, withName, withText } = this.#statements;
    // What is shown of a pool besides its name are addresses.
    if (filter === '') return ofNetworks.all(JSON.stringify(expanded));
    return (addressText.test(filter) ? withText : withName).all({ pattern: likePattern(filter) });
  }
}

/** The part of the list from `offset` on: keys of VM networks, each followed by the ids of its pools. */
function placed(keys: readonly number[], pools: ReadonlyMap<number, readonly string[]>, offset: number, limit: number): readonly (number | string)[] {
  if (pools.size === 0) return keys.slice(offset, offset + limit);
  const items: (number | string)[] = [];
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

/** Pools of the VM networks in the list. Without one there is nothing to look through a hundred thousand keys for. */
function countOf(keys: readonly number[], pools: ReadonlyMap<number, readonly string[]>): number {
  return pools.size === 0 ? 0 : keys.reduce((count, key) => count + (pools.get(key)?.length ?? 0), 0);
}

function poolRow({ subnet, ...pool }: PoolRecord): VmNetworkPoolRow {
  return { ...pool, kind: 'ipAddressPool', hasPools: false, logicalNetwork: '', subnets: [subnet], gatewayConnection: null, externalAddress: null, furtherExternalAddresses: [], virtualMachines: 0 };
}

function prepare(db: Db) {
  const hasText = anyLike('p.name', `${ipv4Text('s.address')} || '/' || s.prefix_length`, ipv4Text('p.range_start'), ipv4Text('p.range_end'));
  return {
    ofNetworks: db.prepare<[string], PoolPlace>(`
      SELECT o.key AS networkKey, p.id FROM vm_subnet s
      JOIN ip_address_pool p ON p.vm_subnet_id = s.id
      JOIN vm_network_order o ON o.id = s.vm_network_id
      WHERE s.vm_network_id IN ${pageKeys} ORDER BY p.name`),
    withName: db.prepare<{ pattern: string }, PoolPlace>(`${selectPlaces} WHERE ${anyLike('p.name')} ORDER BY p.name`),
    withText: db.prepare<{ pattern: string }, PoolPlace>(`${selectPlaces} WHERE ${hasText} ORDER BY p.name`),
    records: db.prepare<[string], PoolRecord>(`
      SELECT p.id, s.vm_network_id AS parentId, p.name, ${prefixText('s')} AS subnet,
        format_ipv4(p.range_start) AS beginAddress, format_ipv4(p.range_end) AS endAddress, ${availableAddresses('p')} AS availableAddresses
      FROM ip_address_pool p JOIN vm_subnet s ON s.id = p.vm_subnet_id
      WHERE p.id IN ${pageKeys}`),
    withPools: db
      .prepare<[string], string>(`SELECT DISTINCT s.vm_network_id FROM vm_subnet s JOIN ip_address_pool p ON p.vm_subnet_id = s.id WHERE s.vm_network_id IN ${pageKeys}`)
      .pluck(),
  };
}
