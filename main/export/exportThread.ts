/** What the thread of an export and the one who started it agree on. */
import { ConsoleError, type ErrorPayload } from '../../shared/contract/errors.ts';
import type { WrittenFile } from './exportFile.ts';
import type { ExportTask } from './runExport.ts';

export interface ThreadData {
  readonly task: ExportTask;
  /** 32-bit cells, see `slots`: read and written without messages, because the export never waits for one. */
  readonly shared: SharedArrayBuffer;
}

/** `ended` becomes 1, and is notified, when the thread has done with the file. */
export const slots = { canceled: 0, done: 1, total: 2, ended: 3 } as const;
export const sharedSize = 4 * Int32Array.BYTES_PER_ELEMENT;

/** `fault`: text of an error that no operator can act on. */
export type ThreadMessage =
  | { readonly kind: 'written'; readonly file: WrittenFile }
  | { readonly kind: 'canceled' }
  | { readonly kind: 'failed'; readonly error: ErrorPayload; readonly fault: string | null };

export function outcomeOf(work: () => WrittenFile | null): ThreadMessage {
  try {
    const file = work();
    return file === null ? { kind: 'canceled' } : { kind: 'written', file };
  } catch (error) {
    return failure(error);
  }
}

export function failure(error: unknown): ThreadMessage {
  if (error instanceof ConsoleError) return { kind: 'failed', error: error.toPayload(), fault: null };
  const opaque = new ConsoleError('internal', 'The console failed while it wrote the job log.', 'Try again; if it stays, restart the console and look into its log.');
  return { kind: 'failed', error: opaque.toPayload(), fault: error instanceof Error ? (error.stack ?? error.message) : String(error) };
}
