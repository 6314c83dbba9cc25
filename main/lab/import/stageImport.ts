/** Reads a file into a database of its own, in whatever thread calls it. */
import path from 'node:path';
import { ConsoleError } from '../../../shared/contract/errors.ts';
import { buildLab, type BuildSurroundings } from '../../operations/lab/buildLab.ts';
import { labBuilds } from '../../operations/lab/labBuilds.ts';
import { labSchema, type LabDefinition } from '../../operations/lab/labDefinition.ts';
import { readInventoryFile } from '../../operations/lab/vmmInventory/inventoryFile.ts';
import { translateInventory } from '../../operations/lab/vmmInventory/translate.ts';
import { readYamlFile, type FileFault } from '../../operations/yamlDocument.ts';
import { removeDatabase } from '../../store/snapshots/inventoryFile.ts';
import { openStore } from '../../store/store.ts';
import type { ImportStage, ImportTask, StagedImport } from './importThread.ts';

/** Bytes of a lab file that is imported. */
const labLimit = 16 * 1024 * 1024;

interface ReadLab extends Pick<StagedImport, 'notUnderstood' | 'madeAnew'> {
  readonly lab: LabDefinition;
}

/** Throws ConsoleError importFileInvalid with place and reason, or databaseUnavailable, and then there is no database. */
export function stageImport(task: ImportTask, surroundings: BuildSurroundings, say: (stage: ImportStage) => void): StagedImport {
  const builds = labBuilds(0).length;
  // Before the building there is the reading, behind it the writing.
  const total = builds + 2;
  say({ name: 'Reading the file', done: 0, total });
  const { lab, ...remarks } = task.kind === 'lab' ? readLab(task.source) : readVmmInventory(task.source);
  // In memory first: nothing of it has to survive this process, and the disk sees it once.
  const store = openStore({ path: ':memory:', nativeBinding: task.nativeBinding });
  let built = 0;
  const tell = (name: string): void => {
    built += 1;
    say({ name, done: built, total });
  };
  try {
    store.listOrders.leaveOut();
    store.jobs.transaction(() => { buildLab(store.inventory, lab, { ...surroundings, tell }); });
    tell('Writing what was read');
    store.backup(task.target);
    return { labName: lab.lab, counts: [...store.inventory.objectCounts()], ...remarks };
  } catch (error) {
    removeDatabase(task.target);
    throw contradictory(task.source, error);
  } finally {
    store.close();
  }
}

function readLab(source: string): ReadLab {
  const result = readYamlFile(source, labSchema, labLimit);
  if ('fault' in result) throw unreadable(source, result.fault);
  return { lab: result.value, notUnderstood: null, madeAnew: [] };
}

function readVmmInventory(source: string): ReadLab {
  const read = readInventoryFile(source);
  if ('fault' in read) throw unreadable(source, read.fault);
  const translated = translateInventory(read.value);
  if ('fault' in translated) throw refused(`${path.basename(source)}, ${translated.fault.place === '' ? 'at the top' : translated.fault.place}: ${translated.fault.reason}.`);
  const { kept, total } = translated.notUnderstood;
  return { lab: translated.lab, notUnderstood: { total, remarks: [...kept] }, madeAnew: [...translated.madeAnew] };
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
