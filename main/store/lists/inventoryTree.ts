/** What the navigation pane shows: host groups, hosts and how many of each kind there are. */
import type { InventoryTree } from '../../../shared/contract/inventory.ts';
import type { Db } from '../database.ts';

type HostGroup = InventoryTree['hostGroups'][number];
type HostRecord = Omit<InventoryTree['hosts'][number], 'dedicatedGateway'> & { readonly dedicatedGateway: number };

export class InventoryTreeReader {
  readonly #statements: ReturnType<typeof prepare>;

  constructor(db: Db) {
    this.#statements = prepare(db);
  }

  /** `labName` is empty while no lab is open. */
  read(): InventoryTree {
    const { labName, hostGroups, hosts, counts } = this.#statements;
    const none = { vmNetworks: 0, virtualMachines: 0, logicalNetworks: 0, networkServices: 0, runAsAccounts: 0 };
    return {
      labName: labName.get() ?? '',
      hostGroups: hostGroups.all(),
      hosts: hosts.all().map((host) => ({ ...host, dedicatedGateway: host.dedicatedGateway === 1 })),
      counts: counts.get() ?? none,
    };
  }
}

function prepare(db: Db) {
  return {
    labName: db.prepare<[], string>('SELECT name FROM lab').pluck(),
    hostGroups: db.prepare<[], HostGroup>('SELECT id, parent_id AS parentId, name FROM host_group ORDER BY name, id'),
    hosts: db.prepare<[], HostRecord>(
      'SELECT id, host_group_id AS hostGroupId, name, is_dedicated_gateway AS dedicatedGateway FROM host ORDER BY name'),
    counts: db.prepare<[], InventoryTree['counts']>(`
      SELECT (SELECT count(*) FROM vm_network) AS vmNetworks, (SELECT count(*) FROM virtual_machine) AS virtualMachines,
        (SELECT count(*) FROM logical_network) AS logicalNetworks, (SELECT count(*) FROM network_service) AS networkServices,
        (SELECT count(*) FROM run_as_account) AS runAsAccounts`),
  };
}
