/** Host groups, Hyper-V hosts and their virtual switches. */
import { ConsoleError } from '../../../shared/contract/errors.ts';
import type { MacAddress } from '../../../shared/net/mac.ts';
import type { Db } from '../database.ts';
import type { Answers } from './answers.ts';
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
  /** With which VMM works on it; null for a host that came with a lab. */
  readonly runAsAccountId: string | null;
}

export interface VirtualSwitch {
  readonly id: string;
  readonly hostId: string;
  readonly name: string;
  /** Of which it is an instance; null for a standard switch. */
  readonly logicalSwitchId: string | null;
}

interface HostRecord extends Omit<Host, 'isVirtual' | 'isDedicatedGateway'> {
  readonly isVirtual: number;
  readonly isDedicatedGateway: number;
}

export class Hosts {
  readonly #statements: ReturnType<typeof prepare>;

  constructor(db: Db, answers: Answers) {
    this.#statements = prepare(db, answers);
  }

  addGroup(group: HostGroup): void {
    this.#statements.insertGroup.run(group);
  }

  /** By id or name. Throws objectNotFound. */
  group(reference: string): HostGroup {
    return required('host group', reference, this.#statements.groupById, this.#statements.groupByName);
  }

  /** In order of name. */
  groups(): readonly HostGroup[] {
    return this.#statements.groups.all();
  }

  /** Undefined when no host group has this name, wherever in the tree. */
  findGroup(name: string): HostGroup | undefined {
    return this.#statements.groupByName.get(name);
  }

  /** Name and place. */
  changeGroup(group: HostGroup): void {
    this.#statements.updateGroup.run(group);
  }

  removeGroup(id: string): void {
    this.#statements.deleteGroup.run(id);
  }

  add(host: Host): void {
    this.#statements.insertHost.run(toRecord(host));
  }

  /** Everything but what it is made of. */
  change(host: Host): void {
    this.#statements.updateHost.run(toRecord(host));
  }

  /** With its virtual switches. */
  remove(id: string): void {
    this.#statements.deleteHost.run(id);
  }

  /** Undefined when no host has this name. */
  findByName(name: string): { readonly name: string } | undefined {
    return this.#statements.hostByName.get(name);
  }

  /** The lowest address of `addedNicMacs` that nothing in the inventory has. */
  nextNicMac(): MacAddress {
    const { first, last } = addedNicMacs;
    const mac = this.#statements.macInUse.get({ mac: first }) ? this.#statements.firstFreeMac.get({ first })?.mac : first;
    if (mac === undefined || mac > last) throw new ConsoleError('poolExhausted', 'No MAC address is left for the network adapter of another host.', 'Remove hosts that are no longer used.');
    return mac;
  }

  /** By id or name. Throws objectNotFound. */
  host(reference: string): Host {
    return toHost(required('host', reference, this.#statements.hostById, this.#statements.hostByName));
  }

  /** In order of name. */
  all(): readonly Host[] {
    return this.#statements.hosts.all().map(toHost);
  }

  addSwitch(virtualSwitch: VirtualSwitch): void {
    this.#statements.insertSwitch.run(virtualSwitch);
  }

  renameSwitch(id: string, name: string): void {
    this.#statements.renameSwitch.run(name, id);
  }

  /** Nothing may be connected to it any more. */
  removeSwitch(id: string): void {
    this.#statements.deleteSwitch.run(id);
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

/** Network adapters of hosts that are added here: locally administered addresses of this console's own, since there is no real adapter. */
const addedNicMacs = { first: 0x02_1c_00_00_00_01, last: 0x02_1c_00_ff_ff_ff } as const;

/** Every MAC address that is written down; those of provider addresses and virtual subnets have ranges of their own. */
const allMacs = `(
  SELECT nic_mac AS mac FROM host UNION ALL SELECT mac FROM virtual_network_adapter UNION ALL SELECT mac FROM external_router
  UNION ALL SELECT mac FROM external_host)`;

function toHost(record: HostRecord): Host {
  return { ...record, isVirtual: record.isVirtual === 1, isDedicatedGateway: record.isDedicatedGateway === 1 };
}

function toRecord(host: Host): HostRecord {
  return { ...host, isVirtual: Number(host.isVirtual), isDedicatedGateway: Number(host.isDedicatedGateway) };
}

function prepare(db: Db, answers: Answers) {
  const group = 'SELECT id, parent_id AS parentId, name FROM host_group';
  const host = `SELECT id, host_group_id AS hostGroupId, name, is_virtual AS isVirtual, is_dedicated_gateway AS isDedicatedGateway,
    nic_name AS nicName, nic_mac AS nicMac, run_as_account_id AS runAsAccountId FROM host`;
  return {
    insertGroup: db.prepare('INSERT INTO host_group (id, parent_id, name) VALUES (@id, @parentId, @name)'),
    updateGroup: db.prepare('UPDATE host_group SET name = @name, parent_id = @parentId WHERE id = @id'),
    deleteGroup: db.prepare('DELETE FROM host_group WHERE id = ?'),
    groups: db.prepare<[], HostGroup>(`${group} ORDER BY name, id`),
    groupById: answers.of(db.prepare<[string], HostGroup>(`${group} WHERE id = ?`)),
    groupByName: answers.of(db.prepare<[string], HostGroup>(`${group} WHERE name = ?`)),
    insertHost: db.prepare(`
      INSERT INTO host (id, host_group_id, name, is_virtual, is_dedicated_gateway, nic_name, nic_mac, run_as_account_id)
      VALUES (@id, @hostGroupId, @name, @isVirtual, @isDedicatedGateway, @nicName, @nicMac, @runAsAccountId)`),
    updateHost: db.prepare(`
      UPDATE host SET host_group_id = @hostGroupId, is_dedicated_gateway = @isDedicatedGateway, run_as_account_id = @runAsAccountId WHERE id = @id`),
    deleteHost: db.prepare('DELETE FROM host WHERE id = ?'),
    macInUse: db.prepare<[{ mac: number }], { mac: number }>(`SELECT mac FROM ${allMacs} WHERE mac = @mac`),
    // The first hole behind a row of neighbouring addresses.
    firstFreeMac: db.prepare<[{ first: number }], { mac: number }>(`
      SELECT a.mac + 1 AS mac FROM ${allMacs} a
      WHERE a.mac >= @first AND NOT EXISTS (SELECT 1 FROM ${allMacs} b WHERE b.mac = a.mac + 1) ORDER BY a.mac LIMIT 1`),
    hostById: answers.of(db.prepare<[string], HostRecord>(`${host} WHERE id = ?`)),
    hostByName: answers.of(db.prepare<[string], HostRecord>(`${host} WHERE name = ?`)),
    hosts: db.prepare<[], HostRecord>(`${host} ORDER BY name`),
    switches: answers.of(db.prepare<[string], VirtualSwitch>('SELECT id, host_id AS hostId, name, logical_switch_id AS logicalSwitchId FROM virtual_switch WHERE host_id = ? ORDER BY name')),
    insertSwitch: db.prepare('INSERT INTO virtual_switch (id, host_id, name, logical_switch_id) VALUES (@id, @hostId, @name, @logicalSwitchId)'),
    renameSwitch: db.prepare('UPDATE virtual_switch SET name = ? WHERE id = ?'),
    deleteSwitch: db.prepare('DELETE FROM virtual_switch WHERE id = ?'),
    switchByName: answers.of(db.prepare<[string, string], VirtualSwitch>(
      'SELECT id, host_id AS hostId, name, logical_switch_id AS logicalSwitchId FROM virtual_switch WHERE host_id = ? AND name = ?')),
  };
}
