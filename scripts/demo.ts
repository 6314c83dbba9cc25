/**
 * `npm run demo`: plays the main job in the real window, tells what it does and sees, and leaves screenshots, job log, states
 * and a capture in `demo-out/`. Exits 0 only if all of it came true.
 */
import { rmSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { newUserData, removeUserData, startApplication } from '../e2e/support/application.ts';
import { Operator } from '../e2e/support/operator.ts';
import { build } from './build.ts';
import { Narrator } from './demo/narrator.ts';
import { playDemo } from './demo/play.ts';
import { projectRoot } from './runtime/places.ts';
import { runScript } from './runtime/report.ts';

const out = path.join(projectRoot, 'demo-out');

await runScript(async () => {
  await build();
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out, { recursive: true });
  const userData = newUserData();
  const narrator = new Narrator(out);
  try {
    narrator.tell('Starting the console on the Contoso lab');
    const application = await startApplication({ userData, jobPace: 250, size: { width: 1280, height: 800 } });
    try {
      await playDemo(application, new Operator(application.page), narrator);
    } finally {
      await application.close();
    }
  } catch (error) {
    narrator.failed(error);
  } finally {
    removeUserData(userData);
  }
  return narrator.finish();
});
