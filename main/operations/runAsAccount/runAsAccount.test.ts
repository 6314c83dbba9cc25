import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ConsoleError, errorCodes, type ErrorName } from '../../../shared/contract/errors.ts';
import type { OperationId } from '../../../shared/contract/operations.ts';
import { LocalSecretStore } from '../../lab/localSecretStore.ts';
import { TestLab } from '../../lab/testing/testLab.ts';
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

  it('refuses a secret that is too long without repeating it', () => {
    const long = secret.repeat(100);
    const problems = test.lab.operations.check('runAsAccount.create', { ...wanted, secret: long });
    expect(problems.length).toBeGreaterThan(0);
    expect(JSON.stringify(problems)).not.toContain(secret);
  });

  it('writes scripts that the catalogue knows and that ask for the secret', () => {
    const { script } = test.lab.operations.script('runAsAccount.create', { ...wanted, kind: 'preSharedKey' });
    // Get-Credential belongs to PowerShell itself, not to the modules of the catalogue.
    expect(catalogueProblems(script)).toEqual(['Get-Credential is not in the catalogue']);
    expect(String(script)).toContain('-NoValidation');
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
