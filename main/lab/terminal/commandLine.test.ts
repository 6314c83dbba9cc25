/** Lines, parameters, tables and lists of the terminal; and that no line whatever breaks or hangs it. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { terminalLineLength } from '../../../shared/contract/terminal.ts';
import { parseCommandLine } from './commandLine.ts';
import { consoleWidth, formatOutput } from './format.ts';
import { bind, type Parameter } from './parameters.ts';
import { applyStage } from './pipeline.ts';
import { matchesWildcard, type PsOutput } from './psObject.ts';

function words(line: string): string[][] {
  const parsed = parseCommandLine(line);
  if ('problem' in parsed) throw new Error(parsed.problem);
  return parsed.commands.map(({ name, arguments: given }) => [name, ...given.map(({ values }) => values.join('+'))]);
}

describe('a typed line', () => {
  it.each([
    ['', []],
    ['   ', []],
    ['ping 192.0.2.80', [['ping', '192.0.2.80']]],
    ['  Get-NetRoute   -CompartmentId 2,3 , 4 -IncludeAllCompartments ', [['Get-NetRoute', '-CompartmentId', '2+3+4', '-IncludeAllCompartments']]],
    ['Get-NetRoute|ft ifIndex, NextHop', [['Get-NetRoute'], ['ft', 'ifIndex+NextHop']]],
    ['Get-VpnS2SInterface -Name "Fabrikam | office"', [['Get-VpnS2SInterface', '-Name', 'Fabrikam | office']]],
    ["where State -eq 'Best'", [['where', 'State', '-eq', 'Best']]],
    ['ipconfig /all', [['ipconfig', '/all']]],
  ])('%j is split as PowerShell does', (line, expected) => {
    expect(words(line)).toEqual(expected);
  });

  it.each([
    ['ping "192.0.2.80', /quotation mark/],
    ['Get-NetRoute |', /empty pipe/],
    ['| ft', /empty pipe/],
    ['ping 1.2.3.4; exit', /one command a line/],
    ['$x', /not scripts/],
    ['Get-NetRoute > file', /not scripts/],
    ['x'.repeat(terminalLineLength + 1), /at most 1024/],
  ])('%j is refused, and the reason said', (line, reason) => {
    expect(parseCommandLine(line)).toEqual({ problem: expect.stringMatching(reason) as string });
  });

  it('never throws, whatever it is', () => {
    const pieces = fc.constantFrom('"', "'", '|', ',', ';', '-', '/', ' ', '\t', '\u00a0', '\0', '$', '{', '*', '-CompartmentId', 'Get-NetRoute', 'ping', '__proto__', '\ud800', '1');
    const line = fc.oneof(fc.string({ maxLength: terminalLineLength + 8, unit: 'binary' }), fc.array(pieces, { maxLength: 300 }).map((parts) => parts.join('')));
    fc.assert(
      fc.property(line, (text) => {
        const parsed = parseCommandLine(text);
        if ('problem' in parsed) expect(parsed.problem).not.toBe('');
        // Nothing is made up: every value is in the line, apart from quotation marks.
        else for (const { arguments: given } of parsed.commands) for (const { values } of given) for (const value of values) expect(text.replaceAll(/["']/g, '')).toContain(value.replaceAll(/["']/g, ''));
      }),
      { numRuns: 500 },
    );
  });
});

describe('parameters', () => {
  const known: Parameter[] = [
    { name: 'DestinationPrefix', type: 'list', position: 0 }, { name: 'CompartmentId', type: 'list' }, { name: 'Count', type: 'number' }, { name: 'IncludeAllCompartments', type: 'switch' }, { name: 'Type', type: 'string', values: ['Best', 'All'] },
  ];
  const bound = (line: string) => {
    const parsed = parseCommandLine(line);
    if ('problem' in parsed) throw new Error(parsed.problem);
    return bind('Get-Thing', known, parsed.commands[0]?.arguments ?? []);
  };

  it('are known by any beginning that is unique, in any case, with a colon or without', () => {
    expect(bound('x -INC').has('IncludeAllCompartments')).toBe(true);
    expect(bound('x -comp 2,3').list('CompartmentId')).toEqual(['2', '3']);
    expect(bound('x -cou:5').number('Count')).toBe(5);
    expect(bound('x 10.0.0.0/24').list('DestinationPrefix')).toEqual(['10.0.0.0/24']);
    expect(bound('x "-Count"').list('DestinationPrefix')).toEqual(['-Count']);
    expect(bound('x -type BEST').text('Type')).toBe('BEST');
  });

  it.each([
    ['x -Co 1', /-CompartmentId or -Count/],
    ['x -Nothing 1', /no parameter -Nothing/],
    ['x -Count', /needs a value/],
    ['x -Count many', /takes a number/],
    ['x -Count 1,2', /takes one value/],
    ['x -Type Worst', /takes Best, All/],
    ['x a b', /no parameter takes "b"/],
    ['x -inc -inc', /more than once/],
  ])('%j is refused, and the reason said', (line, reason) => {
    expect(() => bound(line)).toThrow(reason);
  });
});

describe('tables and lists', () => {
  const output: PsOutput = {
    objects: [{ ifIndex: 12, Name: 'External', Up: true, Peers: ['a', 'b'] }, { ifIndex: 7, Name: 'Back end', Up: false, Peers: [] }],
    view: 'table', properties: ['ifIndex', 'Name'],
  };
  const piped = (line: string): string[] => {
    const parsed = parseCommandLine(`x | ${line}`);
    if ('problem' in parsed) throw new Error(parsed.problem);
    return formatOutput(parsed.commands.slice(1).reduce(applyStage, output));
  };

  it('look as in PowerShell: numbers to the right, titles underlined', () => {
    expect(formatOutput(output)).toEqual(['', 'ifIndex Name', '------- ----', '     12 External', '      7 Back end', '', '']);
    expect(piped('fl')).toEqual(['', 'ifIndex : 12', 'Name    : External', 'Up      : True', 'Peers   : {a, b}', '', 'ifIndex : 7', 'Name    : Back end', 'Up      : False', 'Peers   : {}', '', '']);
    expect(piped('ft name,u*')).toEqual(['', 'Name     Up', '----     --', 'External True', 'Back end False', '', '']);
    expect(piped('select Name -First 1')).toEqual(['', 'Name', '----', 'External', '', '']);
    expect(piped('where Name -like *end | fl Name')).toEqual(['', 'Name : Back end', '', '']);
    expect(piped('where Up -eq true | where ifIndex -gt 11 | ft Name')).toEqual(['', 'Name', '----', 'External', '', '']);
    expect(piped('where Name -eq nobody')).toEqual([]);
    expect(() => piped('Sort-Object')).toThrow(/Format-Table/);
    expect(() => piped('where Name')).toThrow(/operator/);
  });

  it('fit into the width, whatever stands in them', () => {
    const value = fc.oneof(fc.string({ maxLength: 300 }).map((text) => text.replaceAll(/\s/g, '_')), fc.integer(), fc.boolean(), fc.constant(null));
    const objects = fc.array(fc.record({ a: value, b: value, c: value, LongerName: value }), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(objects, fc.constantFrom('table' as const, 'list' as const), (rows, view) => {
        for (const line of formatOutput({ objects: rows, view, properties: ['a', 'b', 'c', 'LongerName'] })) expect(line.length).toBeLessThanOrEqual(consoleWidth);
      }),
      { numRuns: 200 },
    );
  });

  it('wildcards do what a regular expression of the same meaning does', () => {
    const sign = fc.constantFrom('a', 'b', '*', '?');
    fc.assert(
      fc.property(fc.array(sign, { maxLength: 6 }), fc.array(fc.constantFrom('a', 'b', 'A'), { maxLength: 8 }), (pattern, text) => {
        const meaning = new RegExp(`^${pattern.map((entry) => (entry === '*' ? '.*' : entry === '?' ? '.' : entry)).join('')}$`, 'i');
        expect(matchesWildcard(pattern.join(''), text.join(''))).toBe(meaning.test(text.join('')));
      }),
      { numRuns: 500 },
    );
  });
});
