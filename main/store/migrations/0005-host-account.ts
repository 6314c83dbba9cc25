import type { Migration } from './migration.ts';

/** With which Run As account VMM works on a host. */
export const hostAccountMigration: Migration = {
  version: 5,
  name: 'host-account',
  sql: `
-- Null: the host came with a lab.
ALTER TABLE host ADD COLUMN run_as_account_id TEXT REFERENCES run_as_account(id);
CREATE INDEX host_by_run_as_account ON host(run_as_account_id);
CREATE INDEX network_service_by_run_as_account ON network_service(run_as_account_id);
CREATE INDEX network_service_by_host ON network_service(host_id);
CREATE INDEX network_service_by_virtual_machine ON network_service(virtual_machine_id);
CREATE INDEX network_site_host_group_by_group ON network_site_host_group(host_group_id);
CREATE INDEX network_service_host_group_by_group ON network_service_host_group(host_group_id);
`,
};
