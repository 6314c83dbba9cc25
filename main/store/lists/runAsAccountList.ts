/** The list "Run As Accounts". Secrets are never read here. */
import type { z } from 'zod';
import type { RunAsAccountRow, runAsAccountListPageSchema, runAsAccountListQuerySchema } from '../../../shared/contract/inventory.ts';
import type { Db } from '../database.ts';
import { anyLike, PageReader } from './pageReader.ts';
import { pageKeys } from './sql.ts';

type Query = z.output<typeof runAsAccountListQuerySchema>;
type Page = z.output<typeof runAsAccountListPageSchema>;
type Column = NonNullable<Query['sort']>['column'];

export class RunAsAccountList {
  readonly #pages: PageReader<Column, string>;
  readonly #rows;

  constructor(db: Db) {
    this.#pages = new PageReader<Column, string>(db, {
      from: 'run_as_account a',
      key: 'a.id',
      sortBy: { name: 'a.name', userName: 'a.user_name COLLATE NOCASE', kind: 'a.kind' },
      tieBreak: 'a.name',
      matches: anyLike('a.name', 'a.user_name', 'a.kind', 'a.description'),
    });
    this.#rows = db.prepare<[string], Omit<RunAsAccountRow, 'hasSecret'> & { hasSecret: number }>(`
      SELECT id, name, user_name AS userName, kind, description, secret IS NOT NULL AS hasSecret FROM run_as_account WHERE id IN ${pageKeys}`);
  }

  list(query: Query): Page {
    return this.#pages.page(query, (keys) => new Map(this.#rows.all(JSON.stringify(keys)).map((row) => [row.id, { ...row, hasSecret: row.hasSecret === 1 }])));
  }
}
