/** A lab file carries the whole inventory: what is written and read again is the same, to the packet. */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { Lab } from '../../lab/lab.ts';
import { runScenario } from '../../scenario/run.ts';
import { readLabDocument, type LabDocument } from '../../store/labDocument/labDocument.ts';
import { openStore, type Store } from '../../store/store.ts';
import { parseYaml } from '../yamlDocument.ts';
import { buildLab } from './buildLab.ts';
import { labSchema } from './labDefinition.ts';
import { labText } from './labText.ts';
import { yamlLines, type YamlValue } from './yamlWriter.ts';

const labsFolder = path.resolve(import.meta.dirname, '../../../resources/labs');
const scenariosFolder = path.resolve(import.meta.dirname, '../../../resources/scenarios');
const noon = new Date('2026-01-01T12:00:00.000Z');

let folder: string;
beforeEach(() => { folder = mkdtempSync(path.join(tmpdir(), 'hnv-lab-text-')); });
afterEach(() => { rmSync(folder, { recursive: true, force: true }); });

const file = (name: string) => path.join(folder, `${name}.sqlite`);

function withStore<T>(name: string, use: (store: Store) => T): T {
  const store = openStore({ path: file(name) });
  try {
    return use(store);
  } finally {
    store.close();
  }
}

const documentOf = (name: string) => withStore(name, ({ db }) => readLabDocument(db));
const textOf = (name: string) => [...labText(documentOf(name))].join('');

/** Reads `text` into a new database. */
function read(text: string, name: string): void {
  const result = parseYaml('lab.yaml', text, labSchema);
  if ('fault' in result) throw new Error(`${result.fault.line}: ${result.fault.reason}`);
  withStore(name, ({ inventory, jobs }) => {
    jobs.transaction(() => { buildLab(inventory, result.value, { newId: randomUUID, now: () => noon }); });
  });
}

/** Without ids, which are meant to be new. */
function words({ lab, sections }: LabDocument): unknown {
  return { lab, sections: sections.map(({ key, objects }) => [key, objects.map(({ content }) => content)]) };
}

async function openSample(lab: string, name: string): Promise<void> {
  const opened = await Lab.open({ databasePath: file(name), labsFolder, owner: 'tester', initialLab: { lab, gateway: 'connected' } });
  opened.close();
}

/** Every byte that a round of pings leaves on every tap. */
async function captured(name: string): Promise<Buffer> {
  const lab = await Lab.open({ databasePath: file(name), labsFolder, owner: 'tester', clock: () => noon });
  try {
    // Both sides of a tunnel get their key again, as an operator would type it after an import.
    for (const { name: account, kind } of lab.lists.runAsAccounts.list({ offset: 0, limit: 100, filter: '' }).rows) {
      if (kind === 'preSharedKey') await lab.jobs.waitFor(lab.operations.start('runAsAccount.change', { runAsAccount: account, secret: 'correct horse battery' }));
    }
    const capture = lab.captures.start();
    const machines = lab.snapshot().virtualMachines.filter(({ role, running }) => role === 'tenant' && running === 1).slice(0, 12);
    const addresses = ['192.0.2.80', ...lab.snapshot().vpnDeviceHosts.map(({ address }) => [24, 16, 8, 0].map((shift) => (address >>> shift) & 255).join('.'))];
    for (const { id } of machines) for (const destination of addresses) lab.probes.startPing({ virtualMachine: id, destination, count: 2 });
    lab.advance(12e9);
    return Buffer.concat([...lab.captures.finish(capture).blocks]);
  } finally {
    lab.close();
  }
}

const everything = readFileSync(path.join(import.meta.dirname, 'testing/everything.yaml'), 'utf8');

/** Not part of the inventory, or kept by triggers. */
const otherTables = /^(sqlite_.*|schema_migration|job|job_.*|audit_record|lab_snapshot|vm_network_order|virtual_machine_order)$/;

/** Ids are meant to be new; the rest follows from other columns. */
const notCarried: readonly RegExp[] = [
  /\.id$/,
  /^lab\.opened_at$/,
  /^run_as_account\.secret$/,
  // Made from the VSID and from the address.
  /^virtual_subnet\.router_mac$|^provider_address\.mac$/,
  // VSIDs stand with the VM subnet or the gateway that has them.
  /^virtual_subnet\./,
  // Follow from who has the address.
  /^ip_address_allocation\.allocated_to_(?:id|type)$/,
  // Only their order counts.
  /\.slot$/,
  // Of an automatic metric the number is the console's own.
  /^ip_address_pool_gateway\.metric$/,
];

/** Every column of the inventory that a lab file has to carry. */
function columns(db: Store['db']): readonly string[] {
  return db
    .prepare<[], string>(`SELECT t.name || '.' || c.name FROM sqlite_schema t JOIN pragma_table_info(t.name) c WHERE t.type = 'table' ORDER BY 1`)
    .pluck()
    .all()
    .filter((column) => !otherTables.test(column.split('.')[0] ?? '') && !notCarried.some((pattern) => pattern.test(column)));
}

interface Attempt {
  readonly row: number;
  readonly value: number;
}

const attempts: readonly Attempt[] = [0, 1, 2].flatMap((row) => [0, 1, 2, 3].map((value) => ({ row, value })));

/**
 * SQL that gives one row of a table another value in one column: of another row where the column refers to one. Rows come by their ids, which are
 * given by chance, and what another row has may be called the same (switches of two hosts are), so there are several to try: `row` and `value`
 * from 0 on.
 */
function otherValue(db: Store['db'], table: string, column: string, { row, value }: Attempt): string {
  const reference = db.prepare<[string, string], { table: string; to: string }>('SELECT "table", "to" FROM pragma_foreign_key_list(?) WHERE "from" = ?').get(table, column);
  const isText = db.prepare<[string, string], string>('SELECT type FROM pragma_table_info(?) WHERE name = ?').pluck().get(table, column) === 'TEXT';
  const keys = db.prepare<[string], string>('SELECT name FROM pragma_table_info(?) WHERE pk > 0').pluck().all(table);
  const next = reference
    ? `coalesce((SELECT x."${reference.to}" FROM "${reference.table}" x WHERE x."${reference.to}" IS NOT "${table}"."${column}" LIMIT 1 OFFSET ${value}), 'nobody')`
    : isText
      ? `coalesce("${column}", '') || 'x'`
      : `iif("${column}" IN (0, 1), 1 - "${column}", coalesce("${column}", 5) + 1)`;
  const first = keys.map((key) => `"${key}"`).join(', ');
  return `UPDATE OR REPLACE "${table}" SET "${column}" = ${next} WHERE (${first}) IN (SELECT ${first} FROM "${table}" WHERE "${column}" IS NOT NULL ORDER BY ${first} LIMIT 1 OFFSET ${row})`;
}

async function expectRoundTrip(): Promise<void> {
  const text = textOf('before');
  read(text, 'after');
  expect(words(documentOf('after'))).toEqual(words(documentOf('before')));
  expect(textOf('after')).toBe(text);
  const before = await captured('before');
  expect(before.length).toBeGreaterThan(documentOf('before').sections.some(({ key, objects }) => key === 'virtualMachines' && objects.length > 0) ? 1000 : 100);
  expect((await captured('after')).equals(before)).toBe(true);
}

describe('a lab as a file', () => {
  it.each(readdirSync(labsFolder).map((name) => path.basename(name, '.yaml')))('%s is the same after it was written and read', async (lab) => {
    await openSample(lab, 'before');
    await expectRoundTrip();
  });

  it.each(readdirSync(scenariosFolder).filter((name) => name !== 'hundred-tenants.yaml'))('what %s leaves behind is the same after it was written and read', async (scenario) => {
    await runScenario({
      file: path.join(scenariosFolder, scenario),
      databasePath: file('before'),
      outputFolder: path.join(folder, 'out'),
      seed: 7,
      say: () => undefined,
      environment: { HNV_FABRIKAM_PSK: 'correct horse', FABRIKAM_PSK: 'correct horse' },
    });
    await expectRoundTrip();
  });

  it('carries every property of every kind of object', async () => {
    read(everything, 'before');
    const kinds = documentOf('before').sections.filter(({ objects }) => objects.length === 0);
    expect(kinds).toEqual([]);
    await expectRoundTrip();
  });

  it('says another thing when any column of the inventory has another value', () => {
    read(everything, 'before');
    const before = textOf('before');
    withStore('before', ({ db }) => {
      db.pragma('foreign_keys = OFF');
      db.pragma('ignore_check_constraints = ON');
      const text = () => [...labText(readLabDocument(db))].join('');
      expect(text()).toBe(before);
      const all = columns(db);
      const silent = all.filter((column) => {
        const [table = '', name = ''] = column.split('.');
        return attempts.every((attempt) => {
          db.exec('BEGIN');
          try {
            db.exec(otherValue(db, table, name, attempt));
            return text() === before;
          } finally {
            db.exec('ROLLBACK');
          }
        });
      });
      expect(silent).toEqual([]);
      expect(all.length).toBeGreaterThan(150);
    });
  });

  it('has no secret in it', async () => {
    const lab = await Lab.open({ databasePath: file('before'), labsFolder, owner: 'tester', initialLab: { lab: 'contoso', gateway: 'connected' } });
    await lab.jobs.waitFor(lab.operations.start('runAsAccount.change', { runAsAccount: 'Fabrikam_PSK', secret: 'battery staple' }));
    lab.close();
    const sealed = withStore('before', ({ inventory }) => Buffer.from(inventory.runAsAccounts.sealedSecret(inventory.runAsAccounts.runAsAccount('Fabrikam_PSK').id) ?? []));
    expect(sealed.length).toBeGreaterThan(0);
    const text = textOf('before');
    for (const trace of ['battery staple', sealed.toString('base64'), sealed.toString('hex')]) expect(text).not.toContain(trace);
    expect(text).toContain('Secrets of Run As accounts are never in a lab file');
  });
});

describe('the writer of YAML', () => {
  const leaf = fc.oneof(fc.boolean(), fc.integer(), fc.string({ unit: 'binary' }), fc.constantFrom('yes', 'null', '- a', 'a: b', '#x', '1e3', '0x1f', '10.0.0.0/8', '00-1D-D8-B7-1C-11', ' x', '', '~', '\t', 'a\nb'));
  const { value } = fc.letrec<{ value: YamlValue }>((tie) => ({
    value: fc.oneof({ depthSize: 'small' }, leaf, fc.array(tie('value'), { maxLength: 4 }), fc.dictionary(fc.string({ unit: 'binary', minLength: 1, maxLength: 8 }).filter((key) => key !== '__proto__'), tie('value'), { maxKeys: 4 })),
  }));

  it('writes what a reader of YAML reads as the same values', () => {
    fc.assert(
      fc.property(value, (content) => {
        const text = [...yamlLines({ content })].join('');
        expect(parse(text, { maxAliasCount: 0 })).toEqual({ content });
      }),
      { numRuns: 500 },
    );
  });
});
