/** Whether a job may go on without the step that failed. */
import type { StoredStep } from '../store/jobRows.ts';
import type { SkipRefusal } from './jobErrors.ts';
import type { JobPlan, StepDefinition } from './plan.ts';

/** The step of the plan that reads what `key` leaves; undefined when none does. */
function readerOf(plan: JobPlan, key: string): StepDefinition | undefined {
  return plan.steps.find((step) => step.uses?.includes(key) === true);
}

/** Whether the plan lets a step be skipped should it fail. */
export function isSkippable(plan: JobPlan, step: StepDefinition): boolean {
  return step.skippable === true && step.run !== undefined && readerOf(plan, step.key) === undefined;
}

/** The failed step of a job that restarts with `plan`, or why it has to run. */
export function stepToSkip(plan: JobPlan, stored: readonly StoredStep[]): { readonly step: StoredStep } | { readonly refusal: SkipRefusal } {
  const step = stored.find(({ isGroup, status }) => !isGroup && status === 'Failed');
  if (step === undefined) return { refusal: { kind: 'noFailedStep' } };
  const definition = plan.steps.find(({ key }) => key === step.key);
  if (definition === undefined) return { refusal: { kind: 'notInPlan', step } };
  const by = readerOf(plan, step.key);
  if (by !== undefined) return { refusal: { kind: 'outputNeeded', step, by } };
  return isSkippable(plan, definition) ? { step } : { refusal: { kind: 'builtOn', step } };
}
