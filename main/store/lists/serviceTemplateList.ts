/** The list "Service Templates". */
import type { z } from 'zod';
import type { ServiceTemplateRow, serviceTemplateListPageSchema, serviceTemplateListQuerySchema } from '../../../shared/contract/library.ts';
import type { Db } from '../database.ts';
import { anyLike, PageReader } from './pageReader.ts';
import { pageKeys } from './sql.ts';

type Query = z.output<typeof serviceTemplateListQuerySchema>;
type Page = z.output<typeof serviceTemplateListPageSchema>;
type Column = NonNullable<Query['sort']>['column'];

export class ServiceTemplateList {
  readonly #pages: PageReader<Column, string>;
  readonly #rows;

  constructor(db: Db) {
    this.#pages = new PageReader<Column, string>(db, {
      from: 'service_template s JOIN vm_template t ON t.id = s.vm_template_id',
      key: 's.id',
      sortBy: { name: 's.name', vmTemplate: 't.name' },
      tieBreak: 's.name',
      matches: anyLike('s.name', 's.description', 't.name'),
    });
    this.#rows = db.prepare<[string], ServiceTemplateRow>(`
      SELECT s.id, s.name, s.description, t.name AS vmTemplate FROM service_template s JOIN vm_template t ON t.id = s.vm_template_id
      WHERE s.id IN ${pageKeys}`);
  }

  list(query: Query): Page {
    return this.#pages.page(query, (keys) => new Map(this.#rows.all(JSON.stringify(keys)).map((row) => [row.id, row])));
  }
}
