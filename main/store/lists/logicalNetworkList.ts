/** The view "Logical Networks and IP Pools": every logical network, followed by its pools. */
import type { z } from 'zod';
import type { LogicalNetworkRow, logicalNetworkListPageSchema, logicalNetworkListQuerySchema } from '../../../shared/contract/inventory.ts';
import type { Db } from '../database.ts';
import { availableAddresses, prefixText } from './sql.ts';
import { likePattern } from './pageReader.ts';

type Query = z.output<typeof logicalNetworkListQuerySchema>;
type Page = z.output<typeof logicalNetworkListPageSchema>;
type Column = NonNullable<Query['sort']>['column'];

interface RowRecord extends Omit<LogicalNetworkRow, 'networkVirtualization'> {
  readonly networkVirtualization: number | null;
}

/** What one level of the tree is ordered by; names alone where the column says nothing about that level. */
const networkOrder: Record<Column, string> = {
  name: 'network_name',
  subnet: 'network_first_subnet',
  beginAddress: 'network_first_begin',
  endAddress: 'network_last_end',
  availableAddresses: 'network_available',
};
const poolOrder: Record<Column, string> = {
  name: 'name',
  subnet: 'subnet_address',
  beginAddress: 'range_start',
  endAddress: 'range_end',
  availableAddresses: 'available',
};

const tree = `
  pool AS MATERIALIZED (
    SELECT p.id, p.name, p.range_start, p.range_end, ${availableAddresses('p')} AS available,
      s.address AS subnet_address, ${prefixText('s')} AS subnet_text, site.logical_network_id
    FROM ip_address_pool p
    JOIN network_site_subnet s ON s.id = p.network_site_subnet_id
    JOIN network_site site ON site.id = s.network_site_id),
  shown_pool AS (
    SELECT * FROM pool
    WHERE @pattern IS NULL OR name || char(10) || subnet_text || char(10) || format_ipv4(range_start) || char(10) || format_ipv4(range_end)
      LIKE @pattern ESCAPE '\\'),
  network AS MATERIALIZED (
    SELECT l.id, l.name, l.network_virtualization,
      (SELECT group_concat(text, ', ') FROM (
        SELECT ${prefixText('s')} AS text FROM network_site site JOIN network_site_subnet s ON s.network_site_id = site.id
        WHERE site.logical_network_id = l.id ORDER BY s.address)) AS subnets,
      (SELECT min(s.address) FROM network_site site JOIN network_site_subnet s ON s.network_site_id = site.id
        WHERE site.logical_network_id = l.id) AS first_subnet
    FROM logical_network l),
  summary AS (
    SELECT logical_network_id, min(range_start) AS first_begin, max(range_end) AS last_end, sum(available) AS available
    FROM pool GROUP BY logical_network_id),
  shown_network AS (
    SELECT network.*, summary.first_begin, summary.last_end, summary.available FROM network
    LEFT JOIN summary ON summary.logical_network_id = network.id
    WHERE @pattern IS NULL OR name || char(10) || coalesce(subnets, '') LIKE @pattern ESCAPE '\\'
      OR network.id IN (SELECT logical_network_id FROM shown_pool)),
  tree AS (
    SELECT id, NULL AS parent_id, 'logicalNetwork' AS kind, name, network_virtualization, coalesce(subnets, '') AS subnet_text,
      NULL AS range_start, NULL AS range_end, NULL AS available, first_subnet AS subnet_address,
      id AS network_id, name AS network_name, first_subnet AS network_first_subnet, first_begin AS network_first_begin,
      last_end AS network_last_end, available AS network_available
    FROM shown_network
    UNION ALL
    SELECT p.id, p.logical_network_id, 'ipAddressPool', p.name, NULL, p.subnet_text, p.range_start, p.range_end, p.available, p.subnet_address,
      n.id, n.name, n.first_subnet, n.first_begin, n.last_end, n.available
    FROM shown_pool p JOIN shown_network n ON n.id = p.logical_network_id)`;

export class LogicalNetworkList {
  readonly #db: Db;
  readonly #total;
  readonly #unfilteredTotal;

  constructor(db: Db) {
    this.#db = db;
    this.#total = db.prepare<{ pattern: string | null }, number>(`WITH ${tree} SELECT count(*) FROM tree`).pluck();
    this.#unfilteredTotal = db
      .prepare<[], number>(`
        SELECT (SELECT count(*) FROM logical_network) + (SELECT count(*) FROM ip_address_pool WHERE network_site_subnet_id IS NOT NULL)`)
      .pluck();
  }

  /** A search keeps the logical network of every pool that it finds. */
  list(query: Query): Page {
    const pattern = query.filter === '' ? null : likePattern(query.filter);
    const records = this.#db
      .prepare<{ pattern: string | null; limit: number; offset: number }, RowRecord>(
        `WITH ${tree}
        SELECT id, parent_id AS parentId, kind, name, network_virtualization AS networkVirtualization, subnet_text AS subnet,
          coalesce(format_ipv4(range_start), '') AS beginAddress, coalesce(format_ipv4(range_end), '') AS endAddress, available AS availableAddresses
        FROM tree ORDER BY ${order(query)} LIMIT @limit OFFSET @offset`,
      )
      .all({ pattern, limit: query.limit, offset: query.offset });
    const unfilteredTotal = this.#unfilteredTotal.get() ?? 0;
    const total = pattern === null ? unfilteredTotal : (this.#total.get({ pattern }) ?? 0);
    return { rows: records.map(toRow), total, unfilteredTotal };
  }
}

function order(query: Query): string {
  const column = query.sort?.column ?? 'name';
  const direction = query.sort?.direction === 'desc' ? 'DESC' : 'ASC';
  const collate = column === 'name' ? ' COLLATE NOCASE' : '';
  return [
    `${networkOrder[column]}${collate} ${direction}`,
    `network_name COLLATE NOCASE ${direction}`,
    'parent_id IS NOT NULL',
    `${poolOrder[column]}${collate} ${direction}`,
    `name COLLATE NOCASE ${direction}`,
  ].join(', ');
}

function toRow(record: RowRecord): LogicalNetworkRow {
  return { ...record, networkVirtualization: record.networkVirtualization === null ? null : record.networkVirtualization === 1 };
}
