import type { Db } from '../database.ts';

/** One step of the schema's history. Applied in order, each in its own transaction; its SQL never changes once released. */
export interface Migration {
  readonly version: number;
  readonly name: string;
  readonly sql: string;
  /** Rows that SQL alone cannot make; runs behind the SQL in the same transaction. */
  readonly fill?: (db: Db) => void;
}
