import { describe, expect, it } from 'vitest';
import { strangersAmong } from './contents.ts';

describe('what is in the archive', () => {
  it('is the bundles, the manifest and the SQLite package, folders included', () => {
    const listed = ['/out', '/out/main', '/out/main/index.cjs', '/out/export', '/out/export/exportWorker.cjs', '/out/import', '/out/import/importWorker.cjs', '/out/renderer', '/out/renderer/index.html', '/out/renderer/assets', '/out/renderer/assets/index-AbC_1.js', '/package.json'];
    const sqlite = ['/node_modules', '/node_modules/better-sqlite3', '/node_modules/better-sqlite3/LICENSE', '/node_modules/better-sqlite3/lib', '/node_modules/better-sqlite3/lib/index.js'];
    expect(strangersAmong([...listed, ...sqlite])).toEqual([]);
  });

  it('has no sources, maps, tests or development packages, and backslashes change nothing', () => {
    const strangers = ['main/index.ts', 'out/main/index.cjs.map', 'out/build-stamp', 'node_modules/got/package.json', 'node_modules/better-sqlite3/src/addon.cpp'];
    for (const stranger of strangers) {
      expect(strangersAmong(['/package.json', `/${stranger}`])).toEqual([stranger]);
      expect(strangersAmong([`\\${stranger.replaceAll('/', '\\')}`])).toEqual([stranger]);
    }
  });
});
