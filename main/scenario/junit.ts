/** A scenario's result as JUnit XML, the form that CI systems read: one test case a step. Times are virtual, so that equal runs give equal bytes. */
import type { StepOutcome } from './stepOutcome.ts';

export interface JUnitRun {
  readonly scenario: string;
  /** Path of the scenario file, for CI systems that link to it. */
  readonly file: string;
  readonly steps: readonly StepOutcome[];
}

export function junitXml({ scenario, file, steps }: JUnitRun): string {
  const failures = steps.filter(({ passed }) => !passed).length;
  const seconds = steps.reduce((sum, step) => sum + step.virtualSeconds, 0);
  const counts = `tests="${steps.length}" failures="${failures}" errors="0" skipped="0" time="${timeOf(seconds)}"`;
  return documentOf(scenario, counts, steps.map((step) => caseOf(step, scenario, file)));
}

/** For a scenario that could not be played: one test case with an error, so that CI does not take silence for success. */
export function junitOfBadInput(file: string, reason: string): string {
  const counts = 'tests="1" failures="0" errors="1" skipped="0" time="0.000"';
  return documentOf(file, counts, [
    `    <testcase classname="${attribute(file)}" name="The scenario can be played" file="${attribute(file)}" time="0.000">`,
    `      <error type="badInput" message="${attribute(reason)}">${content(reason)}</error>`,
    '    </testcase>',
  ]);
}

function documentOf(name: string, counts: string, cases: readonly string[]): string {
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="HNV Gateway Console" ${counts}>`,
    `  <testsuite name="${attribute(name)}" ${counts}>`,
    ...cases,
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}

function caseOf(step: StepOutcome, scenario: string, file: string): string {
  const line = step.line === null ? '' : ` line="${step.line}"`;
  const head = `    <testcase classname="${attribute(scenario)}" name="${attribute(`${step.number}. ${step.kind}: ${step.title}`)}" file="${attribute(file)}"${line} time="${timeOf(step.virtualSeconds)}"`;
  if (step.passed) return `${head}/>`;
  const failed = step.expectations.filter(({ holds }) => !holds);
  const message = failed.map(({ what }) => what).join(', ');
  const lines = failed.map(({ what, expected, actual }) => `${what}\n  expected: ${JSON.stringify(expected)}\n  actual:   ${JSON.stringify(actual)}`);
  return `${head}>\n      <failure type="expectation" message="${attribute(`does not hold: ${message}`)}">${content(lines.join('\n'))}</failure>\n    </testcase>`;
}

const timeOf = (seconds: number): string => seconds.toFixed(3);

const references: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', '\t': '&#9;', '\n': '&#10;', '\r': '&#13;' };

/** Line ends are written as references, because a reader would make spaces of them. */
function attribute(text: string): string {
  return writable(text).replace(/[&<>"\t\n\r]/g, (character) => references[character] ?? '');
}

function content(text: string): string {
  return writable(text).replace(/[&<>\r]/g, (character) => references[character] ?? '');
}

/** XML 1.0 has no way at all to write some characters, not even as a reference: control characters, halves of surrogate pairs, U+FFFE, U+FFFF. */
function writable(text: string): string {
  return [...text].filter((character) => isWritable(character.codePointAt(0) ?? 0)).join('');
}

function isWritable(code: number): boolean {
  if (code < 0x20) return code === 0x9 || code === 0xa || code === 0xd;
  return (code < 0xd800 || code > 0xdfff) && code !== 0xfffe && code !== 0xffff;
}
