/** `npm start [-- switches]`: makes the machine ready, builds when needed, opens the console. */
import { build } from './build.ts';
import { foreground } from './runtime/command.ts';
import { launchEnvironment, prepareRuntime } from './runtime/launch.ts';
import { projectRoot } from './runtime/places.ts';
import { runScript, say } from './runtime/report.ts';

await runScript(async () => {
  const runtime = await prepareRuntime({ display: true });
  await build();
  say(`opening the console in Electron ${runtime.electron.version}`);
  return foreground(runtime.executable, [...runtime.args, projectRoot, ...process.argv.slice(2)], {
    cwd: projectRoot,
    env: launchEnvironment(runtime),
  });
});
