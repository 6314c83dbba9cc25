/** What every statement of the console goes through. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openDatabase, transactionIn, type Db } from './database.ts';

let db: Db;
beforeEach(() => {
  db = openDatabase({ path: ':memory:' });
  db.exec(`CREATE TABLE t (a TEXT, b INTEGER, UNIQUE (a, b)) STRICT; INSERT INTO t VALUES ('x', 2), ('x', 1), ('y', 1)`);
});
afterEach(() => {
  vi.unstubAllGlobals();
  db.close();
});

describe('a statement', () => {
  it.each([
    ['sorts', 'SELECT * FROM t WHERE a = ? ORDER BY b'],
    ['joins', 'SELECT t.a, u.b FROM t JOIN t u ON u.a = t.a WHERE t.a = ?'],
    ['counts', 'SELECT a, count(*) AS count FROM t WHERE a IS ? GROUP BY a'],
  ])('that %s is planned once, whatever its values are', (_what, sql) => {
    // The driver makes a function that builds a row whenever the statement was planned.
    const makers = vi.fn(Function);
    vi.stubGlobal('Function', makers);
    const statement = db.prepare(sql);
    for (const value of ['x', 'y', 'x', 'y']) expect(statement.all(value).length).toBeGreaterThan(0);
    expect(makers).toHaveBeenCalledTimes(1);
  });

  it('compares as it would without', () => {
    const plain = db.prepare(`SELECT b FROM t WHERE a = 'x' AND b <> 1`).all();
    expect(db.prepare('SELECT b FROM t WHERE a = ? AND b <> ?').all('x', 1)).toEqual(plain);
    expect(db.prepare('SELECT b FROM t WHERE a = @a AND b <> @b').all({ a: 'x', b: 1 })).toEqual(plain);
    // A text that looks like a number is compared with the column as before.
    expect(db.prepare('SELECT count(*) FROM t WHERE b = ?').pluck().get('1')).toBe(2);
    db.prepare('UPDATE t SET a = @a WHERE b = @b').run({ a: '+1', b: 2 });
    expect(db.prepare('SELECT a FROM t WHERE b = 2').pluck().get()).toBe('+1');
    expect(db.prepare('SELECT count(*) FROM t WHERE a IS NOT ?').pluck().get(null)).toBe(3);
  });
});

describe('a transaction', () => {
  const add = (b: number) => db.prepare('INSERT INTO t VALUES (?, ?)').run('z', b);
  const added = () => db.prepare(`SELECT b FROM t WHERE a = 'z' ORDER BY b`).pluck().all();

  it('gives what its work gives, and takes all of it back when that throws', () => {
    const within = transactionIn(db);
    expect(within(() => { add(1); return 'done'; })).toBe('done');
    expect(() => within(() => { add(2); throw new Error('not'); })).toThrow('not');
    expect(added()).toEqual([1]);
  });

  it('inside another one stands and falls with it', () => {
    const within = transactionIn(db);
    within(() => { add(1); within(() => { add(2); }); });
    expect(() => within(() => { within(() => { add(3); }); throw new Error('not'); })).toThrow('not');
    expect(added()).toEqual([1, 2]);
    expect(db.inTransaction).toBe(false);
  });
});
