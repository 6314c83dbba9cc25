/** The job log for scripts: one JSON object a line, `record` tells of what. */
import type { JobLogEvent, LoggedJob } from '../../store/jobLog/reader.ts';
import type { JobLogHead, JobLogWriter } from '../jobLogWriter.ts';
import { localOffset } from '../text.ts';

export class JsonLinesWriter implements JobLogWriter {
  readonly #head: JobLogHead;
  #jobId = '';

  constructor(head: JobLogHead) {
    this.#head = head;
  }

  head(): string {
    const { labName, exportedAt, size } = this.#head;
    return line({ record: 'log', lab: labName, exportedAt, localOffset: localOffset(exportedAt), ...size });
  }

  event(event: JobLogEvent): string {
    switch (event.kind) {
      case 'job':
        this.#jobId = event.job.id;
        return line(jobObject(event.job));
      case 'step': {
        const { step } = event;
        return line({ record: 'step', jobId: this.#jobId, ...step, startOffset: offsetOf(step.startTime), endOffset: offsetOf(step.endTime) });
      }
      case 'change':
        return line({ record: 'change', jobId: this.#jobId, ...event.change, offset: offsetOf(event.change.time) });
      case 'jobEnd':
        return '';
    }
  }

  tail(): string {
    return '';
  }
}

function jobObject({ id, ...job }: LoggedJob): object {
  return { record: 'job', jobId: id, ...job, startOffset: offsetOf(job.startTime), endOffset: offsetOf(job.endTime) };
}

function offsetOf(instant: string | null): string | null {
  return instant === null ? null : localOffset(instant);
}

function line(value: object): string {
  return `${JSON.stringify(value)}\n`;
}
