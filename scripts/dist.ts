/**
 * `npm run dist`: builds and packs what electron-builder.yml lists for this platform. `npm run dist -- deb AppImage …` packs
 * these only, `-- --dir` the unpacked application only. HNV_FLAVOUR=test makes packages that Playwright can drive.
 */
import path from 'node:path';
import { build } from './build.ts';
import { packTargets, type Flavour } from './packaging/pack.ts';
import { projectRoot } from './runtime/places.ts';
import { runScript, say, SetupError } from './runtime/report.ts';

function flavour(): Flavour {
  const value = process.env['HNV_FLAVOUR'];
  if (value === undefined || value === '' || value === 'release') return 'release';
  if (value === 'test') return 'test';
  throw new SetupError(`HNV_FLAVOUR is "${value}"; it may be "release" or "test".`);
}

await runScript(async () => {
  const targets = process.argv.slice(2).map((argument) => argument.replace(/^--/, ''));
  const chosen = flavour();
  await build({ force: true });
  await packTargets(targets, chosen);
  say(`packages are in ${path.join(projectRoot, 'dist')}`);
  return 0;
});
