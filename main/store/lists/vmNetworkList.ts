/** The list "VM Networks". */
import type { z } from 'zod';
import type { VmNetworkRow, vmNetworkListPageSchema, vmNetworkListQuerySchema } from '../../../shared/contract/inventory.ts';
import type { Db } from '../database.ts';
import type { ListOrders } from './listOrders.ts';
import { anyLike, likePattern, PageReader, type ListScope } from './pageReader.ts';
import { addressText, ipv4Text, pageKeys, prefixText } from './sql.ts';

type Query = z.output<typeof vmNetworkListQuerySchema>;
type Page = z.output<typeof vmNetworkListPageSchema>;
type Column = NonNullable<Query['sort']>['column'];

interface RowRecord {
  readonly key: number;
  readonly id: string;
  readonly name: string;
  readonly logicalNetwork: string;
  readonly subnets: string;
  readonly gatewayConnection: string | null;
  readonly externalAddress: string | null;
  readonly furtherExternalAddresses: string;
  readonly virtualMachines: number;
}

/** Virtual machines with an adapter in one of the VM network's subnets. */
const virtualMachineCount = `(
  SELECT count(DISTINCT a.virtual_machine_id) FROM vm_subnet s
  JOIN virtual_network_adapter a ON a.vm_subnet_id = s.id WHERE s.vm_network_id = n.id)`;

const selectRows = `
  SELECT o.key, n.id, n.name, l.name AS logicalNetwork,
    (SELECT json_group_array(text) FROM (
      SELECT ${prefixText('s')} AS text FROM vm_subnet s WHERE s.vm_network_id = n.id ORDER BY s.name)) AS subnets,
    service.name || iif(nat.id IS NULL, '', ' (NAT)') AS gatewayConnection,
    format_ipv4(allocation.address) AS externalAddress,
    (SELECT json_group_array(format_ipv4(further.address) ORDER BY x.slot) FROM nat_external_address x
      JOIN ip_address_allocation further ON further.id = x.ip_address_allocation_id WHERE x.nat_connection_id = nat.id) AS furtherExternalAddresses,
    ${virtualMachineCount} AS virtualMachines
  FROM vm_network_order o
  JOIN vm_network n ON n.id = o.id
  JOIN logical_network l ON l.id = n.logical_network_id
  LEFT JOIN vm_network_gateway gateway ON gateway.vm_network_id = n.id
  LEFT JOIN network_service service ON service.id = gateway.network_service_id
  LEFT JOIN nat_connection nat ON nat.vm_network_gateway_id = gateway.id
  LEFT JOIN ip_address_allocation allocation ON allocation.id = nat.ip_address_allocation_id`;

/** VM networks of which a further external address has the text. It is read once for a search: `CROSS JOIN` begins with the few connections that have one. */
const withFurtherAddress = `
  SELECT gateway.vm_network_id FROM nat_external_address x
  CROSS JOIN ip_address_allocation further ON further.id = x.ip_address_allocation_id
  CROSS JOIN nat_connection nat ON nat.id = x.nat_connection_id
  CROSS JOIN vm_network_gateway gateway ON gateway.id = nat.vm_network_gateway_id
  WHERE ${anyLike(ipv4Text('further.address'))}`;

/** The kept text has only the first external address: the others are looked at when what was typed can be a part of one. */
export function searchOfVmNetworks(filter: string): ListScope {
  const inText = anyLike('o.shown_text');
  return { condition: addressText.test(filter) ? `${inText} OR o.id IN (${withFurtherAddress})` : inText, parameters: { pattern: likePattern(filter) } };
}

export class VmNetworkList {
  readonly #orders: ListOrders;
  readonly #pages: PageReader<Column, number>;
  readonly #rows;
  readonly #row;

  constructor(db: Db, orders: ListOrders) {
    this.#orders = orders;
    this.#pages = new PageReader<Column, number>(db, {
      from: 'vm_network_order o',
      fromWhenFiltered: 'vm_network_order o NOT INDEXED',
      key: 'o.key',
      sortBy: {
        name: 'o.name',
        logicalNetwork: 'o.logical_network',
        subnets: 'o.first_subnet',
        gatewayConnection: 'o.gateway_connection',
        externalAddress: 'o.external_address',
        virtualMachines: 'o.virtual_machines',
      },
      tieBreak: 'o.name',
      matches: searchOfVmNetworks,
    });
    this.#rows = db.prepare<[string], RowRecord>(`${selectRows} WHERE o.key IN ${pageKeys}`);
    this.#row = db.prepare<[string], RowRecord>(`${selectRows} WHERE o.id = ?`);
  }

  list(query: Query): Page {
    this.#orders.keep();
    return this.#pages.page(query, (keys) => this.byKey(keys));
  }

  /** Keys of all VM networks that the query finds, and of those in `besides`, in order. */
  order(query: Pick<Query, 'sort' | 'filter'>, besides: ReadonlySet<number> | undefined): { readonly keys: readonly number[]; readonly unfilteredTotal: number } {
    this.#orders.keep();
    const { keys, total } = this.#pages.keys(query, besides);
    return { keys, unfilteredTotal: total };
  }

  byKey(keys: readonly number[]): ReadonlyMap<number, VmNetworkRow> {
    return new Map(this.#rows.all(JSON.stringify(keys)).map((record) => [record.key, toRow(record)]));
  }

  /** The row of one VM network; undefined when there is none with this id. */
  row(id: string): VmNetworkRow | undefined {
    this.#orders.keep();
    const record = this.#row.get(id);
    return record && toRow(record);
  }
}

function toRow({ key: _, ...record }: RowRecord): VmNetworkRow {
  return { ...record, subnets: JSON.parse(record.subnets) as string[], furtherExternalAddresses: JSON.parse(record.furtherExternalAddresses) as string[] };
}
