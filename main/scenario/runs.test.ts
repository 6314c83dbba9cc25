import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { ScenarioRunState } from '../../shared/contract/scenarios.ts';
import { ScenarioRuns } from './runs.ts';
import { ScenarioFolder } from './testing/scenarioFolder.ts';
import { scenarioWorkerSource } from './testing/workerFile.ts';

const labsFolder = path.resolve(import.meta.dirname, '../../resources/labs');
let folder: ScenarioFolder;
let runs: ScenarioRuns;
let faults: unknown[];

beforeEach(() => {
  folder = new ScenarioFolder();
  faults = [];
  runs = new ScenarioRuns({ workerFile: scenarioWorkerSource, labsFolder, nativeBinding: undefined, temporaryFolder: folder.path, now: () => performance.now(), reportFault: (error) => faults.push(error) });
});
afterEach(() => {
  runs.close();
  folder.dispose();
});

const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5));

async function until(id: string, holds: (state: ScenarioRunState) => boolean): Promise<ScenarioRunState> {
  for (;;) {
    const state = runs.state(id);
    if (holds(state)) return state;
    await pause();
  }
}

async function eventually(holds: () => boolean): Promise<void> {
  while (!holds()) await pause();
}

const ended = ({ status }: ScenarioRunState): boolean => status !== 'running';
const foldersOfRuns = (): readonly string[] => readdirSync(folder.path).filter((name) => name.startsWith('hnv-run-'));

it('plays a file beside everything else, and tells each step as it goes', async () => {
  const id = runs.start(folder.steps('  - name: a moment', '    advance: 2s', '  - { ping: { from: Fabrikam-VM01, to: 192.0.2.80, count: 1 }, expect: { received: 1 } }'));
  const loaded = await until(id, ({ total }) => total > 0);
  expect(loaded).toMatchObject({ title: 'A test', total: 2 });
  const state = await until(id, ended);
  expect(state).toMatchObject({ status: 'failed', problem: null, total: 2, done: 2, failed: 1 });
  expect(state.steps).toMatchObject([
    { number: 1, line: 3, kind: 'advance', title: 'a moment', state: 'passed', failures: [] },
    { number: 2, line: 5, kind: 'ping', title: 'ping 192.0.2.80 from Fabrikam-VM01', state: 'failed', failures: ['received: expected 1, got 0'] },
  ]);
  expect(JSON.parse(runs.result(id, 'json'))).toMatchObject({ outcome: 'failed' });
  expect(runs.result(id, 'junit')).toContain('<testcase');
});

it('a bad file is a place and a reason, without a result', async () => {
  const id = runs.start(folder.steps('  - advance: 1s', '  - do: vmNetwork.conect'));
  const state = await until(id, ended);
  expect(state).toMatchObject({ status: 'invalid', problem: expect.stringMatching(/scenario\.yaml:4: .*vmNetwork\.conect/) as string });
  expect(() => runs.result(id, 'json')).toThrow('There is no result');
  const gone = await until(runs.start(folder.in('nowhere.yaml')), ended);
  expect(gone.problem).toContain('there is no such file');
  expect(faults).toEqual([]);
});

it('is canceled in the middle, and leaves nothing behind', async () => {
  const id = runs.start(folder.steps('  - { ping: { from: Fabrikam-VM01, to: 192.0.2.80, count: 1000 } }', '  - { ping: { from: Fabrikam-VM01, to: 192.0.2.80, count: 1000 } }', ...Array.from({ length: 500 }, () => '  - { ping: { from: Fabrikam-VM01, to: 192.0.2.80, count: 1000 } }')));
  await until(id, ({ steps }) => steps.some(({ state }) => state === 'running'));
  runs.cancel(id);
  expect(runs.state(id)).toMatchObject({ status: 'canceled', total: 502 });
  expect(runs.state(id).steps.length).toBeLessThanOrEqual(300);
  runs.close();
  await eventually(() => foldersOfRuns().length === 0);
  expect(() => runs.state(id)).toThrow('There is no result');
});

it('the thread that cannot start is a fault in words', async () => {
  const broken = new ScenarioRuns({ workerFile: folder.in('nothing.js'), labsFolder, nativeBinding: undefined, now: () => 0, reportFault: (error) => faults.push(error) });
  const id = broken.start(folder.steps('  - advance: 1s'));
  while (broken.state(id).status === 'running') await pause();
  expect(broken.state(id)).toMatchObject({ status: 'broken', problem: expect.stringContaining('The scenario runner failed') as string });
  expect(faults).toHaveLength(1);
  broken.close();
  expect(existsSync(folder.in('nothing.js'))).toBe(false);
});
