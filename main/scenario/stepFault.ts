import type { StepOutcome } from './stepOutcome.ts';

/** What a step came to, before it is numbered. */
export type StepResult = Pick<StepOutcome, 'kind' | 'title' | 'expectations' | 'detail'>;

/** Something in the scenario that does not exist or is not valid, at a place inside the step. */
export class StepFault extends Error {
  readonly path: readonly (string | number)[];

  constructor(path: readonly (string | number)[], message: string) {
    super(message);
    this.name = 'StepFault';
    this.path = path;
  }
}
