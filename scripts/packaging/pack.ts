/** electron-builder, told which Electron and which SQLite binding to pack. */
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build as pack, type AfterPackContext, type Configuration, type LinuxConfiguration, Platform } from 'electron-builder';
import { parse } from 'yaml';
import { find } from '../runtime/command.ts';
import { ensurePackages, isDebian } from '../runtime/debian.ts';
import type { ElectronRuntime } from '../runtime/electronFolder.ts';
import { prepareRuntime, type Runtime } from '../runtime/launch.ts';
import { projectRoot } from '../runtime/places.ts';
import { say, SetupError } from '../runtime/report.ts';
import { strangersInArchive } from './contents.ts';

/** `test` lets Playwright drive the package; everything else is as released. */
export type Flavour = 'release' | 'test';

const bindingName = 'better_sqlite3.node';
/** The fuse for `file:` pages came with this version. */
const fileProtocolFuseSince = 29;

/** Folder of the unpacked application that `packUnpacked` made. */
function unpackedFolder(): string {
  return path.join(projectRoot, 'dist', 'linux-unpacked');
}

/** Program of the unpacked application (Linux), which end-to-end tests start. */
export function unpackedExecutable(): string {
  return path.join(unpackedFolder(), 'hnv-gateway-console');
}

/** The unpacked application only. */
export async function packUnpacked(flavour: Flavour): Promise<void> {
  rmSync(unpackedFolder(), { recursive: true, force: true });
  await packTargets(['dir'], flavour);
  if (!existsSync(unpackedExecutable())) throw new SetupError(`electron-builder left no ${unpackedExecutable()}.`);
}

/** Packs `out` for this platform; no target means those of electron-builder.yml. Throws SetupError when a tool is missing. */
export async function packTargets(targets: readonly string[], flavour: Flavour): Promise<void> {
  const runtime = await prepareRuntime({ display: false });
  if (runtime.electron.flavour === 'registry' && flavour === 'release') {
    say(`warning: this package carries Electron ${runtime.electron.version} of the closed network; it is for trying, not for release`);
  }
  const config = configuration(runtime, flavour);
  if (isDebian()) await useDebianTools(targets);
  await pack({ targets: Platform.current().createTarget([...targets]), projectDir: projectRoot, publish: 'never', config });
}

function configuration(runtime: Runtime, flavour: Flavour): Configuration {
  const base = parse(readFileSync(path.join(projectRoot, 'electron-builder.yml'), 'utf8')) as Configuration;
  const extraResources = Array.isArray(base.extraResources) ? base.extraResources : [];
  const hasFileProtocolFuse = Number.parseInt(runtime.electron.version, 10) >= fileProtocolFuseSince;
  return {
    ...base,
    extends: null,
    electronDist: runtime.electron.dist,
    electronVersion: runtime.electron.version,
    ...marked(base, runtime.electron),
    afterPack: (context) => Promise.resolve(finish(context, runtime, flavour)),
    extraResources: [...extraResources, { from: runtime.sqliteBinding ?? prebuiltBinding(), to: bindingName }],
    electronFuses: {
      ...base.electronFuses,
      ...(hasFileProtocolFuse ? { grantFileProtocolExtraPrivileges: false } : {}),
      ...(flavour === 'test' ? { enableNodeCliInspectArguments: true } : {}),
    },
  };
}

/** A package that carries another Electron than releases do says so in its name, and every deb in a field of its own. */
function marked(base: Configuration, electron: ElectronRuntime): Pick<Configuration, 'linux' | 'deb'> {
  const isRegistry = electron.flavour === 'registry';
  const mark = isRegistry ? `-electron${electron.version}` : '';
  return {
    linux: {
      ...base.linux,
      artifactName: `\${name}-\${version}-linux-\${arch}${mark}.\${ext}`,
      ...(isRegistry ? { desktop: withOldWindowClass(base) } : {}),
    },
    deb: {
      ...base.deb,
      artifactName: `\${name}_\${version}_\${arch}${mark}.\${ext}`,
      fpm: [...(base.deb?.fpm ?? []), '--deb-field', `Electron: ${electron.version}`],
    },
  };
}

/** Before 41.6.1 Electron named the X11 class of a window after the product, not after desktopName (electron/electron#51424). */
function withOldWindowClass(base: Configuration): NonNullable<LinuxConfiguration['desktop']> {
  const entry = base.linux?.desktop?.entry;
  return { ...base.linux?.desktop, entry: { ...entry, ...(base.productName ? { StartupWMClass: base.productName } : {}) } };
}

/** Takes away what electron-builder leaves of a given Electron, writes down what the package is made of, and looks into the archive. */
function finish(context: AfterPackContext, runtime: Runtime, flavour: Flavour): void {
  const resources = context.packager.getResourcesDir(context.appOutDir);
  rmSync(path.join(resources, 'default_app.asar'), { force: true });
  const made = { electron: runtime.electron.version, electronSource: runtime.electron.flavour, flavour };
  writeFileSync(path.join(resources, 'build-info.json'), `${JSON.stringify(made, null, 2)}\n`);
  const strangers = strangersInArchive(path.join(resources, 'app.asar'));
  if (strangers.length > 0) {
    throw new SetupError(`the package would carry ${strangers.length} files that do not belong in it, such as ${strangers.slice(0, 3).join(', ')}. Name what belongs there in electron-builder.yml and scripts/packaging/contents.ts.`);
  }
}

function prebuiltBinding(): string {
  const file = path.join(projectRoot, 'node_modules', 'better-sqlite3', 'prebuilds', `${process.platform}-${process.arch}.node`);
  if (!existsSync(file)) throw new SetupError(`better-sqlite3 has no prebuilt binding for ${process.platform} on ${process.arch}; packages cannot be made here.`);
  return file;
}

/** electron-builder fetches a 7za and an fpm of its own from the net; on Debian the system's tools stand in for them. */
async function useDebianTools(targets: readonly string[]): Promise<void> {
  const isWanted = (target: string): boolean => targets.length === 0 || targets.includes(target);
  if (isWanted('tar.gz') && process.env['ELECTRON_BUILDER_7ZIP_PATH'] === undefined) {
    await ensurePackages(['p7zip-full'], 'packing tar.gz');
    // The default, the highest level, takes three times as long and saves less than one part in a hundred.
    process.env['ELECTRON_BUILDER_COMPRESSION_LEVEL'] ??= '6';
    process.env['ELECTRON_BUILDER_7ZIP_PATH'] = find('7za') ?? find('7z');
  }
  if (isWanted('deb') && process.env['CUSTOM_FPM_PATH'] === undefined && !targets.includes('rpm')) process.env['CUSTOM_FPM_PATH'] = fpmShim();
}

/** electron-builder wants one executable file. */
function fpmShim(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'hnv-fpm-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const shim = path.join(folder, 'fpm');
  writeFileSync(shim, `#!/bin/sh\nexec "${process.execPath}" "${path.join(projectRoot, 'scripts', 'packaging', 'fpm-dpkg.ts')}" "$@"\n`);
  chmodSync(shim, 0o755);
  return shim;
}
