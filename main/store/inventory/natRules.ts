/** NAT rules: incoming ports of a NAT connection's external address that lead to machines inside (fact sheet §3.2). */
import type { Ipv4Address } from '../../../shared/net/ipv4.ts';
import type { Db } from '../database.ts';

export interface NatRule {
  readonly id: string;
  readonly natConnectionId: string;
  readonly name: string;
  readonly protocol: 'TCP' | 'UDP';
  readonly externalPort: number;
  readonly internalAddress: Ipv4Address;
  readonly internalPort: number;
}

export class NatRules {
  readonly #statements: ReturnType<typeof prepare>;

  constructor(db: Db) {
    this.#statements = prepare(db);
  }

  /** In order of protocol and port. */
  ofNat(natConnectionId: string): readonly NatRule[] {
    return this.#statements.all.all(natConnectionId);
  }

  /** All rules of a NAT connection, in one go: ports may change places. */
  replace(natConnectionId: string, rules: readonly NatRule[]): void {
    this.#statements.clear.run(natConnectionId);
    for (const rule of rules) this.#statements.insert.run(rule);
  }
}

function prepare(db: Db) {
  return {
    all: db.prepare<[string], NatRule>(`
      SELECT id, nat_connection_id AS natConnectionId, name, protocol, external_port AS externalPort, internal_address AS internalAddress,
        internal_port AS internalPort
      FROM nat_rule WHERE nat_connection_id = ? ORDER BY protocol, external_port`),
    clear: db.prepare('DELETE FROM nat_rule WHERE nat_connection_id = ?'),
    insert: db.prepare(`
      INSERT INTO nat_rule (id, nat_connection_id, name, protocol, external_port, internal_address, internal_port)
      VALUES (@id, @natConnectionId, @name, @protocol, @externalPort, @internalAddress, @internalPort)`),
  };
}
