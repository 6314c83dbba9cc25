/** The Electron that the lock file names, from its project's own downloader. */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { exclusively } from './cache.ts';
import { capture } from './command.ts';
import { runtimeIn, type ElectronRuntime } from './electronFolder.ts';
import { cacheFolder, installedVersion, projectRoot } from './places.ts';
import { say, saying } from './report.ts';

const probeTimeoutMs = 4000;
const rememberMs = 24 * 3600_000;
const answerSchema = z.object({ url: z.string(), reachable: z.boolean(), at: z.number() });

/** What `install-electron` left in the package, unless it is of another version or half unpacked. */
export function installedOfficial(): ElectronRuntime | undefined {
  const runtime = runtimeIn(path.join(projectRoot, 'node_modules', 'electron', 'dist'));
  return runtime?.version === installedVersion('electron') ? runtime : undefined;
}

function ownMirror(): string | undefined {
  const names = ['ELECTRON_MIRROR', 'electron_mirror', 'NPM_CONFIG_ELECTRON_MIRROR', 'npm_config_electron_mirror'];
  return names.map((name) => process.env[name]).find((value) => value !== undefined && value !== '');
}

/** Where the official Electron comes from: a mirror that the environment names, or its project's release page. */
export function downloadUrl(): string {
  const version = installedVersion('electron');
  const mirror = ownMirror();
  if (mirror !== undefined) return mirror;
  return `https://github.com/electron/electron/releases/download/v${version}/electron-v${version}-${process.platform}-${process.arch}.zip`;
}

/** One short question instead of the downloader's long retries; the answer is kept for a day. A mirror that was named is taken at its word. */
export async function isDownloadReachable(): Promise<boolean> {
  if (ownMirror() !== undefined) return true;
  const known = rememberedAnswer();
  if (known !== undefined) return known;
  const reachable = await saying('looking whether the official Electron can be downloaded', askForDownload);
  remember(reachable);
  return reachable;
}

/** Asked by a process of its own, because Node reads the proxy settings only when it starts. */
async function askForDownload(): Promise<boolean> {
  const question = `fetch(${JSON.stringify(downloadUrl())}, { method: 'HEAD', signal: AbortSignal.timeout(${probeTimeoutMs}) }).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))`;
  const answer = await capture(process.execPath, ['-e', question], { env: { ...process.env, NODE_USE_ENV_PROXY: '1' }, timeout: probeTimeoutMs + 2000 });
  return answer.status === 0;
}

function answerFile(): string {
  return path.join(cacheFolder(), 'electron-download.json');
}

function rememberedAnswer(): boolean | undefined {
  try {
    const answer = answerSchema.parse(JSON.parse(readFileSync(answerFile(), 'utf8')));
    return answer.url === downloadUrl() && Date.now() - answer.at < rememberMs ? answer.reachable : undefined;
  } catch {
    return undefined;
  }
}

/** A cache that cannot be written costs the question again, nothing more. */
function remember(reachable: boolean): void {
  try {
    writeFileSync(answerFile(), JSON.stringify({ url: downloadUrl(), reachable, at: Date.now() }));
  } catch (error) {
    say(`the answer is not remembered: ${String(error)}`);
  }
}

/** Undefined when the download broke off; that is said, and remembered. */
export async function downloadOfficial(): Promise<ElectronRuntime | undefined> {
  const install = path.join(projectRoot, 'node_modules', 'electron', 'install.js');
  const env = { ...process.env, ELECTRON_GET_USE_PROXY: 'true', NODE_USE_ENV_PROXY: '1', ELECTRON_GET_NO_PROGRESS: 'true' };
  const result = await exclusively('electron-download', () =>
    saying(`downloading Electron ${installedVersion('electron')} (about 110 MB)`, () => capture(process.execPath, [install], { cwd: projectRoot, env })),
  );
  const runtime = installedOfficial();
  if (runtime !== undefined) return runtime;
  say(`the download of Electron failed: ${result.output.trim().split('\n').slice(0, 3).join(' ')}`);
  remember(false);
  return undefined;
}
