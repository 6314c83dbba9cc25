/** The SQLite binding that fits the chosen Electron: the prebuilt one from Node-API 10 on, otherwise one built here and kept. */
import { copyFileSync, cpSync, rmSync } from 'node:fs';
import path from 'node:path';
import { cached } from './cache.ts';
import { has, must } from './command.ts';
import { compilerPackages, ensurePackages, isDebian } from './debian.ts';
import { nodeApiLevel, type ElectronRuntime } from './electron.ts';
import { installedVersion, nodeHeaders, projectRoot } from './places.ts';
import { say, SetupError } from './report.ts';

const prebuiltLevel = 10;
const bindingName = 'better_sqlite3.node';

/** File of the binding; undefined when the package's own prebuilt one fits. */
export async function ensureSqliteBinding(electron: ElectronRuntime): Promise<string | undefined> {
  if (electron.flavour === 'official' && Number.parseInt(electron.version, 10) >= 40) return undefined;
  const level = await nodeApiLevel(electron);
  if (level >= prebuiltLevel) return undefined;
  const key = `better-sqlite3-${installedVersion('better-sqlite3')}-napi${level}-${process.platform}-${process.arch}`;
  const folder = await cached(key, (draft) => buildBinding(draft));
  return path.join(folder, bindingName);
}

async function buildBinding(draft: string): Promise<void> {
  await ensureCompiler();
  const headers = nodeHeaders();
  if (headers === undefined) throw new SetupError('the headers of Node (include/node/node_api.h) are missing. Run npm ci again with its scripts allowed for the package "node".');
  say('building the SQLite binding for this Electron (about a minute, once)');
  const source = path.join(draft, 'source');
  cpSync(path.join(projectRoot, 'node_modules', 'better-sqlite3'), source, { recursive: true });
  cpSync(path.join(projectRoot, 'node_modules', 'node-addon-api'), path.join(source, 'node_modules', 'node-addon-api'), { recursive: true });
  const header = path.join(projectRoot, 'scripts', 'runtime', 'napi8-compat.h');
  await must(process.execPath, [path.join(projectRoot, 'node_modules', 'node-gyp', 'bin', 'node-gyp.js'), 'rebuild', '--release', '--force_build=1', `--nodedir=${headers}`], {
    cwd: source,
    env: { ...process.env, CXXFLAGS: `-include ${header}`, npm_config_nodedir: headers },
  });
  copyFileSync(path.join(source, 'build', 'Release', bindingName), path.join(draft, bindingName));
  rmSync(source, { recursive: true });
}

async function ensureCompiler(): Promise<void> {
  if (has('python3') && has('make') && has('g++')) return;
  if (!isDebian()) throw new SetupError('building the SQLite binding needs python3, make and a C++ compiler. Install them and start again.');
  await ensurePackages(compilerPackages, 'building the SQLite binding');
}
