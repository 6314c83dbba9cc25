/** One export from beginning to end, in whatever thread calls it. */
import type { ExportFormat, ExportRequest } from '../../shared/contract/jobExport.ts';
import { JobLogReader, type JobLogEvent } from '../store/jobLog/reader.ts';
import { bundleContent } from './bundle/bundleContent.ts';
import { ExportFile, type WrittenFile } from './exportFile.ts';
import { CsvWriter } from './formats/csv.ts';
import { HtmlWriter } from './formats/html.ts';
import { JsonLinesWriter } from './formats/jsonLines.ts';
import { XmlWriter } from './formats/xml.ts';
import type { ExportContent, ExportPiece, JobLogHead, JobLogWriter } from './jobLogWriter.ts';

export interface ExportTask extends ExportRequest {
  readonly databasePath: string;
  readonly nativeBinding?: string | undefined;
  readonly target: string;
  /** Name beside the target that the file has until it is complete; must not exist yet. */
  readonly draft: string;
  /** ISO 8601 in UTC; stands in the file. */
  readonly exportedAt: string;
}

/** How the export talks to the one who waits for it. */
export interface ExportWatch {
  /** Asked now and then. */
  isCanceled(): boolean;
  progress(done: number, total: number): void;
}

/** Pieces between two looks at the watch. */
const lookEvery = 512;

/** The written file; null when it was canceled, and then there is nothing of it. Throws ConsoleError. */
export function runExport(task: ExportTask, watch: ExportWatch): WrittenFile | null {
  const reader = JobLogReader.open({ path: task.databasePath, nativeBinding: task.nativeBinding });
  try {
    return writeFile(task, reader, watch);
  } finally {
    reader.close();
  }
}

function writeFile(task: ExportTask, reader: JobLogReader, watch: ExportWatch): WrittenFile | null {
  const file = new ExportFile(task.target, task.draft);
  try {
    if (writeEvents(task, reader, file, watch)) return file.commit();
    file.discard();
    return null;
  } catch (error) {
    file.discard();
    throw error;
  }
}

/** False when canceled. */
function writeEvents(task: ExportTask, reader: JobLogReader, file: ExportFile, watch: ExportWatch): boolean {
  const { total, pieces } = contentOf(task, reader, () => file.digest());
  let written = 0;
  let done = 0;
  for (const { text, units } of pieces) {
    file.write(text);
    done += units;
    written += 1;
    if (written % lookEvery !== 0) continue;
    if (watch.isCanceled()) return false;
    watch.progress(done, total);
  }
  watch.progress(done, total);
  return !watch.isCanceled();
}

/** `digest`: SHA-256 of everything that was written before, in hex. */
function contentOf(task: ExportTask, reader: JobLogReader, digest: () => string): ExportContent {
  const { scope, exportedAt } = task;
  const labName = reader.labName();
  if (task.format === 'bundle') return bundleContent({ scope, labName, exportedAt, reader, digest });
  const size = reader.size(scope);
  const writer = writerOf(task.format, { labName, exportedAt, size });
  return { total: size.jobs + size.steps + size.changes, pieces: piecesOf(writer, reader.events(scope)) };
}

function* piecesOf(writer: JobLogWriter, events: Iterable<JobLogEvent>): Generator<ExportPiece> {
  yield { text: writer.head(), units: 0 };
  for (const event of events) yield { text: writer.event(event), units: event.kind === 'jobEnd' ? 0 : 1 };
  yield { text: writer.tail(), units: 0 };
}

function writerOf(format: Exclude<ExportFormat, 'bundle'>, head: JobLogHead): JobLogWriter {
  switch (format) {
    case 'csv':
      return new CsvWriter();
    case 'jsonLines':
      return new JsonLinesWriter(head);
    case 'html':
      return new HtmlWriter(head);
    case 'xml':
      return new XmlWriter(head);
  }
}
