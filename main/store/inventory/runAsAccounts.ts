/** Run As accounts. Their secrets never leave the store unencrypted; none is written here yet. */
import type { Db } from '../database.ts';
import { required } from './reference.ts';

export interface RunAsAccount {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly kind: 'credential' | 'preSharedKey';
  readonly userName: string;
}

export class RunAsAccounts {
  readonly #statements: ReturnType<typeof prepare>;

  constructor(db: Db) {
    this.#statements = prepare(db);
  }

  add(account: RunAsAccount): void {
    this.#statements.insert.run(account);
  }

  /** By id or name. Throws objectNotFound. */
  runAsAccount(reference: string): RunAsAccount {
    return required('Run As account', reference, this.#statements.byId, this.#statements.byName);
  }
}

function prepare(db: Db) {
  const row = 'SELECT id, name, description, kind, user_name AS userName FROM run_as_account';
  return {
    insert: db.prepare(`
      INSERT INTO run_as_account (id, name, description, kind, user_name) VALUES (@id, @name, @description, @kind, @userName)`),
    byId: db.prepare<[string], RunAsAccount>(`${row} WHERE id = ?`),
    byName: db.prepare<[string], RunAsAccount>(`${row} WHERE name = ?`),
  };
}
