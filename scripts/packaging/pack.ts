/** electron-builder, told which Electron and which SQLite binding to pack. */
import { existsSync, rmSync } from 'node:fs';
import path from 'node:path';
import { build as pack, type CliOptions, type Configuration, Platform } from 'electron-builder';
import { parse } from 'yaml';
import { readFileSync } from 'node:fs';
import { prepareRuntime, type Runtime } from '../runtime/launch.ts';
import { projectRoot } from '../runtime/places.ts';
import { say, SetupError } from '../runtime/report.ts';

export type Flavour = 'release' | 'test';

const bindingName = 'better_sqlite3.node';

/** Folder of the unpacked application that `packUnpacked` made. */
export function unpackedFolder(): string {
  return path.join(projectRoot, 'dist', 'linux-unpacked');
}

export function unpackedExecutable(): string {
  return path.join(unpackedFolder(), 'hnv-gateway-console');
}

/** The unpacked application only; the test flavour can be driven by Playwright. */
export async function packUnpacked(flavour: Flavour): Promise<void> {
  rmSync(unpackedFolder(), { recursive: true, force: true });
  await packTargets(['dir'], flavour);
}

export async function packTargets(targets: readonly string[], flavour: Flavour): Promise<void> {
  const runtime = await prepareRuntime({ display: false });
  if (runtime.electron.flavour === 'registry' && flavour === 'release') {
    say(`warning: this package carries Electron ${runtime.electron.version} of the closed network; it is for trying, not for release`);
  }
  const options: CliOptions = {
    targets: Platform.LINUX.createTarget([...targets]),
    projectDir: projectRoot,
    publish: 'never',
    config: configuration(runtime, flavour),
  };
  await pack(options);
  if (targets.includes('dir') && !existsSync(unpackedExecutable())) throw new SetupError(`electron-builder left no ${unpackedExecutable()}.`);
}

function configuration(runtime: Runtime, flavour: Flavour): Configuration {
  const base = parse(readFileSync(path.join(projectRoot, 'electron-builder.yml'), 'utf8')) as Configuration;
  const extraResources = Array.isArray(base.extraResources) ? base.extraResources : [];
  const binding = runtime.sqliteBinding ?? prebuiltBinding();
  return {
    ...base,
    extends: null,
    electronDist: runtime.electron.dist,
    electronVersion: runtime.electron.version,
    extraResources: [...extraResources, { from: binding, to: bindingName }],
    electronFuses: { ...base.electronFuses, ...(flavour === 'test' ? { enableNodeCliInspectArguments: true } : {}) },
  };
}

function prebuiltBinding(): string {
  return path.join(projectRoot, 'node_modules', 'better-sqlite3', 'prebuilds', `${process.platform}-${process.arch}.node`);
}
