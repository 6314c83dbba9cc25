/** MAC address pools, logical switches and uplink port profiles: three lists of the same shape. */
import type { z } from 'zod';
import type { FabricObjectRow, fabricObjectListPageSchema, fabricObjectListQuerySchema } from '../../../shared/contract/networking.ts';
import type { Db } from '../database.ts';
import { anyLike, PageReader } from './pageReader.ts';
import { pageKeys } from './sql.ts';

type Query = z.output<typeof fabricObjectListQuerySchema>;
type Page = z.output<typeof fabricObjectListPageSchema>;
type Column = NonNullable<Query['sort']>['column'];
type RowRecord = Omit<FabricObjectRow, 'usedBy'> & { readonly usedBy: string };

const rows = `
  SELECT id, 'macAddressPool' AS kind, name, description, format_mac(range_start) || ' - ' || format_mac(range_end) AS settings,
    (SELECT json_group_array(name) FROM (SELECT g.name FROM mac_address_pool_host_group m JOIN host_group g ON g.id = m.host_group_id
      WHERE m.mac_address_pool_id = mac_address_pool.id ORDER BY g.name)) AS usedBy
  FROM mac_address_pool
  UNION ALL
  SELECT id, 'uplinkPortProfile', name, description,
    iif(network_virtualization, 'Network virtualization on; ', 'Network virtualization off; ') || coalesce((SELECT group_concat(name, ', ') FROM (
      SELECT s.name FROM uplink_port_profile_site u JOIN network_site s ON s.id = u.network_site_id WHERE u.uplink_port_profile_id = uplink_port_profile.id ORDER BY s.name)), 'no network site'),
    (SELECT json_group_array(name) FROM (SELECT name FROM logical_switch l WHERE l.uplink_port_profile_id = uplink_port_profile.id ORDER BY name))
  FROM uplink_port_profile
  UNION ALL
  SELECT l.id, 'logicalSwitch', l.name, l.description, p.name,
    (SELECT json_group_array(name) FROM (SELECT h.name FROM virtual_switch v JOIN host h ON h.id = v.host_id WHERE v.logical_switch_id = l.id ORDER BY h.name))
  FROM logical_switch l JOIN uplink_port_profile p ON p.id = l.uplink_port_profile_id`;

export class FabricObjectList {
  readonly #pages: PageReader<Column, string>;
  readonly #rows;

  constructor(db: Db) {
    this.#pages = new PageReader<Column, string>(db, {
      from: `(${rows}) o`,
      key: 'o.id',
      sortBy: { name: 'o.name COLLATE NOCASE', settings: 'o.settings' },
      tieBreak: 'o.name COLLATE NOCASE',
      matches: anyLike('o.name', 'o.description', 'o.settings'),
    });
    this.#rows = db.prepare<[string], RowRecord>(`SELECT * FROM (${rows}) WHERE id IN ${pageKeys}`);
  }

  list(query: Query): Page {
    const read = (keys: readonly string[]) => new Map(this.#rows.all(JSON.stringify(keys)).map((record) => [record.id, { ...record, usedBy: JSON.parse(record.usedBy) as string[] }]));
    return this.#pages.page(query, read, { condition: 'o.kind = @kind', parameters: { kind: query.kind } });
  }
}
