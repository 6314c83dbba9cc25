/** Where the console's files are, in the tree and in a package. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { app } from 'electron';

/** The bundle runs from `out/main`, in the tree and inside the archive alike. */
export function rendererFolder(): string {
  return path.join(app.getAppPath(), 'out', 'renderer');
}

export function preloadFile(): string {
  return path.join(app.getAppPath(), 'out', 'preload', 'preload.cjs');
}

/** A bundle of its own, because a thread starts from a file. */
export function exportWorkerFile(): string {
  return path.join(app.getAppPath(), 'out', 'export', 'exportWorker.cjs');
}

/** Another one, for the same reason. */
export function scenarioWorkerFile(): string {
  return path.join(app.getAppPath(), 'out', 'scenario', 'scenarioWorker.cjs');
}

/** And of the thread that reads files to be imported. */
export function importWorkerFile(): string {
  return path.join(app.getAppPath(), 'out', 'import', 'importWorker.cjs');
}

/** Sample labs lie outside the archive, so that an operator can read them. */
export function labsFolder(): string {
  return app.isPackaged ? path.join(process.resourcesPath, 'labs') : path.join(app.getAppPath(), 'resources', 'labs');
}

export function iconFile(): string | undefined {
  const file = app.isPackaged ? path.join(process.resourcesPath, 'icons', '256x256.png') : path.join(app.getAppPath(), 'resources', 'icons', '256x256.png');
  return existsSync(file) ? file : undefined;
}

/** A binding that fits an Electron for which the prebuilt one does not; undefined to use the prebuilt one. */
export function sqliteBinding(): string | undefined {
  const packaged = path.join(process.resourcesPath, 'better_sqlite3.node');
  if (app.isPackaged && existsSync(packaged)) return packaged;
  const given = process.env['HNV_SQLITE_BINDING'];
  return given === undefined || given === '' ? undefined : given;
}
