/** Run As accounts. Their secrets come and go sealed; nothing here could open them. */
import type { Db } from '../database.ts';
import { required } from './reference.ts';

export interface RunAsAccount {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly kind: 'credential' | 'preSharedKey';
  readonly userName: string;
}

/** `name` of a VPN connection: with its VM network. */
export interface AccountUser {
  readonly kind: 'Network service' | 'VPN connection';
  readonly name: string;
}

export class RunAsAccounts {
  readonly #statements: ReturnType<typeof prepare>;

  constructor(db: Db) {
    this.#statements = prepare(db);
  }

  /** `secret`: sealed; null while none was typed in on this machine. */
  add(account: RunAsAccount, secret: Uint8Array | null = null): void {
    this.#statements.insert.run({ ...account, secret: secret === null ? null : Buffer.from(secret) });
  }

  /** Undefined when no account has this name. */
  findByName(name: string): RunAsAccount | undefined {
    return this.#statements.byName.get(name);
  }

  /** Everything but its secret and its kind. */
  change(account: RunAsAccount): void {
    this.#statements.update.run(account);
  }

  /** `secret`: sealed. */
  setSecret(id: string, secret: Uint8Array): void {
    this.#statements.setSecret.run(Buffer.from(secret), id);
  }

  /** Sealed; null while none was typed in on this machine. */
  sealedSecret(id: string): Uint8Array | null {
    return this.#statements.secret.get(id)?.secret ?? null;
  }

  /** What works with it: network services, and VPN connections with their VM networks. */
  usersOf(id: string): readonly AccountUser[] {
    return this.#statements.users.all(id, id);
  }

  remove(id: string): void {
    this.#statements.remove.run(id);
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
      INSERT INTO run_as_account (id, name, description, kind, user_name, secret) VALUES (@id, @name, @description, @kind, @userName, @secret)`),
    update: db.prepare('UPDATE run_as_account SET name = @name, description = @description, user_name = @userName WHERE id = @id'),
    setSecret: db.prepare('UPDATE run_as_account SET secret = ? WHERE id = ?'),
    secret: db.prepare<[string], { secret: Buffer | null }>('SELECT secret FROM run_as_account WHERE id = ?'),
    users: db.prepare<[string, string], AccountUser>(`
      SELECT 'Network service' AS kind, name FROM network_service WHERE run_as_account_id = ?
      UNION ALL
      SELECT 'VPN connection', c.name || ' of ' || n.name FROM vpn_connection c JOIN vm_network_gateway g ON g.id = c.vm_network_gateway_id
      JOIN vm_network n ON n.id = g.vm_network_id WHERE c.run_as_account_id = ? ORDER BY 1, 2`),
    remove: db.prepare('DELETE FROM run_as_account WHERE id = ?'),
    byId: db.prepare<[string], RunAsAccount>(`${row} WHERE id = ?`),
    byName: db.prepare<[string], RunAsAccount>(`${row} WHERE name = ?`),
  };
}
