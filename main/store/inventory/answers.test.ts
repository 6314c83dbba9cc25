/** What is remembered is what the database would say, whatever was written, committed or taken back. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openDatabase, type Db } from '../database.ts';
import { openStore } from '../store.ts';
import { Answers, tableFinder } from './answers.ts';
import { Inventory } from './inventory.ts';

const schema = `
CREATE TABLE rack (id TEXT PRIMARY KEY, name TEXT NOT NULL UNIQUE COLLATE NOCASE);
CREATE TABLE server (id TEXT PRIMARY KEY, rack_id TEXT NOT NULL REFERENCES rack(id) ON DELETE CASCADE, name TEXT NOT NULL UNIQUE) WITHOUT ROWID;
CREATE TABLE disk (id INTEGER PRIMARY KEY, server_id TEXT REFERENCES server(id) ON DELETE SET NULL ON UPDATE CASCADE);
CREATE INDEX disk_by_server ON disk(server_id);
CREATE TABLE note (id INTEGER PRIMARY KEY, text TEXT NOT NULL);
CREATE TRIGGER note_new AFTER INSERT ON note BEGIN UPDATE rack SET name = NEW.text WHERE id = 'a'; END;
`;

const questions = {
  rack: 'SELECT id, name FROM rack WHERE id = ?',
  rackByName: 'SELECT id, name FROM rack WHERE name = ?',
  servers: 'SELECT id, name FROM server WHERE rack_id = ? ORDER BY name',
  disks: 'SELECT d.id FROM disk d JOIN server s ON s.id = d.server_id JOIN rack r ON r.id = s.rack_id WHERE r.id = ? ORDER BY d.id',
  loose: 'SELECT count(*) AS count FROM disk WHERE server_id IS NULL AND id <> ?',
  empty: 'SELECT r.id FROM rack r WHERE r.id <> ? AND NOT EXISTS (SELECT 1 FROM server s WHERE s.rack_id = r.id) ORDER BY r.id',
  pair: 'SELECT id FROM server WHERE rack_id = ? AND name = ?',
} as const;
type QuestionName = keyof typeof questions;

const id = fc.constantFrom('a', 'b', 'c');
const name = fc.constantFrom('a', 'b', 'A', 'x', 'y');
/** Many of them fail, some of them in the middle: then nothing may have changed. */
const write = fc.oneof(
  fc.tuple(fc.constant('INSERT INTO rack VALUES (?, ?)'), id, name),
  fc.tuple(fc.constant('INSERT OR REPLACE INTO rack VALUES (?, ?)'), id, name),
  fc.tuple(fc.constant('UPDATE rack SET name = ? WHERE id >= ?'), name, id),
  fc.tuple(fc.constant('UPDATE OR REPLACE rack SET name = ? WHERE id = ?'), name, id),
  fc.tuple(fc.constant('DELETE FROM rack WHERE id = ?'), id),
  fc.tuple(fc.constant('DELETE FROM server')),
  fc.tuple(fc.constant('INSERT INTO server VALUES (?, ?, ?)'), id, id, name),
  fc.tuple(fc.constant('INSERT INTO server VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET name = name || excluded.name'), id, id, name),
  fc.tuple(fc.constant('UPDATE server SET id = ? WHERE id = ?'), id, id),
  fc.tuple(fc.constant('INSERT INTO disk (server_id) VALUES (?)'), fc.option(id)),
  fc.tuple(fc.constant('INSERT INTO note (text) VALUES (?)'), name),
);

type Act = { readonly kind: 'ask'; readonly question: QuestionName; readonly parameter: string } | { readonly kind: 'write'; readonly sql: string; readonly parameters: readonly unknown[] } | { readonly kind: 'begin' | 'commit' | 'rollback' | 'savepoint' | 'release' | 'back' };
const act: fc.Arbitrary<Act> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('ask'), question: fc.constantFrom(...(Object.keys(questions) as QuestionName[])), parameter: name }) },
  { weight: 4, arbitrary: write.map(([sql, ...parameters]): Act => ({ kind: 'write', sql, parameters })) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constantFrom('begin', 'commit', 'rollback', 'savepoint', 'release', 'back') }) },
);

const statements = { begin: 'BEGIN', commit: 'COMMIT', rollback: 'ROLLBACK', savepoint: 'SAVEPOINT s', release: 'RELEASE s', back: 'ROLLBACK TO s' } as const;

function opened(): Db {
  const db = openDatabase({ path: ':memory:' });
  db.exec(schema);
  db.exec(`INSERT INTO rack VALUES ('a', 'a'), ('b', 'b'); INSERT INTO server VALUES ('a', 'a', 'a'), ('b', 'b', 'b'); INSERT INTO disk (server_id) VALUES ('a'), ('b'), (NULL)`);
  return db;
}

/** True when it was done. */
function tried(work: () => unknown): boolean {
  try {
    work();
    return true;
  } catch {
    return false;
  }
}

describe('Answers', () => {
  it('say what the database says', () => {
    let [again, failed] = [0, 0];
    fc.assert(
      fc.property(fc.array(act, { minLength: 1, maxLength: 60 }), (acts) => {
        const db = opened();
        const answers = new Answers(db);
        const asked = Object.fromEntries(Object.entries(questions).map(([key, sql]) => [key, answers.of(db.prepare<string[], object>(sql))]));
        answers.keep();
        const seen = new Set<unknown>();
        const compare = (question: QuestionName, parameter: string) => {
          const parameters = question === 'pair' ? [parameter, parameter] : [parameter];
          const plain = db.prepare<string[], object>(questions[question]);
          const all = asked[question]?.all(...parameters);
          if (seen.has(all)) again += 1;
          seen.add(all);
          expect(all).toEqual(plain.all(...parameters));
          expect(asked[question]?.get(...parameters)).toEqual(plain.get(...parameters));
        };
        for (const step of acts) {
          if (step.kind === 'ask') compare(step.question, step.parameter);
          else if (step.kind === 'write') failed += tried(() => db.prepare(step.sql).run(...step.parameters)) ? 0 : 1;
          else tried(() => db.exec(statements[step.kind]));
        }
        for (const question of Object.keys(questions) as QuestionName[]) for (const parameter of ['a', 'b', 'c', 'x', 'A']) compare(question, parameter);
        db.close();
      }),
      { numRuns: 400 },
    );
    expect(again).toBeGreaterThan(300);
    expect(failed).toBeGreaterThan(50);
  });

  it('come from the database until they are kept, and cannot be changed afterwards', () => {
    const db = opened();
    const answers = new Answers(db);
    const rack = answers.of(db.prepare<[string], { name: string }>(questions.rack));
    expect(rack.get('a')).not.toBe(rack.get('a'));
    db.exec('BEGIN');
    expect(() => { answers.keep(); }).toThrow('transaction');
    db.exec('ROLLBACK');
    answers.keep();
    expect(rack.get('a')).toBe(rack.get('a'));
    expect(() => { (rack.get('a') ?? { name: '' }).name = 'changed'; }).toThrow(TypeError);
    expect(() => { (rack.all('a') as unknown[]).push({}); }).toThrow(TypeError);
    db.close();
  });

  it('come from every table that a question reads, also by an index alone', () => {
    const db = opened();
    const tablesOf = tableFinder(db);
    expect(tablesOf(questions.disks)).toEqual(['disk', 'rack', 'server']);
    expect(tablesOf(questions.loose)).toEqual(['disk']);
    expect(tablesOf(questions.empty)).toEqual(['rack', 'server']);
    expect(tablesOf('SELECT max(id) FROM note')).toEqual(['note']);
    db.close();
  });
});

describe('The inventory', () => {
  it('with answers that are kept is that without', () => {
    const { db, inventory } = openStore({ path: ':memory:' });
    const plain = new Inventory(db);
    inventory.followChanges();
    const group = { id: 'g', parentId: null, name: 'All Hosts' };
    const site = { id: 's', logicalNetworkId: 'n', name: 'S' };
    const look = ({ hosts, logicalNetworks, pools }: Inventory) => [hosts.findGroup('all hosts'), logicalNetworks.sitesAt('n', 'h'), logicalNetworks.sitesOf('n'), pools.providerPools('n', 'h'), pools.ofSite('s'), logicalNetworks.hostGroupsOf('s')];
    const same = () => {
      expect(look(inventory)).toEqual(look(plain));
      expect(look(inventory)).toEqual(look(plain));
    };
    const steps: readonly (() => void)[] = [
      () => { inventory.hosts.addGroup(group); },
      () => { inventory.hosts.add({ id: 'h', hostGroupId: 'g', name: 'H', isVirtual: false, isDedicatedGateway: false, nicName: 'N', nicMac: 1, runAsAccountId: null }); },
      () => { inventory.logicalNetworks.add({ id: 'n', name: 'N', description: '', kind: 'oneConnected', networkVirtualization: true }); },
      () => { inventory.logicalNetworks.addSite(site, ['g']); },
      () => { inventory.logicalNetworks.addSubnet({ id: 'u', networkSiteId: 's', vlan: 0, secondaryVlan: null, address: 0x0a_00_00_00, prefixLength: 24 }); },
      () => { inventory.pools.add({ id: 'p', networkSiteSubnetId: 'u', vmSubnetId: null, name: 'P', description: '', rangeStart: 0x0a_00_00_01, rangeEnd: 0x0a_00_00_09 }, { gateways: [], reservations: [], dnsServers: [], dnsSuffix: '', dnsSearchSuffixes: [], winsServers: [], enableNetbios: false }); },
      () => { inventory.hosts.changeGroup({ ...group, name: 'ALL' }); },
      () => { inventory.pools.remove('p'); },
      () => { inventory.logicalNetworks.setHostGroups('s', []); },
      () => { inventory.logicalNetworks.remove('n'); },
    ];
    same();
    for (const step of steps) {
      // Taken back, then done.
      inventory.attempt(() => {
        step();
        same();
      });
      same();
      db.transaction(() => {
        step();
        same();
      })();
      same();
    }
    db.close();
  });
});
