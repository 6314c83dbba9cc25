/** The job log to read and to print: one file without script or anything from outside, light or dark as the reader has it. */
import type { ErrorPayload } from '../../../shared/contract/errors.ts';
import { jobStatuses, jobStatusLabels, type JobStatus } from '../../../shared/contract/jobs.ts';
import type { JobLogEvent, LoggedChange, LoggedJob, LoggedStep } from '../../store/jobLog/reader.ts';
import type { JobLogHead, JobLogWriter } from '../jobLogWriter.ts';
import { depthOf, localOffset, htmlText } from '../text.ts';
import { htmlStyle } from './htmlStyle.ts';

type Part = 'none' | 'steps' | 'changes';

const stepHead = '<table class="steps"><caption>Steps</caption><thead><tr><th scope="col">Step</th><th scope="col">Name</th><th scope="col">Status</th><th scope="col">Start time</th><th scope="col">End time</th></tr></thead><tbody>';
const changeHead = '<table class="changes"><caption>Change tracking</caption><thead><tr><th scope="col">Step</th><th scope="col">Object</th><th scope="col">Property</th><th scope="col">Previous value</th><th scope="col">New value</th><th scope="col">Time</th></tr></thead><tbody>';
/** Deeper steps stand no further to the right. */
const deepest = 6;

export class HtmlWriter implements JobLogWriter {
  readonly #head: JobLogHead;
  #part: Part = 'none';

  constructor(head: JobLogHead) {
    this.#head = head;
  }

  /** Well-formed as XML too, so that tools of either kind can read it. */
  head(): string {
    const { labName, exportedAt, size } = this.#head;
    const title = `Job log${labName === '' ? '' : ` of ${htmlText(labName)}`}`;
    return `<!DOCTYPE html>
<html lang="en" xmlns="http://www.w3.org/1999/xhtml"><head><meta charset="utf-8"/>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"/>
<meta name="viewport" content="width=device-width, initial-scale=1"/><meta name="color-scheme" content="light dark"/>
<title>${title}</title><style>${htmlStyle}</style></head><body>
<header><h1>${title}</h1><p>${count(size.jobs, 'job')}, ${count(size.steps, 'step')}, ${count(size.changes, 'change')}. Exported ${time(exportedAt)}. Times are in UTC, with the offset of local time beside them.</p></header>
<main>
`;
  }

  event(event: JobLogEvent): string {
    switch (event.kind) {
      case 'job':
        return jobHead(event.job);
      case 'step':
        return `${this.#begin('steps')}${stepRow(event.step)}`;
      case 'change':
        return `${this.#begin('changes')}${changeRow(event.change)}`;
      case 'jobEnd':
        return `${this.#begin('none')}</details></article>\n`;
    }
  }

  tail(): string {
    return '</main></body></html>\n';
  }

  #begin(part: Part): string {
    if (part === this.#part) return '';
    const before = this.#part === 'none' ? '' : '</tbody></table>\n';
    this.#part = part;
    return `${before}${part === 'steps' ? stepHead : part === 'changes' ? changeHead : ''}\n`;
  }
}

function jobHead(job: LoggedJob): string {
  const fields = [
    ['Result', job.resultName === '' ? job.resultType : `${job.resultName} (${job.resultType})`],
    ['Owner', job.owner],
    ['Command', job.operationId],
    ['Attempts', String(job.attempts)],
    ['ID', job.id],
  ] as const;
  const list = fields.map(([name, value]) => `<div><dt>${name}</dt><dd>${htmlText(value)}</dd></div>`).join('');
  return `<article><details open="open"><summary><h2>${htmlText(job.name)}</h2> ${statusMark(job.status)}</summary>
<dl><div><dt>Started</dt><dd>${time(job.startTime)}</dd></div><div><dt>Ended</dt><dd>${time(job.endTime)}</dd></div>${list}</dl>
${job.error === null ? '' : errorBox(job.error)}`;
}

function errorBox({ code, message, recommendedAction }: ErrorPayload): string {
  return `<div class="error"><p><b>Error (${htmlText(code)})</b> <span>${htmlText(message)}</span></p><p><b>Recommended action</b> <span>${htmlText(recommendedAction)}</span></p></div>\n`;
}

function stepRow(step: LoggedStep): string {
  const depth = Math.min(depthOf(step.number), deepest);
  const message = step.message === '' ? '' : `<div class="message">${htmlText(step.message)}</div>`;
  return `<tr><td class="d${depth}">${htmlText(step.number)}</td><td class="d${depth}">${htmlText(step.name)}${message}</td><td>${statusMark(step.status)}</td><td>${time(step.startTime)}</td><td>${time(step.endTime)}</td></tr>\n`;
}

function changeRow(change: LoggedChange): string {
  return `<tr><td>${htmlText(change.stepNumber)}</td><td>${htmlText(change.objectName)}<div class="kind">${htmlText(change.objectType)}</div></td><td>${htmlText(change.property)}</td><td>${value(change.previousValue)}</td><td>${value(change.newValue)}</td><td>${time(change.time)}</td></tr>\n`;
}

/** Nothing there, and an empty text, look different. */
function value(text: string | null): string {
  return text === null ? '<span class="none">none</span>' : `<span class="value">${htmlText(text)}</span>`;
}

/** Each made once. */
const statusMarks = new Map(jobStatuses.map((status) => [status, `<span class="status ${status}">${jobStatusLabels[status]}</span>`]));

function statusMark(status: JobStatus): string {
  return statusMarks.get(status) ?? '';
}

function time(instant: string | null): string {
  if (instant === null) return '<span class="none">none</span>';
  const text = htmlText(instant);
  return `<time datetime="${text}">${text}</time> <small>${localOffset(instant)}</small>`;
}

function count(number: number, noun: string): string {
  return `${number.toLocaleString('en-US')} ${noun}${number === 1 ? '' : 's'}`;
}
