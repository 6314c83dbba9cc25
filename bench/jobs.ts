/** Job round trip, and lists over 100,000 rows, on a real file. */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { JobPlan } from '../main/jobs/plan.ts';
import { JobRunner } from '../main/jobs/runner.ts';
import { openStore, type Store } from '../main/store/store.ts';
import { vmNetworkListQuerySchema } from '../shared/contract/inventory.ts';
import { insertFabric } from './fabricRows.ts';
import type { BenchFigure } from './figure.ts';

const roundTrips = 500;
const rows = 100_000;
const repetitions = 15;

export async function run(): Promise<BenchFigure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'hnv-bench-'));
  try {
    return [...(await jobFigures(join(folder, 'jobs.db'))), ...listFigures(join(folder, 'lists.db'))];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** From `start` to the end of a job of five steps that write a row and an audit record each. */
async function jobFigures(path: string): Promise<BenchFigure[]> {
  const store = openStore({ path });
  try {
    const runner = runnerOf(store);
    const times: number[] = [];
    for (let n = 0; n < roundTrips; n++) {
      const began = performance.now();
      await runner.waitFor(runner.start('bench.accounts', { n }, planOf(store, n)));
      times.push(performance.now() - began);
    }
    const note = `${roundTrips} jobs of 5 steps, one transaction a step, file database`;
    return [
      { name: 'job round trip p50', value: round(percentile(times, 0.5)), unit: 'ms', note },
      { name: 'job round trip p99', value: round(percentile(times, 0.99)), unit: 'ms', note },
    ];
  } finally {
    store.close();
  }
}

function runnerOf(store: Store): JobRunner {
  return new JobRunner({
    repository: store.jobs,
    inventory: store.inventory,
    planner: () => planOf(store, 0),
    owner: 'bench',
    clock: () => new Date(),
    newId: randomUUID,
    onChange: () => undefined,
    afterStep: () => undefined,
  });
}

function planOf(store: Store, n: number): JobPlan {
  const insert = store.db.prepare('INSERT INTO run_as_account (id, name, kind, user_name) VALUES (?, ?, ?, ?)');
  const steps = [1, 2, 3, 4, 5].map((step) => ({
    key: `step${step}`,
    number: String(step),
    name: `Step ${step}`,
    run: () => {
      insert.run(randomUUID(), `Account ${n}/${step}`, 'credential', 'user');
      return { output: step };
    },
  }));
  return { name: 'Bench', resultType: 'RunAsAccount', resultId: null, resultName: '', locks: ['bench'], steps };
}

type Query = Parameters<Store['lists']['vmNetworks']['list']>[0];

function listFigures(path: string): BenchFigure[] {
  const store = openStore({ path });
  try {
    insertFabric(store.db, rows);
    const touch = store.db.prepare(`INSERT INTO lab VALUES (1, 'bench', 1, '') ON CONFLICT DO UPDATE SET seed = seed + 1`);
    const list = (input: object) => store.lists.vmNetworks.list(vmNetworkListQuerySchema.parse(input));
    const columns = ['name', 'logicalNetwork', 'subnets', 'gatewayConnection', 'externalAddress', 'virtualMachines'] as const;
    // A write ends the kept order; so every sort and search is done from nothing.
    const fresh = (input: Partial<Query>) => median(() => { touch.run(); }, () => list(input));
    const sorts = columns.flatMap((column) => (['asc', 'desc'] as const).map((direction) => fresh({ sort: { column, direction } })));
    const filters = ['77', 'tenant', '10.30.', 'nat)', 'no such text'].map((filter) => fresh({ filter }));
    const page = median(() => undefined, (n) => list({ sort: { column: 'externalAddress', direction: 'desc' }, offset: (n * 7_001) % rows, limit: 200 }));
    const note = `${rows} VM networks with NAT through ${rows / 100} gateways; SQL and first page of 200 rows; slowest of all`;
    return [
      { name: 'list sort', value: round(Math.max(...sorts)), unit: 'ms', note: `${note} columns, both ways`, budget: 150, atMost: true },
      { name: 'list filter', value: round(Math.max(...filters)), unit: 'ms', note: `${note} searches`, budget: 80, atMost: true },
      { name: 'list page', value: round(page), unit: 'ms', note: 'any page of a sorted list', budget: 50, atMost: true },
    ];
  } finally {
    store.close();
  }
}

function median(prepare: () => void, work: (n: number) => unknown): number {
  const times: number[] = [];
  for (let n = 0; n < repetitions; n++) {
    prepare();
    const began = performance.now();
    work(n);
    times.push(performance.now() - began);
  }
  return percentile(times, 0.5);
}

function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
