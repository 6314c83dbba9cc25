import type { Migration } from './migration.ts';

/**
 * A NAT connection has further external addresses behind its first one, which stays where it was; a NAT rule says at which of them it
 * waits. The same port may then be taken once at each address, so the rule's table is made anew without its old constraint.
 */
export const natExternalAddressesMigration: Migration = {
  version: 19,
  name: 'nat-external-addresses',
  sql: `
CREATE TABLE nat_external_address (
  id TEXT PRIMARY KEY,
  nat_connection_id TEXT NOT NULL REFERENCES nat_connection(id) ON DELETE CASCADE,
  -- Order behind the first address.
  slot INTEGER NOT NULL CHECK (slot >= 1),
  ip_address_allocation_id TEXT NOT NULL UNIQUE REFERENCES ip_address_allocation(id),
  UNIQUE (nat_connection_id, slot)
) STRICT;

CREATE TABLE nat_rule_new (
  id TEXT PRIMARY KEY,
  nat_connection_id TEXT NOT NULL REFERENCES nat_connection(id) ON DELETE CASCADE,
  -- NULL: the first address.
  nat_external_address_id TEXT REFERENCES nat_external_address(id),
  name TEXT NOT NULL,
  protocol TEXT NOT NULL CHECK (protocol IN ('TCP', 'UDP')),
  external_port INTEGER NOT NULL CHECK (external_port BETWEEN 1 AND 65535),
  internal_address INTEGER NOT NULL,
  internal_port INTEGER NOT NULL CHECK (internal_port BETWEEN 1 AND 65535)
) STRICT;
INSERT INTO nat_rule_new SELECT id, nat_connection_id, NULL, name, protocol, external_port, internal_address, internal_port FROM nat_rule;
DROP TABLE nat_rule;
ALTER TABLE nat_rule_new RENAME TO nat_rule;
CREATE UNIQUE INDEX nat_rule_by_port ON nat_rule(nat_connection_id, coalesce(nat_external_address_id, ''), protocol, external_port);
CREATE INDEX nat_rule_by_external_address ON nat_rule(nat_external_address_id) WHERE nat_external_address_id IS NOT NULL;
`,
};
