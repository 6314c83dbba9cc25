/**
 * Which rows were written since somebody last looked. Triggers of this connection alone tell it, so nobody who writes has to; what they
 * tell is kept here and not in a table, for a second database in every transaction would cost more than many of the writes.
 */
import type { Db } from '../database.ts';
import { onRollback } from '../rollbacks.ts';

/** Keys of written rows, by table. A key whose rows are gone, or are as they were, may be among them. */
export type ChangedKeys = ReadonlyMap<string, ReadonlySet<string | number>>;

type Keys = Map<string, Set<string | number>>;

export class ChangeLog {
  #written: Keys = new Map();
  /** What was taken inside a transaction that may yet be rolled back; then it has changed once more. */
  #uncertain: Keys = new Map();

  /** `sources`: column of the key by table. Outside of a transaction: triggers that a rollback took away would tell nothing. */
  constructor(db: Db, sources: ReadonlyMap<string, string>) {
    db.function('inventory_changed', (source: unknown, key: unknown) => this.#note(source, key));
    db.exec([...sources].flatMap(([table, key]) => triggersOf(table, key)).join(';\n'));
    onRollback(db, () => {
      addAll(this.#written, this.#uncertain);
      this.#uncertain.clear();
    });
  }

  #note(source: unknown, key: unknown): null {
    if (typeof source === 'string' && (typeof key === 'string' || typeof key === 'number')) add(this.#written, source, key);
    return null;
  }

  /** Everything written since the last call, and what a rollback took back after it was taken. `isWriting`: in a transaction that may be rolled back. */
  take(isWriting: boolean): ChangedKeys {
    const changed = this.#written;
    this.#written = new Map();
    if (isWriting) addAll(this.#uncertain, changed);
    else this.#uncertain.clear();
    return changed;
  }
}

function add(keys: Keys, source: string, key: string | number): void {
  const known = keys.get(source);
  if (known) known.add(key);
  else keys.set(source, new Set([key]));
}

function addAll(keys: Keys, others: Keys): void {
  for (const [source, added] of others) for (const key of added) add(keys, source, key);
}

function triggersOf(table: string, key: string): readonly string[] {
  const tell = (row: 'OLD' | 'NEW') => `SELECT inventory_changed('${table}', ${row}.${key});`;
  const trigger = (event: string, body: string) => `CREATE TEMP TRIGGER inventory_${table}_${event.toLowerCase()} AFTER ${event} ON main.${table} BEGIN ${body} END`;
  return [trigger('INSERT', tell('NEW')), trigger('UPDATE', tell('OLD') + tell('NEW')), trigger('DELETE', tell('OLD'))];
}
