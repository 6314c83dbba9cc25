/** For tests: processes that are killed at a random moment of their work, as by a power cut. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

/**
 * Runs in the victim before its own code: it waits for its arguments, so that all it needs is loaded by then. `dieAfter(ms)` kills the
 * process that much later from a thread that nothing the main thread does can hold up: the moment is anywhere in a write, a commit or a
 * rename, and comes however busy the machine is. `tell(text)` has told before the next line runs.
 */
const preamble = `
import { writeSync } from 'node:fs';
import { flushCompileCache } from 'node:module';
import { createInterface } from 'node:readline';
import { Worker } from 'node:worker_threads';
const shared = new Float64Array(new SharedArrayBuffer(16));
const wake = new Int32Array(shared.buffer, 8, 1);
const killer = new Worker(\`
  import { workerData as shared, parentPort } from 'node:worker_threads';
  const wake = new Int32Array(shared.buffer, 8, 1);
  parentPort.postMessage('ready');
  Atomics.wait(wake, 0, 0);
  if (shared[0] > 0) Atomics.wait(wake, 0, 1, shared[0]);
  process.kill(process.pid, 'SIGKILL');
\`, { eval: true, workerData: shared });
await new Promise((resolve) => killer.once('message', resolve));
const dieAfter = (milliseconds) => { shared[0] = milliseconds; Atomics.store(wake, 0, 1); Atomics.notify(wake, 0); };
const tell = (text) => writeSync(1, text + '\\n');
const stay = () => setInterval(() => undefined, 1000);
`;

const waitForArguments = `
// A killed process has no end at which it would be written.
flushCompileCache();
const args = JSON.parse(await new Promise((resolve) => createInterface({ input: process.stdin }).once('line', resolve)));
`;

export class Victims {
  readonly #script: string;
  readonly #cache: string;
  #spare: ChildProcess;

  /** `imports` is loaded ahead; `work` is run with `args`, and has `dieAfter`, `tell` and `stay`. `cache`: a folder for compiled code. */
  constructor(imports: string, work: string, cache: string) {
    this.#script = `${preamble}${imports}${waitForArguments}${work}`;
    this.#cache = cache;
    this.#spare = this.#spawn();
  }

  /** Runs one to its death; gives the lines that it told before. Throws when it ended in another way. */
  async run(args: unknown): Promise<readonly string[]> {
    const child = this.#spare;
    this.#spare = this.#spawn();
    const lines: string[] = [];
    if (child.stdout === null || child.stdin === null) throw new Error('The victim has no pipes.');
    createInterface({ input: child.stdout }).on('line', (line) => lines.push(line));
    const closed = once(child, 'close');
    child.stdin.write(`${JSON.stringify(args)}\n`);
    await closed;
    if (child.signalCode !== 'SIGKILL') throw new Error(`The victim ended by itself (${child.exitCode}) after: ${lines.join(' | ')}`);
    return lines;
  }

  /** The next one is loading already. */
  close(): void {
    this.#spare.kill('SIGKILL');
  }

  #spawn(): ChildProcess {
    return spawn(process.execPath, ['--input-type=module', '-e', this.#script], { stdio: ['pipe', 'pipe', 'inherit'], env: { ...process.env, NODE_COMPILE_CACHE: this.#cache } });
  }
}
