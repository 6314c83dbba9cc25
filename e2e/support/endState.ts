/** What a console's database or a scenario leaves: the inventory and the job log, without ids and times. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Lab } from '../../main/lab/lab.ts';
import { inventoryReport } from '../../main/scenario/inventoryReport.ts';
import { runScenario } from '../../main/scenario/run.ts';

export interface EndState {
  readonly inventory: unknown;
  readonly jobs: readonly unknown[];
}

/** `userData`: data folder of a console that has ended. */
export function endState(userData: string): Promise<EndState> {
  return read(path.join(userData, 'console.sqlite'));
}

export async function endStateOfScenario(file: string): Promise<EndState> {
  const folder = await mkdtemp(path.join(tmpdir(), 'hnv-story-'));
  try {
    const databasePath = path.join(folder, 'story.sqlite');
    const passed = await runScenario({ file, databasePath, outputFolder: path.join(folder, 'out'), seed: undefined, say: () => undefined, environment: {} });
    if (!passed) throw new Error(`${file} does not pass`);
    return await read(databasePath);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const everything = { offset: 0, limit: 500, filter: '' };

async function read(databasePath: string): Promise<EndState> {
  const lab = await Lab.open({ databasePath, labsFolder: path.resolve('resources/labs'), owner: 'reader' });
  try {
    const { lists } = lab;
    const networks = lists.logicalNetworks.list(everything).rows;
    const inventory = {
      ...(inventoryReport(lab.snapshot()) as object),
      logicalNetworks: networks.filter(({ kind }) => kind === 'logicalNetwork').map(({ id }) => lab.logicalNetworks.properties(id)),
      pools: networks.filter(({ kind }) => kind === 'ipAddressPool').map(({ id }) => lab.logicalNetworks.pool(id)),
      vmTemplates: lists.vmTemplates.list(everything).rows,
      runAsAccounts: lists.runAsAccounts.list(everything).rows,
      services: lists.networkServices.list(everything).rows,
      compartments: lists.networkServices.list(everything).rows.map(({ id }) => lab.gatewayState(id)),
    };
    const jobs = lists.jobs
      .list({ ...everything, scope: 'all' })
      .rows.map(({ id }) => lists.jobs.get(id))
      .reverse()
      .map(({ name, status, resultName, steps, auditRecords }) => ({ name, status, resultName, steps, auditRecords }));
    return { inventory: withoutIds(inventory), jobs: withoutIds(jobs) as readonly unknown[] };
  } finally {
    lab.close();
  }
}

/** Ids, routing domains and times differ from run to run; whoever works in the window has another name than the runner. */
const different = /^(id|.*Id|.*Ids|.*At|time|.*Time|owner|progress)$/;

/** Also inside texts: a routing domain's name ends with its ID. */
const guid = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;

function withoutIds(value: unknown): unknown {
  if (typeof value === 'string') return value.replace(guid, '(id)');
  if (Array.isArray(value)) return value.map(withoutIds);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).filter(([key]) => !different.test(key)).map(([key, inner]) => [key, withoutIds(inner)]));
}
