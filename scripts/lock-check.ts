/**
 * `node scripts/lock-check.ts --check`: the lock file must install anywhere. npm drops `"gypfile": false` of better-sqlite3 from the lock
 * whenever it rewrites it, and then builds the binding at `npm ci`, which fails where there is no compiler; the prebuilt one is right.
 * And optional packages that the registry at hand did not have are missing from a lock, which `npm ci` then refuses elsewhere.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { projectRoot } from './runtime/places.ts';
import { runScript, say } from './runtime/report.ts';

const lockSchema = z.object({
  packages: z.record(z.string(), z.object({ gypfile: z.boolean().optional(), optionalDependencies: z.record(z.string(), z.string()).optional() })),
});

await runScript(() => {
  const { packages } = lockSchema.parse(JSON.parse(readFileSync(path.join(projectRoot, 'package-lock.json'), 'utf8')));
  const problems: string[] = [];
  if (packages['node_modules/better-sqlite3']?.gypfile !== false) {
    problems.push('package-lock.json: give "node_modules/better-sqlite3" the line "gypfile": false again, behind "integrity"');
  }
  for (const [name, entry] of Object.entries(packages)) {
    for (const optional of Object.keys(entry.optionalDependencies ?? {})) {
      const isThere = Object.hasOwn(packages, `node_modules/${optional}`) || Object.hasOwn(packages, `${name}/node_modules/${optional}`);
      if (!isThere) problems.push(`package-lock.json: ${name || 'the project'} names ${optional}, which is not in the lock: choose a version that the registry has whole`);
    }
  }
  for (const problem of problems) say(problem);
  return Promise.resolve(problems.length === 0 ? 0 : 1);
});
