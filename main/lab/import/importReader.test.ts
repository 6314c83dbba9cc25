/** Files that are read in a thread: with progress, broken off, one after the other, and nothing left behind. */
import { readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { errorCodes } from '../../../shared/contract/errors.ts';
import type { ImportProgress } from '../../../shared/contract/snapshots.ts';
import { TestLab } from '../testing/testLab.ts';

const sample = path.resolve(import.meta.dirname, '../../operations/lab/vmmInventory/testing/contoso-vmm.json');
const labs = path.resolve(import.meta.dirname, '../../../resources/labs');

let test: TestLab;
let faults: unknown[];
beforeEach(async () => {
  test = new TestLab();
  faults = [];
  await test.open({ importWorkerFile: path.join(import.meta.dirname, 'importWorker.ts'), reportFault: (error) => faults.push(error) });
});
afterEach(() => {
  expect(faults).toEqual([]);
  test.dispose();
});

const leftovers = () => readdirSync(test.folder).filter((name) => name.endsWith('.tmp'));

/** Looks at the progress until it is as wanted. */
async function until(isWanted: (progress: ImportProgress | null) => boolean): Promise<void> {
  while (!isWanted(test.lab.files.importProgress())) await new Promise((resolve) => { setTimeout(resolve, 1); });
}

it('gives the same preview as without a thread, and the lab can be imported', async () => {
  const preview = await test.lab.files.prepareImport('vmmInventory', sample);
  expect(preview).toMatchObject({ labName: 'VMM01', notUnderstood: { total: 5 } });
  expect(preview?.madeAnew.length).toBe(6);
  expect(test.lab.files.importProgress()).toBeNull();
  await test.lab.jobs.waitFor(test.lab.operations.start('lab.import', { preparation: preview?.preparation ?? '' }));
  expect(test.externalAddress('Adatum')).toBe('203.0.113.11');
});

it('says how far it is, and is broken off without a trace', async () => {
  const before = test.lab.snapshot();
  const reading = test.lab.files.prepareImport('lab', path.join(labs, 'woodgrove.yaml'));
  expect(test.lab.files.importProgress()).toMatchObject({ fileName: 'woodgrove.yaml', done: 0, isLong: false });
  await until((progress) => progress?.stage === 'Reading the file');
  test.lab.files.cancelImport();
  expect(await reading).toBeNull();
  expect(test.lab.files.importProgress()).toBeNull();
  expect(test.lab.snapshot()).toEqual(before);
  test.lab.files.cancelImport();
  expect(leftovers()).toEqual([]);
});

it('gives way to the next file', async () => {
  const first = test.lab.files.prepareImport('vmmInventory', sample);
  const second = test.lab.files.prepareImport('lab', path.join(labs, 'woodgrove.yaml'));
  expect(await first).toBeNull();
  expect(await second).toMatchObject({ labName: 'woodgrove' });
});

it('refuses a hostile file with its place, without a fault of the console', async () => {
  const file = path.join(test.folder, 'deep.json');
  writeFileSync(file, '['.repeat(100_000));
  await expect(test.lab.files.prepareImport('vmmInventory', file)).rejects.toMatchObject({ code: errorCodes.importFileInvalid, message: expect.stringContaining('deep.json, line 1, column 33') as unknown });
  expect(leftovers()).toEqual([]);
});

it('ends with the lab', async () => {
  const reading = test.lab.files.prepareImport('vmmInventory', sample);
  test.close();
  expect(await reading).toBeNull();
});
