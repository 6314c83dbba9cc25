/** The list "VMs", of everything, of a host group, of one host or of a VM network. */
import type { z } from 'zod';
import type { VirtualMachineRow, virtualMachineListPageSchema, virtualMachineListQuerySchema } from '../../../shared/contract/inventory.ts';
import type { Db } from '../database.ts';
import type { ListOrders } from './listOrders.ts';
import { anyLike, PageReader, type ListScope } from './pageReader.ts';
import { hostGroupsUnder, pageKeys } from './sql.ts';

type Query = z.output<typeof virtualMachineListQuerySchema>;
type Page = z.output<typeof virtualMachineListPageSchema>;
type Column = NonNullable<Query['sort']>['column'];

interface RowRecord extends Omit<VirtualMachineRow, 'running'> {
  readonly key: number;
  readonly running: number;
}

/** The adapter that stands for a VM with several: one on a VM network first, then one with an address. */
const selectRows = `
  SELECT o.key, v.id, v.name, v.running, h.name AS host, n.name AS vmNetwork, n.id AS vmNetworkId,
    format_ipv4(allocation.address) AS address, format_mac(a.mac) AS mac, v.role,
    (SELECT c.name FROM guest_cluster c WHERE c.id = v.guest_cluster_id) AS cluster
  FROM virtual_machine_order o
  JOIN virtual_machine v ON v.id = o.id
  JOIN host h ON h.id = v.host_id
  LEFT JOIN virtual_network_adapter a ON a.id = (
    SELECT b.id FROM virtual_network_adapter b WHERE b.virtual_machine_id = v.id
    ORDER BY b.vm_subnet_id IS NULL, b.ip_address_allocation_id IS NULL, b.slot LIMIT 1)
  LEFT JOIN vm_subnet s ON s.id = a.vm_subnet_id
  LEFT JOIN vm_network n ON n.id = s.vm_network_id
  LEFT JOIN ip_address_allocation allocation ON allocation.id = a.ip_address_allocation_id`;

export class VirtualMachineList {
  readonly #orders: ListOrders;
  readonly #pages: PageReader<Column, number>;
  readonly #rows;

  constructor(db: Db, orders: ListOrders) {
    this.#orders = orders;
    this.#pages = new PageReader<Column, number>(db, {
      from: 'virtual_machine_order o',
      fromWhenFiltered: 'virtual_machine_order o NOT INDEXED',
      key: 'o.key',
      sortBy: {
        name: 'o.name',
        host: 'o.host',
        vmNetwork: 'o.vm_network',
        address: 'o.address',
        role: 'o.role',
        running: 'o.running',
      },
      tieBreak: 'o.name',
      matches: anyLike('o.shown_text'),
    });
    this.#rows = db.prepare<[string], RowRecord>(`${selectRows} WHERE o.key IN ${pageKeys}`);
  }

  list(query: Query): Page {
    this.#orders.keep();
    const read = (keys: readonly number[]) => new Map(this.#rows.all(JSON.stringify(keys)).map((record) => [record.key, toRow(record)]));
    return this.#pages.page(query, read, scopeOf(query));
  }
}

function scopeOf(query: Query): ListScope {
  const conditions = ['1'];
  const parameters: Record<string, string> = {};
  if (query.hostId !== undefined) {
    conditions.push('o.host_id = @hostId');
    parameters['hostId'] = query.hostId;
  }
  if (query.hostGroupId !== undefined) {
    conditions.push(`o.host_id IN (SELECT h.id FROM host h WHERE h.host_group_id IN ${hostGroupsUnder('hostGroupId')})`);
    parameters['hostGroupId'] = query.hostGroupId;
  }
  if (query.vmNetworkId !== undefined) {
    conditions.push(`o.id IN (SELECT a.virtual_machine_id FROM virtual_network_adapter a JOIN vm_subnet s ON s.id = a.vm_subnet_id WHERE s.vm_network_id = @vmNetworkId)`);
    parameters['vmNetworkId'] = query.vmNetworkId;
  }
  return { condition: conditions.join(' AND '), parameters };
}

function toRow({ key: _, ...record }: RowRecord): VirtualMachineRow {
  return { ...record, running: record.running === 1 };
}
