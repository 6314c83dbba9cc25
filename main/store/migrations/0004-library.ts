import type { Migration } from './migration.ts';

/** The library: images, VM templates and service templates. */
export const libraryMigration: Migration = {
  version: 4,
  name: 'library',
  sql: `
CREATE TABLE library_image (
  id TEXT PRIMARY KEY,
  -- File name of the virtual hard disk.
  name TEXT NOT NULL COLLATE NOCASE UNIQUE,
  library_server TEXT NOT NULL COLLATE NOCASE,
  library_path TEXT NOT NULL COLLATE NOCASE UNIQUE,
  operating_system TEXT NOT NULL,
  -- The firmware it was installed for: BIOS (1) or UEFI (2).
  generation INTEGER NOT NULL CHECK (generation IN (1, 2)),
  size_mb INTEGER NOT NULL CHECK (size_mb > 0)
) STRICT;

CREATE TABLE vm_template (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL COLLATE NOCASE UNIQUE,
  description TEXT NOT NULL DEFAULT '',
  library_image_id TEXT NOT NULL REFERENCES library_image(id),
  generation INTEGER NOT NULL CHECK (generation IN (1, 2)),
  memory_mb INTEGER NOT NULL CHECK (memory_mb BETWEEN 32 AND 1048576),
  processors INTEGER NOT NULL CHECK (processors BETWEEN 1 AND 64)
) STRICT;
CREATE INDEX vm_template_by_image ON vm_template(library_image_id);

-- With neither network: Not connected. That is also what is left when the network is deleted.
CREATE TABLE vm_template_adapter (
  vm_template_id TEXT NOT NULL REFERENCES vm_template(id) ON DELETE CASCADE,
  slot INTEGER NOT NULL CHECK (slot BETWEEN 0 AND 7),
  vm_network_id TEXT REFERENCES vm_network(id) ON DELETE SET NULL,
  -- Its VM network without isolation.
  logical_network_id TEXT REFERENCES logical_network(id) ON DELETE SET NULL,
  PRIMARY KEY (vm_template_id, slot),
  CHECK (vm_network_id IS NULL OR logical_network_id IS NULL)
) STRICT, WITHOUT ROWID;
CREATE INDEX vm_template_adapter_by_vm_network ON vm_template_adapter(vm_network_id);
CREATE INDEX vm_template_adapter_by_logical_network ON vm_template_adapter(logical_network_id);

-- Only a VM template of generation 1 can be a tier of a service template: kept by the operations, which can say why.
CREATE TABLE service_template (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL COLLATE NOCASE UNIQUE,
  description TEXT NOT NULL DEFAULT '',
  vm_template_id TEXT NOT NULL REFERENCES vm_template(id)
) STRICT;
CREATE INDEX service_template_by_vm_template ON service_template(vm_template_id);
`,
};
