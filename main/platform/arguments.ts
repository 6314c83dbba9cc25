/** The console's own command-line switches. */
import { z } from 'zod';

const switchesSchema = z.object({
  /** Database file; left out, `console.sqlite` in the user's data folder. */
  database: z.string().min(1).optional(),
  /** Milliseconds that the job runner waits between steps, so that an operator sees them run. */
  jobPace: z.coerce.number().int().min(0).max(60_000).default(150),
  /** Name of the lab that a new database opens with (`resources/labs`), or `none`. */
  lab: z.string().regex(/^[a-z0-9][a-z0-9-]*$/i, 'it is a name of letters, digits and hyphens.').default('contoso'),
  gateway: z.enum(['connected', 'absent']).default('connected'),
});
export type Switches = z.infer<typeof switchesSchema>;

const names: Readonly<Record<string, keyof Switches>> = {
  database: 'database',
  'job-pace': 'jobPace',
  lab: 'lab',
  gateway: 'gateway',
};

export const switchHelp = 'Known switches: --database=FILE, --job-pace=MILLISECONDS, --lab=NAME|none, --gateway=connected|absent.';

/** Reads `--name=value`; Chromium's own switches pass by. Throws RangeError with a sentence for a bad value. */
export function parseSwitches(argv: readonly string[]): Switches {
  const given: Record<string, string> = {};
  for (const argument of argv) {
    const match = /^--([a-z-]+)=(.*)$/.exec(argument);
    const key = match?.[1] === undefined ? undefined : names[match[1]];
    if (key !== undefined) given[key] = match?.[2] ?? '';
  }
  const result = switchesSchema.safeParse(given);
  if (result.success) return result.data;
  const first = result.error.issues[0];
  throw new RangeError(`The switch for ${String(first?.path[0] ?? 'the console')} is wrong: ${first?.message ?? ''} ${switchHelp}`);
}
