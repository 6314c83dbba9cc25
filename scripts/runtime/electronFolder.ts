/** What an unpacked Electron looks like. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

export interface ElectronRuntime {
  readonly flavour: 'official' | 'registry';
  readonly version: string;
  readonly executable: string;
  /** Folder that electron-builder packs from. */
  readonly dist: string;
}

/** The Electron in a folder that its project released; undefined when it is not whole. */
export function runtimeIn(dist: string): ElectronRuntime | undefined {
  const executable = executableIn(dist);
  const versionFile = path.join(dist, 'version');
  if (!existsSync(executable) || !existsSync(versionFile)) return undefined;
  return { flavour: 'official', version: readFileSync(versionFile, 'utf8').trim().replace(/^v/, ''), executable, dist };
}

function executableIn(dist: string): string {
  if (process.platform === 'win32') return path.join(dist, 'electron.exe');
  if (process.platform === 'darwin') return path.join(dist, 'Electron.app', 'Contents', 'MacOS', 'Electron');
  return path.join(dist, 'electron');
}
