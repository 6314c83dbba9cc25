/** The list "VM Templates". */
import type { z } from 'zod';
import type { VmTemplateRow, vmTemplateListPageSchema, vmTemplateListQuerySchema } from '../../../shared/contract/library.ts';
import type { Db } from '../database.ts';
import { anyLike, PageReader } from './pageReader.ts';
import { pageKeys } from './sql.ts';

type Query = z.output<typeof vmTemplateListQuerySchema>;
type Page = z.output<typeof vmTemplateListPageSchema>;
type Column = NonNullable<Query['sort']>['column'];

type RowRecord = Omit<VmTemplateRow, 'adapters'> & { readonly adapters: string };

/** Names of the networks, null for Not connected, in order of slot. */
const adaptersOf = `
  SELECT coalesce(n.name, l.name) AS network FROM vm_template_adapter a
  LEFT JOIN vm_network n ON n.id = a.vm_network_id LEFT JOIN logical_network l ON l.id = a.logical_network_id
  WHERE a.vm_template_id = t.id ORDER BY a.slot`;

export class VmTemplateList {
  readonly #pages: PageReader<Column, string>;
  readonly #rows;

  constructor(db: Db) {
    this.#pages = new PageReader<Column, string>(db, {
      from: 'vm_template t JOIN library_image i ON i.id = t.library_image_id',
      key: 't.id',
      sortBy: { name: 't.name', generation: 't.generation', image: 'i.name', memoryMb: 't.memory_mb', processors: 't.processors' },
      tieBreak: 't.name',
      matches: anyLike('t.name', 't.description', 'i.name', 'i.operating_system', `(SELECT group_concat(network, char(10)) FROM (${adaptersOf}))`),
    });
    this.#rows = db.prepare<[string], RowRecord>(`
      SELECT t.id, t.name, t.description, t.generation, i.name AS image, i.operating_system AS operatingSystem, t.memory_mb AS memoryMb,
        t.processors, (SELECT json_group_array(network) FROM (${adaptersOf})) AS adapters
      FROM vm_template t JOIN library_image i ON i.id = t.library_image_id WHERE t.id IN ${pageKeys}`);
  }

  list(query: Query): Page {
    return this.#pages.page(query, (keys) => new Map(this.#rows.all(JSON.stringify(keys)).map((record) => [record.id, toRow(record)])));
  }
}

function toRow(record: RowRecord): VmTemplateRow {
  return { ...record, adapters: JSON.parse(record.adapters) as (string | null)[] };
}
