/** `npm run build`: main and preload as CommonJS for Node 18, the renderer for Chromium 114. Skipped when nothing changed. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import path from 'node:path';
import react from '@vitejs/plugin-react';
import { build as viteBuild, type InlineConfig } from 'vite';
import { projectRoot } from './runtime/places.ts';
import { runScript, say } from './runtime/report.ts';

const out = path.join(projectRoot, 'out');
const stamp = path.join(out, 'build-stamp');
const external = ['electron', 'better-sqlite3', /^better-sqlite3\//, ...builtinModules, /^node:/];

export type Target = 'main' | 'preload' | 'renderer';

/** Vite's configuration of one part. `mode` "development" keeps source maps. */
export function configOf(target: Target, mode: 'production' | 'development'): InlineConfig {
  switch (target) {
    case 'main':
      return nodeConfig('main/index.ts', 'main', 'index', mode);
    case 'preload':
      return nodeConfig('main/platform/preload.ts', 'preload', 'preload', mode);
    case 'renderer':
      return rendererConfig(mode);
  }
}

function nodeConfig(entry: string, folder: string, name: string, mode: string): InlineConfig {
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

function rendererConfig(mode: string): InlineConfig {
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

/** Builds all three parts unless the sources are those of the last build. */
export async function build(options: { readonly force?: boolean } = {}): Promise<void> {
  const state = sourceState();
  if (options.force !== true && existsSync(stamp) && readFileSync(stamp, 'utf8') === state) return;
  say('building');
  rmSync(out, { recursive: true, force: true });
  for (const target of ['main', 'preload', 'renderer'] as const) await viteBuild(configOf(target, 'production'));
  writeFileSync(stamp, state);
}

/** Hash over names, sizes and times of everything that the build reads. */
function sourceState(): string {
  const hash = createHash('sha256');
  for (const name of ['main', 'renderer', 'shared', 'package-lock.json', path.join('scripts', 'build.ts')]) addToHash(hash, path.join(projectRoot, name));
  return hash.digest('hex');
}

function addToHash(hash: ReturnType<typeof createHash>, file: string): void {
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
