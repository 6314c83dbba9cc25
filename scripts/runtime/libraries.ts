/** The shared libraries that Electron needs from the system. */
import path from 'node:path';
import { capture, find } from './command.ts';
import { electronLibraries, ensurePackages, isDebian } from './debian.ts';
import { SetupError } from './report.ts';

/** Newer Electrons open these while they run, so that `ldd` does not name them. */
const openedLater = ['libgtk-3.so.0'];

/** Sees to it that Electron finds its libraries: through apt where that is allowed; throws SetupError with the names otherwise. */
export async function ensureElectronLibraries(executable: string): Promise<void> {
  if (process.platform !== 'linux') return;
  // The loader is asked before the package manager: packages may have other names, or the libraries may come from elsewhere.
  if ((await unresolvedLibraries(executable)).length === 0) return;
  if (isDebian()) await ensurePackages(electronLibraries, 'Electron');
  const unresolved = await unresolvedLibraries(executable);
  if (unresolved.length === 0) return;
  throw new SetupError(`Electron lacks the system libraries ${unresolved.join(', ')}. Install them with the package manager of this system and start again.`);
}

/** Names that the loader does not find; empty where there is no ldd to ask. */
async function unresolvedLibraries(executable: string): Promise<string[]> {
  const linked = await capture('ldd', [executable], { env: { ...process.env, LD_LIBRARY_PATH: path.dirname(executable) } });
  const absent = [...linked.output.matchAll(/^\s*(\S+) => not found$/gm)].flatMap((match) => match[1] ?? []);
  const ldconfig = find('ldconfig') ?? '/sbin/ldconfig';
  const known = await capture(ldconfig, ['-p']);
  const unopened = known.status === 0 ? openedLater.filter((name) => !known.output.includes(`${name} `)) : [];
  return [...new Set([...absent, ...unopened])];
}
