/** Everything about one VM network: details pane and properties. */
import { ConsoleError } from '../../../shared/contract/errors.ts';
import type { VmNetworkDetails } from '../../../shared/contract/inventory.ts';
import type { Db } from '../database.ts';
import type { JobList } from './jobList.ts';
import { availableAddresses, prefixText } from './sql.ts';
import type { VmNetworkList } from './vmNetworkList.ts';

type Subnet = VmNetworkDetails['vmSubnets'][number];
type Gateway = NonNullable<VmNetworkDetails['gateway']>;
type GatewayRecord = Omit<Gateway, 'isForwarding' | 'hasVpn'> & { readonly isForwarding: number; readonly hasVpn: number };
type Nat = NonNullable<VmNetworkDetails['nat']>;
type NatRecord = Omit<Nat, 'furtherAddresses'> & { readonly furtherAddresses: string };
type MachineRecord = Omit<VmNetworkDetails['virtualMachineList'][number], 'running'> & { readonly running: number };

export class VmNetworkDetailsReader {
  readonly #rows: VmNetworkList;
  readonly #jobs: JobList;
  readonly #statements: ReturnType<typeof prepare>;

  constructor(db: Db, rows: VmNetworkList, jobs: JobList) {
    this.#rows = rows;
    this.#jobs = jobs;
    this.#statements = prepare(db);
  }

  /** Throws objectNotFound. */
  get(id: string): VmNetworkDetails {
    const { identity, subnets, gateway, nat, machines } = this.#statements;
    const row = this.#rows.row(id);
    const own = identity.get(id);
    if (!row || !own) throw vmNetworkNotFound(id);
    return {
      ...row,
      ...own,
      vmSubnets: subnets.all(id),
      gateway: withFlags(gateway.get(id)),
      nat: withAddresses(nat.get(id)),
      virtualMachineList: machines.all(id).map((machine) => ({ ...machine, running: machine.running === 1 })),
      latestJob: this.#jobs.latestFor(id),
    };
  }
}

function withFlags(record: GatewayRecord | undefined): Gateway | null {
  return record === undefined ? null : { ...record, isForwarding: record.isForwarding === 1, hasVpn: record.hasVpn === 1 };
}

function withAddresses(record: NatRecord | undefined): Nat | null {
  return record === undefined ? null : { ...record, furtherAddresses: JSON.parse(record.furtherAddresses) as Nat['furtherAddresses'] };
}

export function vmNetworkNotFound(id: string): ConsoleError {
  return new ConsoleError('objectNotFound', `There is no VM network with the ID ${id}.`, 'Refresh the list of VM networks: it may have been removed.');
}

function prepare(db: Db) {
  return {
    identity: db.prepare<[string], { description: string; routingDomainId: string; isolation: string }>(`
      SELECT n.description, n.routing_domain_id AS routingDomainId,
        iif(n.isolation = 'NoIsolation', 'No isolation', 'Hyper-V network virtualization') AS isolation
      FROM vm_network n WHERE n.id = ?`),
    subnets: db.prepare<[string], Subnet>(`
      SELECT s.id, s.name, ${prefixText('s')} AS subnet, s.vsid, p.name AS pool,
        iif(p.id IS NULL, NULL, ${availableAddresses('p')}) AS availableAddresses
      FROM vm_subnet s
      LEFT JOIN ip_address_pool p ON p.id = (SELECT q.id FROM ip_address_pool q WHERE q.vm_subnet_id = s.id ORDER BY q.name LIMIT 1)
      WHERE s.vm_network_id = ? ORDER BY s.name`),
    gateway: db.prepare<[string], GatewayRecord>(`
      SELECT service.id AS networkServiceId, service.name AS networkServiceName, coalesce(machine.name, '') AS vmName,
        g.name AS vmNetworkGatewayName, g.compartment_id AS compartmentId,
        format_ipv4(g.subnet_address) || '/' || g.subnet_prefix_length AS gatewaySubnet, g.vsid AS gatewayVsid,
        service.direct_routing_mode AS isForwarding, g.has_vpn AS hasVpn
      FROM vm_network_gateway g
      JOIN network_service service ON service.id = g.network_service_id
      LEFT JOIN virtual_machine machine ON machine.id = service.virtual_machine_id
      WHERE g.vm_network_id = ?`),
    nat: db.prepare<[string], NatRecord>(`
      SELECT c.id, c.name, format_ipv4(a.address) AS externalAddress, p.name AS pool, c.port_start AS portStart, c.port_end AS portEnd,
        (SELECT json_group_array(json_object('address', format_ipv4(xa.address), 'pool', xp.name) ORDER BY x.slot)
          FROM nat_external_address x JOIN ip_address_allocation xa ON xa.id = x.ip_address_allocation_id
          JOIN ip_address_pool xp ON xp.id = xa.ip_address_pool_id WHERE x.nat_connection_id = c.id) AS furtherAddresses,
        (SELECT count(*) FROM nat_rule r WHERE r.nat_connection_id = c.id) AS rules
      FROM vm_network_gateway g
      JOIN nat_connection c ON c.vm_network_gateway_id = g.id
      JOIN ip_address_allocation a ON a.id = c.ip_address_allocation_id
      JOIN ip_address_pool p ON p.id = a.ip_address_pool_id
      WHERE g.vm_network_id = ?`),
    machines: db.prepare<[string], MachineRecord>(`
      SELECT v.id, v.name, coalesce(format_ipv4(a.address), '') AS address, h.name AS host, v.running
      FROM virtual_network_adapter n
      JOIN vm_subnet s ON s.id = n.vm_subnet_id
      JOIN virtual_machine v ON v.id = n.virtual_machine_id
      JOIN host h ON h.id = v.host_id
      LEFT JOIN ip_address_allocation a ON a.id = n.ip_address_allocation_id
      WHERE s.vm_network_id = ?
      GROUP BY v.id HAVING n.slot = min(n.slot) ORDER BY v.name`),
  };
}
