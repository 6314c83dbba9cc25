import { ipv4Text, takeVirtualMachines } from './0003-list-order.ts';
import type { Migration } from './migration.ts';

/*
 * A row that comes or goes below a VM network takes again only what it can change of the VM network's order: all columns at once cost the
 * six indexes over them, whether they had changed or not, and every table that a VM network is shown with. What is rare stays as it was.
 */

/** Takes columns of the VM network of that id again, and then the text that is searched, which no index holds. */
function retake(columns: Readonly<Record<string, string>>, network: string): string {
  const changes = Object.entries(columns).map(([column, value]) => `${column} = ${value}`);
  return `
  UPDATE vm_network_order SET ${changes.join(', ')} WHERE id = ${network};
  UPDATE vm_network_order SET shown_text = name || char(10) || logical_network || char(10) || coalesce(${subnets}, '') || char(10)
    || coalesce(gateway_connection, '') || char(10) || coalesce(${ipv4Text('external_address')}, '') WHERE id = ${network};`;
}

const ofNetwork = 'WHERE s.vm_network_id = vm_network_order.id';
const subnets = `(SELECT group_concat(${ipv4Text('s.address')} || '/' || s.prefix_length, char(10)) FROM vm_subnet s ${ofNetwork})`;

const firstSubnet = { first_subnet: `(SELECT min(s.address) FROM vm_subnet s ${ofNetwork})` };
const connection = {
  gateway_connection: `(
    SELECT service.name || iif(EXISTS (SELECT 1 FROM nat_connection c WHERE c.vm_network_gateway_id = g.id), ' (NAT)', '')
    FROM vm_network_gateway g JOIN network_service service ON service.id = g.network_service_id WHERE g.vm_network_id = vm_network_order.id)`,
  external_address: `(
    SELECT a.address FROM vm_network_gateway g JOIN nat_connection c ON c.vm_network_gateway_id = g.id
    JOIN ip_address_allocation a ON a.id = c.ip_address_allocation_id WHERE g.vm_network_id = vm_network_order.id)`,
};

/** Nothing of them is searched. */
function retakeMachines(network: string): string {
  return `
  UPDATE vm_network_order SET virtual_machines = (
    SELECT count(DISTINCT a.virtual_machine_id) FROM vm_subnet s JOIN virtual_network_adapter a ON a.vm_subnet_id = s.id ${ofNetwork})
  WHERE id = ${network};`;
}

const networkOfSubnet = (row: 'OLD' | 'NEW') => `(SELECT s.vm_network_id FROM vm_subnet s WHERE s.id = ${row}.vm_subnet_id)`;
const networkOfGateway = (row: 'OLD' | 'NEW') => `(SELECT g.vm_network_id FROM vm_network_gateway g WHERE g.id = ${row}.vm_network_gateway_id)`;

function trigger(name: string, event: string, body: string): string {
  return `DROP TRIGGER ${name};\nCREATE TRIGGER ${name} AFTER ${event} BEGIN${body}\nEND;`;
}

export const listOrderPartsMigration: Migration = {
  version: 20,
  name: 'list-order-parts',
  sql: [
    trigger('vm_network_order_subnet_new', 'INSERT ON vm_subnet', retake(firstSubnet, 'NEW.vm_network_id')),
    trigger('vm_network_order_subnet_gone', 'DELETE ON vm_subnet', retake(firstSubnet, 'OLD.vm_network_id')),
    trigger('vm_network_order_gateway_new', 'INSERT ON vm_network_gateway', retake(connection, 'NEW.vm_network_id')),
    trigger('vm_network_order_gateway_gone', 'DELETE ON vm_network_gateway', retake(connection, 'OLD.vm_network_id')),
    trigger('vm_network_order_nat_new', 'INSERT ON nat_connection', retake(connection, networkOfGateway('NEW'))),
    trigger('vm_network_order_nat_gone', 'DELETE ON nat_connection', retake(connection, networkOfGateway('OLD'))),
    trigger('list_order_adapter_new', 'INSERT ON virtual_network_adapter', retakeMachines(networkOfSubnet('NEW')) + takeVirtualMachines('v.id = NEW.virtual_machine_id')),
    trigger('list_order_adapter_gone', 'DELETE ON virtual_network_adapter', retakeMachines(networkOfSubnet('OLD')) + takeVirtualMachines('v.id = OLD.virtual_machine_id')),
    trigger(
      'list_order_adapter_change',
      'UPDATE ON virtual_network_adapter',
      retakeMachines(networkOfSubnet('OLD')) + retakeMachines(networkOfSubnet('NEW')) + takeVirtualMachines('v.id IN (OLD.virtual_machine_id, NEW.virtual_machine_id)'),
    ),
  ].join('\n'),
};
