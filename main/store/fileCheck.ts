/** Looks at a database file before anything may write to it. Refusals leave the file as it was, byte for byte. */
import { accessSync, closeSync, constants, existsSync, fstatSync, openSync, readSync, rmSync, statSync } from 'node:fs';
import { ConsoleError } from '../../shared/contract/errors.ts';
import type { Db } from './database.ts';
import { applicationId } from './migrate.ts';

/** Size of the header of a SQLite file in bytes (sqlite.org/fileformat2.html §1.3). */
const headerSize = 100;
const magic = 'SQLite format 3\0';

/**
 * Reads the header without SQLite. Throws databaseCorrupt when the file cannot be a whole SQLite database,
 * databaseForeign when it is one of another program, databaseUnavailable when it cannot be read.
 */
export function checkHeader(path: string): void {
  const { header, size } = readHeader(path);
  if (size === 0) throw corrupt(path, 'it is empty');
  if (header.length < headerSize) throw corrupt(path, `it ends after ${size} bytes, inside the header`);
  if (header.toString('latin1', 0, magic.length) !== magic) throw corrupt(path, 'it is not a SQLite database');
  if (header.readUInt32BE(68) !== applicationId) throw foreign(path);
  const stored = header.readUInt16BE(16);
  const pageSize = stored === 1 ? 65_536 : stored;
  // SQLite reads the missing end of a last page as zeros. A log that is still to be copied may legitimately reach further.
  if (pageSize > 0 && size % pageSize !== 0 && !hasLog(path)) {
    throw corrupt(path, `its length of ${size} bytes is no multiple of its page size`);
  }
}

/** Throws databaseCorrupt unless SQLite's own quick check passes. */
export function checkContent(db: Db, path: string): void {
  const findings = db.pragma('quick_check(1)', { simple: true });
  if (findings !== 'ok') throw corrupt(path, `its check reports: ${String(findings)}`);
}

/** Throws databaseUnavailable unless this process may write the file: SQLite would open it anyhow, and fail at the first job. */
export function checkWritable(path: string): void {
  try {
    accessSync(path, constants.R_OK | constants.W_OK);
  } catch (error) {
    throw openingError(path, error);
  }
}

/** Reading a file at rest makes SQLite put an empty log beside it; takes these away again. Only for the owner of the file. */
export function withoutTrace<T>(path: string, read: () => T): T {
  const sideFiles = [`${path}-wal`, `${path}-shm`].filter((name) => !existsSync(name));
  try {
    return read();
  } finally {
    if (!hasLog(path)) for (const name of sideFiles) rmSync(name, { force: true });
  }
}

/** Turns what SQLite throws while opening into an error that a person can act on. */
export function openingError(path: string, error: unknown): unknown {
  if (error instanceof ConsoleError || !(error instanceof Error)) return error;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  if (/^SQLITE_(CORRUPT|NOTADB|FORMAT|IOERR_SHORT_READ)/.test(code)) return corrupt(path, error.message);
  if (/^SQLITE_(BUSY|LOCKED)/.test(code)) return inUse(path);
  if (/^(SQLITE_(CANTOPEN|READONLY|IOERR|PERM|AUTH|FULL)|E[A-Z]+$)/.test(code) || error instanceof TypeError) {
    return unavailable(path, error.message);
  }
  return error;
}

export function inUse(path: string): ConsoleError {
  return new ConsoleError(
    'databaseUnavailable',
    `The database "${path}" is in use by another process.`,
    'Close the other console or scenario run that has the file open, or open another file.',
  );
}

function readHeader(path: string): { header: Buffer; size: number } {
  let descriptor: number;
  try {
    descriptor = openSync(path, 'r');
  } catch (error) {
    throw openingError(path, error);
  }
  try {
    const stat = fstatSync(descriptor);
    if (!stat.isFile()) throw unavailable(path, 'it is not a file');
    const header = Buffer.alloc(headerSize);
    return { header: header.subarray(0, readSync(descriptor, header, 0, headerSize, 0)), size: stat.size };
  } finally {
    closeSync(descriptor);
  }
}

function hasLog(path: string): boolean {
  return (statSync(`${path}-wal`, { throwIfNoEntry: false })?.size ?? 0) > 0;
}

function corrupt(path: string, why: string): ConsoleError {
  return new ConsoleError(
    'databaseCorrupt',
    `The database "${path}" is damaged or incomplete: ${why}.`,
    'Restore the file from a backup, or move it away to start with a new one. The file was not changed.',
  );
}

function foreign(path: string): ConsoleError {
  return new ConsoleError(
    'databaseForeign',
    `The file "${path}" is a SQLite database of another program.`,
    'Open a database that was made by this console, or give a file name that does not exist yet. The file was not changed.',
  );
}

function unavailable(path: string, why: string): ConsoleError {
  return new ConsoleError(
    'databaseUnavailable',
    `The database "${path}" cannot be opened: ${why}.`,
    'Check that the folder exists, that the file can be read and written, and that the disk has space.',
  );
}
