/** For tests: job logs with the worst texts that could stand in them. */
import fc from 'fast-check';
import { errorCodes } from '../../../shared/contract/errors.ts';
import { jobStatuses } from '../../../shared/contract/jobs.ts';
import type { JobLogEvent, LoggedChange, LoggedJob, LoggedStep } from '../../store/jobLog/reader.ts';

export interface LoggedAll {
  readonly job: LoggedJob;
  readonly steps: readonly LoggedStep[];
  readonly changes: readonly LoggedChange[];
}

const hostile = [
  '=1+1', '+cmd|calc', '-2', '@SUM(A1)', '\t=1', '\r=1', ' =1', '＝1', '"', '""', '",="', 'a,b', 'a;b', 'a\r\nb', '\n', '\r', "'", '</td></tr><script>alert(1)</script>', '<!--', '-->',
  ']]>', '<![CDATA[', '&amp;', '&#0;', '&', '<', '>', '\u0000', '\u0001', '\u000b', '\u001f', '\u007f', '\u0085', '\u2028', '\ufeff', '\ufffe', '\uffff', '\ud800', '\udc00', '🙂', 'ü', '',
  ' leading and trailing ', '1.10', '__proto__', '{"a":1}', '\\', '\\u0000', '%s',
];

const text = fc.oneof(fc.constantFrom(...hostile), fc.string({ unit: 'binary', maxLength: 12 }), fc.array(fc.constantFrom(...hostile), { maxLength: 4 }).map((parts) => parts.join('')));
const maybeText = fc.option(text);
const status = fc.constantFrom(...jobStatuses);
const instant = fc.date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true }).map((date) => date.toISOString());
const maybeInstant = fc.option(instant);
const code = fc.constantFrom(...Object.values(errorCodes));
const number = fc.constantFrom('1', '1.1', '1.2', '1.10', '1.1.1', '2', '2.1', '3.1.4', '10');

const job: fc.Arbitrary<LoggedJob> = fc.record({
  sequence: fc.nat(), id: fc.uuid(), name: text, operationId: text, status, owner: text, createdAt: instant, startTime: maybeInstant, endTime: maybeInstant,
  resultType: text, resultId: maybeText, resultName: text, attempts: fc.nat(), isStoppable: fc.boolean(), cancelRequested: fc.boolean(),
  error: fc.option(fc.record({ code, message: text, recommendedAction: text, problems: fc.constant([]) })),
  steps: fc.constant(3), stepsDone: fc.constant(1), changes: fc.nat(3), rootStepId: fc.option(fc.uuid()), currentStepId: fc.option(fc.uuid()),
});
const step: fc.Arbitrary<LoggedStep> = fc.record({ id: fc.uuid(), ordinal: fc.nat(), number, name: text, status, startTime: maybeInstant, endTime: maybeInstant, message: text, isSkipped: fc.boolean() });
const change: fc.Arbitrary<LoggedChange> = fc.record({
  sequence: fc.nat(), stepNumber: number, time: instant, objectType: text, objectId: text, objectName: text, property: text, previousValue: maybeText, newValue: maybeText,
});

export const jobLogs: fc.Arbitrary<readonly LoggedAll[]> = fc.array(
  fc.record({ job, steps: fc.array(step, { maxLength: 6 }), changes: fc.array(change, { maxLength: 4 }) }),
  { maxLength: 4 },
);

export function* eventsOf(log: readonly LoggedAll[]): Generator<JobLogEvent> {
  for (const { job: one, steps, changes } of log) {
    yield { kind: 'job', job: one };
    for (const entry of steps) yield { kind: 'step', step: entry };
    for (const entry of changes) yield { kind: 'change', change: entry };
    yield { kind: 'jobEnd' };
  }
}
