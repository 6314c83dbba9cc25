/** Puts the inventory of one database in the place of another's. Jobs, their log and its chain of hashes stay as they are. */
import type { Db } from '../database.ts';

/** What the inventory is not made of: the job log with its search, the ledger, the list of snapshots, and what triggers keep. */
const otherTables = /^(job|job_.*|audit_record|schema_migration|lab_snapshot|vm_network_order|virtual_machine_order)$/;

/** Emptied first and filled last: the orders that triggers keep go with them, and are taken once, not anew for every row below them. */
const ordered: readonly string[] = ['vm_network', 'virtual_machine'];

/** Tables of the inventory, each behind those that it refers to. */
export function inventoryTables(db: Db): readonly string[] {
  const names = db.prepare<[], string>(`SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name`).pluck().all().filter((name) => !otherTables.test(name));
  const references = db.prepare<[string], string>('SELECT DISTINCT "table" FROM pragma_foreign_key_list(?)').pluck();
  const placed = new Set<string>();
  const place = (name: string, above: readonly string[]): void => {
    if (placed.has(name) || above.includes(name)) return;
    for (const other of references.all(name)) if (names.includes(other)) place(other, [...above, name]);
    placed.add(name);
  };
  for (const name of names) place(name, []);
  return [...placed];
}

/** Inside a transaction of `db`, which fails as a whole when the rows do not fit together. Both have the same schema. */
export function replaceInventory(db: Db, source: Db): void {
  // Rows come and go table by table: whether they fit together counts only at the end.
  db.pragma('defer_foreign_keys = ON');
  const tables = inventoryTables(db).filter((name) => !ordered.includes(name));
  for (const table of [...ordered, ...[...tables].reverse()]) db.exec(`DELETE FROM "${table}"`);
  for (const table of [...tables, ...ordered]) copyRows(db, source, table);
}

function copyRows(db: Db, source: Db, table: string): void {
  const columns = db.prepare<[string], string>('SELECT name FROM pragma_table_info(?)').pluck().all(table);
  const names = columns.map((name) => `"${name}"`).join(', ');
  const insert = db.prepare(`INSERT INTO "${table}" (${names}) VALUES (${columns.map(() => '?').join(', ')})`);
  const rows = source.prepare<[], unknown[]>(`SELECT ${names} FROM "${table}"`).raw();
  for (const row of rows.iterate()) insert.run(...row);
}
