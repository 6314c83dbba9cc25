/**
 * Stands in for fpm where electron-builder asks it for a deb: maps its arguments to `dpkg-deb --build`.
 * Arguments as electron-builder 26 passes them: -s dir -t deb, names and texts, then SOURCE=DESTINATION pairs.
 */
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync, copyFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { must } from '../runtime/command.ts';
import { runScript, SetupError } from '../runtime/report.ts';

interface Request {
  readonly values: ReadonlyMap<string, readonly string[]>;
  readonly pairs: readonly { readonly source: string; readonly destination: string }[];
}

const flagsWithoutValue = new Set(['--force', '--verbose', '--debug']);

export function parseArguments(argv: readonly string[]): Request {
  const values = new Map<string, string[]>();
  const pairs: { source: string; destination: string }[] = [];
  for (let index = 0; index < argv.length; index += 1) {
    const argument = argv[index] ?? '';
    if (flagsWithoutValue.has(argument)) continue;
    if (argument.startsWith('-')) {
      const inline = argument.indexOf('=');
      const name = inline < 0 ? argument : argument.slice(0, inline);
      const value = inline < 0 ? (argv[(index += 1)] ?? '') : argument.slice(inline + 1);
      values.set(name, [...(values.get(name) ?? []), value]);
      continue;
    }
    const split = argument.lastIndexOf('=');
    if (split <= 0) throw new SetupError(`fpm stand-in: cannot read "${argument}"`);
    pairs.push({ source: argument.slice(0, split), destination: argument.slice(split + 1) });
  }
  return { values, pairs };
}

function one(request: Request, name: string, otherwise?: string): string {
  const value = request.values.get(name)?.at(-1) ?? otherwise;
  if (value === undefined) throw new SetupError(`fpm stand-in: ${name} is missing`);
  return value;
}

function control(request: Request, installedKilobytes: number): string {
  const [synopsis = '', ...lines] = one(request, '--description').split('\n').map((line) => line.trim());
  const depends = [...(request.values.get('--depends') ?? []), ...(request.values.get('-d') ?? [])];
  const recommends = request.values.get('--deb-recommends') ?? [];
  const architecture = one(request, '--architecture').replace('x86_64', 'amd64').replace('x64', 'amd64');
  return [
    `Package: ${one(request, '--name')}`,
    `Version: ${one(request, '--version')}`,
    `Architecture: ${architecture}`,
    `Maintainer: ${one(request, '--maintainer')}`,
    `Installed-Size: ${installedKilobytes}`,
    ...(depends.length > 0 ? [`Depends: ${depends.join(', ')}`] : []),
    ...(recommends.length > 0 ? [`Recommends: ${recommends.join(', ')}`] : []),
    `Section: ${one(request, '--category', 'net')}`,
    'Priority: optional',
    `Homepage: ${one(request, '--url', '')}`,
    `Description: ${synopsis || one(request, '--name')}`,
    ...lines.filter((line) => line !== '').map((line) => ` ${line}`),
    '',
  ].join('\n');
}

function kilobytesOf(folder: string): number {
  let total = 0;
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (entry.isFile()) total += statSync(path.join(entry.parentPath, entry.name)).size;
  }
  return Math.ceil(total / 1024);
}

async function buildPackage(request: Request): Promise<void> {
  const root = mkdtempSync(path.join(tmpdir(), 'hnv-deb-'));
  try {
    chmodSync(root, 0o755);
    for (const { source, destination } of request.pairs) {
      const target = path.join(root, destination);
      mkdirSync(path.dirname(target), { recursive: true });
      const inside = source.endsWith('/') || source.endsWith('/.');
      cpSync(inside ? path.dirname(`${source.replace(/\/\.?$/, '')}/x`) : source, target, { recursive: true, verbatimSymlinks: true });
    }
    const meta = path.join(root, 'DEBIAN');
    const size = kilobytesOf(root);
    mkdirSync(meta);
    writeFileSync(path.join(meta, 'control'), control(request, size));
    for (const [option, file] of [['--after-install', 'postinst'], ['--after-remove', 'postrm']] as const) {
      const script = request.values.get(option)?.at(-1);
      if (script === undefined) continue;
      copyFileSync(script, path.join(meta, file));
      chmodSync(path.join(meta, file), 0o755);
    }
    await must('dpkg-deb', ['--root-owner-group', '-Zxz', '-z1', '--build', root, one(request, '--package')]);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

if (import.meta.main) {
  await runScript(async () => {
    await buildPackage(parseArguments(process.argv.slice(2)));
    return 0;
  });
}
