/** What a run leaves in its output folder. */
import { closeSync, mkdirSync, openSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { JobDetails } from '../../shared/contract/jobs.ts';
import type { FinishedCapture } from '../lab/captures.ts';
import type { Lab } from '../lab/lab.ts';
import { inventoryReport } from './inventoryReport.ts';

/** The recording of the whole run. */
export const wholeCapture = 'capture.pcapng';

/** Jobs read at a time. */
const pageSize = 500;

export function writeOutputs(folder: string, lab: Lab, result: unknown, captures: ReadonlyMap<string, FinishedCapture>): void {
  mkdirSync(folder, { recursive: true });
  const snapshot = lab.snapshot();
  writeJson(folder, 'result.json', result);
  writeJson(folder, 'jobs.json', allJobs(lab));
  writeJson(folder, 'inventory.json', inventoryReport(snapshot));
  writeJson(folder, 'compartments.json', snapshot.networkServices.map(({ id }) => lab.gatewayState(id)));
  // One of an earlier run would pass for this run's.
  if (!captures.has(wholeCapture)) rmSync(join(folder, wholeCapture), { force: true });
  for (const [name, capture] of captures) writeCapture(join(folder, name), capture);
}

function writeJson(folder: string, name: string, content: unknown): void {
  writeFileSync(join(folder, name), `${JSON.stringify(content, null, 2)}\n`);
}

/** Oldest first. */
function allJobs(lab: Lab): readonly JobDetails[] {
  const ids: string[] = [];
  for (;;) {
    const { rows, total } = lab.lists.jobs.list({ offset: ids.length, limit: pageSize, filter: '', scope: 'all' });
    ids.push(...rows.map(({ id }) => id));
    if (rows.length === 0 || ids.length >= total) break;
  }
  return ids.reverse().map((id) => lab.lists.jobs.get(id));
}

function writeCapture(file: string, { blocks }: FinishedCapture): void {
  const descriptor = openSync(file, 'w');
  try {
    for (const block of blocks) writeSync(descriptor, block);
  } finally {
    closeSync(descriptor);
  }
}
