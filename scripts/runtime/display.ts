/** A screen: the one that is there, or an own Xvfb that ends with this process, however it ends. */
import { spawn, type ChildProcess } from 'node:child_process';
import { Socket } from 'node:net';
import type { Readable } from 'node:stream';
import { has } from './command.ts';
import { displayPackages, ensurePackages } from './debian.ts';
import { say, SetupError } from './report.ts';

export interface Display {
  readonly env: Readonly<Record<string, string>>;
  readonly kind: 'x11' | 'wayland' | 'virtual' | 'native';
}

const startLimitMs = 15_000;
/** A window of 1920 x 1080 and its title bar fit. */
const screen = '1920x1200x24';

let shared: Promise<Display> | undefined;

/** One display for the whole process. */
export function ensureDisplay(): Promise<Display> {
  shared ??= findDisplay();
  return shared;
}

function isSet(name: string): boolean {
  const value = process.env[name];
  return value !== undefined && value !== '';
}

async function findDisplay(): Promise<Display> {
  if (process.platform !== 'linux') return { env: {}, kind: 'native' };
  if (isSet('DISPLAY')) return { env: {}, kind: 'x11' };
  if (isSet('WAYLAND_DISPLAY')) return { env: {}, kind: 'wayland' };
  await ensurePackages(displayPackages, 'a machine without a display');
  if (!has('Xvfb')) throw new SetupError('this machine has no display and no Xvfb. Install Xvfb with the package manager of this system, or start on a machine with a display.');
  say('this machine has no display: starting inside Xvfb');
  return { env: { DISPLAY: `:${await startXvfb()}` }, kind: 'virtual' };
}

/**
 * The shell holds Xvfb until its standard input closes. That is the end of this process, a kill included, so that no
 * Xvfb is left behind. Its own process group keeps Ctrl-C from taking the screen away from a window that is closing.
 */
const keeper = 'Xvfb "$@" & screen=$!; read -r _; kill "$screen" 2>/dev/null; wait "$screen"';

/** Number of the display that Xvfb chose. */
function startXvfb(): Promise<string> {
  const child = spawn('sh', ['-c', keeper, 'sh', '-displayfd', '3', '-screen', '0', screen, '-nolisten', 'tcp', '-noreset'], {
    stdio: ['pipe', 'ignore', 'pipe', 'pipe'],
    detached: true,
  });
  let complaint = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    complaint = (complaint + text).slice(-600);
  });
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => fail(`did not start within ${startLimitMs / 1000} seconds`), startLimitMs);
    const fail = (reason: string): void => {
      clearTimeout(timer);
      child.stdin?.destroy();
      reject(new SetupError(`Xvfb ${reason}. ${complaint.trim()}`));
    };
    child.once('error', (error) => fail(`cannot be started: ${error.message}`));
    let text = '';
    const numbers = outputOf(child, 3);
    numbers?.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
      const number = /^(\d+)\n/.exec(text)?.[1];
      if (number === undefined) return;
      clearTimeout(timer);
      letGo(child);
      resolve(number);
    });
    numbers?.once('end', () => fail('ended at once'));
  });
}

function outputOf(child: ChildProcess, descriptor: number): Readable | undefined {
  const stream = child.stdio[descriptor];
  return stream !== null && stream !== undefined && 'setEncoding' in stream ? stream : undefined;
}

/** Neither the process nor its pipes keep this one running. */
function letGo(child: ChildProcess): void {
  child.unref();
  for (const stream of child.stdio) {
    if (stream instanceof Socket) stream.unref();
  }
}
