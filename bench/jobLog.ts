/** Export of a long job log in every format: how long it takes, and whether more steps need more memory; and the search over it. */
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import v8 from 'node:v8';
import vm from 'node:vm';
import { runExport } from '../main/export/runExport.ts';
import { makeLargeLog } from '../main/export/testing/largeLog.ts';
import { JobList } from '../main/store/lists/jobList.ts';
import { openStore } from '../main/store/store.ts';
import { exportFormats, exportScopeSchema, type ExportFormat } from '../shared/contract/jobExport.ts';
import { jobListQuerySchema } from '../shared/contract/jobs.ts';
import type { BenchFigure } from './figure.ts';

const steps = 100_000;
const stepsPerChange = 4;
const repetitions = 5;
const scope = exportScopeSchema.parse({ kind: 'filter', scope: 'all' });

v8.setFlagsFromString('--expose-gc');
const collect = vm.runInNewContext('gc') as () => void;

export function run(): Promise<BenchFigure[]> {
  const folder = mkdtempSync(path.join(tmpdir(), 'hnv-bench-'));
  try {
    const databasePath = path.join(folder, 'log.db');
    makeLargeLog(databasePath, { jobs: steps / 50, stepsPerJob: 50, stepsPerChange });
    return Promise.resolve([...exportFormats.flatMap((format) => figuresOf(databasePath, format)), searchFigure(databasePath)]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function figuresOf(databasePath: string, format: ExportFormat): readonly BenchFigure[] {
  const target = path.join(path.dirname(databasePath), 'log');
  const times: number[] = [];
  for (let n = 0; n < repetitions; n += 1) {
    const began = performance.now();
    exportOnce(databasePath, format, target, () => undefined);
    times.push(performance.now() - began);
  }
  const megabytes = Math.round(statSync(target).size / 1024 / 1024);
  const heap: number[] = [];
  exportOnce(databasePath, format, target, () => heap.push(heapInUse()));
  const [first = 0] = heap;
  return [
    { name: `jobLog.export.${format}`, value: Math.round(median(times)), unit: 'ms', note: `${steps} steps, ${steps / stepsPerChange} changes, ${steps / 50} jobs, ${megabytes} MB; read, written and flushed to the disk`, budget: 1000, atMost: true },
    { name: `jobLog.heapGrowth.${format}`, value: Math.round((Math.max(...heap) - first) / 1024), unit: 'KiB', note: 'from the first hundredth of the file to the fullest moment', budget: 2048, atMost: true },
  ];
}

/** `look` is called at every hundredth. */
function exportOnce(databasePath: string, format: ExportFormat, target: string, look: () => void): void {
  let looked = 0;
  runExport(
    { databasePath, scope, format, target, draft: `${target}.part`, exportedAt: '2026-01-01T00:00:00.000Z' },
    {
      isCanceled: () => false,
      progress: (done, total) => {
        const hundredth = Math.floor((100 * done) / total);
        if (hundredth > looked) look();
        looked = Math.max(looked, hundredth);
      },
    },
  );
}

/** What costs most: words that are nowhere, everywhere, one after the other, and too short for the index. */
const searches = ['Tenant 1999', 'address', 'allocate 203.0.113.20 "External pool"', 'no such text', 'zz', '1'];

function searchFigure(databasePath: string): BenchFigure {
  const store = openStore({ path: databasePath });
  try {
    const times = searches.map((filter) => {
      const repeated = Array.from({ length: repetitions }, () => {
        // Another reader each time: a list keeps what it found last.
        const list = new JobList(store.db, () => undefined);
        const query = jobListQuerySchema.parse({ filter });
        const began = performance.now();
        list.list(query);
        return performance.now() - began;
      });
      return median(repeated);
    });
    return { name: 'jobLog.search', value: Math.round(Math.max(...times) * 10) / 10, unit: 'ms', note: `${steps} steps of ${steps / 50} jobs; SQL and first page; slowest of ${searches.length} searches`, budget: 80, atMost: true };
  } finally {
    store.close();
  }
}

function heapInUse(): number {
  collect();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
