import type { Migration } from './migration.ts';

/** More of what is inside a virtual machine: an integration service that the gateway needs (fact sheet §1.7), and RRAS configured by hand. */
export const insideMachineMigration: Migration = {
  version: 8,
  name: 'inside-the-machine',
  sql: `
ALTER TABLE virtual_machine ADD COLUMN data_exchange_on INTEGER NOT NULL DEFAULT 1 CHECK (data_exchange_on IN (0, 1));
ALTER TABLE virtual_machine ADD COLUMN remote_access_by_hand INTEGER NOT NULL DEFAULT 0 CHECK (remote_access_by_hand IN (0, 1));
`,
};
