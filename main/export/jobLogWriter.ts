/** What every format of the job log is to the export: text for one event after another. */
import type { ExportSize } from '../../shared/contract/jobExport.ts';
import type { JobLogEvent } from '../store/jobLog/reader.ts';

export interface JobLogHead {
  /** Empty while no lab is open. */
  readonly labName: string;
  /** Instant of the export, ISO 8601 in UTC. */
  readonly exportedAt: string;
  readonly size: ExportSize;
}

/** Keeps at most one job; each text is to be written before the next event is given. */
export interface JobLogWriter {
  head(): string;
  event(event: JobLogEvent): string;
  tail(): string;
}

/** Part of a file, and whether one more of the jobs, steps and changes is in it. */
export interface ExportPiece {
  readonly text: string;
  readonly units: 0 | 1;
}

export interface ExportContent {
  /** Sum of the units. */
  readonly total: number;
  readonly pieces: Iterable<ExportPiece>;
}
