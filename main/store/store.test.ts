import Database from 'better-sqlite3';
import { chmodSync, copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fc from 'fast-check';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { ConsoleError, errorCodes, type ErrorName } from '../../shared/contract/errors.ts';
import { openDatabase } from './database.ts';
import { applicationId, migrate } from './migrate.ts';
import { migrations } from './migrations/index.ts';
import type { Migration } from './migrations/migration.ts';
import { openStore, type Store, type StoreOptions } from './store.ts';
import { makeFolder } from './testFolder.ts';

let folder: string;
let path: string;
beforeEach(() => {
  folder = makeFolder();
  path = join(folder, 'lab.db');
});

function open(options: Partial<StoreOptions> = {}): Store {
  const store = openStore({ path, ...options });
  onTestFinished(() => { store.close(); });
  return store;
}

/** Opens, and expects a refusal that changes neither the database nor its log. */
function expectRefusal(code: ErrorName, options: Partial<StoreOptions> = {}): ConsoleError {
  const before = contents();
  let thrown: unknown;
  try {
    openStore({ path, ...options }).close();
  } catch (error) {
    thrown = error;
  }
  expect(thrown).toBeInstanceOf(ConsoleError);
  const error = thrown as ConsoleError;
  expect(error.code).toBe(errorCodes[code]);
  expect(error.message).toContain(path);
  expect(error.recommendedAction.length).toBeGreaterThan(20);
  expect(contents()).toEqual(before);
  return error;
}

function contents(): readonly (Buffer | null)[] {
  return ['', '-wal', '-journal'].map((suffix) => (existsSync(path + suffix) ? readFileSync(path + suffix) : null)).map((data) => (data?.length === 0 ? null : data));
}

function makeDatabase(rows = 200): void {
  const store = openStore({ path });
  const insert = store.db.prepare('INSERT INTO run_as_account (id, name, kind, user_name) VALUES (?, ?, ?, ?)');
  for (let n = 0; n < rows; n++) insert.run(`id-${n}`, `Account ${n}`, 'credential', `user${n}`);
  store.close();
}

const newest = migrations.at(-1)?.version ?? 0;
const extra: Migration = { version: newest + 1, name: 'extra', sql: 'CREATE TABLE extra (id INTEGER PRIMARY KEY) STRICT;' };

describe('opening a store', () => {
  it('makes a new file with our mark, the whole ledger and the write-ahead log', () => {
    const store = open();
    expect(store.db.pragma('application_id', { simple: true })).toBe(applicationId);
    expect(store.db.pragma('journal_mode', { simple: true })).toBe('wal');
    expect(store.db.pragma('foreign_keys', { simple: true })).toBe(1);
    expect(store.db.prepare('SELECT version, name FROM schema_migration ORDER BY version').all()).toEqual(
      migrations.map(({ version, name }) => ({ version, name })),
    );
    expect(store.backups).toEqual([]);
  });

  it('keeps what was written, and leaves one whole file after closing', () => {
    makeDatabase(3);
    expect(readdirSync(folder).filter((name) => !name.endsWith('.lock'))).toEqual(['lab.db']);
    expect(open().db.prepare('SELECT count(*) FROM run_as_account').pluck().get()).toBe(3);
  });

  it('takes over what a killed process had committed to the log', () => {
    const store = openStore({ path });
    store.db.prepare('INSERT INTO run_as_account (id, name, kind, user_name) VALUES (?, ?, ?, ?)').run('a', 'Account', 'credential', 'u');
    mkdirSync(join(folder, 'killed'));
    for (const suffix of ['', '-wal']) copyFileSync(path + suffix, join(folder, 'killed', `lab.db${suffix}`));
    store.close();
    const after = open({ path: join(folder, 'killed', 'lab.db') });
    expect(after.db.prepare('SELECT name FROM run_as_account').pluck().all()).toEqual(['Account']);
  });

  it('opens in memory', () => {
    expect(open({ path: ':memory:' }).db.prepare('SELECT count(*) FROM vm_network').pluck().get()).toBe(0);
  });

  it('formats addresses in SQL', () => {
    const { db } = open({ path: ':memory:' });
    expect(db.prepare('SELECT format_ipv4(3232238081)').pluck().get()).toBe('192.168.10.1');
    expect(db.prepare('SELECT format_mac(?)').pluck().get(0x00155d010203)).toBe('00-15-5D-01-02-03');
    expect(db.prepare('SELECT format_ipv4(NULL)').pluck().get()).toBeNull();
  });

  it('copies itself to another file, and not over one', () => {
    const store = open();
    const target = join(folder, 'copy.db');
    store.backup(target);
    expect(() => { store.backup(target); }).toThrow();
    expect(open({ path: target }).db.pragma('user_version', { simple: true })).toBe(newest);
  });
});

describe('refusals', () => {
  it('a file of a newer console', () => {
    openStore({ path, migrations: [...migrations, extra] }).close();
    const error = expectRefusal('databaseNewer');
    expect(error.message).toContain(String(newest + 1));
  });

  it('a file of a newer console whose upgrade is still in the log', () => {
    makeDatabase(1);
    const store = openStore({ path, migrations: [...migrations, extra] });
    mkdirSync(join(folder, 'killed'));
    for (const suffix of ['', '-wal']) copyFileSync(path + suffix, join(folder, 'killed', `lab.db${suffix}`));
    store.close();
    path = join(folder, 'killed', 'lab.db');
    expectRefusal('databaseNewer');
  });

  it('a SQLite database of another program', () => {
    const foreign = new Database(path);
    foreign.exec('CREATE TABLE bookmark (url TEXT)');
    foreign.close();
    expectRefusal('databaseForeign');
  });

  it('a file that is not a database', () => {
    writeFileSync(path, 'not a database, '.repeat(1000));
    expectRefusal('databaseCorrupt');
  });

  it('a file truncated at any length', () => {
    makeDatabase();
    const whole = readFileSync(path);
    const lengths = fc.oneof(fc.integer({ min: 0, max: whole.length - 1 }), fc.integer({ min: 0, max: whole.length / 4096 - 1 }).map((n) => n * 4096), fc.constantFrom(0, 1, 15, 16, 99, 100, whole.length - 1));
    fc.assert(
      fc.property(lengths, (length) => {
        writeFileSync(path, whole);
        truncateSync(path, length);
        expectRefusal('databaseCorrupt');
      }),
      { numRuns: 60, seed: 7 },
    );
  });

  it('a file with a destroyed page', () => {
    makeDatabase();
    const data = readFileSync(path);
    data.fill(0x5a, 4096 * 3, 4096 * 4);
    writeFileSync(path, data);
    expectRefusal('databaseCorrupt');
  });

  it('a ledger with another checksum, another name, or a gap', () => {
    for (const sql of [
      `UPDATE schema_migration SET checksum = 'ff' WHERE version = 1`,
      `UPDATE schema_migration SET name = 'other' WHERE version = 2`,
      'DELETE FROM schema_migration WHERE version = 1',
    ]) {
      path = join(makeFolder(), 'lab.db');
      makeDatabase(1);
      const db = new Database(path);
      db.exec(sql);
      db.close();
      expectRefusal('migrationChanged');
    }
  });

  it('a file that this process has open already, and opens it after that was closed', () => {
    const first = openStore({ path });
    expectRefusal('databaseUnavailable');
    first.close();
    open();
  });

  it('a file that another process has open, and opens it once that process is dead', async () => {
    makeDatabase(1);
    const holder = spawn(process.execPath, ['--input-type=module', '-e', `
      import { openStore } from ${JSON.stringify(new URL('./store.ts', import.meta.url).href)};
      const store = openStore({ path: process.argv[1] });
      store.db.exec("UPDATE run_as_account SET description = 'held'");
      process.stdout.write('open');
      setInterval(() => store.db.open, 1000);
    `, path], { stdio: ['ignore', 'pipe', 'inherit'] });
    onTestFinished(() => { holder.kill('SIGKILL'); });
    await once(holder.stdout, 'data');
    expectRefusal('databaseUnavailable');
    const ended = once(holder, 'exit');
    holder.kill('SIGKILL');
    await ended;
    expect(open().db.prepare('SELECT description FROM run_as_account').pluck().all()).toEqual(['held']);
  });

  it('a folder that does not exist, and a folder in the place of the file', () => {
    path = join(folder, 'missing', 'lab.db');
    expectRefusal('databaseUnavailable');
    path = join(folder, 'lab.db');
    mkdirSync(path);
    expect(() => openStore({ path })).toThrow(expect.objectContaining({ code: errorCodes.databaseUnavailable }));
  });

  it.skipIf(process.getuid?.() === 0)('a file that cannot be read or written', () => {
    makeDatabase(1);
    chmodSync(path, 0o000);
    expect(() => openStore({ path })).toThrow(expect.objectContaining({ code: errorCodes.databaseUnavailable }));
    chmodSync(path, 0o400);
    expectRefusal('databaseUnavailable');
  });

  it('leave nothing beside the file but its lock', () => {
    openStore({ path, migrations: [...migrations, extra] }).close();
    expectRefusal('databaseNewer');
    expect(readdirSync(folder).sort()).toEqual(['lab.db', 'lab.db.lock']);
  });
});

describe('a reader', () => {
  it('reads beside the owner, and writes nothing', () => {
    makeDatabase(1);
    open();
    const reader = open({ readonly: true });
    expect(reader.db.prepare('SELECT count(*) FROM run_as_account').pluck().get()).toBe(1);
    expect(() => reader.db.exec('DELETE FROM run_as_account')).toThrow(/readonly/);
  });
});

describe('migrations', () => {
  it('are applied one by one, each after a copy of the file as it was', () => {
    const old = openDatabase({ path });
    old.pragma(`application_id = ${applicationId}`);
    migrate(old, path, migrations.slice(0, 1), () => new Date());
    old.exec(`INSERT INTO run_as_account (id, name, kind, user_name) VALUES ('a', 'Account', 'credential', 'u')`);
    old.close();
    const store = open({ now: () => new Date('2026-01-02T03:04:05Z') });
    expect(store.backups).toEqual(migrations.slice(1).map(({ version }) => `${path}.before-v${version}.bak`));
    store.backups.forEach((name, index) => {
      const copy = new Database(name, { readonly: true });
      expect(copy.pragma('user_version', { simple: true })).toBe(migrations[index]?.version);
      expect(copy.prepare('SELECT name FROM run_as_account').pluck().all()).toEqual(['Account']);
      copy.close();
    });
    expect(store.db.prepare('SELECT applied_at FROM schema_migration WHERE version = 2').pluck().get()).toBe('2026-01-02T03:04:05.000Z');
  });

  it('may leave out numbers; one that comes later in such a place is not skipped unseen', () => {
    const later: Migration = { ...extra, version: newest + 5, name: 'later' };
    openStore({ path, migrations: [...migrations, later] }).close();
    expect(open({ migrations: [...migrations, later] }).db.pragma('user_version', { simple: true })).toBe(newest + 5);
    const between: Migration = { ...extra, name: 'between', sql: 'CREATE TABLE between_them (id INTEGER PRIMARY KEY) STRICT;' };
    expect(() => open({ readonly: true, migrations: [...migrations, between, later] })).toThrow(/was not built by this program/);
  });

  it('never write a copy over an older one', () => {
    openStore({ path, migrations }).close();
    writeFileSync(`${path}.before-v${extra.version}.bak`, 'mine');
    const store = open({ migrations: [...migrations, extra] });
    expect(readFileSync(`${path}.before-v${extra.version}.bak`, 'utf8')).toBe('mine');
    expect(store.backups).toEqual([`${path}.before-v${extra.version}-2.bak`]);
  });

  it('leave no trace when they fail halfway', () => {
    openStore({ path, migrations }).close();
    const broken: Migration = { ...extra, sql: 'CREATE TABLE extra (id INTEGER) STRICT; INSERT INTO missing VALUES (1);' };
    expect(() => openStore({ path, migrations: [...migrations, broken] })).toThrow(/missing/);
    const store = open();
    expect(store.db.prepare(`SELECT count(*) FROM sqlite_schema WHERE name = 'extra'`).pluck().get()).toBe(0);
  });

  it('must not leave dangling references', () => {
    openStore({ path, migrations }).close();
    const dangling: Migration = { ...extra, sql: `INSERT INTO virtual_switch (id, host_id, name) VALUES ('s', 'no such host', 'Switch');` };
    expect(() => openStore({ path, migrations: [...migrations, dangling] })).toThrow(/dangling/);
    expect(open().db.prepare('SELECT count(*) FROM virtual_switch').pluck().get()).toBe(0);
  });

  it('a kill while a new file is made leaves no file under the name', () => {
    writeFileSync(`${path}.new`, 'half');
    expect(open().db.pragma('quick_check', { simple: true })).toBe('ok');
    expect(existsSync(`${path}.new`)).toBe(false);
  });
});
