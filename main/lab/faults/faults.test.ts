/** Faults in the words of the window: what can be chosen, what is in force, and what no input can do. */
import path from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { errorCodes } from '../../../shared/contract/errors.ts';
import { faultChoicesQuerySchema, faultInputSchema, faultKinds, faultsInForceSchema, type FaultInput, type FaultKind } from '../../../shared/contract/faults.ts';
import { runScenario } from '../../scenario/run.ts';
import { faultSteps } from '../../scenario/faultWords.ts';
import type { Fault } from '../../simulation/faults.ts';
import { TestLab } from '../testing/testLab.ts';

let test: TestLab;
beforeEach(async () => {
  test = new TestLab();
  // A tenant with a tunnel, a gateway with NAT, hosts with provider addresses.
  await runScenario({ file: path.resolve(import.meta.dirname, '../../../resources/scenarios/contoso-story.yaml'), databasePath: test.databasePath, outputFolder: path.join(test.folder, 'out'), seed: undefined, say: () => undefined, environment: { HNV_FABRIKAM_PSK: 'correct horse', FABRIKAM_PSK: 'correct horse' } });
  await test.open();
});
afterEach(() => { test.dispose(); });

const choices = (kind: FaultKind, filter = '') => test.lab.faults.choices(faultChoicesQuerySchema.parse({ kind, filter }));

/** An input about an object of its kind. */
function inputOf(kind: FaultKind, target: string): FaultInput {
  return faultInputSchema.parse({ kind, target, ...(kind === 'lookupRecordStale' ? { providerAddress: '172.16.40.250' } : kind === 'link' ? { lossPerMillion: 5000, extraLatencyMs: 20 } : {}) });
}

it('each kind: its object is chosen from what exists, it is in force, a scenario can write it, and it is taken back', () => {
  const { lab } = test;
  for (const kind of faultKinds) {
    const { choices: found, hasMore } = choices(kind);
    expect(found.length, kind).toBeGreaterThan(0);
    expect(hasMore).toBe(false);
    for (const { target, label } of found) {
      expect(label).toMatch(/^\S.*[^ (]$/);
      lab.faults.inject(inputOf(kind, target));
      const rows = lab.faults.rows();
      expect(faultsInForceSchema.parse({ faults: rows })).toEqual({ faults: rows });
      expect(rows.map((row) => ({ kind: row.kind, object: row.object }))).toEqual([{ kind, object: label }]);
      const [written] = faultSteps(lab, [], lab.faults.inForce);
      expect(written?.step).toBeDefined();
      // Once more about the same thing is no second fault.
      lab.faults.inject(inputOf(kind, target));
      lab.faults.takeBack([lab.faults.rows()[0]?.id ?? '', 'of nobody']);
      expect(lab.faults.inForce).toEqual([]);
    }
  }
});

it('an object is found by a part of its name, and what is special about a fault is told', () => {
  expect(choices('hostDown', ' hyperv01').choices.map(({ label }) => label)).toEqual(['HyperV01.contoso.lab']);
  expect(choices('hostDown', 'no such host').choices).toEqual([]);
  test.lab.faults.inject(inputOf('link', 'Internet'));
  expect(test.lab.faults.rows()).toMatchObject([{ object: 'Internet', detail: '20 ms slower, 0.5 % lost' }]);
  test.lab.faults.inject(faultInputSchema.parse({ kind: 'link', target: 'Internet', isDown: true }));
  expect(test.lab.faults.rows()).toMatchObject([{ detail: 'down' }]);
});

it('tells who listens, and the window, also when an object gets another name', async () => {
  const { lab } = test;
  const heard: (readonly [readonly Fault[], readonly Fault[]])[] = [];
  const domains = new Set<string>();
  lab.faults.onChange((before, now) => heard.push([before, now]));
  lab.onInvalidate((changed) => changed.forEach((domain) => domains.add(domain)));
  const rename = (name: string) => lab.jobs.waitFor(lab.operations.start('vmNetwork.change', { vmNetwork: lab.lists.vmNetworks.list({ offset: 0, limit: 1, filter: 'Fabrikam' }).rows[0]?.id, name }));
  lab.faults.inject(inputOf('natPoolExhausted', choices('natPoolExhausted', 'Fabrikam').choices[0]?.target ?? ''));
  expect(heard).toEqual([[[], lab.faults.inForce]]);
  expect(domains).toContain('fault');
  domains.clear();
  expect(await rename('Fabrikam West')).toBe('Completed');
  expect(domains).toContain('fault');
  expect(lab.faults.rows()).toMatchObject([{ object: 'Fabrikam West' }]);
  lab.faults.takeBack(['of nobody']);
  expect(heard).toHaveLength(1);
  lab.faults.takeBack(lab.faults.rows().map(({ id }) => id));
  expect(heard[1]?.[1]).toEqual([]);
});

it('no input breaks it: what is no object of the lab is refused, and nothing is in force', () => {
  const { lab } = test;
  const targets = fc.oneof(fc.string({ minLength: 1, maxLength: 40 }), fc.constantFrom('__proto__', 'constructor', 'toString', 'Fabrikam', '172.16.40.999'));
  fc.assert(
    fc.property(fc.constantFrom(...faultKinds), targets, (kind, target) => {
      fc.pre(choices(kind).choices.every((choice) => choice.target !== target));
      expect(() => lab.faults.inject(inputOf(kind, target))).toThrow(expect.objectContaining({ code: errorCodes.objectNotFound }) as Error);
      expect(lab.faults.inForce).toEqual([]);
    }),
    { numRuns: 60 },
  );
  for (const input of [{ kind: 'link', target: 'Internet' }, { kind: 'link', target: 'Internet', lossPerMillion: 1_000_001 }, { kind: 'link', target: 'Internet', isDown: false }, { kind: 'hostDown' }, { kind: 'hostDown', target: 'x', isDown: true }, { kind: 'meteor', target: 'x' }, { kind: 'lookupRecordStale', target: 'x', providerAddress: '1.2.3' }]) {
    expect(faultInputSchema.safeParse(input).success, JSON.stringify(input)).toBe(false);
  }
});
