/** The largest packet that passes from a virtual machine to a destination with "do not fragment", and what limits it. Sizes are those of IPv4 packets in bytes. */
import { z } from 'zod';
import { ConsoleError } from '../../../shared/contract/errors.ts';
import { mtuCheckInputSchema, mtuVerdictSchema, type MtuCheckState } from '../../../shared/contract/mtuCheck.ts';
import type { Lab } from '../../lab/lab.ts';
import { StepFault, type StepResult } from '../stepFault.ts';
import { compare, type Expectation } from '../stepOutcome.ts';
import { errorCode, title } from '../stepParts.ts';

export const mtuStep = z.strictObject({
  name: title,
  mtu: z.strictObject({
    from: mtuCheckInputSchema.shape.virtualMachine,
    to: mtuCheckInputSchema.shape.destination,
    largest: mtuCheckInputSchema.shape.largest.describe('Nothing larger is tried'),
  }),
  expect: z
    .strictObject({
      mtu: z.int().min(68).max(9000).nullable().optional().describe('Largest packet that passes; null when none does'),
      limit: mtuVerdictSchema.shape.kind.optional().describe('What limits it; open when nothing does up to the largest that is tried'),
      says: z.string().min(1).optional().describe('Part of the sentence on what limits it'),
      problem: errorCode.optional().describe('The check cannot even start'),
    })
    .refine((value) => value.problem === undefined || (value.mtu === undefined && value.limit === undefined && value.says === undefined), 'a check that cannot start finds nothing: expect a problem, or what it finds')
    .optional(),
});
type MtuStep = z.output<typeof mtuStep>;

/** Works on a copy of the simulation: virtual time stands still. */
export async function runMtu(lab: Lab, step: MtuStep): Promise<StepResult> {
  const { from, to, largest } = step.mtu;
  const stepTitle = step.name ?? `mtu ${to} from ${from}`;
  let state: MtuCheckState;
  try {
    state = await lab.probes.mtuCheck({ virtualMachine: from, destination: to, largest });
  } catch (error) {
    return refused(error, step, stepTitle);
  }
  if (state.verdict === null) throw new Error(state.failure ?? 'The MTU check ended without a verdict.');
  return { kind: 'mtu', title: stepTitle, expectations: expectationsOf(step, state.verdict), detail: { verdict: state.verdict, hops: state.hops, probes: state.probes.map(({ text }) => text) } };
}

function expectationsOf({ expect }: MtuStep, { largest, kind, sentence }: NonNullable<MtuCheckState['verdict']>): readonly Expectation[] {
  const { mtu, limit, says, problem } = expect ?? {};
  return [
    ...compare({ mtu, limit, problem }, { mtu: largest, limit: kind, problem: null }),
    ...(says === undefined ? [] : [{ what: 'says', expected: says, actual: sentence, holds: sentence.includes(says) }]),
  ];
}

/** Refused as expected; otherwise the scenario makes no sense. */
function refused(error: unknown, { expect }: MtuStep, stepTitle: string): StepResult {
  if (!(error instanceof ConsoleError)) throw error;
  if (expect?.problem === undefined) throw new StepFault(['mtu', 'from'], error.message);
  return { kind: 'mtu', title: stepTitle, expectations: compare({ problem: expect.problem }, { problem: error.code }), detail: { problem: error.message } };
}
