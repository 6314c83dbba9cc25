/** Whoever remembers what was written hears of everything that takes it back. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openDatabase, savepointIn, transactionIn, type Db } from './database.ts';
import { onRollback, rolledBack } from './rollbacks.ts';

let db: Db;
let heard = 0;
beforeEach(() => {
  db = openDatabase({ path: ':memory:' });
  db.exec('CREATE TABLE t (a INTEGER PRIMARY KEY)');
  heard = 0;
  onRollback(db, () => { heard += 1; });
});
afterEach(() => db.close());

const fail = () => { throw new Error('not'); };

it.each<readonly [string, () => unknown]>([
  ['a transaction that throws', () => transactionIn(db)(fail)],
  ['one in each way to begin it', () => db.transaction(fail).exclusive()],
  ['a commit that is refused', () => { db.exec('CREATE TABLE u (a INTEGER REFERENCES t(a) DEFERRABLE INITIALLY DEFERRED)'); db.transaction(() => db.exec('INSERT INTO u VALUES (9)'))(); }],
])('hears of %s', (_what, work) => {
  expect(work).toThrow();
  expect(heard).toBe(1);
  expect(db.inTransaction).toBe(false);
});

it('hears of a savepoint inside a transaction that goes on', () => {
  transactionIn(db)(() => {
    db.exec('INSERT INTO t VALUES (1)');
    expect(() => savepointIn(db)(fail)).toThrow('not');
    expect(heard).toBe(1);
  });
  expect(heard).toBe(1);
  expect(db.prepare('SELECT a FROM t').pluck().all()).toEqual([1]);
});

it('hears of plain SQL, and of whoever finds a transaction gone', () => {
  db.exec('BEGIN; INSERT INTO t VALUES (1)');
  expect(heard).toBe(0);
  db.exec('rollback');
  expect(heard).toBe(1);
  rolledBack(db);
  expect(heard).toBe(2);
});

it('refuses what would not be heard', () => {
  expect(() => db.prepare('ROLLBACK')).toThrow('exec');
  expect(() => db.prepare('INSERT OR ROLLBACK INTO t VALUES (1)')).toThrow('exec');
});
