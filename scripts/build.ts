/** `npm run build [-- --force]`: main and preload as CommonJS for Node 18, the renderer for Chromium 114. Skipped when nothing changed. */
import { createHash, type Hash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import path from 'node:path';
import react from '@vitejs/plugin-react';
import { build as viteBuild, type InlineConfig } from 'vite';
import { findInBundles } from './packaging/runtimeFloor.ts';
import { exclusively } from './runtime/cache.ts';
import { projectRoot } from './runtime/places.ts';
import { runScript, saying, SetupError } from './runtime/report.ts';

const out = path.join(projectRoot, 'out');
const stamp = path.join(out, 'build-stamp');
const external = ['electron', 'better-sqlite3', /^better-sqlite3\//, ...builtinModules, /^node:/];
/** Everything that the bundles are made of. */
const inputs = ['main', 'renderer', 'shared', 'resources', 'package.json', 'package-lock.json', path.join('scripts', 'build.ts')];

export type Target = 'main' | 'preload' | 'export' | 'import' | 'scenario' | 'renderer';
export type Mode = 'production' | 'development';

/** Vite's configuration of one part. `mode` "development" keeps source maps. */
export function configOf(target: Target, mode: Mode): InlineConfig {
  switch (target) {
    case 'main':
      return nodeConfig('main/index.ts', 'main', 'index', mode);
    case 'preload':
      return nodeConfig('main/platform/preload.ts', 'preload', 'preload', mode);
    case 'export':
      return nodeConfig('main/export/exportWorker.ts', 'export', 'exportWorker', mode);
    case 'import':
      return nodeConfig('main/lab/import/importWorker.ts', 'import', 'importWorker', mode);
    case 'scenario':
      return nodeConfig('main/scenario/scenarioWorker.ts', 'scenario', 'scenarioWorker', mode);
    case 'renderer':
      return rendererConfig(mode);
  }
}

function nodeConfig(entry: string, folder: string, name: string, mode: Mode): InlineConfig {
  return {
    configFile: false,
    root: projectRoot,
    mode,
    logLevel: 'warn',
    publicDir: false,
    define: { 'process.env.NODE_ENV': JSON.stringify(mode) },
    resolve: { conditions: ['node', 'import', 'module', 'default'], mainFields: ['module', 'main'] },
    ssr: { noExternal: true },
    build: {
      outDir: path.join(out, folder),
      emptyOutDir: true,
      target: 'node18',
      minify: false,
      sourcemap: mode === 'development',
      ssr: true,
      rollupOptions: {
        input: path.join(projectRoot, entry),
        external,
        output: { format: 'cjs', entryFileNames: `${name}.cjs`, codeSplitting: false },
      },
    },
  };
}

function rendererConfig(mode: Mode): InlineConfig {
  return {
    configFile: false,
    root: path.join(projectRoot, 'renderer'),
    base: './',
    mode,
    logLevel: 'warn',
    publicDir: false,
    plugins: [react()],
    build: {
      outDir: path.join(out, 'renderer'),
      emptyOutDir: true,
      target: 'chrome114',
      sourcemap: mode === 'development',
      chunkSizeWarningLimit: 4000,
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
    },
  };
}

/** Builds all parts unless the sources are those of the last build. Throws SetupError when Electron 25 could not run the result. */
export async function build(options: { readonly force?: boolean } = {}): Promise<void> {
  await exclusively(`build-${createHash('sha256').update(projectRoot).digest('hex').slice(0, 12)}`, async () => {
    const state = sourceState();
    if (options.force !== true && existsSync(stamp) && readFileSync(stamp, 'utf8') === state) return;
    await saying('building', buildAll);
    writeFileSync(stamp, state);
  });
}

async function buildAll(): Promise<void> {
  rmSync(out, { recursive: true, force: true });
  for (const target of ['main', 'preload', 'export', 'import', 'scenario', 'renderer'] as const) await viteBuild(configOf(target, 'production'));
  const tooNew = findInBundles(out);
  if (tooNew.length > 0) throw new SetupError(`the bundles use what Electron 25 does not have: ${tooNew.join('; ')}. Write it another way.`);
}

/** Hash over names, sizes and times of everything that the build reads. */
function sourceState(): string {
  const hash = createHash('sha256');
  for (const name of inputs) addToHash(hash, path.join(projectRoot, name));
  return hash.digest('hex');
}

function addToHash(hash: Hash, file: string): void {
  if (!existsSync(file) || /\.test\.tsx?$/.test(file)) return;
  const stats = statSync(file);
  if (stats.isDirectory()) {
    for (const name of readdirSync(file).sort()) addToHash(hash, path.join(file, name));
    return;
  }
  hash.update(`${file} ${stats.size} ${stats.mtimeMs}\n`);
}

if (import.meta.main) {
  await runScript(async () => {
    await build({ force: process.argv.includes('--force') });
    return 0;
  });
}
