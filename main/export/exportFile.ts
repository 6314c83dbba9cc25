/** A file that stands under its name as a whole or not at all. */
import { createHash } from 'node:crypto';
import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import path from 'node:path';
import { ConsoleError } from '../../shared/contract/errors.ts';

/** Characters that are gathered before they go to the disk. */
const chunkSize = 256 * 1024;

/** At most, of a character as `length` counts it, in UTF-8. */
const bytesOfCharacter = 3;

export interface WrittenFile {
  readonly bytes: number;
  /** In hex. */
  readonly sha256: string;
}

/** Writes to `draft`, which has to be beside `target`, and gives it the target's name when all of it is on the disk. */
export class ExportFile {
  readonly #target: string;
  readonly #what: string;
  readonly #draft: string;
  readonly #hash = createHash('sha256');
  #descriptor: number | null;
  #waiting = '';
  /** Used again and again: a new one for every chunk would keep the garbage collector busy. */
  #buffer = Buffer.allocUnsafe(2 * bytesOfCharacter * chunkSize);
  #bytes = 0;

  /** Throws ConsoleError fileNotWritten; also when the draft exists already. */
  constructor(target: string, draft: string, what: 'job log' | 'lab' = 'job log') {
    this.#target = target;
    this.#what = what;
    this.#draft = draft;
    this.#descriptor = tell(target, what, () => openSync(draft, 'wx'));
  }

  write(text: string): void {
    this.#waiting += text;
    if (this.#waiting.length >= chunkSize) this.#flush();
  }

  /** SHA-256 of what was written until now, in hex. */
  digest(): string {
    this.#flush();
    return this.#hash.copy().digest('hex');
  }

  /** Throws ConsoleError fileNotWritten, and then there is no draft any more and nothing new under the name. */
  commit(): WrittenFile {
    try {
      this.#flush();
      tell(this.#target, this.#what, () => {
        fsyncSync(this.#open);
        this.#close();
        renameSync(this.#draft, this.#target);
      });
    } catch (error) {
      this.discard();
      throw error;
    }
    syncFolder(path.dirname(this.#target));
    return { bytes: this.#bytes, sha256: this.#hash.digest('hex') };
  }

  /** Takes the draft away. */
  discard(): void {
    this.#close();
    rmSync(this.#draft, { force: true });
  }

  get #open(): number {
    if (this.#descriptor === null) throw new Error('The file is closed.');
    return this.#descriptor;
  }

  #flush(): void {
    const most = this.#waiting.length * bytesOfCharacter;
    if (most > this.#buffer.length) this.#buffer = Buffer.allocUnsafe(most);
    const data = this.#buffer.subarray(0, this.#buffer.write(this.#waiting, 'utf8'));
    this.#waiting = '';
    this.#hash.update(data);
    this.#bytes += data.length;
    tell(this.#target, this.#what, () => {
      for (let at = 0; at < data.length;) at += writeSync(this.#open, data, at);
    });
  }

  #close(): void {
    if (this.#descriptor !== null) closeSync(this.#descriptor);
    this.#descriptor = null;
  }
}

/** Makes the new name last through a power cut; where folders cannot be opened (Windows) the system does so itself. */
function syncFolder(folder: string): void {
  try {
    const descriptor = openSync(folder, 'r');
    try {
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
  } catch {
    // The file is there and whole; only its name may come late.
  }
}

function tell<T>(target: string, what: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof ConsoleError || !(error instanceof Error) || !('code' in error)) throw error;
    throw new ConsoleError('fileNotWritten', `The ${what} could not be written to ${target}: ${error.message}`, 'Choose a folder in which you may write and that has room.');
  }
}
