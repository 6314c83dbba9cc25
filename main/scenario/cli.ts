/** Command line of the headless runner. */
import { parseArgs } from 'node:util';
import { verdictText } from '../export/bundle/verdictText.ts';
import { verifyBundle } from '../export/bundle/verifyBundle.ts';
import { BadInput } from './badInput.ts';
import { describeOperations } from './describe.ts';
import { editorSchemaText } from './editorSchema.ts';
import { runScenario } from './run.ts';

const help = `Runs operations and probes of the HNV Gateway Console without a window.

  npm run -s scenario -- run FILE.yaml [--db PATH] [--out DIR] [--seed N] [--junit FILE]
  npm run -s scenario -- operations
  npm run -s scenario -- schema
  npm run -s scenario -- verify FILE.jsonl

run         plays the scenario and writes result.json, jobs.json, inventory.json and compartments.json
  --db      database to work on; made when it does not exist. Without it: a temporary one
  --out     folder for the results (default: scenario-out)
  --seed    whole number; two runs with the same seed write the same bytes
  --junit   writes the result as JUnit XML too, one test case a step
operations  prints the JSON Schema of every operation and probe
schema      prints the JSON Schema of a whole scenario file, for editors
verify      checks an exported bundle of the job log, without a database

Exit code: 0 all expectations hold, or the bundle is as it was written; 1 one of them does not, or something was changed; 2 bad input.
`;

const exitCodes = { passed: 0, failed: 1, badInput: 2, fault: 3 } as const;

process.exitCode = await main(process.argv.slice(2));

async function main(words: readonly string[]): Promise<number> {
  try {
    return await command(words);
  } catch (error) {
    if (error instanceof BadInput) {
      process.stderr.write(`${error.message}\n`);
      return exitCodes.badInput;
    }
    process.stderr.write(`The scenario runner failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    return exitCodes.fault;
  }
}

async function command(words: readonly string[]): Promise<number> {
  const { values, positionals } = readWords(words);
  const [verb, file, ...rest] = positionals;
  if (values.help === true) return say(help);
  if (verb === 'operations' && file === undefined) return say(`${JSON.stringify(describeOperations(), null, 2)}\n`);
  if (verb === 'schema' && file === undefined) return say(editorSchemaText());
  if (verb === 'verify' && file !== undefined && rest.length === 0) return verify(file);
  if (verb !== 'run' || file === undefined || rest.length > 0) throw usage(verb === undefined ? 'nothing to do' : `"${positionals.join(' ')}" is not a command`);
  const passed = await runScenario({
    file,
    databasePath: values.db,
    outputFolder: values.out ?? 'scenario-out',
    seed: seedOf(values.seed),
    junitFile: values.junit,
    say: (line) => void say(`${line}\n`),
    environment: process.env,
  });
  return passed ? exitCodes.passed : exitCodes.failed;
}

function verify(file: string): number {
  const verdict = verifyBundle(file);
  if (verdict.kind === 'unreadable') throw new BadInput(file, null, verdict.why);
  say(verdictText(verdict));
  return verdict.kind === 'ok' ? exitCodes.passed : exitCodes.failed;
}

function readWords(words: readonly string[]) {
  try {
    return parseArgs({
      args: [...words],
      allowPositionals: true,
      options: { db: { type: 'string' }, out: { type: 'string' }, seed: { type: 'string' }, junit: { type: 'string' }, help: { type: 'boolean', short: 'h' } },
    });
  } catch (error) {
    throw usage(error instanceof Error ? error.message : String(error));
  }
}

function usage(reason: string): BadInput {
  return new BadInput('command line', null, `${reason}\n\n${help}`);
}

function seedOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const seed = Number(text);
  if (/^\d{1,10}$/.test(text) && seed <= 0xffff_ffff) return seed;
  throw usage(`--seed ${text} is not a whole number from 0 to ${0xffff_ffff}`);
}

function say(text: string): number {
  process.stdout.write(text);
  return exitCodes.passed;
}
