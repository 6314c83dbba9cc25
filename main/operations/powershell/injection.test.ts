/** No name can become code: whatever it is, the script has the same shape, and PowerShell reads the name back as it was typed. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { reference, Script, scriptSwitch } from './script.ts';
import { catalogueProblems } from './testing/catalogue.ts';
import { readScript, type Expression, type Statement } from './testing/scriptTree.ts';

const hostile = [
  '"; Remove-Item x; "',
  '$(Stop-Computer)',
  '${env:PATH}',
  '$vmNetwork',
  '\u201d; Stop-Computer; \u201c',
  '\u201e$(x)\u201f',
  '\u2018\u2019\u201a\u201b',
  "it's",
  'a`"b',
  '`',
  '``',
  'line\nStop-Computer',
  'line\r\nStop-Computer',
  '\u2028Stop-Computer\u2029',
  '#> Stop-Computer <#',
  '} | Stop-Computer | Where-Object {',
  '@(Stop-Computer)',
  '@parameters',
  '-Force',
  '--%',
  '\t\0',
  ' ',
  '\u00a0',
  'Zoë 株式会社 🙂',
  '',
];

/** A name in every place that can hold one. */
function scriptWith(name: string): string {
  const script = new Script().comment(`Get VM network '${name}'`);
  const network = script.find('vmNetwork', { cmdlet: 'Get-SCVMNetwork', parameters: { Name: name }, where: { property: 'Path', equals: name } });
  script.value('names', [name, 'other', name]);
  script.append('names', 'Get-SCRunAsAccount', { Name: name });
  script.set('connection', 'Add-SCVPNConnection', { Name: name, TargetIPv4VPNAddress: name, VMNetworkGateway: network, GRETunnel: scriptSwitch });
  return String(script.run('Set-SCVMNetwork', { VMNetwork: reference('vmNetwork'), Name: name, Description: name }));
}

const plain = readScript(scriptWith('plain'));
const places = stringsOf(plain).filter((text) => text === 'plain').length;

function check(name: string): void {
  const statements = readScript(scriptWith(name));
  expect(shapeOf(statements)).toEqual(shapeOf(plain));
  const strings = stringsOf(statements).filter((text) => text !== 'other');
  expect(strings).toEqual(Array.from({ length: places }, () => name));
}

describe('A hostile name', () => {
  it('stands in all the places', () => {
    expect(places).toBe(9);
  });

  it.each(hostile)('%j', check);

  it('of any characters', () => {
    const characters = fc.constantFrom('"', "'", '`', '$', '(', ')', '{', '}', '@', '#', '|', ';', '&', '-', ' ', '\n', '\r', '\0', '\u2028', '\u201c', '\u201d', '\u201e', '\u2019', 'a', 'n', '0', 'é');
    fc.assert(fc.property(fc.oneof(fc.array(characters, { maxLength: 12 }).map((parts) => parts.join('')), fc.string({ unit: 'grapheme', maxLength: 20 })), check), { numRuns: 300 });
  });
});

describe('The referee', () => {
  const addNat = { VMNetworkGateway: reference('gateway'), Name: 'N' };
  it.each([
    ['an unknown cmdlet', () => new Script().run('New-SCEverything'), 'New-SCEverything is not in the catalogue'],
    ['an unknown parameter', () => new Script().run('New-SCVMHostGroup', { Name: 'a', Colour: 'b' }), 'New-SCVMHostGroup has no parameter -Colour'],
    ['a parameter of a later VMM', () => withGateway().run('Add-SCNATConnection', { ...addNat, VMNetwork: reference('gateway') }), 'Add-SCNATConnection has no parameter -VMNetwork'],
    ['a value that is not accepted', () => withGateway().run('Add-SCVPNConnection', { VMNetworkGateway: reference('gateway'), Protocol: 'SSTP' }), 'Add-SCVPNConnection -Protocol does not accept SSTP'],
    ['a mandatory parameter left out', () => new Script().run('New-SCVMHostGroup', {}), 'New-SCVMHostGroup lacks -Name'],
    ['a variable that was never set', () => new Script().run('Remove-SCVMNetwork', { VMNetwork: reference('vmNetwork') }), '$vmNetwork has no value'],
    ['a text where a number belongs', () => new Script().run('New-SCSubnetVLan', { Subnet: '10.0.0.0/24', VLanID: '5' }), 'New-SCSubnetVLan -VLanID takes a number'],
    ['a switch with a value', () => withGateway().run('Add-SCNATConnection', { ...addNat, RunAsynchronously: true }), 'Add-SCNATConnection -RunAsynchronously is of type SwitchParameter'],
    ['a list that is not there yet', () => new Script().append('groups', 'Get-SCVMHostGroup', { Name: 'a' }), '$groups is no list yet'],
  ])('finds %s', (_what, make, problem) => {
    expect(catalogueProblems(make())).toEqual([problem]);
  });

  it('refuses a string in which something is expanded', () => {
    expect(() => readScript('Get-SCVMNetwork -Name "a$(Stop-Computer)"')).toThrow('expanded');
    expect(() => readScript('Get-SCVMNetwork -Name "a')).toThrow('not PowerShell');
  });
});

function withGateway(): Script {
  const script = new Script();
  const vmNetwork = script.set('vmNetwork', 'Get-SCVMNetwork', { Name: 'V' });
  script.set('gateway', 'Get-SCVMNetworkGateway', { VMNetwork: vmNetwork });
  return script;
}

/** Everything but the strings. */
function shapeOf(statements: readonly Statement[]): unknown {
  return JSON.parse(JSON.stringify(statements, (key, value: unknown) => (value instanceof Map ? [...(value as Map<string, unknown>)] : key === 'equals' || (key === 'value' && typeof value === 'string') ? 'text' : value)));
}

function stringsOf(statements: readonly Statement[]): readonly string[] {
  return statements.flatMap(({ value }) => {
    if ('expression' in value) return textsIn(value.expression);
    const { parameters, where } = value.command;
    return [...[...parameters.values()].flatMap(textsIn), ...(where === null ? [] : [where.equals])];
  });
}

function textsIn(value: Expression | null): readonly string[] {
  if (value?.kind === 'string') return [value.value];
  if (value?.kind === 'list') return value.items.flatMap(textsIn);
  return value?.kind === 'table' ? [...value.entries.values()].flatMap(textsIn) : [];
}
