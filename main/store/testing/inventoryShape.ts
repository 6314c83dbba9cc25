/**
 * The whole inventory as rows that two labs can be compared by: every id is replaced by what it stands for. Ids, virtual subnet IDs,
 * compartment numbers and MAC addresses are given anew whenever an object is made anew; the jobs are another matter.
 */
import { createHash } from 'node:crypto';
import { openDatabase } from '../database.ts';

type Row = Readonly<Record<string, unknown>>;

const given = /(^|_)(mac|vsid)$|^compartment_id$|^opened_at$|^sequence$/;
const notInventory = /^(job|audit_record|sqlite_|migration|schema)/;
const guid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

interface ShapeOptions {
  /** Names of more columns that are not compared. */
  readonly besides?: RegExp;
  /** Which provider address a host gets depends on the order in which hosts ask. */
  readonly anyProviderAddress?: boolean;
}

/** Sorted lines, one a row: `table {"column":value}`; equal for inventories that differ in nothing but what is given anew, and what the options leave out. */
export function inventoryShape(databasePath: string, { besides = /^$/, anyProviderAddress = false }: ShapeOptions = {}): readonly string[] {
  const db = openDatabase({ path: databasePath, readonly: true });
  try {
    const tables = db.prepare<[], string>(`SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name`).pluck().all();
    const rows = tables.flatMap((table) => (notInventory.test(table) ? [] : db.prepare<[], Row>(`SELECT * FROM ${table}`).all().map((row) => ({ table, row: withoutGiven(anyProviderAddress ? withoutProviderAddress(row) : row, besides) }))));
    return namedBySurroundings(rows);
  } finally {
    db.close();
  }
}

/** The description says for what it is. */
function withoutProviderAddress(row: Row): Row {
  return row['allocated_to_type'] === 'HostNetworkAdapter' ? { ...row, address: null } : row;
}

/** While BGP is off, its number is only what the page would propose. */
function withoutGiven(whole: Row, besides: RegExp): Row {
  const row = whole['enable_bgp'] === 0 ? { ...whole, autonomous_system_number: null } : whole;
  return Object.fromEntries(Object.entries(row).filter(([column]) => !given.test(column) && !besides.test(column)));
}

/** Every id takes the colour of the rows it is in, as often as needed for the colour of one to reach the others. */
function namedBySurroundings(rows: readonly { readonly table: string; readonly row: Row }[]): readonly string[] {
  let colours = new Map<string, string>();
  const nameOf = (value: unknown) => (typeof value === 'string' && guid.test(value) ? (colours.get(value) ?? 'id') : value);
  for (let round = 0; round < 5; round += 1) {
    const seen = new Map<string, string[]>();
    for (const { table, row } of rows) {
      const text = lineOf(table, row, nameOf);
      for (const [column, value] of Object.entries(row)) {
        if (typeof value === 'string' && guid.test(value)) seen.set(value, [...(seen.get(value) ?? []), `${column} ${text}`]);
      }
    }
    colours = new Map([...seen].map(([id, lines]) => [id, createHash('sha256').update(lines.sort().join('\n')).digest('hex').slice(0, 16)]));
  }
  // Colours say whether things hang together alike; a person reads the rows.
  return rows.map(({ table, row }) => lineOf(table, row, nameOf)).sort();
}

function lineOf(table: string, row: Row, nameOf: (value: unknown) => unknown): string {
  return `${table} ${JSON.stringify(Object.fromEntries(Object.entries(row).map(([column, value]) => [column, nameOf(value)])))}`;
}
