/** The SQLite binding that fits the chosen Electron: the prebuilt one from Node-API 10 on, otherwise one built here and kept. */
import { createHash } from 'node:crypto';
import { copyFileSync, cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { cached } from './cache.ts';
import { has, must } from './command.ts';
import { compilerPackages, ensurePackages, isDebian } from './debian.ts';
import { nodeApiLevel } from './electron.ts';
import type { ElectronRuntime } from './electronFolder.ts';
import { installedVersion, nodeHeaders, projectRoot } from './places.ts';
import { saying, SetupError } from './report.ts';

/** Node-API level that better-sqlite3 13 and its prebuilt bindings are made for. */
const prebuiltLevel = 10;
const bindingName = 'better_sqlite3.node';
const compatHeader = path.join(projectRoot, 'scripts', 'runtime', 'napi8-compat.h');

/** File of a binding that was built for this Electron; undefined when the package's own prebuilt one fits. */
export async function ensureSqliteBinding(electron: ElectronRuntime): Promise<string | undefined> {
  // Node 22 and 24, which these carry, have Node-API 10; no need to start them to ask.
  if (Number.parseInt(electron.version, 10) >= 40) return undefined;
  const level = await nodeApiLevel(electron);
  if (level >= prebuiltLevel) return undefined;
  const wrapper = createHash('sha256').update(readFileSync(compatHeader)).digest('hex').slice(0, 8);
  const key = `better-sqlite3-${installedVersion('better-sqlite3')}-napi${level}-${wrapper}-${process.platform}-${process.arch}`;
  const folder = await cached(key, (draft) => buildBinding(draft));
  return path.join(folder, bindingName);
}

async function buildBinding(draft: string): Promise<void> {
  await ensureCompiler();
  const headers = nodeHeaders();
  if (headers === undefined) throw new SetupError('the headers of Node (include/node/node_api.h) are missing. Run npm ci again with its scripts allowed for the package "node".');
  // node-gyp and make cannot work in a path with spaces, which the cache and this project may have.
  const workshop = mkdtempSync(path.join(tmpdir(), 'hnv-sqlite-'));
  try {
    const binding = await saying('building the SQLite binding for this Electron (about a minute, once)', () => compile(workshop, headers));
    copyFileSync(binding, path.join(draft, bindingName));
  } finally {
    rmSync(workshop, { recursive: true, force: true });
  }
}

/** Compiles a copy of the package against these headers; gives the file of the binding. */
async function compile(workshop: string, headers: string): Promise<string> {
  const source = path.join(workshop, 'source');
  const nodeFolder = path.join(workshop, 'node');
  cpSync(path.join(projectRoot, 'node_modules', 'better-sqlite3'), source, { recursive: true });
  cpSync(path.join(projectRoot, 'node_modules', 'node-addon-api'), path.join(source, 'node_modules', 'node-addon-api'), { recursive: true });
  copyFileSync(compatHeader, path.join(source, 'napi8-compat.h'));
  symlinkSync(headers, nodeFolder);
  const nodeGyp = path.join(projectRoot, 'node_modules', 'node-gyp', 'bin', 'node-gyp.js');
  await must(process.execPath, [nodeGyp, 'rebuild', '--release', '--force_build=1', `--nodedir=${nodeFolder}`], {
    cwd: source,
    // The header's path is relative to the folder `build`, where make compiles.
    env: { ...process.env, CXXFLAGS: '-include ../napi8-compat.h', npm_config_nodedir: nodeFolder },
  });
  return path.join(source, 'build', 'Release', bindingName);
}

async function ensureCompiler(): Promise<void> {
  if (has('python3') && has('make') && has('g++')) return;
  if (!isDebian()) throw new SetupError('building the SQLite binding needs python3, make and g++. Install them and start again.');
  await ensurePackages(compilerPackages, 'building the SQLite binding');
}
