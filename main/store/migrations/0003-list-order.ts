import type { Migration } from './migration.ts';

/*
 * What the two lists that can be long are sorted and searched by, kept by triggers in the same transaction as the rows
 * it is taken from. Joining 100,000 VM networks with subnet, gateway, NAT connection and address for every sort takes
 * half a second; an index over the kept column takes a few milliseconds. Pages are always read from the rows themselves.
 *
 * `key` is an INTEGER PRIMARY KEY of its own because VACUUM may renumber rowids that are not declared.
 */

// No functions of this program here: triggers stay usable by any SQLite tool.
export const ipv4Text = (value: string) => `(${value} >> 24) || '.' || ((${value} >> 16) & 255) || '.' || ((${value} >> 8) & 255) || '.' || (${value} & 255)`;
const macText = (value: string) => [1, 3, 5, 7, 9, 11].map((at) => `substr(printf('%012X', ${value}), ${at}, 2)`).join(` || '-' || `);

/** Takes the VM networks of `condition` over `n` again from their rows. */
export function takeVmNetworks(condition: string): string {
  return `
  INSERT INTO vm_network_order (id, name, logical_network, first_subnet, gateway_connection, external_address, virtual_machines, shown_text)
  SELECT id, name, logical_network, first_subnet, gateway_connection, external_address, virtual_machines,
    name || char(10) || logical_network || char(10) || coalesce(subnets, '') || char(10) || coalesce(gateway_connection, '')
      || char(10) || coalesce(external_text, '')
  FROM (
    SELECT n.id, n.name, l.name AS logical_network,
      (SELECT min(s.address) FROM vm_subnet s WHERE s.vm_network_id = n.id) AS first_subnet,
      (SELECT group_concat(${ipv4Text('s.address')} || '/' || s.prefix_length, char(10)) FROM vm_subnet s WHERE s.vm_network_id = n.id) AS subnets,
      service.name || iif(nat.id IS NULL, '', ' (NAT)') AS gateway_connection,
      allocation.address AS external_address, ${ipv4Text('allocation.address')} AS external_text,
      (SELECT count(DISTINCT a.virtual_machine_id) FROM vm_subnet s
        JOIN virtual_network_adapter a ON a.vm_subnet_id = s.id WHERE s.vm_network_id = n.id) AS virtual_machines
    FROM vm_network n
    JOIN logical_network l ON l.id = n.logical_network_id
    LEFT JOIN vm_network_gateway gateway ON gateway.vm_network_id = n.id
    LEFT JOIN network_service service ON service.id = gateway.network_service_id
    LEFT JOIN nat_connection nat ON nat.vm_network_gateway_id = gateway.id
    LEFT JOIN ip_address_allocation allocation ON allocation.id = nat.ip_address_allocation_id
    WHERE ${condition})
  WHERE true
  ON CONFLICT (id) DO UPDATE SET name = excluded.name, logical_network = excluded.logical_network, first_subnet = excluded.first_subnet,
    gateway_connection = excluded.gateway_connection, external_address = excluded.external_address,
    virtual_machines = excluded.virtual_machines, shown_text = excluded.shown_text;`;
}

/** Takes the virtual machines of `condition` over `v` again. The adapter that stands for a VM: on a VM network first, with an address first. */
export function takeVirtualMachines(condition: string): string {
  return `
  INSERT INTO virtual_machine_order (id, name, host_id, host, vm_network, address, role, running, shown_text)
  SELECT id, name, host_id, host, vm_network, address, role, running,
    name || char(10) || host || char(10) || coalesce(vm_network, '') || char(10) || coalesce(${ipv4Text('address')}, '') || char(10) || coalesce(mac, '')
  FROM (
    SELECT v.id, v.name, v.host_id, h.name AS host, n.name AS vm_network, allocation.address, v.role, v.running, iif(a.mac IS NULL, NULL, ${macText('a.mac')}) AS mac
    FROM virtual_machine v
    JOIN host h ON h.id = v.host_id
    LEFT JOIN virtual_network_adapter a ON a.id = (
      SELECT b.id FROM virtual_network_adapter b WHERE b.virtual_machine_id = v.id
      ORDER BY b.vm_subnet_id IS NULL, b.ip_address_allocation_id IS NULL, b.slot LIMIT 1)
    LEFT JOIN vm_subnet s ON s.id = a.vm_subnet_id
    LEFT JOIN vm_network n ON n.id = s.vm_network_id
    LEFT JOIN ip_address_allocation allocation ON allocation.id = a.ip_address_allocation_id
    WHERE ${condition})
  WHERE true
  ON CONFLICT (id) DO UPDATE SET name = excluded.name, host_id = excluded.host_id, host = excluded.host, vm_network = excluded.vm_network,
    address = excluded.address, role = excluded.role, running = excluded.running, shown_text = excluded.shown_text;`;
}

function trigger(name: string, event: string, body: string): string {
  return `CREATE TRIGGER ${name} AFTER ${event} BEGIN${body}\nEND;\n`;
}

const networkOfSubnet = (row: 'OLD' | 'NEW') => `(SELECT s.vm_network_id FROM vm_subnet s WHERE s.id = ${row}.vm_subnet_id)`;
const networkOfGateway = (row: 'OLD' | 'NEW') => `(SELECT g.vm_network_id FROM vm_network_gateway g WHERE g.id = ${row}.vm_network_gateway_id)`;
const machinesOnNetwork = (network: string) => `v.id IN (
      SELECT a.virtual_machine_id FROM vm_subnet s JOIN virtual_network_adapter a ON a.vm_subnet_id = s.id WHERE s.vm_network_id = ${network})`;

export const listOrderMigration: Migration = {
  version: 3,
  name: 'list-order',
  sql: `
CREATE TABLE vm_network_order (
  key INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE REFERENCES vm_network(id) ON DELETE CASCADE,
  name TEXT NOT NULL COLLATE NOCASE,
  logical_network TEXT NOT NULL COLLATE NOCASE,
  first_subnet INTEGER,
  gateway_connection TEXT COLLATE NOCASE,
  external_address INTEGER,
  virtual_machines INTEGER NOT NULL,
  shown_text TEXT NOT NULL
) STRICT;
CREATE INDEX vm_network_order_by_name ON vm_network_order(name);
CREATE INDEX vm_network_order_by_logical_network ON vm_network_order(logical_network, name);
CREATE INDEX vm_network_order_by_subnet ON vm_network_order(first_subnet, name);
CREATE INDEX vm_network_order_by_gateway ON vm_network_order(gateway_connection, name);
CREATE INDEX vm_network_order_by_external_address ON vm_network_order(external_address, name);
CREATE INDEX vm_network_order_by_virtual_machines ON vm_network_order(virtual_machines, name);

CREATE TABLE virtual_machine_order (
  key INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE REFERENCES virtual_machine(id) ON DELETE CASCADE,
  name TEXT NOT NULL COLLATE NOCASE,
  host_id TEXT NOT NULL,
  host TEXT NOT NULL COLLATE NOCASE,
  vm_network TEXT COLLATE NOCASE,
  address INTEGER,
  role TEXT NOT NULL,
  running INTEGER NOT NULL,
  shown_text TEXT NOT NULL
) STRICT;
CREATE INDEX virtual_machine_order_by_name ON virtual_machine_order(name);
CREATE INDEX virtual_machine_order_by_host ON virtual_machine_order(host, name);
CREATE INDEX virtual_machine_order_by_host_id ON virtual_machine_order(host_id);
CREATE INDEX virtual_machine_order_by_vm_network ON virtual_machine_order(vm_network, name);
CREATE INDEX virtual_machine_order_by_address ON virtual_machine_order(address, name);
CREATE INDEX virtual_machine_order_by_role ON virtual_machine_order(role, name);
CREATE INDEX virtual_machine_order_by_running ON virtual_machine_order(running, name);
${takeVmNetworks('true')}
${takeVirtualMachines('true')}

${[
  trigger('vm_network_order_new', 'INSERT ON vm_network', takeVmNetworks('n.id = NEW.id')),
  trigger(
    'vm_network_order_change',
    'UPDATE OF name, logical_network_id ON vm_network',
    takeVmNetworks('n.id = NEW.id') + takeVirtualMachines(machinesOnNetwork('NEW.id')),
  ),
  trigger('vm_network_order_logical_network', 'UPDATE OF name ON logical_network', takeVmNetworks('n.logical_network_id = NEW.id')),
  trigger('vm_network_order_subnet_new', 'INSERT ON vm_subnet', takeVmNetworks('n.id = NEW.vm_network_id')),
  trigger('vm_network_order_subnet_gone', 'DELETE ON vm_subnet', takeVmNetworks('n.id = OLD.vm_network_id')),
  trigger(
    'vm_network_order_subnet_change',
    'UPDATE ON vm_subnet',
    takeVmNetworks('n.id IN (OLD.vm_network_id, NEW.vm_network_id)') + takeVirtualMachines(machinesOnNetwork('NEW.vm_network_id')),
  ),
  trigger('vm_network_order_gateway_new', 'INSERT ON vm_network_gateway', takeVmNetworks('n.id = NEW.vm_network_id')),
  trigger('vm_network_order_gateway_gone', 'DELETE ON vm_network_gateway', takeVmNetworks('n.id = OLD.vm_network_id')),
  trigger('vm_network_order_gateway_change', 'UPDATE ON vm_network_gateway', takeVmNetworks('n.id IN (OLD.vm_network_id, NEW.vm_network_id)')),
  trigger(
    'vm_network_order_service',
    'UPDATE OF name ON network_service',
    takeVmNetworks('n.id IN (SELECT g.vm_network_id FROM vm_network_gateway g WHERE g.network_service_id = NEW.id)'),
  ),
  trigger('vm_network_order_nat_new', 'INSERT ON nat_connection', takeVmNetworks(`n.id = ${networkOfGateway('NEW')}`)),
  trigger('vm_network_order_nat_gone', 'DELETE ON nat_connection', takeVmNetworks(`n.id = ${networkOfGateway('OLD')}`)),
  trigger(
    'vm_network_order_nat_change',
    'UPDATE ON nat_connection',
    takeVmNetworks(`n.id IN (${networkOfGateway('OLD')}, ${networkOfGateway('NEW')})`),
  ),
  trigger(
    'list_order_address_change',
    'UPDATE OF address ON ip_address_allocation',
    takeVmNetworks(`n.id IN (
      SELECT g.vm_network_id FROM nat_connection c JOIN vm_network_gateway g ON g.id = c.vm_network_gateway_id
      WHERE c.ip_address_allocation_id = NEW.id)`) +
      takeVirtualMachines('v.id IN (SELECT a.virtual_machine_id FROM virtual_network_adapter a WHERE a.ip_address_allocation_id = NEW.id)'),
  ),
  trigger(
    'list_order_adapter_new',
    'INSERT ON virtual_network_adapter',
    takeVmNetworks(`n.id = ${networkOfSubnet('NEW')}`) + takeVirtualMachines('v.id = NEW.virtual_machine_id'),
  ),
  trigger(
    'list_order_adapter_gone',
    'DELETE ON virtual_network_adapter',
    takeVmNetworks(`n.id = ${networkOfSubnet('OLD')}`) + takeVirtualMachines('v.id = OLD.virtual_machine_id'),
  ),
  trigger(
    'list_order_adapter_change',
    'UPDATE ON virtual_network_adapter',
    takeVmNetworks(`n.id IN (${networkOfSubnet('OLD')}, ${networkOfSubnet('NEW')})`) +
      takeVirtualMachines('v.id IN (OLD.virtual_machine_id, NEW.virtual_machine_id)'),
  ),
  trigger('virtual_machine_order_new', 'INSERT ON virtual_machine', takeVirtualMachines('v.id = NEW.id')),
  trigger('virtual_machine_order_change', 'UPDATE OF name, host_id, role, running ON virtual_machine', takeVirtualMachines('v.id = NEW.id')),
  trigger('virtual_machine_order_host', 'UPDATE OF name ON host', takeVirtualMachines('v.host_id = NEW.id')),
].join('\n')}
`,
};
