/** Progress and failure of the scripts, in words. */

const heartbeatMs = 10_000;

/** A line about what is being done. */
export function say(text: string): void {
  process.stderr.write(`hnv: ${text}\n`);
}

/** Says what is done, and every ten seconds that it still goes on. */
export async function saying<T>(text: string, work: () => Promise<T>): Promise<T> {
  const started = Date.now();
  say(text);
  const timer = setInterval(() => say(`... ${text}: ${Math.round((Date.now() - started) / 1000)} s so far`), heartbeatMs);
  try {
    return await work();
  } finally {
    clearInterval(timer);
  }
}

/** Ends a script with one clear sentence instead of a stack. */
export class SetupError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'SetupError';
  }
}

/**
 * Runs a script's main function; its number is the exit status. Ends the process itself: libraries that a script loads (electron-builder's
 * exit hook is one) end it with status 0 as soon as nothing is left to do, whatever `process.exitCode` says.
 */
export async function runScript(main: () => Promise<number>): Promise<never> {
  process.exit(await statusOf(main));
}

async function statusOf(main: () => Promise<number>): Promise<number> {
  try {
    return await main();
  } catch (error) {
    if (error instanceof SetupError) process.stderr.write(`hnv: cannot go on: ${error.message}\n`);
    else process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    return 1;
  }
}
