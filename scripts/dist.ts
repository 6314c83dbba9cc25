/** `npm run dist [-- dir|tar.gz|deb …]`: builds and packs. */
import { chmodSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from './build.ts';
import { packTargets } from './packaging/pack.ts';
import { has } from './runtime/command.ts';
import { ensurePackages, isDebian } from './runtime/debian.ts';
import { projectRoot } from './runtime/places.ts';
import { runScript, say } from './runtime/report.ts';

await runScript(async () => {
  const targets = process.argv.slice(2).length > 0 ? process.argv.slice(2) : ['dir', 'tar.gz', 'deb'];
  await build({ force: true });
  if (isDebian()) await useDebianTools(targets);
  await packTargets(targets, 'release');
  say(`packages are in ${path.join(projectRoot, 'dist')}`);
  return 0;
});

/** electron-builder fetches its own 7za and fpm from the net; on Debian the system's tools stand in for them. */
async function useDebianTools(targets: readonly string[]): Promise<void> {
  if (targets.includes('tar.gz')) {
    if (!has('7za')) await ensurePackages(['p7zip-full'], 'packing tar.gz');
    process.env['ELECTRON_BUILDER_7ZIP_PATH'] = '/usr/bin/7za';
  }
  if (targets.includes('deb')) process.env['CUSTOM_FPM_PATH'] = fpmShim();
}

/** electron-builder wants one executable file. */
function fpmShim(): string {
  const shim = path.join(mkdtempSync(path.join(tmpdir(), 'hnv-fpm-')), 'fpm');
  const script = path.join(projectRoot, 'scripts', 'packaging', 'fpm-dpkg.ts');
  writeFileSync(shim, `#!/bin/sh\nexec "${process.execPath}" "${script}" "$@"\n`);
  chmodSync(shim, 0o755);
  return shim;
}
