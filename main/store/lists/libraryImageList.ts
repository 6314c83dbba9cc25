/** The list "Library Servers": images on the library shares. */
import type { z } from 'zod';
import type { LibraryImageRow, libraryImageListPageSchema, libraryImageListQuerySchema } from '../../../shared/contract/library.ts';
import type { Db } from '../database.ts';
import { anyLike, PageReader } from './pageReader.ts';
import { pageKeys } from './sql.ts';

type Query = z.output<typeof libraryImageListQuerySchema>;
type Page = z.output<typeof libraryImageListPageSchema>;
type Column = NonNullable<Query['sort']>['column'];

export class LibraryImageList {
  readonly #pages: PageReader<Column, string>;
  readonly #rows;

  constructor(db: Db) {
    this.#pages = new PageReader<Column, string>(db, {
      from: 'library_image i',
      key: 'i.id',
      sortBy: {
        name: 'i.name',
        libraryServer: 'i.library_server',
        operatingSystem: 'i.operating_system COLLATE NOCASE',
        generation: 'i.generation',
        sizeMb: 'i.size_mb',
      },
      tieBreak: 'i.name',
      matches: anyLike('i.name', 'i.library_path', 'i.operating_system'),
    });
    this.#rows = db.prepare<[string], LibraryImageRow>(`
      SELECT i.id, i.name, i.library_server AS libraryServer, i.library_path AS libraryPath, i.operating_system AS operatingSystem,
        i.generation, i.size_mb AS sizeMb, (SELECT count(*) FROM vm_template t WHERE t.library_image_id = i.id) AS vmTemplates
      FROM library_image i WHERE i.id IN ${pageKeys}`);
  }

  list(query: Query): Page {
    return this.#pages.page(query, (keys) => new Map(this.#rows.all(JSON.stringify(keys)).map((row) => [row.id, row])));
  }
}
