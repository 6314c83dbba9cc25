/** The script that reads a real VMM: PowerShell, of cmdlets and parameters that a VMM 2012 R2 has, and none that changes anything. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { Language, Parser, type Node } from 'web-tree-sitter';
import { z } from 'zod';
import { inventoryFormat, inventoryKinds } from './inventorySchema.ts';

const root = path.resolve(import.meta.dirname, '../../../..');
const text = readFileSync(path.join(root, 'resources/Export-VmmInventory.ps1'), 'utf8');
const catalogue = z.looseObject({ VirtualMachineManager: z.record(z.string(), z.record(z.string(), z.unknown())) }).parse(JSON.parse(readFileSync(path.join(root, 'main/operations/powershell/testing/cmdlets.json'), 'utf8'))).VirtualMachineManager;

/** Of PowerShell itself; the only one that writes writes the file that the operator names. */
const language: Readonly<Record<string, readonly string[]>> = { 'ForEach-Object': [], 'Where-Object': [], 'ConvertTo-Json': ['InputObject', 'Depth', 'Compress'], 'Set-Content': ['Path', 'Encoding'] };

await Parser.init();
const parser = new Parser();
parser.setLanguage(await Language.load(path.join(root, 'node_modules/tree-sitter-powershell/tree-sitter-powershell.wasm')));
const tree = parser.parse(text)?.rootNode;
const commands = (tree?.descendantsOfType('command') ?? []).flatMap((node) => (node === null ? [] : [{ name: node.namedChild(0)?.text ?? '', parameters: ownParameters(node) }]));

/** Without those of commands that stand inside it. */
function ownParameters(node: Node): readonly string[] {
  return node.namedChildren.flatMap((child) => (child?.type === 'command_elements' ? child.namedChildren : [])).flatMap((child) => (child?.type === 'command_parameter' ? [child.text.slice(1)] : []));
}

it('is PowerShell', () => {
  expect(tree?.hasError).toBe(false);
  expect(commands.filter(({ name }) => name.startsWith('Get-SC')).length).toBeGreaterThanOrEqual(17);
});

it('only reads, with cmdlets and parameters of the catalogue', () => {
  const wrong = commands.filter(({ name, parameters }) => {
    const known = language[name] ?? (name.startsWith('Get-') ? Object.keys(catalogue[name] ?? {}) : []);
    return (language[name] === undefined && (catalogue[name] === undefined || !name.startsWith('Get-'))) || parameters.some((parameter) => !known.includes(parameter));
  });
  expect(wrong).toEqual([]);
  expect(commands.filter(({ name }) => name === 'Set-Content').length).toBe(1);
});

it('writes the kinds that the import reads', () => {
  expect(text).toContain(`Format = '${inventoryFormat}'`);
  for (const kind of Object.keys(inventoryKinds)) expect(text).toMatch(new RegExp(`^  ${kind} = \\$`, 'm'));
});
