/** The job log for spreadsheets (RFC 4180): one line for each job, step and change, told apart by the first column. */
import { jobStatusLabels } from '../../../shared/contract/jobs.ts';
import type { JobLogEvent, LoggedChange, LoggedJob, LoggedStep } from '../../store/jobLog/reader.ts';
import type { JobLogWriter } from '../jobLogWriter.ts';
import { localOffset } from '../text.ts';

const columns = [
  'Record', 'Job ID', 'Job Name', 'Step', 'Name', 'Status',
  'Start Time (UTC)', 'Start Local Offset', 'End Time (UTC)', 'End Local Offset',
  'Owner', 'Result Type', 'Result Name',
  'Object Type', 'Object', 'Property', 'Previous Value', 'New Value',
  'Message', 'Error Code', 'Recommended Action',
] as const;

/** Without it Excel reads UTF-8 as the system's own code page. */
const byteOrderMark = '\ufeff';
const lineEnd = '\r\n';

export class CsvWriter implements JobLogWriter {
  /** Id and name of the job, as fields. */
  #job = '';

  head(): string {
    return `${byteOrderMark}${fields(columns)}${lineEnd}`;
  }

  event(event: JobLogEvent): string {
    switch (event.kind) {
      case 'job':
        this.#job = fields([event.job.id, event.job.name]);
        return `"Job",${this.#job},${fields(jobFields(event.job))}${lineEnd}`;
      case 'step':
        return `"Step",${this.#job},${fields(stepFields(event.step))}${lineEnd}`;
      case 'change':
        return `"Change",${this.#job},${fields(changeFields(event.change))}${lineEnd}`;
      case 'jobEnd':
        return '';
    }
  }

  tail(): string {
    return '';
  }
}

/** One for each column from 'Step' on. */
type Fields = readonly (string | null)[];

const noOwner: Fields = [null, null, null];
const noObject: Fields = [null, null, null, null, null];

function jobFields({ name, status, startTime, endTime, owner, resultType, resultName, error }: LoggedJob): Fields {
  return [null, name, jobStatusLabels[status], ...timeFields(startTime, endTime), owner, resultType, resultName, ...noObject, error?.message ?? null, error?.code ?? null, error?.recommendedAction ?? null];
}

function stepFields({ number, name, status, startTime, endTime, message }: LoggedStep): Fields {
  return [stepName(number), name, jobStatusLabels[status], ...timeFields(startTime, endTime), ...noOwner, ...noObject, message, null, null];
}

function changeFields({ stepNumber, time, objectType, objectName, property, previousValue, newValue }: LoggedChange): Fields {
  return [stepName(stepNumber), null, null, ...timeFields(time, null), ...noOwner, objectType, objectName, property, previousValue, newValue, null, null, null];
}

/** A word before it, because a spreadsheet takes 1.10 for the number 1.1 and 1.2 for the second of January. */
function stepName(number: string): string {
  return `Step ${number}`;
}

function timeFields(start: string | null, end: string | null): Fields {
  return [start, offsetName(start), end, offsetName(end)];
}

/** An offset begins with a sign, as a formula does; with UTC before it, it is a word. */
function offsetName(instant: string | null): string | null {
  return instant === null ? null : `UTC${localOffset(instant)}`;
}

function fields(values: Fields): string {
  let text = '';
  for (let index = 0; index < values.length; index += 1) {
    if (index > 0) text += ',';
    text += field(values[index] ?? null);
  }
  return text;
}

/**
 * What a spreadsheet takes for a formula (OWASP, CSV injection): = + - @, tab and carriage return in front, in full width too, also
 * behind white space that some programs cut off.
 */
const startsFormula = /^(?:[\t\r\n]|\s*[=+\-@＝＋－＠])/u;

/** What needs no second look: it starts with a letter or a digit and has nothing to escape. */
// eslint-disable-next-line no-control-regex
const plain = /^[A-Za-z0-9][^"\u0000]*$/;

/** One field: nothing for null, else always in quotes. A text that would start a formula gets an apostrophe before it. */
function field(value: string | null): string {
  if (value === null) return '';
  if (plain.test(value)) return `"${value}"`;
  // A zero byte ends the text for some programs.
  const text = value.replaceAll('\u0000', '\ufffd');
  return `"${startsFormula.test(text) ? "'" : ''}${text.replaceAll('"', '""')}"`;
}
