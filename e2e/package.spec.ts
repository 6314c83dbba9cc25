import { existsSync } from 'node:fs';
import { unpackedExecutable } from '../scripts/packaging/pack.ts';
import { test } from './support/test.ts';
import { playMainJob } from './support/story.ts';

test('the unpacked package plays the main job like the development build', async ({ start }) => {
  const packaged = unpackedExecutable();
  test.skip(!existsSync(packaged), 'no unpacked package: run `npm test` or `npm run dist` first');
  await playMainJob(await start({ packaged, size: { width: 1280, height: 800 } }), 'package');
});
