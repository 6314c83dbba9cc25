/** NAT rules: incoming ports of a NAT connection's external addresses that lead to machines inside (fact sheet §3.2). */
import type { Ipv4Address } from '../../../shared/net/ipv4.ts';
import type { Db } from '../database.ts';
import type { Answers } from './answers.ts';

export interface NatRule {
  readonly id: string;
  readonly natConnectionId: string;
  /** Null: the first external address of the NAT connection. */
  readonly natExternalAddressId: string | null;
  readonly name: string;
  readonly protocol: 'TCP' | 'UDP';
  readonly externalPort: number;
  readonly internalAddress: Ipv4Address;
  readonly internalPort: number;
}

export class NatRules {
  readonly #statements: ReturnType<typeof prepare>;

  constructor(db: Db, answers: Answers) {
    this.#statements = prepare(db, answers);
  }

  /** In order of external address, protocol and port. */
  ofNat(natConnectionId: string): readonly NatRule[] {
    return this.#statements.all.all(natConnectionId);
  }

  /** All rules of a NAT connection, in one go: ports may change places. */
  replace(natConnectionId: string, rules: readonly NatRule[]): void {
    this.#statements.clear.run(natConnectionId);
    for (const rule of rules) this.#statements.insert.run(rule);
  }
}

function prepare(db: Db, answers: Answers) {
  return {
    all: answers.of(db.prepare<[string], NatRule>(`
      SELECT r.id, r.nat_connection_id AS natConnectionId, r.nat_external_address_id AS natExternalAddressId, r.name, r.protocol,
        r.external_port AS externalPort, r.internal_address AS internalAddress, r.internal_port AS internalPort
      FROM nat_rule r LEFT JOIN nat_external_address e ON e.id = r.nat_external_address_id
      WHERE r.nat_connection_id = ? ORDER BY coalesce(e.slot, 0), r.protocol, r.external_port`)),
    clear: db.prepare('DELETE FROM nat_rule WHERE nat_connection_id = ?'),
    insert: db.prepare(`
      INSERT INTO nat_rule (id, nat_connection_id, nat_external_address_id, name, protocol, external_port, internal_address, internal_port)
      VALUES (@id, @natConnectionId, @natExternalAddressId, @name, @protocol, @externalPort, @internalAddress, @internalPort)`),
  };
}
