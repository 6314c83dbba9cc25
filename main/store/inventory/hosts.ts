/** Host groups, Hyper-V hosts and their virtual switches. */
import type { MacAddress } from '../../../shared/net/mac.ts';
import type { Db } from '../database.ts';
import { required } from './reference.ts';

export interface HostGroup {
  readonly id: string;
  readonly parentId: string | null;
  readonly name: string;
}

export interface Host {
  readonly id: string;
  readonly hostGroupId: string;
  readonly name: string;
  readonly isVirtual: boolean;
  readonly isDedicatedGateway: boolean;
  readonly nicName: string;
  readonly nicMac: MacAddress;
}

export interface VirtualSwitch {
  readonly id: string;
  readonly hostId: string;
  readonly name: string;
}

interface HostRecord extends Omit<Host, 'isVirtual' | 'isDedicatedGateway'> {
  readonly isVirtual: number;
  readonly isDedicatedGateway: number;
}

export class Hosts {
  readonly #statements: ReturnType<typeof prepare>;

  constructor(db: Db) {
    this.#statements = prepare(db);
  }

  addGroup(group: HostGroup): void {
    this.#statements.insertGroup.run(group);
  }

  /** By id or name. Throws objectNotFound. */
  group(reference: string): HostGroup {
    return required('host group', reference, this.#statements.groupById, this.#statements.groupByName);
  }

  add(host: Host): void {
    this.#statements.insertHost.run({ ...host, isVirtual: Number(host.isVirtual), isDedicatedGateway: Number(host.isDedicatedGateway) });
  }

  /** By id or name. Throws objectNotFound. */
  host(reference: string): Host {
    const record = required('host', reference, this.#statements.hostById, this.#statements.hostByName);
    return { ...record, isVirtual: record.isVirtual === 1, isDedicatedGateway: record.isDedicatedGateway === 1 };
  }

  /** In order of name. */
  all(): readonly Host[] {
    return this.#statements.hosts.all().map((record) => ({ ...record, isVirtual: record.isVirtual === 1, isDedicatedGateway: record.isDedicatedGateway === 1 }));
  }

  setDedicated(id: string, isDedicated: boolean): void {
    this.#statements.setDedicated.run(Number(isDedicated), id);
  }

  /** Names of virtual machines on the host that are connected to a VM subnet. */
  tenantMachinesOn(id: string): readonly string[] {
    return this.#statements.tenants.all(id).map(({ name }) => name);
  }

  /** Names of gateway devices whose virtual machine is on the host. */
  gatewaysOn(id: string): readonly string[] {
    return this.#statements.gateways.all(id).map(({ name }) => name);
  }

  addSwitch(virtualSwitch: VirtualSwitch): void {
    this.#statements.insertSwitch.run(virtualSwitch);
  }

  /** In order of name. */
  switchesOf(hostId: string): readonly VirtualSwitch[] {
    return this.#statements.switches.all(hostId);
  }

  /** The host's switch of that name, without regard to case. */
  findSwitch(hostId: string, name: string): VirtualSwitch | undefined {
    return this.#statements.switchByName.get(hostId, name);
  }
}

function prepare(db: Db) {
  const group = 'SELECT id, parent_id AS parentId, name FROM host_group';
  const host = `SELECT id, host_group_id AS hostGroupId, name, is_virtual AS isVirtual, is_dedicated_gateway AS isDedicatedGateway,
    nic_name AS nicName, nic_mac AS nicMac FROM host`;
  return {
    insertGroup: db.prepare('INSERT INTO host_group (id, parent_id, name) VALUES (@id, @parentId, @name)'),
    groupById: db.prepare<[string], HostGroup>(`${group} WHERE id = ?`),
    groupByName: db.prepare<[string], HostGroup>(`${group} WHERE name = ?`),
    insertHost: db.prepare(`
      INSERT INTO host (id, host_group_id, name, is_virtual, is_dedicated_gateway, nic_name, nic_mac)
      VALUES (@id, @hostGroupId, @name, @isVirtual, @isDedicatedGateway, @nicName, @nicMac)`),
    hostById: db.prepare<[string], HostRecord>(`${host} WHERE id = ?`),
    hostByName: db.prepare<[string], HostRecord>(`${host} WHERE name = ?`),
    hosts: db.prepare<[], HostRecord>(`${host} ORDER BY name`),
    switches: db.prepare<[string], VirtualSwitch>('SELECT id, host_id AS hostId, name FROM virtual_switch WHERE host_id = ? ORDER BY name'),
    setDedicated: db.prepare('UPDATE host SET is_dedicated_gateway = ? WHERE id = ?'),
    tenants: db.prepare<[string], { name: string }>(`
      SELECT DISTINCT m.name FROM virtual_machine m JOIN virtual_network_adapter a ON a.virtual_machine_id = m.id
      WHERE m.host_id = ? AND a.vm_subnet_id IS NOT NULL ORDER BY m.name`),
    gateways: db.prepare<[string], { name: string }>(`
      SELECT s.name FROM network_service s JOIN virtual_machine m ON m.id = s.virtual_machine_id WHERE m.host_id = ? ORDER BY s.name`),
    insertSwitch: db.prepare('INSERT INTO virtual_switch (id, host_id, name) VALUES (@id, @hostId, @name)'),
    switchByName: db.prepare<[string, string], VirtualSwitch>(
      'SELECT id, host_id AS hostId, name FROM virtual_switch WHERE host_id = ? AND name = ?'),
  };
}
