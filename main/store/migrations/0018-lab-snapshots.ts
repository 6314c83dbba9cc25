import type { Migration } from './migration.ts';

/** Snapshots of the lab: copies of the database that lie in a folder beside it. Not part of the inventory: restoring one does not undo the list of them. */
export const labSnapshotsMigration: Migration = {
  version: 18,
  name: 'lab-snapshots',
  sql: `
CREATE TABLE lab_snapshot (
  -- Also the name of its file, without extension.
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL COLLATE NOCASE UNIQUE,
  description TEXT NOT NULL DEFAULT '',
  -- Automatic: taken by the console before it replaced the inventory.
  is_automatic INTEGER NOT NULL CHECK (is_automatic IN (0, 1)),
  created_at TEXT NOT NULL,
  bytes INTEGER NOT NULL CHECK (bytes >= 0),
  -- Jobs in the log at that time.
  jobs INTEGER NOT NULL CHECK (jobs >= 0)
) STRICT;
CREATE INDEX lab_snapshot_by_time ON lab_snapshot(created_at);
`,
};
