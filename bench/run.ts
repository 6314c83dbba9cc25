/** `npm run bench [-- name …]`: prints one JSON line a figure. Ratios are taken in one run on one machine. */
import type { BenchFigure } from './figure.ts';

const suites: Readonly<Record<string, () => Promise<{ run: () => Promise<readonly BenchFigure[]> }>>> = {
  forwarding: () => import('./forwarding.ts'),
  trace: () => import('./trace.ts'),
  memory: () => import('./memory.ts'),
  jobs: () => import('./jobs.ts'),
  jobLog: () => import('./jobLog.ts'),
  vmNetworks: () => import('./vmNetworks.ts'),
  natSessions: () => import('./natSessions.ts'),
  projection: () => import('./projection.ts'),
  vmmImport: () => import('./vmmImport.ts'),
  start: () => import('./start.ts'),
  windowLists: () => import('./windowLists.ts'),
};

async function main(): Promise<number> {
  const wanted = process.argv.slice(2);
  const unknown = wanted.filter((name) => !Object.hasOwn(suites, name));
  if (unknown.length > 0) {
    process.stderr.write(`No bench called ${unknown.join(', ')}; there are ${Object.keys(suites).join(', ')}.\n`);
    return 2;
  }
  for (const [name, load] of Object.entries(suites)) {
    if (wanted.length > 0 && !wanted.includes(name)) continue;
    const suite = await load();
    for (const figure of await suite.run()) process.stdout.write(`${JSON.stringify(withVerdict(figure))}\n`);
  }
  return 0;
}

function withVerdict(figure: BenchFigure): BenchFigure & { readonly met?: boolean } {
  if (figure.budget === undefined) return figure;
  return { ...figure, met: figure.atMost === true ? figure.value <= figure.budget : figure.value >= figure.budget };
}

process.exitCode = await main();
