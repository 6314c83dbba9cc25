import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ConsoleError, errorCodes, type ErrorName } from '../../../shared/contract/errors.ts';
import type { OperationId } from '../../../shared/contract/operations.ts';
import { LocalSecretStore } from '../../lab/localSecretStore.ts';
import { TestLab } from '../../lab/testing/testLab.ts';
import { openDatabase } from '../../store/database.ts';
import { catalogueProblems } from '../powershell/testing/catalogue.ts';

const secret = 'Correct-Horse-7!battery';
const wanted = { name: 'BranchAdmin', description: '', kind: 'credential', userName: 'GatewayVM02\\Administrator', secret, confirmation: secret };

let test: TestLab;
const secrets = new LocalSecretStore();

beforeEach(async () => {
  test = new TestLab();
  await test.open({ secrets });
});
afterEach(() => test.dispose());

async function run(id: OperationId, input: unknown) {
  const jobId = test.lab.operations.start(id, input);
  await test.lab.jobs.waitFor(jobId);
  return test.lab.lists.jobs.get(jobId);
}

/** Every byte that the database wrote, its journal included. */
function bytesOnDisk(): Buffer {
  return Buffer.concat(readdirSync(test.folder).map((name) => readFileSync(path.join(test.folder, name))));
}

/** What stands in the database, read past the lab. */
function sealedSecret(name: string): Uint8Array {
  const db = openDatabase({ path: test.databasePath });
  try {
    return db.prepare<[string], Buffer>('SELECT secret FROM run_as_account WHERE name = ?').pluck().get(name) ?? new Uint8Array();
  } finally {
    db.close();
  }
}

describe('Run As accounts', () => {
  it('are there to be chosen, and their secret is nowhere: not on disk, in the job, the list or the script', async () => {
    const job = await run('runAsAccount.create', wanted);
    expect(job).toMatchObject({ status: 'Completed', resultName: 'BranchAdmin' });
    const accounts = test.lab.lists.runAsAccounts.list({ offset: 0, limit: 100, filter: '' });
    expect(accounts.rows.map(({ name }) => name)).toContain('BranchAdmin');
    const script = String(test.lab.operations.script('runAsAccount.create', { ...wanted, name: 'Other' }).script);
    for (const text of [JSON.stringify(job), JSON.stringify(accounts), JSON.stringify(test.lab.snapshot()), script]) expect(text).not.toContain(secret);
    const disk = bytesOnDisk();
    expect(disk.includes('BranchAdmin')).toBe(true);
    for (const encoding of ['utf8', 'utf16le', 'base64', 'hex'] as const) {
      const needle = encoding === 'utf16le' ? Buffer.from(secret, 'utf16le') : Buffer.from(encoding === 'utf8' ? secret : Buffer.from(secret).toString(encoding));
      expect(disk.includes(needle), encoding).toBe(false);
    }
  });

  it.each<[string, Record<string, unknown>, ErrorName, string]>([
    ['no name', { name: '' }, 'invalidInput', 'name'],
    ['a name in use, whatever its case', { name: 'gatewaylocaladmin' }, 'nameInUse', 'name'],
    ['no user name', { userName: '' }, 'invalidInput', 'userName'],
    ['no password', { secret: '', confirmation: '' }, 'invalidInput', 'secret'],
    ['two different passwords', { confirmation: 'something else' }, 'invalidInput', 'confirmation'],
    ['a pre-shared key to be validated', { kind: 'preSharedKey', validate: true }, 'invalidInput', 'validate'],
    ['a local account to be validated', { userName: 'Administrator', validate: true }, 'accountNotUsable', 'validate'],
    ['a virtual machine\'s own account to be validated', { userName: 'GatewayVM01\\Administrator', validate: true }, 'accountNotUsable', 'validate'],
    ['a password that somebody sealed', { secret: { sealed: 'AAAA' } }, 'invalidInput', 'secret'],
  ])('refuses %s, and says nothing of the secret', (_what, change, code, field) => {
    const before = JSON.stringify(test.lab.snapshot());
    let thrown: unknown;
    try {
      test.lab.operations.start('runAsAccount.create', { ...wanted, ...change });
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(ConsoleError);
    expect(JSON.stringify(thrown)).not.toContain(secret);
    expect(test.lab.operations.check('runAsAccount.create', { ...wanted, ...change })).toMatchObject([{ code: errorCodes[code], path: [field] }]);
    expect(JSON.stringify(test.lab.snapshot())).toBe(before);
  });

  it('take a new secret in place of the old one, which leaves no trace either', async () => {
    await run('runAsAccount.create', wanted);
    const next = 'Purple-Monkey-9?dishwasher';
    const sealedBefore = sealedSecret('BranchAdmin');
    const job = await run('runAsAccount.change', { runAsAccount: 'BranchAdmin', name: 'Branch_Admin', userName: 'CONTOSO\\branch', secret: next, confirmation: next, validate: true });
    expect(job).toMatchObject({ status: 'Completed', resultName: 'BranchAdmin' });
    expect(job.auditRecords.map(({ property }) => property).sort()).toEqual(['Name', 'Password', 'UserName']);
    expect(secrets.open(sealedBefore)).toBe(secret);
    expect(secrets.open(sealedSecret('Branch_Admin'))).toBe(next);
    expect(JSON.stringify(job)).not.toContain(next);
    const disk = bytesOnDisk();
    for (const typed of [secret, next]) for (const encoding of ['utf8', 'base64', 'hex'] as const) expect(disk.includes(Buffer.from(typed).toString(encoding)), encoding).toBe(false);
  });

  it('keep their secret when something else is changed', async () => {
    await run('runAsAccount.create', wanted);
    expect((await run('runAsAccount.change', { runAsAccount: 'BranchAdmin', description: 'Of the branch' })).steps.at(-1)?.message).toContain('its secret stays');
    expect(secrets.open(sealedSecret('BranchAdmin'))).toBe(secret);
  });

  it('restart from an input in which only what was sealed stands', async () => {
    const jobId = test.lab.operations.start('runAsAccount.create', wanted);
    test.lab.close();
    expect(bytesOnDisk().includes(secret)).toBe(false);
    await test.open({ secrets });
    test.lab.jobs.restart(jobId);
    expect(await test.lab.jobs.waitFor(jobId)).toBe('Completed');
    expect(secrets.open(sealedSecret('BranchAdmin'))).toBe(secret);
  });

  it.each<[string, Record<string, unknown>, ErrorName, string | undefined]>([
    ['nothing new', { name: 'GatewayLocalAdmin' }, 'nothingToChange', undefined],
    ['no name', { name: '' }, 'invalidInput', 'name'],
    ['the name of another', { name: 'fabrikam_psk' }, 'nameInUse', 'name'],
    ['another user with the old password', { userName: 'CONTOSO\\other' }, 'invalidInput', 'secret'],
    ['an empty password', { secret: '' }, 'invalidInput', 'secret'],
    ['two different passwords', { secret, confirmation: 'other' }, 'invalidInput', 'confirmation'],
    ['a password that somebody sealed', { secret: { sealed: 'AAAA' } }, 'invalidInput', 'secret'],
    ['a local account to be validated', { secret, confirmation: secret, validate: true }, 'accountNotUsable', 'validate'],
  ])('refuses %s, and keeps the account as it is', (_what, change, code, field) => {
    const before = JSON.stringify(test.lab.lists.runAsAccounts.list({ offset: 0, limit: 100, filter: '' }));
    const input = { runAsAccount: 'GatewayLocalAdmin', ...change };
    expect(() => test.lab.operations.start('runAsAccount.change', input)).toThrow(ConsoleError);
    expect(test.lab.operations.check('runAsAccount.change', input)).toMatchObject([{ code: errorCodes[code], path: field === undefined ? [] : [field] }]);
    expect(JSON.stringify(test.lab.lists.runAsAccounts.list({ offset: 0, limit: 100, filter: '' }))).toBe(before);
  });

  it('refuses a secret that is too long without repeating it', () => {
    const long = secret.repeat(100);
    const problems = test.lab.operations.check('runAsAccount.create', { ...wanted, secret: long });
    expect(problems.length).toBeGreaterThan(0);
    expect(JSON.stringify(problems)).not.toContain(secret);
  });

  it('writes scripts that the catalogue knows and that ask for the secret', () => {
    const { script } = test.lab.operations.script('runAsAccount.create', { ...wanted, kind: 'preSharedKey' });
    expect(catalogueProblems(script)).toEqual([]);
    expect(String(script)).toContain('-NoValidation');
    const changed = test.lab.operations.script('runAsAccount.change', { runAsAccount: 'GatewayLocalAdmin', name: 'Other', secret, confirmation: secret }).script;
    expect(catalogueProblems(changed)).toEqual([]);
    expect(String(changed)).not.toContain(secret);
    expect(catalogueProblems(test.lab.operations.script('runAsAccount.delete', { runAsAccount: 'Fabrikam_PSK' }).script)).toEqual([]);
  });

  it('go when nothing uses them, and name what does', async () => {
    expect(test.lab.operations.check('runAsAccount.delete', { runAsAccount: 'GatewayLocalAdmin' })).toMatchObject([{ code: errorCodes.objectInUse, message: 'Network service Gateway01 works with Run As account GatewayLocalAdmin.' }]);
    expect((await run('runAsAccount.delete', { runAsAccount: 'Fabrikam_PSK' })).status).toBe('Completed');
    expect(test.lab.operations.check('runAsAccount.delete', { runAsAccount: 'Fabrikam_PSK' })).toMatchObject([{ code: errorCodes.objectNotFound }]);
  });
});

describe('secrets of this process', () => {
  it('come back as they were, and never from what was changed or sealed elsewhere', () => {
    const sealed = secrets.seal(secret);
    expect(secrets.open(sealed)).toBe(secret);
    expect(new LocalSecretStore().open(sealed)).toBeUndefined();
    expect(secrets.open(sealed.subarray(0, 20))).toBeUndefined();
    const changed = Uint8Array.from(sealed);
    changed[30] = (changed[30] ?? 0) ^ 1;
    expect(secrets.open(changed)).toBeUndefined();
  });
});
