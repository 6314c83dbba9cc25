/** `npm run dev`: the renderer with hot reload from a Vite server; main and preload built anew and restarted when they change. */
import { spawn, type ChildProcess } from 'node:child_process';
import react from '@vitejs/plugin-react';
import { build as viteBuild, createServer } from 'vite';
import { configOf } from './build.ts';
import { prepareRuntime, type Runtime } from './runtime/launch.ts';
import { projectRoot } from './runtime/places.ts';
import { runScript, say } from './runtime/report.ts';
import path from 'node:path';

const nonce = 'development';

await runScript(async () => {
  const runtime = await prepareRuntime({ display: true });
  const server = await createServer({
    configFile: false,
    root: path.join(projectRoot, 'renderer'),
    mode: 'development',
    plugins: [react(), { name: 'nonce', transformIndexHtml: (html: string) => html.replaceAll('%CSP_NONCE%', nonce) }],
    html: { cspNonce: nonce },
    server: { host: '127.0.0.1', fs: { allow: [projectRoot] } },
  });
  await server.listen();
  const address = server.resolvedUrls?.local[0] ?? 'http://127.0.0.1:5173/';
  say(`renderer with hot reload at ${address}`);
  await viteBuild(configOf('preload', 'development'));
  return watchMain(runtime, address);
});

/** Restarts Electron after every build of main; ends when the operator closes the window. */
async function watchMain(runtime: Runtime, address: string): Promise<number> {
  let child: ChildProcess | undefined;
  let restarting = false;
  return new Promise((resolve) => {
    const open = (): void => {
      child = spawn(runtime.executable, [...runtime.args, projectRoot, ...process.argv.slice(2)], {
        cwd: projectRoot,
        stdio: 'inherit',
        env: { ...process.env, ...runtime.env, HNV_DEV_SERVER: address, HNV_LOG: 'console' },
      });
      child.once('close', (status) => {
        if (restarting) {
          restarting = false;
          open();
        } else {
          resolve(status ?? 0);
          process.exit(status ?? 0);
        }
      });
    };
    const afterBuild = {
      name: 'restart',
      closeBundle: (): void => {
        if (child === undefined) return open();
        say('main changed: restarting');
        restarting = true;
        child.kill();
      },
    };
    const config = configOf('main', 'development');
    void viteBuild({ ...config, plugins: [afterBuild], build: { ...config.build, watch: {} } });
  });
}
