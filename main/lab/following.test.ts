/** Snapshots and projections that follow what is written are those that are made from nothing. */
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { differenceOf } from '../../shared/lists/difference.ts';
import { project, Projector } from '../projection/project.ts';
import type { InventorySnapshot } from '../store/inventory/snapshot.ts';
import { SnapshotReader } from '../store/inventory/snapshotReader.ts';
import { snapshotWrites } from './testing/snapshotWrites.ts';
import { attempted, withFollowedCopy } from './testing/followedCopy.ts';
import { TestLab } from './testing/testLab.ts';

const labsFolder = path.resolve(import.meta.dirname, '../operations/lab/testing');
const keys = (account: string) => `key of ${account}`;

/** So many rows of a table are told apart. */
const places = 40;
const write = fc.tuple(fc.constantFrom(...snapshotWrites), fc.nat(places), fc.constantFrom('alpha', 'Beta', 'BETA_2', 'Ärger', 'zeta', '_', 'Zz', '𐍈 Gothic', '\u{fffd} last')).map(([sql, place, text]) => sql(place, text));
const look = 'look';
const control = fc.constantFrom('BEGIN', 'COMMIT', 'ROLLBACK', 'SAVEPOINT half', 'ROLLBACK TO half', 'RELEASE half');
const commands = fc.array(fc.oneof({ weight: 5, arbitrary: write }, { weight: 2, arbitrary: control }, { weight: 4, arbitrary: fc.constant(look) }), { maxLength: 40, size: 'max' });

const lab = new TestLab();
const withCopy = (use: Parameters<typeof withFollowedCopy>[1]) => { withFollowedCopy(lab, use); };

beforeAll(async () => {
  await lab.open({ labsFolder, initialLab: { lab: 'everything', gateway: 'connected' } });
  lab.close();
});
afterAll(() => { lab.dispose(); });

/** Of tables that are read without an order nobody relies on one: a row that a rollback brings back stands at its old place only when all are read anew. */
function inOneOrder(snapshot: InventorySnapshot): InventorySnapshot {
  const byId = (a: { readonly id: string }, b: { readonly id: string }) => (a.id < b.id ? -1 : 1);
  return { ...snapshot, allocations: [...snapshot.allocations].sort(byId), natConnections: [...snapshot.natConnections].sort(byId) };
}

/** Lists that somebody may follow by their differences, in the same order each time. */
function listsOf(parts: object): readonly (readonly object[])[] {
  return Object.values(parts).filter((value: unknown): value is readonly object[] => Array.isArray(value));
}

/** What is told of two lists, one after the other, is what is different between them. */
function expectDifference(before: readonly object[], after: readonly object[]): void {
  const { removed, added } = differenceOf(before, after);
  const [gone, come] = [new Set(removed), new Set(added)];
  expect([gone.size, come.size]).toEqual([removed.length, added.length]);
  const [kept, found] = [before.filter((entry) => !gone.has(entry)), after.filter((entry) => !come.has(entry))];
  expect(kept.length).toBe(found.length);
  expect(kept.every((entry, place) => entry === found[place])).toBe(true);
  expect([...removed.filter((entry) => !before.includes(entry)), ...added.filter((entry) => !after.includes(entry))]).toEqual([]);
}

describe('a snapshot that follows what was written', () => {
  it('is the one that is read from nothing, whatever is written, committed and taken back in between', { timeout: 120_000 }, () => {
    let taken = 0;
    fc.assert(
      fc.property(commands, (list) => {
        withCopy((db, reader) => {
          const projector = new Projector();
          let last: readonly (readonly object[])[] = [];
          for (const sql of [...list, look]) {
            if (sql !== look) {
              attempted(db, sql);
              continue;
            }
            taken += db.inTransaction ? 1 : 0;
            const snapshot = reader.read();
            const anew = new SnapshotReader(db).read();
            expect(inOneOrder(snapshot)).toEqual(inOneOrder(anew));
            const config = projector.project(snapshot, keys);
            expect(config).toEqual(project(anew, keys));
            const lists = [...listsOf(snapshot), ...listsOf(config)];
            last.forEach((before, place) => expectDifference(before, lists[place] ?? []));
            last = lists;
          }
        });
      }),
      { numRuns: 60 },
    );
    expect(taken).toBeGreaterThan(5);
  });

  it('is kept from none of these writes by the schema', () => {
    withCopy((db) => {
      const refused = snapshotWrites.filter((sql) => {
        db.exec('BEGIN');
        // Refers to what another write takes away.
        const isDone = [1, 2].some((round) => {
          if (round === 2) db.exec('DELETE FROM nat_rule');
          return Array.from({ length: places + 1 }, (_, place) => attempted(db, sql(place, 'alpha'))).includes(true);
        });
        db.exec('ROLLBACK');
        return !isDone;
      });
      expect(refused.map((sql) => sql(0, 'alpha'))).toEqual([]);
    });
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
