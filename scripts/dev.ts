/** `npm run dev [-- switches]`: the renderer with hot reload from a Vite server; main and preload built anew, and Electron restarted, when they change. */
import path from 'node:path';
import react from '@vitejs/plugin-react';
import { build as viteBuild, createServer, type Plugin } from 'vite';
import { configOf, type Target } from './build.ts';
import { prepareRuntime } from './runtime/launch.ts';
import { projectRoot } from './runtime/places.ts';
import { runScript, say } from './runtime/report.ts';
import { RestartingElectron } from './runtime/restartingElectron.ts';

/** In a package main puts a new one into each page; here one will do, because the server is this machine's own. */
const nonce = 'development';

await runScript(async () => {
  const runtime = await prepareRuntime({ display: true });
  const address = await serveRenderer();
  say(`renderer with hot reload at ${address}`);
  const electron = new RestartingElectron(runtime, address);
  await watch('preload', () => electron.restart());
  await watch('export', () => electron.restart());
  await watch('import', () => electron.restart());
  await watch('scenario', () => electron.restart());
  await watch('main', () => electron.restart());
  electron.open();
  const status = await electron.closed;
  // The watchers and the server would keep this process alive.
  process.exit(status);
});

async function serveRenderer(): Promise<string> {
  const server = await createServer({
    configFile: false,
    root: path.join(projectRoot, 'renderer'),
    mode: 'development',
    publicDir: false,
    plugins: [react(), { name: 'nonce', transformIndexHtml: (html: string) => html.replaceAll('%CSP_NONCE%', nonce) }],
    html: { cspNonce: nonce },
    server: { host: '127.0.0.1', fs: { allow: [projectRoot] } },
  });
  await server.listen();
  const address = server.resolvedUrls?.local[0];
  if (address === undefined) throw new Error('The Vite server has no address.');
  return address;
}

/** Builds once, then again at every change; `built` is called after each build that went well. */
function watch(target: Target, built: () => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const afterBuild: Plugin = {
      name: 'after-build',
      buildEnd: (error) => {
        if (error !== undefined) say(`${target} cannot be built: ${error.message}`);
      },
      writeBundle: () => {
        built();
        resolve();
      },
    };
    const config = configOf(target, 'development');
    viteBuild({ ...config, plugins: [afterBuild], build: { ...config.build, watch: {} } }).catch(reject);
  });
}
