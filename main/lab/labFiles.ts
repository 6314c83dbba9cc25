/** The open lab and other files: written as a lab file, read from one, and compared with its snapshots. */
import { randomBytes } from 'node:crypto';
import { copyFileSync, existsSync } from 'node:fs';
import path from 'node:path';
import { ConsoleError } from '../../shared/contract/errors.ts';
import type { ProcedureOutput, ProcedureParsedInput } from '../../shared/contract/procedures.ts';
import type { ImportPreview } from '../../shared/contract/snapshots.ts';
import { ExportFile, type WrittenFile } from '../export/exportFile.ts';
import { buildLab } from '../operations/lab/buildLab.ts';
import { labSchema, type LabDefinition } from '../operations/lab/labDefinition.ts';
import { labText } from '../operations/lab/labText.ts';
import { readInventoryFile } from '../operations/lab/vmmInventory/inventoryFile.ts';
import { translateInventory } from '../operations/lab/vmmInventory/translate.ts';
import type { ReadImport } from '../operations/operation.ts';
import { readYamlFile, type FileFault } from '../operations/yamlDocument.ts';
import { differencesBetween } from '../store/labDocument/differences.ts';
import { countObjects, type LabDocument } from '../store/labDocument/labDocument.ts';
import { InventoryFile, removeDatabase } from '../store/snapshots/inventoryFile.ts';
import { openStore, type Store } from '../store/store.ts';
import { pageOf } from './localPage.ts';

interface LabFilesOptions {
  readonly nativeBinding: string | undefined;
  readonly clock: () => Date;
  readonly newId: () => string;
}

interface Prepared {
  readonly id: string;
  readonly file: string;
  readonly fileName: string;
  readonly labName: string;
}

type DifferencesQuery = ProcedureParsedInput<'snapshotDifference.list'>;

/** Bytes of a lab file that is imported. */
const importLimit = 16 * 1024 * 1024;

export class LabFiles {
  readonly #store: Store;
  readonly #options: LabFilesOptions;
  /** What was read last; another file takes its place. */
  #prepared: Prepared | undefined;
  #compared: { readonly key: string; readonly rows: ProcedureOutput<'snapshotDifference.list'>['rows'] } | undefined;

  constructor(store: Store, options: LabFilesOptions) {
    this.#store = store;
    this.#options = options;
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
   * Reads a lab file into a database of its own; nothing of the open lab changes. Throws ConsoleError importFileInvalid
   * with place and reason, or databaseUnavailable.
   */
  prepareImport(source: string): ImportPreview {
    const result = readYamlFile(source, labSchema, importLimit);
    if ('fault' in result) throw unreadable(source, result.fault);
    return this.#prepare(source, result.value, null);
  }

  /** As `prepareImport`, of what Export-VmmInventory.ps1 wrote. */
  prepareVmmImport(source: string): ImportPreview {
    const read = readInventoryFile(source);
    if ('fault' in read) throw unreadable(source, read.fault);
    const translated = translateInventory(read.value);
    if ('fault' in translated) throw refused(`${path.basename(source)}, ${translated.fault.place === '' ? 'at the top' : translated.fault.place}: ${translated.fault.reason}.`);
    const { kept, total } = translated.notUnderstood;
    return this.#prepare(source, translated.lab, { total, remarks: [...kept] });
  }

  #prepare(source: string, lab: LabDefinition, notUnderstood: ImportPreview['notUnderstood']): ImportPreview {
    const prepared = this.#stage(source, lab);
    this.#forget();
    this.#prepared = prepared;
    const { document } = withFile(prepared.file, this.#options.nativeBinding, (file) => ({ document: file.document() }));
    const current = this.#store.inventory.document();
    return {
      preparation: prepared.id,
      path: source,
      labName: prepared.labName,
      counts: [...countObjects(document)],
      current: { labName: current.lab?.name ?? '', counts: [...countObjects(current)] },
      notUnderstood,
    };
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

  /** What was read and not applied goes. */
  close(): void {
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

  #stage(source: string, lab: LabDefinition): Prepared {
    const { clock, newId, nativeBinding } = this.#options;
    const file = this.#temporary();
    const store = openStore({ path: file, nativeBinding });
    try {
      store.jobs.transaction(() => { buildLab(store.inventory, lab, { newId, now: clock }); });
      return { id: newId(), file, fileName: path.basename(source), labName: lab.lab };
    } catch (error) {
      store.close();
      removeDatabase(file);
      throw contradictory(source, error);
    } finally {
      store.close();
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

function withFile<T>(path_: string, nativeBinding: string | undefined, use: (file: InventoryFile) => T): T {
  const file = InventoryFile.open(path_, nativeBinding);
  try {
    return use(file);
  } finally {
    file.close();
  }
}

function unreadable(source: string, { line, column, reason }: FileFault): ConsoleError {
  const place = line === null ? '' : `, line ${line}${column === null ? '' : `, column ${column}`}`;
  return refused(`${path.basename(source)}${place}: ${reason}.`);
}

function refused(message: string): ConsoleError {
  return new ConsoleError('importFileInvalid', message, 'Correct the file, or choose another one. Nothing was changed.');
}

/** Each value is right by itself, but the objects do not fit together. */
function contradictory(source: string, error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const isConflict = error instanceof ConsoleError || ('code' in error && String(error.code).startsWith('SQLITE_CONSTRAINT'));
  return isConflict ? refused(`${path.basename(source)}: what it holds does not fit together: ${error.message}`) : error;
}
