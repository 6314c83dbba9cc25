/** A VM template with all that the wizards start from. */
import type { VmTemplateDetails } from '../../../shared/contract/library.ts';
import type { Db } from '../database.ts';
import { required } from '../inventory/reference.ts';

type Record = Omit<VmTemplateDetails, 'adapters' | 'serviceTemplates'>;

export class VmTemplateDetailsReader {
  readonly #statements: ReturnType<typeof prepare>;

  constructor(db: Db) {
    this.#statements = prepare(db);
  }

  /** By id or name. Throws ConsoleError objectNotFound. */
  get(reference: string): VmTemplateDetails {
    const record = required('VM template', reference, this.#statements.byId, this.#statements.byName);
    return { ...record, adapters: this.#statements.adapters.all(record.id), serviceTemplates: this.#statements.serviceTemplates.all(record.id) };
  }
}

function prepare(db: Db) {
  const template = `
    SELECT t.id, t.name, t.description, t.generation, i.id AS imageId, i.name AS image, i.operating_system AS operatingSystem,
      t.memory_mb AS memoryMb, t.processors
    FROM vm_template t JOIN library_image i ON i.id = t.library_image_id`;
  return {
    byId: db.prepare<[string], Record>(`${template} WHERE t.id = ?`),
    byName: db.prepare<[string], Record>(`${template} WHERE t.name = ?`),
    adapters: db.prepare<[string], VmTemplateDetails['adapters'][number]>(`
      SELECT CASE WHEN a.vm_network_id IS NOT NULL THEN 'vmNetwork' WHEN a.logical_network_id IS NOT NULL THEN 'logicalNetwork' ELSE 'notConnected' END AS connection,
        coalesce(n.id, l.id, '') AS network, coalesce(n.name, l.name, '') AS networkName
      FROM vm_template_adapter a
      LEFT JOIN vm_network n ON n.id = a.vm_network_id LEFT JOIN logical_network l ON l.id = a.logical_network_id
      WHERE a.vm_template_id = ? ORDER BY a.slot`),
    serviceTemplates: db.prepare<[string], string>('SELECT name FROM service_template WHERE vm_template_id = ? ORDER BY name').pluck(),
  };
}
