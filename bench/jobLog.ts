/** Export of a long job log in every format: how long it takes, and whether more steps need more memory. */
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import v8 from 'node:v8';
import vm from 'node:vm';
import { runExport } from '../main/export/runExport.ts';
import { makeLargeLog } from '../main/export/testing/largeLog.ts';
import { exportFormats, exportScopeSchema, type ExportFormat } from '../shared/contract/jobExport.ts';
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
    return Promise.resolve(exportFormats.flatMap((format) => figuresOf(databasePath, format)));
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

function heapInUse(): number {
  collect();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
