/** The list "Hosts", of everything or of a host group. */
import type { z } from 'zod';
import type { HostRow, hostListPageSchema, hostListQuerySchema } from '../../../shared/contract/inventory.ts';
import type { Db } from '../database.ts';
import { anyLike, PageReader, type ListScope } from './pageReader.ts';
import { hostGroupsUnder, pageKeys } from './sql.ts';
import { hostStatus } from './statusText.ts';

type Query = z.output<typeof hostListQuerySchema>;
type Page = z.output<typeof hostListPageSchema>;
type Column = NonNullable<Query['sort']>['column'];

interface RowRecord extends Omit<HostRow, 'dedicatedGateway' | 'providerAddresses' | 'virtualSwitches' | 'status'> {
  readonly dedicatedGateway: number;
  readonly providerAddresses: string;
  readonly virtualSwitches: string;
}

const machineCount = '(SELECT count(*) FROM virtual_machine v WHERE v.host_id = h.id)';

const addressesOf = `
  SELECT allocation.address FROM provider_address p
  JOIN ip_address_allocation allocation ON allocation.id = p.ip_address_allocation_id
  WHERE p.host_id = h.id ORDER BY allocation.address`;

const switchesOf = 'SELECT s.name FROM virtual_switch s WHERE s.host_id = h.id ORDER BY s.name';

const selectRows = `
  SELECT h.id, h.name, g.name AS hostGroup, g.id AS hostGroupId, h.is_dedicated_gateway AS dedicatedGateway, ${machineCount} AS virtualMachines,
    (SELECT json_group_array(format_ipv4(address)) FROM (${addressesOf})) AS providerAddresses,
    (SELECT json_group_array(name) FROM (${switchesOf})) AS virtualSwitches,
    (SELECT c.name FROM host_cluster c WHERE c.id = h.host_cluster_id) AS cluster
  FROM host h JOIN host_group g ON g.id = h.host_group_id`;

export class HostList {
  readonly #pages: PageReader<Column, string>;
  readonly #rows;

  constructor(db: Db) {
    this.#pages = new PageReader<Column, string>(db, {
      from: 'host h JOIN host_group g ON g.id = h.host_group_id',
      key: 'h.id',
      sortBy: {
        name: 'h.name',
        hostGroup: 'g.name',
        dedicatedGateway: 'h.is_dedicated_gateway',
        virtualMachines: machineCount,
        status: `'${hostStatus}'`,
      },
      tieBreak: 'h.name',
      matches: anyLike(
        'h.name',
        'g.name',
        `'${hostStatus}'`,
        `(SELECT group_concat(format_ipv4(address), char(10)) FROM (${addressesOf}))`,
        `(SELECT group_concat(name, char(10)) FROM (${switchesOf}))`,
      ),
    });
    this.#rows = db.prepare<[string], RowRecord>(`${selectRows} WHERE h.id IN ${pageKeys}`);
  }

  list(query: Query): Page {
    const read = (keys: readonly string[]) => new Map(this.#rows.all(JSON.stringify(keys)).map((record) => [record.id, toRow(record)]));
    return this.#pages.page(query, read, scopeOf(query));
  }
}

function scopeOf(query: Query): ListScope {
  if (query.hostGroupId === undefined) return { condition: '1', parameters: {} };
  return { condition: `h.host_group_id IN ${hostGroupsUnder('hostGroupId')}`, parameters: { hostGroupId: query.hostGroupId } };
}

function toRow(record: RowRecord): HostRow {
  return {
    ...record,
    dedicatedGateway: record.dedicatedGateway === 1,
    providerAddresses: JSON.parse(record.providerAddresses) as string[],
    virtualSwitches: JSON.parse(record.virtualSwitches) as string[],
    status: hostStatus,
  };
}
