/** The list "Network Service": gateway devices. */
import type { z } from 'zod';
import type { NetworkServiceRow, networkServiceListPageSchema, networkServiceListQuerySchema } from '../../../shared/contract/inventory.ts';
import type { Db } from '../database.ts';
import { anyLike, PageReader } from './pageReader.ts';
import { pageKeys } from './sql.ts';
import { networkServiceStatuses } from './statusText.ts';

type Query = z.output<typeof networkServiceListQuerySchema>;
type Page = z.output<typeof networkServiceListPageSchema>;
type Column = NonNullable<Query['sort']>['column'];

const from = `network_service service
  LEFT JOIN virtual_machine machine ON machine.id = service.virtual_machine_id
  LEFT JOIN host ON host.id = service.host_id
  LEFT JOIN network_connection front ON front.network_service_id = service.id AND front.connection_type = 'FrontEnd'
  LEFT JOIN network_connection back ON back.network_service_id = service.id AND back.connection_type = 'BackEnd'`;

const inUse = '(SELECT count(*) FROM vm_network_gateway g WHERE g.network_service_id = service.id)';

const status = `CASE ${networkServiceStatuses.map(({ text, condition }) => `WHEN ${condition} THEN '${text}'`).join(' ')} END`;

/** "External (Contoso_External_LN01_0)": adapter of the gateway VM and network site. */
function connectionText(connection: 'front' | 'back'): string {
  return `(SELECT a.name || ' (' || s.name || ')' FROM virtual_network_adapter a, network_site s
    WHERE a.id = ${connection}.virtual_network_adapter_id AND s.id = ${connection}.network_site_id)`;
}

export class NetworkServiceList {
  readonly #pages: PageReader<Column, string>;
  readonly #rows;

  constructor(db: Db) {
    this.#pages = new PageReader<Column, string>(db, {
      from,
      key: 'service.id',
      sortBy: {
        name: 'service.name',
        manufacturer: 'service.manufacturer COLLATE NOCASE',
        model: 'service.model COLLATE NOCASE',
        host: 'host.name',
        vmNetworksInUse: inUse,
        status,
      },
      tieBreak: 'service.name',
      matches: anyLike(
        'service.name', 'service.manufacturer', 'service.model', 'machine.name', 'host.name', 'service.connection_string', status,
        connectionText('front'), connectionText('back'),
      ),
    });
    this.#rows = db.prepare<[string], NetworkServiceRow>(`
      SELECT service.id, service.name, service.manufacturer, service.model, coalesce(machine.name, '') AS vmName, coalesce(host.name, '') AS host,
        service.connection_string AS connectionString, (SELECT v.name FROM virtual_machine v WHERE v.id = service.standby_virtual_machine_id) AS standby, ${connectionText('front')} AS frontEnd, ${connectionText('back')} AS backEnd,
        ${inUse} AS vmNetworksInUse, service.max_vm_networks AS vmNetworksMaximum, ${status} AS status
      FROM ${from} WHERE service.id IN ${pageKeys}`);
  }

  list(query: Query): Page {
    return this.#pages.page(query, (keys) => new Map(this.#rows.all(JSON.stringify(keys)).map((row) => [row.id, row])));
  }
}
