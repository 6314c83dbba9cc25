/** The guide's checks as a job, so that a scenario can ask for them: fails with everything that is missing. Changes nothing. */
import { ConsoleError } from '../../../shared/contract/errors.ts';
import type { StepResult } from '../../jobs/plan.ts';
import { labels } from '../labels.ts';
import type { Operation, OperationServices } from '../operation.ts';

export const checkReadiness: Operation<'gateway.checkReadiness'> = {
  id: 'gateway.checkReadiness',
  title: labels.checkReadiness,
  noScript: 'These checks exist in this console only.',

  check() {
    return [];
  },

  plan(_input, services) {
    return {
      name: labels.checkReadiness,
      resultType: 'Lab',
      resultId: null,
      resultName: 'HNV gateway',
      locks: [],
      steps: [
        { key: 'readiness', number: '1', name: labels.checkReadiness },
        ...services.readiness().steps.map(({ id, title }, at) => ({ key: id, number: `1.${at + 1}`, name: title, skippable: true, run: () => verifyStep(id, services) })),
      ],
    };
  },
};

function verifyStep(id: string, { readiness }: OperationServices): StepResult {
  const items = readiness().steps.find((step) => step.id === id)?.items ?? [];
  const missing = items.filter(({ isDone }) => !isDone);
  if (missing.length === 0) return { message: items.map(({ text, detail }) => `${text}: ${detail}.`).join(' ') };
  const [first] = missing;
  throw new ConsoleError('verificationFailed', `Not ready: ${missing.map(({ text }) => text).join('; ')}.`, first?.detail ?? '');
}
