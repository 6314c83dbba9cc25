/** Lab files that come from outside: read with bounds, shown before anything changes, and put in place by one job. */
import { closeSync, ftruncateSync, openSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ConsoleError, errorCodes } from '../../../shared/contract/errors.ts';
import { TestLab } from '../../lab/testing/testLab.ts';
import { prepared, refusalOfFile } from './testing/importing.ts';

const labs = path.resolve(import.meta.dirname, '../../../resources/labs');
const contoso = readFileSync(path.join(labs, 'contoso.yaml'), 'utf8');

let test: TestLab;
beforeEach(async () => {
  test = new TestLab();
  await test.open();
});
afterEach(() => { test.dispose(); });

function written(text: string): string {
  const file = path.join(test.folder, 'import.yaml');
  writeFileSync(file, text);
  return file;
}

const prepare = (file: string) => prepared(test.lab, 'lab', file);
const refusalOf = (file: string) => refusalOfFile(test.lab, 'lab', file);
const refusal = (text: string) => refusalOf(written(text));

async function importLab(file: string) {
  const { preparation } = await prepare(file);
  const id = test.lab.operations.start('lab.import', { preparation });
  await test.lab.jobs.waitFor(id);
  return test.lab.lists.jobs.get(id);
}

const temporaryFiles = () => readdirSync(test.folder).filter((name) => name.includes('.tmp') || name.includes('.part'));

describe('importing a lab', () => {
  it('shows what it holds and what it would replace, and changes nothing yet', async () => {
    const before = test.lab.snapshot();
    const preview = await prepare(path.join(labs, 'woodgrove.yaml'));
    expect(preview).toMatchObject({ labName: 'woodgrove', current: { labName: 'contoso' } });
    expect(preview.counts).toContainEqual({ label: 'VM network', count: 2 });
    expect(preview.counts).toContainEqual({ label: 'Host', count: 3 });
    expect(preview.current.counts).toContainEqual({ label: 'Host', count: 4 });
    expect(test.lab.snapshot()).toEqual(before);
    test.close();
    expect(temporaryFiles()).toEqual([]);
  });

  it('puts it in the place of what was there, which stays as a snapshot', async () => {
    await test.nat('Adatum');
    const before = test.lab.snapshot();
    expect(await importLab(path.join(labs, 'woodgrove.yaml'))).toMatchObject({ status: 'Completed', resultName: 'woodgrove' });
    expect(test.lab.lists.vmNetworks.list({ offset: 0, limit: 10, filter: '' }).rows.map(({ name }) => name).sort()).toEqual(['Contoso', 'Woodgrove']);
    const [kept] = test.lab.lists.snapshots.list({ offset: 0, limit: 10, filter: '' }).rows;
    expect(kept).toMatchObject({ isAutomatic: true });
    await test.lab.jobs.waitFor(test.lab.operations.start('snapshot.restore', { snapshot: kept?.id ?? '' }));
    expect(test.lab.snapshot()).toEqual(before);
  });

  it('of what was exported gives the same lab, to the reply of a ping', async () => {
    await test.nat('Fabrikam', '203.0.113.44');
    const file = path.join(test.folder, 'export.yaml');
    const { bytes } = test.lab.files.exportLab(file);
    expect(readFileSync(file).length).toBe(bytes);
    await test.setConnectivity({ vmNetwork: 'Fabrikam', directConnection: null });
    expect(await importLab(file)).toMatchObject({ status: 'Completed' });
    expect(test.externalAddress('Fabrikam')).toBe('203.0.113.44');
    expect(test.repliesTo('Fabrikam-VM01')).toBe(1);
    const again = path.join(test.folder, 'again.yaml');
    test.lab.files.exportLab(again);
    expect(readFileSync(again, 'utf8')).toBe(readFileSync(file, 'utf8'));
  });

  it('asks for the file again when what was read is gone', async () => {
    const first = await prepare(path.join(labs, 'woodgrove.yaml'));
    await prepare(path.join(labs, 'contoso.yaml'));
    expect(test.lab.operations.check('lab.import', { preparation: first.preparation }).map(({ code }) => code)).toEqual([errorCodes.importExpired]);
    expect(temporaryFiles().filter((name) => name.endsWith('.tmp')).length).toBe(1);
  });
});

describe('a lab file that is refused', () => {
  let before: unknown;
  beforeEach(() => { before = test.lab.snapshot(); });
  afterEach(() => {
    expect(test.lab.snapshot()).toEqual(before);
    expect(temporaryFiles()).toEqual([]);
  });

  it.each([
    ['a value that is none', contoso.replace('203.0.113.0/24', '203.0.113.0/99'), /import\.yaml, line 38, column \d+: logicalNetworks\.0\.sites\.0\.subnets\.0\.subnet: "203\.0\.113\.0\/99" is not a subnet/],
    ['a name that is not there', contoso.replace('host: HyperV01.contoso.lab', 'host: Nowhere'), /line 108, column 5: virtualMachines\.0\.host: there is no host "Nowhere" in this lab/],
    ['a word that is unknown', contoso.replace('lab: contoso', 'lab: contoso\ncolour: red'), /line 3, column 1: Unrecognized key: "colour"/],
    ['YAML that is none', 'lab: [', /line 1, column \d+: /],
    ['nothing', '', /expected object/],
    ['two documents', 'a: 1\n---\nb: 2\n', /more than one document/],
    ['an address that two have', contoso.replace('address: 10.30.1.5 }', 'address: 10.30.1.4 }'), /does not fit together: The lab has no free address 10\.30\.1\.4 in any pool/],
    ['a name that two have', contoso.replace('- name: Fabrikam\n    logicalNetwork', '- name: adatum\n    logicalNetwork'), /the name "adatum" stands twice in this lab/],
    ['two host groups of one name', contoso.replace('- name: Contoso-DC', '- name: all hosts'), /the name "all hosts" stands twice|there is no host group/],
  ])('because of %s: with its place and the reason', async (_why, text, reason) => {
    expect(await refusal(text)).toMatch(reason);
  });

  it('because it is of 1 GB: without being read', async () => {
    const file = written('');
    const descriptor = openSync(file, 'r+');
    ftruncateSync(descriptor, 1024 ** 3);
    closeSync(descriptor);
    expect(await refusalOf(file)).toContain('it has 1073741824 bytes; the limit is 16777216');
  });

  it.each([
    ['lists in lists', `lab: ${'['.repeat(200_000)}`],
    ['objects in objects', `lab: ${'{a: '.repeat(100_000)}`],
    ['dashes behind dashes', `${'- '.repeat(200_000)}x`],
    ['steps to the right', Array.from({ length: 2000 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n')],
  ])('because of %s: too deep', async (_why, text) => {
    expect(await refusal(text)).toContain('stand inside each other');
  });

  it('because its aliases multiply', async () => {
    const laughs = ['a: &a [x, x, x, x, x, x, x, x, x]', ...'bcdefghi'.split('').map((name, at) => `${name}: &${name} [${Array.from({ length: 9 }, () => `*${'abcdefgh'.charAt(at)}`).join(', ')}]`)].join('\n');
    expect(await refusal(laughs)).toMatch(/line \d+, column \d+: Excessive alias count/);
  });

  it('because it has more parts than fit', async () => {
    expect(await refusal(`lab: [${'1,'.repeat(2_000_000)}]`)).toContain('more than 1500000 parts');
  });

  it('because it is a folder, or not there', async () => {
    expect(await refusalOf(test.folder)).toContain('it is not a file');
    expect(await refusalOf(path.join(test.folder, 'none.yaml'))).toContain('there is no such file');
  });

  it('whatever was done to its text: it is refused with a reason, or it is a lab', async () => {
    const at = fc.nat(contoso.length);
    const change = fc.record({ at, length: fc.nat(40), text: fc.oneof(fc.string({ unit: 'binary', maxLength: 12 }), fc.constantFrom('\t', '- ', ': ', '*x', '&x', '!!js/function', '__proto__:', '0', '-1', '1e999', '{', '[', '|', '>', "'", '"', '\u0000')) });
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 3 }), async (changes) => {
        const text = changes.reduce((sum, { at: place, length, text: put }) => sum.slice(0, place) + put + sum.slice(place + length), contoso);
        try {
          await prepare(written(text));
        } catch (error) {
          expect(error).toBeInstanceOf(ConsoleError);
          expect((error as ConsoleError).code).toBe(errorCodes.importFileInvalid);
        }
        expect(Object.prototype).not.toHaveProperty('polluted');
      }),
      { numRuns: 60 },
    );
    test.lab.files.close();
  });
});
