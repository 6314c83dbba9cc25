/** Child processes of the scripts. */
import { spawn, type SpawnOptions } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import path from 'node:path';
import { SetupError } from './report.ts';

export interface CommandResult {
  readonly status: number;
  /** Standard output and standard error, as they came. */
  readonly output: string;
}

/** Runs a program and gathers what it prints; never throws for its exit status. A program that cannot start has status 127. */
export function capture(program: string, args: readonly string[], options: SpawnOptions = {}): Promise<CommandResult> {
  return new Promise((resolve) => {
    const child = spawn(program, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    const gather = (chunk: string): void => {
      output += chunk;
    };
    child.stdout?.setEncoding('utf8').on('data', gather);
    child.stderr?.setEncoding('utf8').on('data', gather);
    child.once('error', (error) => resolve({ status: 127, output: error.message }));
    child.once('close', (status, signal) => resolve({ status: status ?? (signal === null ? 1 : 128), output }));
  });
}

/** Runs a program that has to succeed; the end of its output stands in the error. */
export async function must(program: string, args: readonly string[], options: SpawnOptions = {}): Promise<string> {
  const result = await capture(program, args, options);
  if (result.status === 0) return result.output;
  throw new SetupError(`"${program} ${args.slice(0, 3).join(' ')}" failed with status ${result.status}: ${result.output.trim().slice(-1500)}`);
}

/** Runs a program in the foreground and gives its exit status on. */
export function foreground(program: string, args: readonly string[], options: SpawnOptions = {}): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: 'inherit', ...options });
    const forward = (signal: NodeJS.Signals): void => void child.kill(signal);
    process.on('SIGINT', forward);
    process.on('SIGTERM', forward);
    child.once('error', (error) => reject(new SetupError(`${program} cannot be started: ${error.message}`)));
    child.once('close', (status, signal) => {
      process.off('SIGINT', forward);
      process.off('SIGTERM', forward);
      resolve(status ?? (signal === null ? 1 : 128));
    });
  });
}

/** Full path of a program on the PATH; undefined when there is none. */
export function find(program: string): string | undefined {
  const endings = process.platform === 'win32' ? ['.exe', '.cmd', '.bat'] : [''];
  for (const folder of (process.env['PATH'] ?? '').split(path.delimiter)) {
    for (const ending of endings) {
      const file = path.join(folder, program + ending);
      if (folder !== '' && isExecutable(file)) return file;
    }
  }
  return undefined;
}

/** Whether a program is on the PATH. */
export function has(program: string): boolean {
  return find(program) !== undefined;
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
