/** What the thread in which a file is read to be imported and the one who started it agree on. */
import { ConsoleError, type ErrorPayload } from '../../../shared/contract/errors.ts';
import type { ImportPreview } from '../../../shared/contract/snapshots.ts';

/** A lab file, or what Export-VmmInventory.ps1 wrote. */
export type ImportKind = 'lab' | 'vmmInventory';

export interface ImportTask {
  readonly kind: ImportKind;
  readonly source: string;
  /** Database that is made of it; must not exist yet. */
  readonly target: string;
  readonly nativeBinding: string | undefined;
}

/** What a file holds, as an inventory of its own in the database of the task. */
export type StagedImport = Pick<ImportPreview, 'labName' | 'counts' | 'notUnderstood' | 'madeAnew'>;

/** How far it is: `done` of `total` parts, and what is done now. */
export interface ImportStage {
  readonly name: string;
  readonly done: number;
  readonly total: number;
}

/** `fault`: text of an error that no operator can act on. */
export type ImportMessage =
  | { readonly kind: 'stage'; readonly stage: ImportStage }
  | { readonly kind: 'staged'; readonly staged: StagedImport }
  | { readonly kind: 'failed'; readonly error: ErrorPayload; readonly fault: string | null };

export function importFailure(error: unknown): ImportMessage {
  if (error instanceof ConsoleError) return { kind: 'failed', error: error.toPayload(), fault: null };
  const opaque = new ConsoleError('internal', 'The console failed while it read the file. Nothing was changed.', 'Try again; if it stays, restart the console and look into its log.');
  return { kind: 'failed', error: opaque.toPayload(), fault: error instanceof Error ? (error.stack ?? error.message) : String(error) };
}
