/** MAC address pools, uplink port profiles and logical switches. */
import type { MacAddress } from '../../../shared/net/mac.ts';
import type { Db } from '../database.ts';
import { required } from './reference.ts';

interface Named {
  readonly id: string;
  readonly name: string;
  readonly description: string;
}

export interface MacAddressPool extends Named {
  readonly rangeStart: MacAddress;
  /** Belongs to the range. */
  readonly rangeEnd: MacAddress;
}

export interface UplinkPortProfile extends Named {
  readonly loadBalancing: string;
  readonly teamMode: string;
  /** "Enable Hyper-V Network Virtualization". */
  readonly networkVirtualization: boolean;
}

export interface LogicalSwitch extends Named {
  readonly uplinkPortProfileId: string;
}

type ProfileRecord = Omit<UplinkPortProfile, 'networkVirtualization'> & { readonly networkVirtualization: number };

/** Range of VMM's default MAC address pool (RECALL), from which hosts without a pool of their own take. */
const defaultMacRange = { rangeStart: 0x00_1d_d8_b7_1c_00, rangeEnd: 0x00_1d_d8_f4_1f_ff } as const;

export class SwitchFabric {
  readonly #statements: ReturnType<typeof prepare>;

  constructor(db: Db) {
    this.#statements = prepare(db);
  }

  addMacPool(pool: MacAddressPool, hostGroupIds: readonly string[]): void {
    this.#statements.insertPool.run(pool);
    for (const hostGroupId of hostGroupIds) this.#statements.insertPoolGroup.run(pool.id, hostGroupId);
  }

  /** By id or name. Throws objectNotFound. */
  macPool(reference: string): MacAddressPool {
    return required('MAC address pool', reference, this.#statements.poolById, this.#statements.poolByName);
  }

  hostGroupsOfMacPool(id: string): readonly string[] {
    return this.#statements.groupsOfPool.all(id);
  }

  sitesOfProfile(id: string): readonly string[] {
    return this.#statements.sitesOfProfile.all(id);
  }

  macPools(): readonly MacAddressPool[] {
    return this.#statements.pools.all();
  }

  removeMacPool(id: string): void {
    this.#statements.deletePool.run(id);
  }

  /** Names of the virtual machines with an address of the range. */
  usersOfRange({ rangeStart, rangeEnd }: Pick<MacAddressPool, 'rangeStart' | 'rangeEnd'>): readonly string[] {
    return this.#statements.usersOfRange.all(rangeStart, rangeEnd);
  }

  /** From which virtual machines on a host take their addresses: the pool of its nearest host group, else the default one. */
  macRangeFor(hostId: string): Pick<MacAddressPool, 'rangeStart' | 'rangeEnd'> {
    return this.#statements.poolOfHost.get(hostId) ?? defaultMacRange;
  }

  addProfile(profile: UplinkPortProfile, networkSiteIds: readonly string[]): void {
    this.#statements.insertProfile.run({ ...profile, networkVirtualization: Number(profile.networkVirtualization) });
    for (const siteId of networkSiteIds) this.#statements.insertProfileSite.run(profile.id, siteId);
  }

  /** By id or name. Throws objectNotFound. */
  profile(reference: string): UplinkPortProfile {
    const record = required('uplink port profile', reference, this.#statements.profileById, this.#statements.profileByName);
    return { ...record, networkVirtualization: record.networkVirtualization === 1 };
  }

  removeProfile(id: string): void {
    this.#statements.deleteProfile.run(id);
  }

  /** Names of the logical switches with an uplink port profile. */
  switchesWith(profileId: string): readonly string[] {
    return this.#statements.switchesWith.all(profileId);
  }

  addSwitch(logicalSwitch: LogicalSwitch): void {
    this.#statements.insertSwitch.run(logicalSwitch);
  }

  /** By id or name. Throws objectNotFound. */
  logicalSwitch(reference: string): LogicalSwitch {
    return required('logical switch', reference, this.#statements.switchById, this.#statements.switchByName);
  }

  removeSwitch(id: string): void {
    this.#statements.deleteSwitch.run(id);
  }

  /** Hosts with an instance of a logical switch. */
  hostsWith(logicalSwitchId: string): readonly string[] {
    return this.#statements.hostsWith.all(logicalSwitchId);
  }

  /** Whether some virtual switch of the host does network virtualization; one without any switch is not asked. */
  virtualizes(hostId: string): boolean {
    return this.#statements.virtualizes.get(hostId) !== undefined;
  }

  /** Of its kind, whoever has the name already. */
  findByName(kind: 'MAC address pool' | 'uplink port profile' | 'logical switch', name: string): { readonly id: string; readonly name: string } | undefined {
    const { poolByName, profileByName, switchByName } = this.#statements;
    switch (kind) {
      case 'MAC address pool':
        return poolByName.get(name);
      case 'uplink port profile':
        return profileByName.get(name);
      case 'logical switch':
        return switchByName.get(name);
    }
  }
}

function prepare(db: Db) {
  const pool = 'SELECT id, name, description, range_start AS rangeStart, range_end AS rangeEnd FROM mac_address_pool';
  const profile = `SELECT id, name, description, load_balancing AS loadBalancing, team_mode AS teamMode, network_virtualization AS networkVirtualization
    FROM uplink_port_profile`;
  const logicalSwitch = 'SELECT id, name, description, uplink_port_profile_id AS uplinkPortProfileId FROM logical_switch';
  return {
    insertPool: db.prepare('INSERT INTO mac_address_pool (id, name, description, range_start, range_end) VALUES (@id, @name, @description, @rangeStart, @rangeEnd)'),
    insertPoolGroup: db.prepare('INSERT INTO mac_address_pool_host_group (mac_address_pool_id, host_group_id) VALUES (?, ?)'),
    groupsOfPool: db.prepare<[string], string>('SELECT host_group_id FROM mac_address_pool_host_group WHERE mac_address_pool_id = ?').pluck(),
    sitesOfProfile: db.prepare<[string], string>('SELECT network_site_id FROM uplink_port_profile_site WHERE uplink_port_profile_id = ?').pluck(),
    poolById: db.prepare<[string], MacAddressPool>(`${pool} WHERE id = ?`),
    poolByName: db.prepare<[string], MacAddressPool>(`${pool} WHERE name = ?`),
    pools: db.prepare<[], MacAddressPool>(`${pool} ORDER BY range_start`),
    deletePool: db.prepare('DELETE FROM mac_address_pool WHERE id = ?'),
    usersOfRange: db.prepare<[number, number], string>(`
      SELECT DISTINCT v.name FROM virtual_network_adapter a JOIN virtual_machine v ON v.id = a.virtual_machine_id WHERE a.mac BETWEEN ? AND ? ORDER BY v.name`).pluck(),
    poolOfHost: db.prepare<[string], Pick<MacAddressPool, 'rangeStart' | 'rangeEnd'>>(`
      WITH RECURSIVE above(id, distance) AS (
        SELECT host_group_id, 0 FROM host WHERE id = ?
        UNION SELECT g.parent_id, above.distance + 1 FROM host_group g JOIN above ON g.id = above.id WHERE g.parent_id IS NOT NULL)
      SELECT p.range_start AS rangeStart, p.range_end AS rangeEnd FROM above JOIN mac_address_pool_host_group g ON g.host_group_id = above.id
      JOIN mac_address_pool p ON p.id = g.mac_address_pool_id ORDER BY above.distance, p.range_start LIMIT 1`),
    insertProfile: db.prepare(`
      INSERT INTO uplink_port_profile (id, name, description, load_balancing, team_mode, network_virtualization)
      VALUES (@id, @name, @description, @loadBalancing, @teamMode, @networkVirtualization)`),
    insertProfileSite: db.prepare('INSERT INTO uplink_port_profile_site (uplink_port_profile_id, network_site_id) VALUES (?, ?)'),
    profileById: db.prepare<[string], ProfileRecord>(`${profile} WHERE id = ?`),
    profileByName: db.prepare<[string], ProfileRecord>(`${profile} WHERE name = ?`),
    deleteProfile: db.prepare('DELETE FROM uplink_port_profile WHERE id = ?'),
    switchesWith: db.prepare<[string], string>('SELECT name FROM logical_switch WHERE uplink_port_profile_id = ? ORDER BY name').pluck(),
    insertSwitch: db.prepare('INSERT INTO logical_switch (id, name, description, uplink_port_profile_id) VALUES (@id, @name, @description, @uplinkPortProfileId)'),
    switchById: db.prepare<[string], LogicalSwitch>(`${logicalSwitch} WHERE id = ?`),
    switchByName: db.prepare<[string], LogicalSwitch>(`${logicalSwitch} WHERE name = ?`),
    deleteSwitch: db.prepare('DELETE FROM logical_switch WHERE id = ?'),
    hostsWith: db.prepare<[string], string>('SELECT h.name FROM virtual_switch v JOIN host h ON h.id = v.host_id WHERE v.logical_switch_id = ? ORDER BY h.name').pluck(),
    virtualizes: db.prepare<[string], { id: string }>(`
      SELECT v.id FROM virtual_switch v LEFT JOIN logical_switch l ON l.id = v.logical_switch_id
      LEFT JOIN uplink_port_profile p ON p.id = l.uplink_port_profile_id
      WHERE v.host_id = ? AND (v.logical_switch_id IS NULL OR p.network_virtualization = 1) LIMIT 1`),
  };
}
