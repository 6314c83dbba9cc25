/** Reads snapshots of the inventory: all of it the first time, afterwards what was written since. */
import type { Db } from '../database.ts';
import { ChangeLog, type ChangedKeys } from './changeLog.ts';
import { FollowedTable } from './followedTable.ts';
import type { InventorySnapshot } from './snapshot.ts';
import { snapshotTables, type RowOf, type SnapshotTable } from './snapshotTables.ts';

type Lists = Omit<InventorySnapshot, 'seed'>;

const names = Object.keys(snapshotTables) as readonly SnapshotTable[];

export class SnapshotReader {
  readonly #db: Db;
  readonly #seed: () => number;
  readonly #tables: ReadonlyMap<SnapshotTable, { readonly rows: readonly object[]; load(): void; follow(keys: ReadonlySet<string | number>): void }>;
  readonly #read: () => InventorySnapshot;
  #log: ChangeLog | undefined;
  #isLoaded = false;

  constructor(db: Db) {
    this.#db = db;
    const lab = db.prepare<[], { seed: number }>('SELECT seed FROM lab');
    this.#seed = () => lab.get()?.seed ?? 0;
    this.#tables = new Map(names.map((name) => [name, followedTable(db, name)]));
    // One read transaction: all tables as of the same commit.
    this.#read = db.transaction(() => this.#readAll(false));
  }

  /** From now on a snapshot costs what is different since the last one. Outside of a transaction: a rollback would take the triggers back. */
  followChanges(): void {
    if (this.#log !== undefined || this.#db.readonly) return;
    this.#log = new ChangeLog(this.#db, sources());
    this.#isLoaded = false;
  }

  read(): InventorySnapshot {
    return this.#db.inTransaction ? this.#readAll(true) : this.#read();
  }

  /** `isWriting`: in a transaction that may be taken back. */
  #readAll(isWriting: boolean): InventorySnapshot {
    const changed = this.#log?.take(isWriting);
    if (changed === undefined || !this.#isLoaded) for (const table of this.#tables.values()) table.load();
    else this.#follow(changed);
    this.#isLoaded = true;
    // Each list is that of the table of its name; the type system does not follow the loop.
    const lists = Object.fromEntries([...this.#tables].map(([name, { rows }]) => [name, rows])) as unknown as Lists;
    return { seed: this.#seed(), ...lists };
  }

  #follow(changed: ChangedKeys): void {
    for (const [name, table] of this.#tables) {
      const keys = changed.get(snapshotTables[name].table);
      if (keys !== undefined) table.follow(keys);
    }
  }
}

function followedTable<T extends SnapshotTable>(db: Db, name: T): FollowedTable<RowOf<T>> {
  return new FollowedTable<RowOf<T>>(db, snapshotTables[name]);
}

/** Column of the key by table; of tables that are read as a whole any column does. */
function sources(): ReadonlyMap<string, string> {
  return new Map(names.map((name) => [snapshotTables[name].table, snapshotTables[name].followed?.key ?? anyColumn]));
}

/** Every table that is read as a whole has it. */
const anyColumn = 'id';
