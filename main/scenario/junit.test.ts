import { existsSync, readFileSync } from 'node:fs';
import { DOMParser } from '@xmldom/xmldom';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BadInput } from './badInput.ts';
import { junitOfBadInput, junitXml } from './junit.ts';
import { runScenario } from './run.ts';
import type { StepOutcome } from './stepOutcome.ts';
import { ScenarioFolder } from './testing/scenarioFolder.ts';

/** Throws for anything that is not well-formed. */
function parsed(xml: string) {
  const complain = (message: string) => {
    throw new Error(message);
  };
  return new DOMParser({ errorHandler: { warning: complain, error: complain, fatalError: complain } }).parseFromString(xml, 'text/xml');
}

function step(change: Partial<StepOutcome>): StepOutcome {
  return { number: 1, line: 3, kind: 'ping', title: 'a ping', passed: true, virtualSeconds: 0.25, expectations: [], detail: null, ...change };
}

const failed = (actual: unknown, what = 'received') => step({ passed: false, expectations: [{ what, expected: 4, actual, holds: false }, { what: 'lost', expected: 0, actual: 0, holds: true }] });

describe('JUnit XML', () => {
  it('has one test case a step, and of a failed one what was expected and what came', () => {
    const document = parsed(junitXml({ scenario: 'NAT', file: 'nat.yaml', steps: [step({}), failed(3)] }));
    const [suite] = Array.from(document.getElementsByTagName('testsuite'));
    expect([suite?.getAttribute('tests'), suite?.getAttribute('failures'), suite?.getAttribute('errors'), suite?.getAttribute('time')]).toEqual(['2', '1', '0', '0.500']);
    const cases = Array.from(document.getElementsByTagName('testcase'));
    expect(cases.map((entry) => [entry.getAttribute('name'), entry.getAttribute('file'), entry.getAttribute('line')])).toEqual([['1. ping: a ping', 'nat.yaml', '3'], ['1. ping: a ping', 'nat.yaml', '3']]);
    const failures = Array.from(document.getElementsByTagName('failure'));
    expect(failures.map((entry) => entry.textContent)).toEqual(['received\n  expected: 4\n  actual:   3']);
    expect(failures[0]?.getAttribute('message')).toBe('does not hold: received');
  });

  it.each(['"><evil/>', "it's <b>&amp;</b> & more", ']]>', '<![CDATA[', '--><!--', 'line one\nline two\tand a tab\r', '\u0000\u0007\u001b[31mred\uffff', 'half \ud800 of a pair', '\u{1F600} smile'])('is well-formed whatever a name is: %j', (name) => {
    const document = parsed(junitXml({ scenario: name, file: name, steps: [step({ title: name }), failed(name, name)] }));
    expect(document.getElementsByTagName('evil')).toHaveLength(0);
    const shown = Array.from(document.getElementsByTagName('testcase'))[0]?.getAttribute('name') ?? '';
    // Nothing but what XML cannot write is lost.
    const lost = ['\u0000', '\u0007', '\u001b', '\uffff', '\ud800'];
    expect(shown).toBe(`1. ping: ${[...name].filter((character) => !lost.includes(character)).join('')}`);
  });

  it('is well-formed for any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.jsonValue(), (text, value) => {
        expect(Array.from(parsed(junitXml({ scenario: text, file: text, steps: [step({ title: text }), failed(value, text)] })).getElementsByTagName('testcase'))).toHaveLength(2);
        expect(Array.from(parsed(junitOfBadInput(text, text)).getElementsByTagName('error'))).toHaveLength(1);
      }),
    );
  });
});

it('a run writes it beside its other results; a bad file gives an error in it, so that an older one is not taken for this run', async () => {
  const folder = new ScenarioFolder();
  try {
    const junitFile = folder.in('junit.xml');
    const run = (file: string) => runScenario({ file, databasePath: undefined, outputFolder: folder.out, junitFile, seed: 1, say: () => undefined, environment: {} });
    expect(await run(folder.steps('  - advance: 2s', '  - { ping: { from: Fabrikam-VM01, to: 192.0.2.80, count: 1 }, expect: { received: 1 } }'))).toBe(false);
    const cases = Array.from(parsed(readFileSync(junitFile, 'utf8')).getElementsByTagName('testcase'));
    expect(cases.map((entry) => [entry.getAttribute('line'), Array.from(entry.getElementsByTagName('failure')).length])).toEqual([['3', 0], ['4', 1]]);
    expect(cases[0]?.getAttribute('time')).toBe('2.000');
    await expect(run(folder.steps('  - advance: long'))).rejects.toThrow(BadInput);
    expect(Array.from(parsed(readFileSync(junitFile, 'utf8')).getElementsByTagName('error'))[0]?.textContent).toContain('is not a duration');
    expect(existsSync(folder.in('out/result.json'))).toBe(true);
  } finally {
    folder.dispose();
  }
});
