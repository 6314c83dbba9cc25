/** The job log as XML with the field names of VMM's job objects (fact sheet §6.1); fields that this console has no value for are left out. */
import type { ErrorPayload } from '../../../shared/contract/errors.ts';
import { jobStatuses, jobStatusLabels } from '../../../shared/contract/jobs.ts';
import type { JobLogEvent, LoggedChange, LoggedJob, LoggedStep } from '../../store/jobLog/reader.ts';
import { progressOf } from '../../store/lists/jobList.ts';
import type { JobLogHead, JobLogWriter } from '../jobLogWriter.ts';
import { StepPath } from '../stepPath.ts';
import { localOffset, xmlText } from '../text.ts';

type Value = string | number | boolean | null;
type Part = 'none' | 'steps' | 'changes';

export class XmlWriter implements JobLogWriter {
  readonly #head: JobLogHead;
  readonly #path = new StepPath();
  #part: Part = 'none';

  constructor(head: JobLogHead) {
    this.#head = head;
  }

  head(): string {
    const { labName, exportedAt, size } = this.#head;
    const log = element('Lab', labName) + timeElement('ExportTime', exportedAt) + element('JobCount', size.jobs) + element('StepCount', size.steps) + element('AuditRecordCount', size.changes);
    return `<?xml version="1.0" encoding="UTF-8"?>\n<JobLog>${log}\n<Jobs>`;
  }

  event(event: JobLogEvent): string {
    switch (event.kind) {
      case 'job':
        return `\n<Job>${jobFields(event.job)}`;
      case 'step': {
        const closed = this.#path.enter(event.step.number);
        return `${this.#begin('steps')}${'</Step>'.repeat(closed)}\n<Step>${stepFields(event.step)}`;
      }
      case 'change':
        return `${this.#begin('changes')}\n<AuditRecord>${changeFields(event.change)}</AuditRecord>`;
      case 'jobEnd':
        return `${this.#begin('none')}\n</Job>`;
    }
  }

  tail(): string {
    return '\n</Jobs>\n</JobLog>\n';
  }

  /** From one part of a job to the next. */
  #begin(part: Part): string {
    if (part === this.#part) return '';
    const before = this.#part === 'steps' ? `${'</Step>'.repeat(this.#path.leave())}\n</Steps>` : this.#part === 'changes' ? '\n</AuditRecords>' : '';
    this.#part = part;
    return `${before}${part === 'steps' ? '\n<Steps>' : part === 'changes' ? '\n<AuditRecords>' : ''}`;
  }
}

function jobFields(job: LoggedJob): string {
  const ended = job.status !== 'NotStarted' && job.status !== 'Running';
  const restartable = job.status === 'Failed' || job.status === 'Canceled';
  const progress = progressOf(job);
  return [
    element('ID', job.id),
    element('Name', job.name),
    `<Description>${element('Code', job.operationId)}${element('Name', job.name)}${element('IsRestartable', restartable)}${element('IsStoppable', !ended && job.isStoppable)}</Description>`,
    statusElements(job),
    element('Progress', `${progress} %`),
    element('ProgressValue', progress),
    element('Owner', job.owner),
    timeElement('StartTime', job.startTime),
    timeElement('EndTime', job.endTime),
    element('ResultName', job.resultName),
    element('ResultObjectType', job.resultType),
    element('ResultObjectID', job.resultId),
    job.error === null ? '' : `\n<ErrorInfo>${errorFields(job.error)}</ErrorInfo>`,
    element('RootStepId', job.rootStepId),
    element('CurrentStepId', job.currentStepId),
    element('StepsLoaded', true),
    element('AreAuditRecordsAvailable', job.changes > 0),
    element('WasNotifiedOfCancel', job.cancelRequested),
  ].join('');
}

function errorFields({ code, message, recommendedAction }: ErrorPayload): string {
  return element('Code', code) + element('DisplayableErrorCode', code) + element('Problem', message) + element('RecommendedAction', recommendedAction);
}

function stepFields(step: LoggedStep): string {
  return (
    element('ID', step.id) +
    element('Number', step.number) +
    element('Name', step.name) +
    statusElements(step) +
    timeElement('StartTime', step.startTime) +
    timeElement('EndTime', step.endTime) +
    (step.message === '' ? '' : element('Message', step.message)) +
    (step.isSkipped ? element('IsSkipped', true) : '')
  );
}

function changeFields(change: LoggedChange): string {
  return (
    element('Step', change.stepNumber) +
    timeElement('Time', change.time) +
    element('ObjectType', change.objectType) +
    element('ObjectID', change.objectId) +
    element('ObjectName', change.objectName) +
    element('Property', change.property) +
    element('PreviousValue', change.previousValue) +
    element('NewValue', change.newValue)
  );
}

/** Each made once. */
const statusTexts = new Map(jobStatuses.map((status) => [status, element('Status', status) + element('StatusString', jobStatusLabels[status])]));

function statusElements({ status }: Pick<LoggedJob, 'status'>): string {
  return statusTexts.get(status) ?? '';
}

function timeElement(name: string, instant: string | null): string {
  if (instant === null) return element(name, null);
  return `<${name} LocalOffset="${localOffset(instant)}">${xmlText(instant)}</${name}>`;
}

/** Null is not the empty text: it says so as XML Schema does. */
function element(name: string, value: Value): string {
  if (value === null) return `<${name} IsNull="true"/>`;
  return `<${name}>${typeof value === 'string' ? xmlText(value) : String(value)}</${name}>`;
}
