/** External addresses of a NAT connection behind its first one: VMM knows one, the gateway virtual machine can have more (fact sheet §8.13). */
import type { Ipv4Address } from '../../../shared/net/ipv4.ts';
import type { Db } from '../database.ts';
import type { Answers } from './answers.ts';

export interface NatExternalAddress {
  readonly id: string;
  readonly natConnectionId: string;
  readonly ipAddressAllocationId: string;
  readonly address: Ipv4Address;
  readonly ipAddressPoolId: string;
}

export class NatExternalAddresses {
  readonly #db: Db;
  readonly #statements: ReturnType<typeof prepare>;

  constructor(db: Db, answers: Answers) {
    this.#db = db;
    this.#statements = prepare(db, answers);
  }

  /** In their order. */
  ofNat(natConnectionId: string): readonly NatExternalAddress[] {
    return this.#statements.all.all(natConnectionId);
  }

  /** All of them, in one go and inside a transaction: they may change places and addresses with each other while rules wait at them. */
  replace(natConnectionId: string, rows: readonly Pick<NatExternalAddress, 'id' | 'ipAddressAllocationId'>[]): void {
    // Most have none: this pragma makes SQLite prepare every statement of the connection anew, which costs more than the whole job.
    if (rows.length === 0 && this.ofNat(natConnectionId).length === 0) return;
    this.#db.pragma('defer_foreign_keys = ON');
    this.#statements.clear.run(natConnectionId);
    rows.forEach(({ id, ipAddressAllocationId }, at) => this.#statements.insert.run({ id, natConnectionId, slot: at + 1, ipAddressAllocationId }));
  }
}

function prepare(db: Db, answers: Answers) {
  return {
    all: answers.of(db.prepare<[string], NatExternalAddress>(`
      SELECT e.id, e.nat_connection_id AS natConnectionId, e.ip_address_allocation_id AS ipAddressAllocationId, a.address,
        a.ip_address_pool_id AS ipAddressPoolId
      FROM nat_external_address e JOIN ip_address_allocation a ON a.id = e.ip_address_allocation_id
      WHERE e.nat_connection_id = ? ORDER BY e.slot`)),
    clear: db.prepare('DELETE FROM nat_external_address WHERE nat_connection_id = ?'),
    insert: db.prepare(`
      INSERT INTO nat_external_address (id, nat_connection_id, slot, ip_address_allocation_id)
      VALUES (@id, @natConnectionId, @slot, @ipAddressAllocationId)`),
  };
}
