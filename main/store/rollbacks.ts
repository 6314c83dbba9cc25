/**
 * Tells of every rollback on a connection, of a transaction or to a savepoint: what was remembered of writes that are taken back is not
 * true any more, and neither triggers nor SQLite's driver tell of it.
 */
import type Database from 'better-sqlite3';

type Db = Database.Database;
type Listener = () => void;
type Transaction = ReturnType<Db['transaction']>;

const listeners = new WeakMap<Db, Listener[]>();

/** Everything that can roll back goes by `db.transaction` or `db.exec` from now on: a rollback that is prepared would not be heard, and is refused. */
export function hearRollbacks(db: Db): void {
  listeners.set(db, []);
  const transaction = db.transaction.bind(db) as (work: (...values: unknown[]) => unknown) => Transaction;
  db.transaction = ((work: (...values: unknown[]) => unknown) => heard(db, transaction(work))) as Db['transaction'];
  const exec = db.exec.bind(db);
  db.exec = (source) => {
    try {
      return exec(source);
    } finally {
      if (mayRollBack(source)) rolledBack(db);
    }
  };
  const prepare = db.prepare.bind(db) as (source: string) => unknown;
  db.prepare = ((source: string) => {
    if (mayRollBack(source)) throw new Error('A rollback goes by exec, so that it is heard');
    return prepare(source);
  }) as Db['prepare'];
}

/** Calls back after each of them; more often than there are any. */
export function onRollback(db: Db, listener: Listener): void {
  listeners.get(db)?.push(listener);
}

/** For whoever finds a transaction gone that nobody ended: SQLite rolls back itself when the disk is full. */
export function rolledBack(db: Db): void {
  for (const listener of listeners.get(db) ?? []) listener();
}

function mayRollBack(source: string): boolean {
  return /\bROLLBACK\b/i.test(source);
}

/** What throws has been rolled back, whichever way it was begun. */
function heard(db: Db, transaction: Transaction): Transaction {
  const hearing = (way: 'default' | 'deferred' | 'immediate' | 'exclusive') => (...values: unknown[]): unknown => {
    try {
      return transaction[way](...values);
    } catch (error) {
      rolledBack(db);
      throw error;
    }
  };
  const ways = { default: hearing('default'), deferred: hearing('deferred'), immediate: hearing('immediate'), exclusive: hearing('exclusive') };
  return Object.assign(hearing('default'), ways) as Transaction;
}
