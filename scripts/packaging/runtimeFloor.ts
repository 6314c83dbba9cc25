/**
 * Finds in a bundle what Electron 25 (Node 18.15, Chromium 114) does not have. The type files of Electron tell nothing
 * about the JavaScript and Node around it, and a missing function shows only when it is called.
 */
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';

/** Calls only. A bundle that asks `typeof X.y === 'function'` somewhere is taken to have a way round it: libraries do so. */
const missingCalls = [
  'URL.canParse',
  'URL.parse',
  'AbortSignal.any',
  'Array.fromAsync',
  'Error.isError',
  'Iterator.from',
  'Map.groupBy',
  'Object.groupBy',
  'Promise.try',
  'Promise.withResolvers',
  'RegExp.escape',
  'Uint8Array.fromBase64',
  'Uint8Array.fromHex',
  'process.getBuiltinModule',
  'process.loadEnvFile',
  'util.styleText',
] as const;

const missingSyntax: readonly { readonly name: string; readonly pattern: RegExp }[] = [
  { name: 'import.meta', pattern: /\bimport\.meta\b/ },
  { name: 'node:sqlite', pattern: /require\(["'`]node:sqlite["'`]\)/ },
  { name: 'await using / using', pattern: /^\s*(?:await )?using \w+ =/m },
];

const missingStyles: readonly { readonly name: string; readonly pattern: RegExp }[] = [
  { name: 'light-dark()', pattern: /light-dark\(/ },
  { name: '@starting-style', pattern: /@starting-style/ },
  { name: 'anchor positioning', pattern: /\banchor-name:|\bposition-anchor:/ },
];

/** Names of what the code uses and Electron 25 lacks. `import.meta` is no matter in the renderer, whose bundles are modules. */
export function missingInOldElectron(code: string, kind: 'main' | 'renderer' | 'style'): string[] {
  if (kind === 'style') return namesOf(missingStyles, code);
  const calls = missingCalls.filter((name) => isCalled(name, code) && !isGuarded(name, code));
  return [...calls, ...(kind === 'main' ? namesOf(missingSyntax, code) : [])];
}

function isCalled(name: string, code: string): boolean {
  return new RegExp(`(?<![\\w$.])${name.replace('.', '\\.')}\\(`).test(code);
}

function isGuarded(name: string, code: string): boolean {
  return new RegExp(`typeof ${name.replace('.', '\\.')}\\s*={2,3}\\s*["'\`]function["'\`]`).test(code);
}

function namesOf(list: readonly { readonly name: string; readonly pattern: RegExp }[], code: string): string[] {
  return list.filter((entry) => entry.pattern.test(code)).map((entry) => entry.name);
}

/** One line for each bundle under `out` that uses too much. */
export function findInBundles(out: string): string[] {
  const files = readdirSync(out, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return files.flatMap((entry) => {
    const file = path.join(entry.parentPath, entry.name);
    const kind = kindOf(path.relative(out, file));
    const found = kind === undefined ? [] : missingInOldElectron(readFileSync(file, 'utf8'), kind);
    return found.length === 0 ? [] : [`${path.relative(out, file)} uses ${found.join(', ')}`];
  });
}

function kindOf(file: string): 'main' | 'renderer' | 'style' | undefined {
  if (file.endsWith('.cjs')) return 'main';
  if (file.endsWith('.js')) return 'renderer';
  return file.endsWith('.css') ? 'style' : undefined;
}
