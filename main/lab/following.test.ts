/** Snapshots and projections that follow what is written are those that are made from nothing. */
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { project, Projector } from '../projection/project.ts';
import { openDatabase, type Db } from '../store/database.ts';
import { SnapshotReader } from '../store/inventory/snapshotReader.ts';
import { TestLab } from './testing/testLab.ts';

const labsFolder = path.resolve(import.meta.dirname, '../operations/lab/testing');
const keys = (account: string) => `key of ${account}`;

/** Writes to every table that a snapshot reads, by the place of a row; each may be refused by the schema, and then changes nothing. */
const writes: readonly ((place: number, text: string) => string)[] = [
  (place, text) => `UPDATE vm_network SET name = '${text}' WHERE id = ${at('id', 'vm_network', place)}`,
  (place, text) => `UPDATE vm_subnet SET name = '${text}', address = address + 256 WHERE id = ${at('id', 'vm_subnet', place)}`,
  (place) => `UPDATE vm_subnet SET vsid = vsid + 1000 WHERE id = ${at('id', 'vm_subnet', place)}`,
  (place) => `UPDATE virtual_subnet SET router_mac = router_mac + 1 WHERE vsid = ${at('vsid', 'virtual_subnet', place)}`,
  (place, text) => `UPDATE ip_address_pool SET name = '${text}' WHERE id = ${at('id', 'ip_address_pool', place)}`,
  (place) => `UPDATE ip_address_pool_gateway SET metric = metric + 7 WHERE ip_address_pool_id = ${at('ip_address_pool_id', 'ip_address_pool_gateway', place)}`,
  (place) => `DELETE FROM ip_address_pool_gateway WHERE ip_address_pool_id = ${at('ip_address_pool_id', 'ip_address_pool_gateway', place)}`,
  (place) => `INSERT INTO ip_address_pool_gateway VALUES (${at('id', 'ip_address_pool', place)}, ${place + 1}, 5)`,
  (place) => `UPDATE ip_address_allocation SET address = address + 100 WHERE id = ${at('id', 'ip_address_allocation', place)}`,
  (place) => `DELETE FROM ip_address_allocation WHERE id = ${at('id', 'ip_address_allocation', place)}`,
  (place) => `UPDATE virtual_machine SET running = 1 - running WHERE id = ${at('id', 'virtual_machine', place)}`,
  (place, text) => `UPDATE virtual_machine SET name = '${text}', host_id = (SELECT id FROM host ORDER BY name DESC LIMIT 1) WHERE id = ${at('id', 'virtual_machine', place)}`,
  (place) => `UPDATE virtual_network_adapter SET slot = slot + 10 WHERE id = ${at('id', 'virtual_network_adapter', place)}`,
  (place) => `UPDATE virtual_network_adapter SET virtual_switch_id = NULL WHERE id = ${at('id', 'virtual_network_adapter', place)}`,
  (place) => `DELETE FROM provider_address WHERE id = ${at('id', 'provider_address', place)}`,
  (place) => `UPDATE provider_address SET mac = mac + 3, host_id = (SELECT id FROM host ORDER BY name LIMIT 1) WHERE id = ${at('id', 'provider_address', place)}`,
  (place) => `UPDATE vm_network_gateway SET compartment_id = compartment_id + 20 WHERE id = ${at('id', 'vm_network_gateway', place)}`,
  (place) => `UPDATE vm_network_gateway SET enable_bgp = 1 - enable_bgp WHERE id = ${at('id', 'vm_network_gateway', place)}`,
  (place) => `DELETE FROM nat_connection WHERE id = ${at('id', 'nat_connection', place)}`,
  (place) => `UPDATE nat_connection SET port_end = port_end - 1 WHERE id = ${at('id', 'nat_connection', place)}`,
  (place, text) => `INSERT INTO nat_rule SELECT lower(hex(randomblob(8))), id, NULL, '${text}', 'TCP', ${100 + place}, 1, 1 FROM nat_connection`,
  (place) => `UPDATE nat_rule SET external_port = external_port + 5 WHERE id = ${at('id', 'nat_rule', place)}`,
  (place) => `UPDATE nat_rule SET nat_external_address_id = ${at('id', 'nat_external_address', place)} WHERE id = ${at('id', 'nat_rule', place)}`,
  (place) => `UPDATE nat_external_address SET slot = slot + ${place + 1} WHERE id = ${at('id', 'nat_external_address', place)}`,
  (place) => `DELETE FROM nat_external_address WHERE id = ${at('id', 'nat_external_address', place)}`,
  (place) => `DELETE FROM nat_rule WHERE id = ${at('id', 'nat_rule', place)}`,
  (place, text) => `UPDATE vpn_connection SET name = '${text}' WHERE id = ${at('id', 'vpn_connection', place)}`,
  (place) => `UPDATE vpn_connection SET is_enabled = 1 - is_enabled, remote_address = remote_address + 1 WHERE id = ${at('id', 'vpn_connection', place)}`,
  (place) => `DELETE FROM vpn_connection WHERE id = ${at('id', 'vpn_connection', place)}`,
  (place) => `DELETE FROM vpn_route WHERE vpn_connection_id = ${at('vpn_connection_id', 'vpn_route', place)}`,
  (place) => `INSERT INTO vpn_route SELECT id, ${place + 1}, 32 FROM vpn_connection`,
  (place) => `UPDATE bgp_peer SET autonomous_system_number = 7 WHERE id = ${at('id', 'bgp_peer', place)}`,
  (place, text) => `UPDATE host SET name = '${text}', is_virtual = 1 - is_virtual WHERE id = ${at('id', 'host', place)}`,
  (place, text) => `UPDATE virtual_switch SET name = '${text}' WHERE id = ${at('id', 'virtual_switch', place)}`,
  (place) => `UPDATE network_site_subnet SET prefix_length = 20 WHERE id = ${at('id', 'network_site_subnet', place)}`,
  (place) => `UPDATE network_service SET direct_routing_mode = 1 - direct_routing_mode WHERE id = ${at('id', 'network_service', place)}`,
  (place) => `DELETE FROM network_connection WHERE id = ${at('id', 'network_connection', place)}`,
  (place, text) => `UPDATE vpn_device SET name = '${text}', autonomous_system_number = NULL WHERE id = ${at('id', 'vpn_device', place)}`,
  (place) => `DELETE FROM vpn_device_host WHERE id = ${at('id', 'vpn_device_host', place)}`,
  (_place, text) => `UPDATE external_router SET name = '${text}'`,
  (place) => `UPDATE external_host SET address = address + 1 WHERE id = ${at('id', 'external_host', place)}`,
  (place) => `UPDATE lab SET seed = ${place}`,
  (place) => `UPDATE vm_network SET description = 'nothing that a snapshot reads' WHERE id = ${at('id', 'vm_network', place)}`,
];

/** The row at this place, round and round. */
function at(column: string, table: string, place: number): string {
  return `(SELECT ${column} FROM ${table} LIMIT 1 OFFSET ${place} % max((SELECT count(*) FROM ${table}), 1))`;
}

const write = fc.tuple(fc.constantFrom(...writes), fc.nat(40), fc.constantFrom('alpha', 'Beta', 'BETA_2', 'Ärger', 'zeta', '_', 'Zz', '𐍈 Gothic', '\u{fffd} last')).map(([sql, place, text]) => sql(place, text));
const control = fc.constantFrom('BEGIN', 'COMMIT', 'ROLLBACK', 'SAVEPOINT half', 'ROLLBACK TO half', 'RELEASE half');
const commands = fc.array(fc.oneof({ weight: 5, arbitrary: write }, { weight: 2, arbitrary: control }, { weight: 4, arbitrary: fc.constant('look') }), { maxLength: 40 });

const lab = new TestLab();
const folder = mkdtempSync(path.join(tmpdir(), 'hnv-following-'));

beforeAll(async () => {
  await lab.open({ labsFolder, initialLab: { lab: 'everything', gateway: 'connected' } });
  lab.close();
});
afterAll(() => {
  lab.dispose();
  rmSync(folder, { recursive: true, force: true });
});

/** A copy of the database with a reader that follows it. */
function withCopy(use: (db: Db, reader: SnapshotReader) => void): void {
  const copy = path.join(folder, 'copy.sqlite');
  copyFileSync(lab.databasePath, copy);
  const db = openDatabase({ path: copy });
  try {
    const reader = new SnapshotReader(db);
    reader.followChanges();
    use(db, reader);
  } finally {
    db.close();
    for (const suffix of ['', '-wal', '-shm']) rmSync(`${copy}${suffix}`, { force: true });
  }
}

/** False when the schema, or the lack of a transaction, refuses it. */
function attempted(db: Db, sql: string): boolean {
  try {
    db.exec(sql);
    return true;
  } catch (error) {
    if (error instanceof Error && error.name === 'SqliteError') return false;
    throw error;
  }
}

describe('a snapshot that follows what was written', () => {
  it('is the one that is read from nothing, whatever is written, committed and taken back in between', { timeout: 120_000 }, () => {
    const done = new Set<string>();
    let taken = 0;
    fc.assert(
      fc.property(commands, (list) => {
        withCopy((db, reader) => {
          const projector = new Projector();
          for (const command of [...list, 'look']) {
            if (command !== 'look') {
              if (attempted(db, command)) done.add(command.replace(/'.*'|\d+/g, '?'));
              continue;
            }
            taken += db.inTransaction ? 1 : 0;
            const snapshot = reader.read();
            const anew = new SnapshotReader(db).read();
            expect(snapshot).toEqual(anew);
            expect(projector.project(snapshot, keys)).toEqual(project(anew, keys));
          }
        });
      }),
      { numRuns: 100 },
    );
    // Neither the schema nor chance may have kept the writes away.
    expect(done.size).toBeGreaterThan(writes.length);
    expect(taken).toBeGreaterThan(5);
  });

  it('keeps rows, lists and parts of which nothing changed as the objects they were', () => {
    withCopy((db, reader) => {
      const projector = new Projector();
      db.exec(`
        INSERT INTO vm_network (id, logical_network_id, name, routing_domain_id) SELECT 'other', logical_network_id, 'Other', 'other domain' FROM vm_network LIMIT 1;
        INSERT INTO virtual_subnet (vsid, vm_network_id, router_mac) VALUES (16000000, 'other', 7);
        INSERT INTO vm_subnet (id, vm_network_id, vsid, name, address, prefix_length) VALUES ('other subnet', 'other', 16000000, 'Other', 167772160, 24)`);
      const before = reader.read();
      const first = projector.project(before, keys);
      db.exec(`UPDATE vm_network SET name = 'Changed' WHERE id = (SELECT vm_network_id FROM vm_network_gateway LIMIT 1)`);
      const after = reader.read();
      const second = projector.project(after, keys);
      expect(after.hosts).toBe(before.hosts);
      expect(after.vmNetworks.filter((row) => !before.vmNetworks.includes(row)).map(({ name }) => name)).toEqual(['Changed']);
      const changed = after.vmNetworks.find(({ name }) => name === 'Changed')?.routingDomainId;
      const isOfOthers = (subnet: { readonly routingDomainId: string }) => subnet.routingDomainId !== changed;
      expect(second.virtualSubnets.some(isOfOthers)).toBe(true);
      expect(second.virtualSubnets.filter((subnet) => first.virtualSubnets.includes(subnet))).toEqual(second.virtualSubnets.filter(isOfOthers));
      expect(second.gateways.flatMap(({ compartments }) => compartments).find(({ guid }) => guid === changed)?.description).toContain('Changed');
      expect(second.hosts.every((host, place) => host === first.hosts[place])).toBe(true);
    });
  });

  it('makes the ends of a tunnel anew when its key is another one, although no row says so', () => {
    withCopy((_db, reader) => {
      const projector = new Projector();
      const snapshot = reader.read();
      const before = projector.project(snapshot, keys);
      const other = (account: string) => `another ${keys(account)}`;
      expect(projector.project(snapshot, other)).toEqual(project(snapshot, other));
      expect(projector.project(snapshot, other)).not.toEqual(before);
    });
  });
});
