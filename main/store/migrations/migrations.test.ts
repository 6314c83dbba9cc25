/** One test for each migration: what it brings, and that a file of the version before keeps its rows. */
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { openDatabase, type Db } from '../database.ts';
import { insertTestFabric } from '../lists/testFabric.ts';
import { chainProblems, logTestJob } from '../jobLog/testChain.ts';
import { checksumOf } from '../migrate.ts';
import { migrations } from './index.ts';

let db: Db;
beforeEach(() => {
  const opened = openDatabase({ path: ':memory:' });
  onTestFinished(() => { opened.close(); });
  db = opened;
});

/** Applies what is missing up to `version`. */
function upTo(version: number): void {
  const done = Number(db.pragma('user_version', { simple: true }));
  for (const migration of migrations) {
    if (migration.version <= done || migration.version > version) continue;
    db.exec(migration.sql);
    migration.fill?.(db);
  }
  db.pragma(`user_version = ${version}`);
}

function refused(sql: string): void {
  expect(() => db.exec(sql)).toThrow(/constraint|append-only|cannot store/i);
}

it('versions grow from 1 and names are unique', () => {
  const versions = migrations.map(({ version }) => version);
  expect(versions[0]).toBe(1);
  expect(versions).toEqual([...new Set(versions)].sort((a, b) => a - b));
  expect(new Set(migrations.map(({ name }) => name)).size).toBe(migrations.length);
  expect(new Set(migrations.map(checksumOf)).size).toBe(migrations.length);
});

describe('1 inventory', () => {
  beforeEach(() => {
    upTo(1);
    insertTestFabric(db);
  });

  it('holds a lab and keeps the rules that rows can keep', () => {
    expect(db.pragma('foreign_key_check')).toEqual([]);
    refused(`INSERT INTO vm_network (id, logical_network_id, name, description, routing_domain_id) VALUES ('x', 'ln-hnv', 'FABRIKAM', '', 'rd-x')`);
    refused(`INSERT INTO vm_network (id, logical_network_id, name, description, routing_domain_id) VALUES ('x', 'no such network', 'X', '', 'rd-x')`);
    refused(`INSERT INTO virtual_subnet VALUES (4095, 'adatum', 1)`);
    refused(`INSERT INTO virtual_subnet VALUES (16777215, 'adatum', 1)`);
    refused(`INSERT INTO ip_address_allocation VALUES ('x', 'pool-ext', (SELECT address FROM ip_address_allocation WHERE id = 'al-nat'), 'VIP', 'x', '')`);
    refused(`INSERT INTO ip_address_pool (id, network_site_subnet_id, vm_subnet_id, name, description, range_start, range_end) VALUES ('x', NULL, NULL, 'X', '', 1, 2)`);
    refused(`INSERT INTO ip_address_pool (id, network_site_subnet_id, vm_subnet_id, name, description, range_start, range_end) VALUES ('x', 'sub-ext', NULL, 'X', '', 2, 1)`);
    refused(`UPDATE vm_network_gateway SET compartment_id = 1`);
    refused(`UPDATE network_service SET max_vm_networks = 101`);
    refused(`UPDATE host SET nic_mac = 'text'`);
    refused(`DELETE FROM vm_network WHERE id = 'fabrikam'`);
    refused(`DELETE FROM host_group WHERE id = 'dc'`);
  });

  it('allows only one root host group of a name', () => {
    refused(`INSERT INTO host_group VALUES ('x', NULL, 'all hosts')`);
    refused(`INSERT INTO host_group VALUES ('x', 'all', 'contoso-dc')`);
  });
});

describe('2 jobs', () => {
  it('adds jobs to an inventory, with audit records that nobody can change', () => {
    upTo(1);
    insertTestFabric(db);
    upTo(2);
    expect(db.prepare('SELECT count(*) FROM vm_network').pluck().get()).toBe(3);
    db.exec(`
      INSERT INTO job (id, sequence, operation_id, input, name, status, owner, created_at) VALUES ('j', 1, 'o', '{}', 'Job', 'Running', 'me', 't');
      INSERT INTO job_step (id, job_id, ordinal, key, number, name, is_group, status) VALUES ('s', 'j', 0, 'k', '1', 'Step', 0, 'Running');
      INSERT INTO audit_record (job_id, job_step_id, time, object_type, object_id, object_name, property) VALUES ('j', 's', 't', 'VMNetwork', 'n', 'N', 'p');`);
    refused(`UPDATE audit_record SET property = 'other'`);
    refused(`DELETE FROM audit_record`);
    refused(`DELETE FROM job_step`);
    refused(`UPDATE job SET status = 'Done'`);
    refused(`INSERT INTO job_step (id, job_id, ordinal, key, number, name, is_group, status) VALUES ('t', 'j', 1, 'k', '2', 'Same key', 0, 'Running')`);
  });
});

describe('3 list-order', () => {
  it('takes over what is in the file', () => {
    upTo(2);
    insertTestFabric(db);
    upTo(3);
    expect(db.prepare('SELECT name, gateway_connection, virtual_machines FROM vm_network_order ORDER BY name').all()).toEqual([
      { name: 'Adatum', gateway_connection: null, virtual_machines: 1 },
      { name: 'Fabrikam', gateway_connection: 'Gateway01 (NAT)', virtual_machines: 1 },
      { name: 'Lonely_100%', gateway_connection: null, virtual_machines: 0 },
    ]);
    expect(db.prepare(`SELECT shown_text FROM virtual_machine_order WHERE id = 'vm1'`).pluck().get()).toBe(
      'Fabrikam-VM01\nHyperV01.contoso.lab\nFabrikam\n10.30.1.4\n00-15-5D-01-02-03');
  });

  it('has an index for every order, read alone and without sorting', () => {
    upTo(3);
    const orders = {
      vm_network_order: ['logical_network', 'first_subnet', 'gateway_connection', 'external_address', 'virtual_machines'],
      virtual_machine_order: ['host', 'vm_network', 'address', 'role', 'running'],
    };
    for (const [table, columns] of Object.entries(orders)) {
      for (const order of ['name', 'name DESC', ...columns.flatMap((column) => [`${column}, name`, `${column} DESC, name DESC`])]) {
        const steps = db.prepare<[], { detail: string }>(`EXPLAIN QUERY PLAN SELECT o.key FROM ${table} o WHERE 1 ORDER BY ${order}`).all();
        expect(steps.map((step) => step.detail), order).toEqual([expect.stringContaining('USING COVERING INDEX')]);
      }
    }
  });

  it('keeps its numbers through VACUUM, which may renumber others', () => {
    upTo(3);
    insertTestFabric(db);
    db.exec(`DELETE FROM vm_network WHERE id = 'lonely'; INSERT INTO vm_network (id, logical_network_id, name, description, routing_domain_id) VALUES ('z', 'ln-hnv', 'Z', '', 'rd-z'); DELETE FROM virtual_machine WHERE id = 'vm2'`);
    const keys = () => db.prepare('SELECT key, id FROM vm_network_order UNION ALL SELECT key, id FROM virtual_machine_order ORDER BY id').all();
    const before = keys();
    db.exec('VACUUM');
    expect(keys()).toEqual(before);
  });
});

describe('4 library', () => {
  it('adds a library to a lab; a template\'s adapter outlives its VM network as not connected', () => {
    upTo(3);
    insertTestFabric(db);
    upTo(4);
    db.exec(`
      INSERT INTO library_image VALUES ('i', 'a.vhdx', 'S', 'P', 'OS', 2, 1);
      INSERT INTO vm_template VALUES ('t', 'T', '', 'i', 2, 2048, 1);
      INSERT INTO vm_template_adapter VALUES ('t', 0, 'lonely', NULL), ('t', 1, NULL, 'ln-ext');
      INSERT INTO service_template VALUES ('s', 'S', '', 't');`);
    refused(`INSERT INTO library_image VALUES ('j', 'A.VHDX', 'S', 'Q', 'OS', 2, 1)`);
    refused(`INSERT INTO vm_template VALUES ('u', 't', '', 'i', 2, 2048, 1)`);
    refused(`INSERT INTO vm_template VALUES ('u', 'U', '', 'i', 3, 2048, 1)`);
    refused(`INSERT INTO vm_template_adapter VALUES ('t', 2, 'adatum', 'ln-ext')`);
    refused(`INSERT INTO vm_template_adapter VALUES ('t', 8, NULL, NULL)`);
    refused(`DELETE FROM library_image WHERE id = 'i'`);
    refused(`DELETE FROM vm_template WHERE id = 't'`);
    db.exec(`DELETE FROM vm_network WHERE id = 'lonely'`);
    expect(db.prepare('SELECT vm_network_id, logical_network_id FROM vm_template_adapter ORDER BY slot').raw().all()).toEqual([[null, null], [null, 'ln-ext']]);
  });
});

describe('5 host-account', () => {
  it('leaves hosts without an account, and keeps an account that a host works with', () => {
    upTo(4);
    insertTestFabric(db);
    upTo(5);
    expect(db.prepare('SELECT count(*) FROM host WHERE run_as_account_id IS NULL').pluck().get()).toBe(3);
    refused(`UPDATE host SET run_as_account_id = 'nobody'`);
    db.exec(`UPDATE host SET run_as_account_id = 'raa2' WHERE id = 'h1'`);
    refused(`DELETE FROM run_as_account WHERE id = 'raa2'`);
  });
});

describe('12 job-log-chain', () => {
  it('chains what is in the file, steps, changes and ends of jobs, and lets nobody change it', () => {
    upTo(10);
    logTestJob(db, 'j1', 'Completed');
    logTestJob(db, 'j2', 'Running');
    upTo(20);
    // Of each job a step that ended and a change; of the first its end too. Its group and the step that runs are no records.
    expect(db.prepare('SELECT job_id, kind FROM job_log_record ORDER BY sequence').raw().all()).toEqual([['j1', 'auditRecord'], ['j1', 'step'], ['j1', 'job'], ['j2', 'auditRecord'], ['j2', 'step']]);
    expect(chainProblems(db)).toEqual([]);
    refused(`UPDATE job_log_record SET record = '{}'`);
    refused(`DELETE FROM job_log_record`);
    refused(`INSERT INTO job_log_record VALUES (99, 'j1', 'step', '{}', x'00')`);
  });
});

describe('16 job-search-and-skip', () => {
  it('finds every word of a job that had ended before, none of one that runs, and nothing was skipped', () => {
    upTo(12);
    logTestJob(db, 'j1', 'Completed');
    logTestJob(db, 'j2', 'Running');
    db.exec(`UPDATE job SET error = '{"code":"HNV-3004","message":"It stopped.","recommendedAction":"Restart it."}'; UPDATE job_step SET message = 'Took 203.0.113.20'`);
    upTo(16);
    const found = (word: string) => db.prepare<[string], string>(`SELECT id FROM job WHERE sequence IN (SELECT rowid FROM job_search WHERE job_search MATCH ?)`).pluck().all(`"${word}"`);
    for (const word of ['Job j1', 'HNV-3004', 'it stopped', 'restart it', 'Group', 'Step', 'Next', '203.0.113.20']) expect([word, found(word)]).toEqual([word, ['j1']]);
    expect(found('Job j2')).toEqual([]);
    expect(found('GroupStep')).toEqual([]);
    expect(db.prepare('SELECT sum(is_skippable), sum(is_skipped) FROM job_step').raw().get()).toEqual([0, 0]);
    refused('UPDATE job_step SET is_skipped = 2');
  });
});

describe('17 job-scripts', () => {
  it('leaves jobs that are older without a script, and keeps of each pair one, and no undo of itself', () => {
    upTo(12);
    logTestJob(db, 'j1', 'Completed');
    logTestJob(db, 'j2', 'Completed');
    upTo(17);
    expect(db.prepare('SELECT count(*) FROM job_script').pluck().get()).toBe(0);
    db.exec(`INSERT INTO job_script VALUES ('j1', 'Get-X', NULL, NULL, 'gone')`);
    refused(`INSERT INTO job_script VALUES ('j2', 'Get-X', 'and why not', NULL, 'gone')`);
    refused(`INSERT INTO job_script VALUES ('j2', NULL, 'none', NULL, NULL)`);
    refused(`INSERT INTO job_script VALUES ('nobody', 'Get-X', NULL, '{}', NULL)`);
    refused(`INSERT INTO job_undo VALUES ('j1', 'j1')`);
    db.exec(`INSERT INTO job_undo VALUES ('j2', 'j1')`);
    refused(`INSERT INTO job_undo VALUES ('j2', 'j1')`);
  });
});

describe('18 lab-snapshots', () => {
  it('lists snapshots by a name of their own', () => {
    upTo(18);
    const insert = (id: string, name: string, automatic: number) => `INSERT INTO lab_snapshot (id, name, is_automatic, created_at, bytes, jobs) VALUES ('${id}', '${name}', ${automatic}, '2026-01-01T00:00:00.000Z', 1, 1)`;
    db.exec(insert('a', 'First', 0));
    refused(insert('b', 'FIRST', 0));
    refused(insert('b', 'Second', 2));
  });
});

describe('19 nat-external-addresses', () => {
  it('leaves rules at the first address, and takes a port once at each address', () => {
    upTo(3);
    insertTestFabric(db);
    upTo(18);
    const rule = (id: string, at: string, port = 443) => `INSERT INTO nat_rule (id, nat_connection_id, nat_external_address_id, name, protocol, external_port, internal_address, internal_port) VALUES ('${id}', 'nat1', ${at}, '${id}', 'TCP', ${port}, 1, 443)`;
    db.exec(`INSERT INTO nat_rule VALUES ('old', 'nat1', 'Old', 'TCP', 443, 7, 8443)`);
    upTo(19);
    expect(db.prepare('SELECT id, nat_external_address_id, name, protocol, external_port, internal_address, internal_port FROM nat_rule').raw().all()).toEqual([['old', null, 'Old', 'TCP', 443, 7, 8443]]);
    refused(rule('new', 'NULL'));
    db.exec(`INSERT INTO ip_address_allocation VALUES ('al-2', 'pool-ext', 99, 'NATConnection', 'nat1', ''); INSERT INTO nat_external_address VALUES ('e2', 'nat1', 1, 'al-2')`);
    db.exec(rule('new', `'e2'`));
    refused(rule('newer', `'e2'`));
    refused(rule('newer', `'nobody'`, 80));
    refused(`DELETE FROM nat_external_address`);
    refused(`DELETE FROM ip_address_allocation WHERE id = 'al-2'`);
    refused(`INSERT INTO nat_external_address VALUES ('e3', 'nat1', 1, 'al-nat')`);
    db.exec(`DELETE FROM nat_connection WHERE id = 'nat1'`);
    expect(db.prepare('SELECT (SELECT count(*) FROM nat_rule), (SELECT count(*) FROM nat_external_address)').raw().get()).toEqual([0, 0]);
  });
});

describe('20 list-order-parts', () => {
  it('leaves what lists are sorted and searched by as it was, and follows what comes and goes from there on', () => {
    upTo(2);
    insertTestFabric(db);
    upTo(19);
    const orders = () => db.prepare('SELECT * FROM vm_network_order ORDER BY id').all();
    const before = orders();
    upTo(20);
    expect(orders()).toEqual(before);
    const fabrikam = () => db.prepare(`SELECT gateway_connection AS connection, external_address IS NULL AS isInside, virtual_machines AS machines, shown_text AS text FROM vm_network_order WHERE id = 'fabrikam'`).get();
    db.exec(`DELETE FROM nat_connection; DELETE FROM virtual_network_adapter WHERE vm_subnet_id IS NOT NULL`);
    expect(fabrikam()).toMatchObject({ connection: 'Gateway01', isInside: 1, machines: 0, text: expect.stringMatching(/\nGateway01\n$/) as string });
    db.exec(`INSERT INTO nat_connection (id, vm_network_gateway_id, name, ip_address_allocation_id, port_start, port_end) VALUES ('again', 'g1', 'Again', 'al-nat', 1, 49151)`);
    expect(fabrikam()).toMatchObject({ connection: 'Gateway01 (NAT)', isInside: 0, text: expect.stringMatching(/\nGateway01 \(NAT\)\n203\.0\.113\.10$/) as string });
  });
});
