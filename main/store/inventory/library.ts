/** The library: images, VM templates and service templates. */
import type { Db } from '../database.ts';
import { required } from './reference.ts';

export interface LibraryImage {
  readonly id: string;
  /** File name of the virtual hard disk. */
  readonly name: string;
  readonly libraryServer: string;
  readonly libraryPath: string;
  readonly operatingSystem: string;
  /** Generation of virtual machines that it can boot. */
  readonly generation: 1 | 2;
  readonly sizeMb: number;
}

export interface VmTemplate {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly libraryImageId: string;
  readonly generation: 1 | 2;
  readonly memoryMb: number;
  readonly processors: number;
}

/** With neither network: Not connected. */
export interface VmTemplateAdapter {
  readonly vmNetworkId: string | null;
  readonly logicalNetworkId: string | null;
}

export interface ServiceTemplate {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly vmTemplateId: string;
}

export class Library {
  readonly #statements: ReturnType<typeof prepare>;

  constructor(db: Db) {
    this.#statements = prepare(db);
  }

  addImage(image: LibraryImage): void {
    this.#statements.insertImage.run(image);
  }

  /** By id or name. Throws objectNotFound. */
  image(reference: string): LibraryImage {
    return required('library image', reference, this.#statements.imageById, this.#statements.imageByName);
  }

  addTemplate(template: VmTemplate, adapters: readonly VmTemplateAdapter[]): void {
    this.#statements.insertTemplate.run(template);
    this.#addAdapters(template.id, adapters);
  }

  changeTemplate(template: VmTemplate, adapters: readonly VmTemplateAdapter[]): void {
    this.#statements.updateTemplate.run(template);
    this.#statements.deleteAdapters.run(template.id);
    this.#addAdapters(template.id, adapters);
  }

  /** With its adapters. No service template may use it any more. */
  removeTemplate(id: string): void {
    this.#statements.deleteTemplate.run(id);
  }

  /** By id or name. Throws objectNotFound. */
  template(reference: string): VmTemplate {
    return required('VM template', reference, this.#statements.templateById, this.#statements.templateByName);
  }

  /** Undefined when no VM template has this name. */
  findTemplate(name: string): VmTemplate | undefined {
    return this.#statements.templateByName.get(name);
  }

  /** In order of slot. */
  adaptersOf(templateId: string): readonly VmTemplateAdapter[] {
    return this.#statements.adapters.all(templateId);
  }

  addServiceTemplate(template: ServiceTemplate): void {
    this.#statements.insertServiceTemplate.run(template);
  }

  removeServiceTemplate(id: string): void {
    this.#statements.deleteServiceTemplate.run(id);
  }

  /** By id or name. Throws objectNotFound. */
  serviceTemplate(reference: string): ServiceTemplate {
    return required('service template', reference, this.#statements.serviceTemplateById, this.#statements.serviceTemplateByName);
  }

  /** Undefined when no service template has this name. */
  findServiceTemplate(name: string): ServiceTemplate | undefined {
    return this.#statements.serviceTemplateByName.get(name);
  }

  /** In order of name. */
  serviceTemplatesWith(templateId: string): readonly ServiceTemplate[] {
    return this.#statements.serviceTemplatesWith.all(templateId);
  }

  #addAdapters(templateId: string, adapters: readonly VmTemplateAdapter[]): void {
    for (const [slot, { vmNetworkId, logicalNetworkId }] of adapters.entries()) this.#statements.insertAdapter.run(templateId, slot, vmNetworkId, logicalNetworkId);
  }
}

function prepare(db: Db) {
  const image = `SELECT id, name, library_server AS libraryServer, library_path AS libraryPath, operating_system AS operatingSystem, generation,
    size_mb AS sizeMb FROM library_image`;
  const template = `SELECT id, name, description, library_image_id AS libraryImageId, generation, memory_mb AS memoryMb, processors FROM vm_template`;
  const serviceTemplate = 'SELECT id, name, description, vm_template_id AS vmTemplateId FROM service_template';
  return {
    insertImage: db.prepare(`
      INSERT INTO library_image (id, name, library_server, library_path, operating_system, generation, size_mb)
      VALUES (@id, @name, @libraryServer, @libraryPath, @operatingSystem, @generation, @sizeMb)`),
    imageById: db.prepare<[string], LibraryImage>(`${image} WHERE id = ?`),
    imageByName: db.prepare<[string], LibraryImage>(`${image} WHERE name = ?`),
    insertTemplate: db.prepare(`
      INSERT INTO vm_template (id, name, description, library_image_id, generation, memory_mb, processors)
      VALUES (@id, @name, @description, @libraryImageId, @generation, @memoryMb, @processors)`),
    updateTemplate: db.prepare(`
      UPDATE vm_template SET name = @name, description = @description, library_image_id = @libraryImageId, memory_mb = @memoryMb,
        processors = @processors WHERE id = @id`),
    deleteTemplate: db.prepare('DELETE FROM vm_template WHERE id = ?'),
    templateById: db.prepare<[string], VmTemplate>(`${template} WHERE id = ?`),
    templateByName: db.prepare<[string], VmTemplate>(`${template} WHERE name = ?`),
    insertAdapter: db.prepare('INSERT INTO vm_template_adapter (vm_template_id, slot, vm_network_id, logical_network_id) VALUES (?, ?, ?, ?)'),
    deleteAdapters: db.prepare('DELETE FROM vm_template_adapter WHERE vm_template_id = ?'),
    adapters: db.prepare<[string], VmTemplateAdapter>(`
      SELECT vm_network_id AS vmNetworkId, logical_network_id AS logicalNetworkId FROM vm_template_adapter WHERE vm_template_id = ? ORDER BY slot`),
    insertServiceTemplate: db.prepare(`
      INSERT INTO service_template (id, name, description, vm_template_id) VALUES (@id, @name, @description, @vmTemplateId)`),
    deleteServiceTemplate: db.prepare('DELETE FROM service_template WHERE id = ?'),
    serviceTemplateById: db.prepare<[string], ServiceTemplate>(`${serviceTemplate} WHERE id = ?`),
    serviceTemplateByName: db.prepare<[string], ServiceTemplate>(`${serviceTemplate} WHERE name = ?`),
    serviceTemplatesWith: db.prepare<[string], ServiceTemplate>(`${serviceTemplate} WHERE vm_template_id = ? ORDER BY name`),
  };
}
