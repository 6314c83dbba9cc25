/** The open lab and other files: written as a lab file, read from one, and compared with its snapshots. */
import { randomBytes } from 'node:crypto';
import { copyFileSync, existsSync } from 'node:fs';
import path from 'node:path';
import { ConsoleError } from '../../shared/contract/errors.ts';
import type { ProcedureOutput, ProcedureParsedInput } from '../../shared/contract/procedures.ts';
import type { ImportPreview, ImportProgress } from '../../shared/contract/snapshots.ts';
import { ExportFile, type WrittenFile } from '../export/exportFile.ts';
import { labText } from '../operations/lab/labText.ts';
import type { ReadImport } from '../operations/operation.ts';
import { differencesBetween } from '../store/labDocument/differences.ts';
import type { LabDocument } from '../store/labDocument/labDocument.ts';
import { InventoryFile, removeDatabase } from '../store/snapshots/inventoryFile.ts';
import type { Store } from '../store/store.ts';
import { ImportReader, type ImportReaderOptions } from './import/importReader.ts';
import type { ImportKind } from './import/importThread.ts';
import { pageOf } from './localPage.ts';

interface LabFilesOptions extends ImportReaderOptions {
  readonly nativeBinding: string | undefined;
}

interface Prepared {
  readonly id: string;
  readonly file: string;
  readonly fileName: string;
  readonly labName: string;
}

type DifferencesQuery = ProcedureParsedInput<'snapshotDifference.list'>;

export class LabFiles {
  readonly #store: Store;
  readonly #options: LabFilesOptions;
  readonly #reader: ImportReader;
  /** What was read last; another file takes its place. */
  #prepared: Prepared | undefined;
  #compared: { readonly key: string; readonly rows: ProcedureOutput<'snapshotDifference.list'>['rows'] } | undefined;

  constructor(store: Store, options: LabFilesOptions) {
    this.#store = store;
    this.#options = options;
    this.#reader = new ImportReader(options);
  }

  /** Writes the whole inventory as a lab file. Throws ConsoleError fileNotWritten. */
  exportLab(target: string): WrittenFile {
    const file = new ExportFile(target, `${target}.${randomBytes(4).toString('hex')}.part`, 'lab');
    try {
      for (const line of labText(this.#store.inventory.document())) file.write(line);
    } catch (error) {
      file.discard();
      throw error;
    }
    return file.commit();
  }

  /**
   * Reads a lab file, or what Export-VmmInventory.ps1 wrote, into a database of its own; nothing of the open lab changes. Null when it was canceled.
   * Throws ConsoleError importFileInvalid with place and reason, or databaseUnavailable.
   */
  async prepareImport(kind: ImportKind, source: string): Promise<ImportPreview | null> {
    const target = this.#temporary();
    const staged = await this.#reader.read({ kind, source, target, nativeBinding: this.#options.nativeBinding });
    if (staged === null) return null;
    this.#forget();
    const prepared = { id: this.#options.newId(), file: target, fileName: path.basename(source), labName: staged.labName };
    this.#prepared = prepared;
    const { inventory } = this.#store;
    return { preparation: prepared.id, path: source, ...staged, current: { labName: inventory.lab.get()?.name ?? '', counts: [...inventory.objectCounts()] } };
  }

  /** How far the file is that is being read; null when none is. */
  importProgress(): ImportProgress | null {
    return this.#reader.progress();
  }

  /** Does nothing when no file is being read. */
  cancelImport(): void {
    this.#reader.cancel();
  }

  /** Throws ConsoleError importExpired. */
  readImport(preparation: string): ReadImport {
    const prepared = this.#prepared;
    if (prepared?.id !== preparation || !existsSync(prepared.file)) throw new ConsoleError('importExpired', 'What was read from the file is not there any more.', 'Choose the file again.');
    const { file, fileName, labName } = prepared;
    return { fileName, labName, open: () => this.#open((target) => { copyFileSync(file, target); }) };
  }

  /** A copy that has to be removed. Throws ConsoleError objectNotFound, snapshotMissing, or why the file is not whole. */
  openSnapshot(id: string): InventoryFile {
    return this.#open((target) => { this.#store.snapshots.copyOf(id, target); });
  }

  /** A page of what differs between a snapshot and another one, or now. Throws as `openSnapshot`. */
  differences(query: DifferencesQuery): ProcedureOutput<'snapshotDifference.list'> {
    const { id, other } = query;
    const after = other === undefined ? this.#store.inventory.document() : this.#documentOf(other);
    // As long as the side that can change says the same, the pages are of one comparison.
    const key = JSON.stringify([id, other, other === undefined ? after : null]);
    if (this.#compared?.key !== key) {
      const rows = differencesBetween(this.#documentOf(id), after).map(({ id: objectId, ...row }) => ({ key: `${row.kind} ${row.change} ${objectId} ${row.property}`, ...row }));
      this.#compared = { key, rows };
    }
    return pageOf(this.#compared.rows, query, ({ kind, name, property, before, after: now }) => [kind, name, property, before ?? '', now ?? '']);
  }

  /** What is being read is broken off, what was read and not applied goes. */
  close(): void {
    this.cancelImport();
    this.#forget();
  }

  #forget(): void {
    if (this.#prepared !== undefined) removeDatabase(this.#prepared.file);
    this.#prepared = undefined;
  }

  #documentOf(id: string): LabDocument {
    const file = this.openSnapshot(id);
    try {
      return file.document();
    } finally {
      file.remove();
    }
  }

  #open(copyTo: (target: string) => void): InventoryFile {
    const target = this.#temporary();
    try {
      copyTo(target);
      return InventoryFile.open(target, this.#options.nativeBinding);
    } catch (error) {
      removeDatabase(target);
      throw error;
    }
  }

  /** Beside the database, where there is room for it if anywhere. */
  #temporary(): string {
    const { path: database } = this.#store;
    if (database === ':memory:') throw new ConsoleError('databaseUnavailable', 'A lab in memory can neither be imported into nor be compared.', 'Open the lab from a database file.');
    return `${database}.${randomBytes(6).toString('hex')}.tmp`;
  }
}
