/** A screen: the one that is there, or an own Xvfb. */
import { spawn, type ChildProcess } from 'node:child_process';
import { has } from './command.ts';
import { say, SetupError } from './report.ts';

export interface Display {
  readonly env: Readonly<Record<string, string>>;
  readonly isVirtual: boolean;
  close(): void;
}

let shared: Promise<Display> | undefined;

/** One display for the whole process; it ends with it. */
export function ensureDisplay(): Promise<Display> {
  shared ??= findDisplay();
  return shared;
}

async function findDisplay(): Promise<Display> {
  const real = process.env['DISPLAY'] ?? process.env['WAYLAND_DISPLAY'];
  if (process.platform !== 'linux' || (real !== undefined && real !== '')) return { env: {}, isVirtual: false, close: () => undefined };
  if (!has('Xvfb')) throw new SetupError('this machine has no display and no Xvfb. Install the package xvfb, or start on a machine with a display.');
  say('no display here: starting inside Xvfb');
  return startXvfb();
}

function startXvfb(): Promise<Display> {
  const child = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1920x1200x24', '-nolisten', 'tcp', '-noreset'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  const close = (): void => void child.kill('SIGTERM');
  process.once('exit', close);
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new SetupError('Xvfb did not start within 15 seconds.')), 15_000);
    child.once('error', reject);
    child.once('exit', (status) => reject(new SetupError(`Xvfb ended with status ${String(status)}.`)));
    displayNumberOf(child, (number) => {
      clearTimeout(timer);
      child.unref();
      resolve({ env: { DISPLAY: `:${number}` }, isVirtual: true, close });
    });
  });
}

/** Xvfb writes the number that it took to file descriptor 3. */
function displayNumberOf(child: ChildProcess, found: (number: string) => void): void {
  let text = '';
  const pipe = child.stdio[3];
  if (pipe === null || pipe === undefined || !('setEncoding' in pipe)) return;
  pipe.setEncoding('utf8');
  pipe.on('data', (chunk: string) => {
    text += chunk;
    const match = /^(\d+)\n/.exec(text);
    if (match?.[1] !== undefined) found(match[1]);
  });
  if ('unref' in pipe && typeof pipe.unref === 'function') (pipe.unref as () => void)();
}
