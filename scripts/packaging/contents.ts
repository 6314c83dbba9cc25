/** What belongs in the application's archive, and nothing else. */
import { listPackage } from '@electron/asar';

const belongs: readonly RegExp[] = [
  /^package\.json$/,
  /^out\/(main|preload|export|import|scenario)\/[\w-]+\.cjs$/,
  /^out\/renderer\/[\w-]+\.html$/,
  /^out\/renderer\/assets\/[^/]+\.(js|css|woff2|svg|png)$/,
  /^node_modules\/better-sqlite3\/(package\.json|LICENSE|lib\/.+\.js)$/,
];

/** Files of an archive (app.asar) that do not belong there: sources, maps, development packages. */
export function strangersInArchive(archive: string): string[] {
  return strangersAmong(listPackage(archive, { isPack: false }));
}

/** As strangersInArchive, of paths as the archive lists them: files and folders, each with a leading separator. */
export function strangersAmong(listed: readonly string[]): string[] {
  const entries = listed.map((entry) => entry.replaceAll('\\', '/').replace(/^\//, ''));
  const folders = new Set(entries.map((entry) => entry.slice(0, Math.max(entry.lastIndexOf('/'), 0))));
  return entries.filter((entry) => !folders.has(entry) && !belongs.some((pattern) => pattern.test(entry)));
}
