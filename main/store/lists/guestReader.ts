/** The inside of one virtual machine. */
import { ConsoleError } from '../../../shared/contract/errors.ts';
import type { Guest } from '../../../shared/contract/guest.ts';
import { formatMac } from '../../../shared/net/mac.ts';
import type { Db } from '../database.ts';

type Flags = 'running' | 'firewallOn' | 'remoteAccessInstalled' | 'vpnDeployed' | 'dataExchangeOn' | 'remoteAccessByHand';
type MachineRecord = Pick<Guest, 'id' | 'name' | 'host'> & Readonly<Record<Flags, number>> & { readonly serviceId: string | null; readonly serviceName: string | null };
type AdapterRecord = Omit<Guest['networkAdapters'][number], 'mac'> & { readonly mac: number };

export type GuestFacts = Omit<Guest, 'gateway'> & { readonly service: { readonly id: string; readonly name: string } | null };

export class GuestReader {
  readonly #statements: ReturnType<typeof prepare>;

  constructor(db: Db) {
    this.#statements = prepare(db);
  }

  /** Throws objectNotFound. */
  get(id: string): GuestFacts {
    const record = this.#statements.machine.get(id);
    if (record === undefined) throw new ConsoleError('objectNotFound', 'There is no such virtual machine any more.', 'Close the window and choose another one.');
    const { serviceId, serviceName, name, host } = record;
    return {
      id,
      name,
      host,
      running: record.running === 1,
      firewallOn: record.firewallOn === 1,
      remoteAccessInstalled: record.remoteAccessInstalled === 1,
      vpnDeployed: record.vpnDeployed === 1,
      dataExchangeOn: record.dataExchangeOn === 1,
      remoteAccessByHand: record.remoteAccessByHand === 1,
      virtualSwitches: this.#statements.switches.all(id),
      service: serviceId === null || serviceName === null ? null : { id: serviceId, name: serviceName },
      networkAdapters: this.#statements.adapters.all(id).map((adapter) => ({ ...adapter, mac: formatMac(adapter.mac) })),
    };
  }
}

function prepare(db: Db) {
  return {
    machine: db.prepare<[string], MachineRecord>(`
      SELECT m.id, m.name, h.name AS host, m.running, m.firewall_on AS firewallOn, m.remote_access_installed AS remoteAccessInstalled,
        m.vpn_deployed AS vpnDeployed, m.data_exchange_on AS dataExchangeOn, m.remote_access_by_hand AS remoteAccessByHand, s.id AS serviceId, s.name AS serviceName
      FROM virtual_machine m JOIN host h ON h.id = m.host_id LEFT JOIN network_service s ON s.virtual_machine_id = m.id WHERE m.id = ?`),
    switches: db.prepare<[string], string>('SELECT v.name FROM virtual_switch v JOIN virtual_machine m ON m.host_id = v.host_id WHERE m.id = ? ORDER BY v.name').pluck(),
    adapters: db.prepare<[string], AdapterRecord>(`
      SELECT a.id, a.name, a.mac, v.name AS virtualSwitch, coalesce(n.name || ' (' || t.name || ')', site.name, '') AS network,
        coalesce(format_ipv4(l.address), '') AS address
      FROM virtual_network_adapter a
      LEFT JOIN virtual_switch v ON v.id = a.virtual_switch_id
      LEFT JOIN vm_subnet t ON t.id = a.vm_subnet_id LEFT JOIN vm_network n ON n.id = t.vm_network_id
      LEFT JOIN network_site_subnet s ON s.id = a.network_site_subnet_id LEFT JOIN network_site site ON site.id = s.network_site_id
      LEFT JOIN ip_address_allocation l ON l.id = a.ip_address_allocation_id
      WHERE a.virtual_machine_id = ? ORDER BY a.slot`),
  };
}
