/** Snapshots of the whole lab: taken, compared, restored and deleted as jobs. */
import { copyFileSync, existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { errorCodes } from '../../../shared/contract/errors.ts';
import type { OperationId } from '../../../shared/contract/operations.ts';
import { Lab } from '../../lab/lab.ts';
import { TestLab } from '../../lab/testing/testLab.ts';
import { openDatabase } from '../../store/database.ts';
import { chainProblems } from '../../store/jobLog/testChain.ts';
import { applicationId, migrate } from '../../store/migrate.ts';
import { migrations } from '../../store/migrations/index.ts';
import { inventoryTables } from '../../store/snapshots/replaceInventory.ts';

let test: TestLab;
beforeEach(async () => {
  test = new TestLab();
  await test.open();
});
afterEach(() => { test.dispose(); });

const all = { offset: 0, limit: 500, filter: '' };
const folder = () => `${test.databasePath}.snapshots`;
const rows = () => test.lab.lists.snapshots.list(all).rows;
const idOf = (name: string) => rows().find((row) => row.name === name)?.id ?? '';

async function run(operationId: OperationId, input: unknown) {
  const id = test.lab.operations.start(operationId, input);
  await test.lab.jobs.waitFor(id);
  return test.lab.lists.jobs.get(id);
}

const create = (name: string) => run('snapshot.create', { name });
const codes = (operationId: OperationId, input: unknown) => test.lab.operations.check(operationId, input).map(({ code }) => code);

/** The job log as the file has it now. */
function log<T>(read: (db: ReturnType<typeof openDatabase>) => T): T {
  const db = openDatabase({ path: test.databasePath, readonly: true });
  try {
    return read(db);
  } finally {
    db.close();
  }
}

describe('a snapshot', () => {
  it('is listed with its size, its time and the jobs until then, and lies beside the database', async () => {
    expect(await create('Before NAT')).toMatchObject({ status: 'Completed', auditRecords: [{ objectType: 'LabSnapshot', property: 'Name', newValue: 'Before NAT' }, { property: 'Size' }] });
    // The job that opened the lab, and the one that took the snapshot.
    expect(rows()).toMatchObject([{ name: 'Before NAT', isAutomatic: false, jobs: 2 }]);
    expect(readdirSync(folder())).toEqual([`${idOf('Before NAT')}.sqlite`]);
    expect(rows()[0]?.bytes).toBeGreaterThan(100_000);
  });

  it('needs a name of its own', async () => {
    await create('First');
    expect(codes('snapshot.create', { name: 'FIRST' })).toEqual([errorCodes.nameInUse]);
    expect(codes('snapshot.create', { name: ' ' })).toEqual([errorCodes.invalidInput]);
    expect(codes('snapshot.create', { name: 'x'.repeat(129) })).toEqual([errorCodes.invalidInput]);
    expect(codes('snapshot.restore', { snapshot: 'Second' })).toEqual([errorCodes.objectNotFound]);
  });

  it('tells object by object what differs from now, and from another snapshot', async () => {
    await create('Before');
    await test.nat('Fabrikam', '203.0.113.20');
    await run('runAsAccount.create', { name: 'New', userName: 'new', secret: 'x' });
    await create('After');
    const expected = expect.arrayContaining([
      expect.objectContaining({ change: 'changed', kind: 'VM network', name: 'Fabrikam', property: 'Gateway › NAT › Address', before: null, after: '203.0.113.20' }),
      expect.objectContaining({ change: 'added', kind: 'Run As account', name: 'New', property: '' }),
      expect.objectContaining({ change: 'added', kind: 'Provider address' }),
    ]) as unknown;
    expect(test.lab.files.differences({ ...all, id: idOf('Before') }).rows).toEqual(expected);
    expect(test.lab.files.differences({ ...all, id: idOf('Before'), other: idOf('After') }).rows).toEqual(expected);
    expect(test.lab.files.differences({ ...all, id: idOf('After') })).toEqual({ rows: [], total: 0, unfilteredTotal: 0 });
    const back = test.lab.files.differences({ ...all, id: idOf('After'), other: idOf('Before') });
    expect(back.rows).toContainEqual(expect.objectContaining({ change: 'removed', kind: 'Run As account', name: 'New' }));
    const found = test.lab.files.differences({ ...all, filter: 'run as', sort: { column: 'name', direction: 'desc' }, id: idOf('Before') });
    expect(found.rows.map(({ name }) => name)).toEqual(['New']);
    expect(found.unfilteredTotal).toBe(back.unfilteredTotal);
  });

  it('restored, gives the very inventory and simulation back, and the job log goes on', async () => {
    await test.nat('Adatum', '203.0.113.30');
    await create('With NAT of Adatum');
    const before = test.lab.snapshot();
    expect(test.repliesTo('Adatum-VM01')).toBe(1);
    await test.setConnectivity({ vmNetwork: 'Adatum', directConnection: null });
    await test.nat('Fabrikam');
    await run('hostGroup.create', { name: 'Later' });
    expect(test.repliesTo('Adatum-VM01')).toBe(0);
    const jobs = test.lab.lists.jobs.list({ ...all, scope: 'all' }).total;

    const job = await run('snapshot.restore', { snapshot: 'With NAT of Adatum' });
    expect(job).toMatchObject({ status: 'Completed', error: null });
    expect(job.auditRecords).toContainEqual(expect.objectContaining({ objectType: 'Host group', objectName: 'Later', property: 'Name', previousValue: 'Later', newValue: null }));
    expect(test.lab.snapshot()).toEqual(before);
    expect(test.repliesTo('Adatum-VM01')).toBe(1);
    expect(test.repliesTo('Fabrikam-VM01')).toBe(0);
    expect(test.lab.lists.vmNetworks.list({ ...all, filter: '203.0.113.30' }).rows.map(({ name }) => name)).toEqual(['Adatum']);
    expect(test.lab.lists.jobs.list({ ...all, scope: 'all' }).total).toBe(jobs + 1);
    expect(log(chainProblems)).toEqual([]);
    expect(log((db) => db.pragma('foreign_key_check'))).toEqual([]);

    // What was there before can be had back too.
    const kept = rows().find(({ isAutomatic }) => isAutomatic);
    expect(kept?.name).toMatch(/^Before restoring With NAT of Adatum, /);
    await run('snapshot.restore', { snapshot: kept?.id });
    expect(test.externalAddress('Fabrikam')).not.toBeNull();
    expect(readdirSync(test.folder).filter((name) => name.includes('.tmp'))).toEqual([]);
  });

  it('restored, leaves the lists as if everything had been made anew', async () => {
    await create('Whole');
    const lists = () => ({ networks: test.lab.lists.vmNetworks.list(all), machines: test.lab.lists.virtualMachines.list(all) });
    const before = lists();
    await test.nat('Adatum');
    await run('snapshot.restore', { snapshot: 'Whole' });
    expect(lists()).toEqual(before);
  });

  it('of an older console is brought to the schema of today when it is restored', async () => {
    await create('Old');
    const file = path.join(folder(), `${idOf('Old')}.sqlite`);
    rmSync(file);
    const old = openDatabase({ path: file });
    old.pragma(`application_id = ${applicationId}`);
    migrate(old, file, migrations.filter(({ version }) => version <= 1), () => new Date());
    old.exec(`INSERT INTO host_group (id, parent_id, name) VALUES ('g', NULL, 'From long ago')`);
    old.close();
    expect(await run('snapshot.restore', { snapshot: 'Old' })).toMatchObject({ status: 'Completed' });
    expect(test.lab.lists.inventoryTree.read().hostGroups.map(({ name }) => name)).toEqual(['From long ago']);
    expect(readdirSync(test.folder).filter((name) => /tmp|before-v/.test(name))).toEqual([]);
  });

  it('whose file is damaged or gone is refused, and nothing changes', async () => {
    await create('Damaged');
    const before = test.lab.snapshot();
    const file = path.join(folder(), `${idOf('Damaged')}.sqlite`);
    writeFileSync(file, 'no database');
    expect(await run('snapshot.restore', { snapshot: 'Damaged' })).toMatchObject({ status: 'Failed', error: { code: errorCodes.databaseCorrupt } });
    expect(test.lab.snapshot()).toEqual(before);
    rmSync(file);
    expect(codes('snapshot.restore', { snapshot: 'Damaged' })).toEqual([errorCodes.snapshotMissing]);
    expect(() => test.lab.files.differences({ ...all, id: idOf('Damaged') })).toThrow(/is gone/);
  });

  it('deleted, takes its file along; a file that nothing lists goes when the database is opened', async () => {
    await create('Short-lived');
    await create('Kept');
    const kept = `${idOf('Kept')}.sqlite`;
    const stray = path.join(folder(), '01234567-89ab-4cde-8f01-23456789abcd.sqlite.part');
    expect(await run('snapshot.delete', { snapshot: 'Short-lived' })).toMatchObject({ status: 'Completed' });
    expect(readdirSync(folder())).toEqual([kept]);
    test.close();
    copyFileSync(path.join(folder(), kept), stray);
    writeFileSync(`${test.databasePath}.0123456789ab.tmp`, '');
    await test.open();
    expect(readdirSync(folder())).toEqual([kept]);
    expect(existsSync(`${test.databasePath}.0123456789ab.tmp`)).toBe(false);
    expect(rows().map(({ name }) => name)).toEqual(['Kept']);
  });

  it('is not to be had of a lab in memory', async () => {
    const lab = await Lab.open({ databasePath: ':memory:', labsFolder: path.resolve(import.meta.dirname, '../../../resources/labs'), owner: 'tester' });
    const id = lab.operations.start('snapshot.create', { name: 'X' });
    await lab.jobs.waitFor(id);
    expect(lab.lists.jobs.get(id)).toMatchObject({ status: 'Failed', error: { code: errorCodes.databaseUnavailable } });
    lab.close();
  });
});

it('replaces these tables, and no others: whoever adds one decides here and in replaceInventory.ts', () => {
  expect([...log(inventoryTables)].sort()).toEqual([
    'bgp_peer', 'external_host', 'external_router', 'guest_cluster', 'host', 'host_cluster', 'host_group', 'ip_address_allocation', 'ip_address_pool', 'ip_address_pool_gateway',
    'ip_address_pool_reservation', 'ip_address_pool_search_suffix', 'ip_address_pool_server', 'lab', 'library_image', 'logical_network', 'logical_switch', 'mac_address_pool',
    'mac_address_pool_host_group', 'nat_connection', 'nat_external_address', 'nat_rule', 'network_connection', 'network_service', 'network_service_host_group', 'network_site', 'network_site_host_group',
    'network_site_subnet', 'provider_address', 'run_as_account', 'service_template', 'uplink_port_profile', 'uplink_port_profile_site', 'virtual_machine', 'virtual_network_adapter',
    'virtual_subnet', 'virtual_switch', 'vm_network', 'vm_network_gateway', 'vm_subnet', 'vm_template', 'vm_template_adapter', 'vpn_connection', 'vpn_device', 'vpn_device_host', 'vpn_route',
  ]);
});
