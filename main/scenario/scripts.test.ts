/** Every script that the operations of the scenarios show is PowerShell, of cmdlets that a VMM 2012 R2 has, with all that they need. */
import { expect, it } from 'vitest';
import { ConsoleError, errorCodes } from '../../shared/contract/errors.ts';
import { operationInputs, type OperationId } from '../../shared/contract/operations.ts';
import { registry } from '../operations/registry.ts';
import { catalogueProblems } from '../operations/powershell/testing/catalogue.ts';
import { openEmptyLab, readScenario, scenarioNames, walkScenario } from './testing/walkScenario.ts';

it.each(scenarioNames)('%s', async (name) => {
  const lab = await openEmptyLab();
  const seen = new Set<string>();
  try {
    await walkScenario(readScenario(name), {
      lab,
      visit: ({ do: id, input }) => {
        const text = scriptOf(id, input);
        if (text !== undefined) seen.add(id);
        return undefined;
      },
    });
    expect(seen.size, 'operations with a script').toBeGreaterThan(0);
  } finally {
    lab.close();
  }

  /** Undefined for an operation that is refused, or that has no script and says why. */
  function scriptOf(id: string, input: unknown): string | undefined {
    try {
      const { script } = lab.operations.script(id, input);
      const text = String(script);
      expect(catalogueProblems(script), `${id}\n${text}`).toEqual([]);
      expect(text, 'ids of this console mean nothing to a real VMM').not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}-/i);
      expect(text, 'secrets').not.toContain('only-for-rehearsal');
      return text;
    } catch (error) {
      if (!(error instanceof ConsoleError)) throw error;
      if (error.code === errorCodes.scriptNotAvailable) expect(error.recommendedAction.length).toBeGreaterThan(20);
      return undefined;
    }
  }
});

it('an operation has a script, or says why it has none', () => {
  const ids = Object.keys(operationInputs) as OperationId[];
  const silent = ids.filter((id) => registry[id].script === undefined && registry[id].noScript === undefined);
  expect(silent).toEqual([]);
});
