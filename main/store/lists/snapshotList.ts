/** The list "Snapshots", newest first. */
import type { z } from 'zod';
import type { SnapshotRow, snapshotListPageSchema, snapshotListQuerySchema } from '../../../shared/contract/snapshots.ts';
import type { Db } from '../database.ts';
import { anyLike, PageReader } from './pageReader.ts';
import { pageKeys } from './sql.ts';

type Query = z.output<typeof snapshotListQuerySchema>;
type Page = z.output<typeof snapshotListPageSchema>;
type Column = NonNullable<Query['sort']>['column'];

export class SnapshotList {
  readonly #pages: PageReader<Column, string>;
  readonly #rows;

  constructor(db: Db) {
    this.#pages = new PageReader<Column, string>(db, {
      from: 'lab_snapshot s',
      key: 's.id',
      sortBy: { name: 's.name', createdAt: 's.created_at', bytes: 's.bytes', jobs: 's.jobs', isAutomatic: 's.is_automatic' },
      tieBreak: 's.created_at || s.id',
      defaultDirection: 'desc',
      matches: anyLike('s.name', 's.description'),
    });
    this.#rows = db.prepare<[string], Omit<SnapshotRow, 'isAutomatic'> & { isAutomatic: number }>(`
      SELECT id, name, description, is_automatic AS isAutomatic, created_at AS createdAt, bytes, jobs FROM lab_snapshot WHERE id IN ${pageKeys}`);
  }

  list(query: Query): Page {
    return this.#pages.page(query, (keys) => new Map(this.#rows.all(JSON.stringify(keys)).map((row) => [row.id, { ...row, isAutomatic: row.isAutomatic === 1 }])));
  }
}
