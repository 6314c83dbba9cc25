/** tshark as referee of captures: a decoder that did not come from here. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

export const hasTshark = spawnSync('tshark', ['--version']).status === 0;

/** Says loudly that tests are left out where there is no tshark. */
export function warnWithoutTshark(what: string): void {
  if (!hasTshark) console.warn(`LEFT OUT: ${what}, because tshark is not installed (Debian package tshark)`);
}

const checksums = ['ip', 'udp', 'tcp'].flatMap((protocol) => ['-o', `${protocol}.check_checksum:TRUE`]);

/** What no frame may be. */
const wrong = ['_ws.malformed', ...['ip', 'udp', 'tcp', 'icmp'].map((protocol) => `${protocol}.checksum.status == "Bad"`)].join(' || ');

/** A pcapng file on disk for as long as the test needs it. */
export class CaptureFile {
  readonly #folder = mkdtempSync(path.join(tmpdir(), 'hnv-capture-'));
  readonly #file = path.join(this.#folder, 'capture.pcapng');
  readonly #options: readonly string[];

  /** `options`: further ones for tshark. */
  constructor(blocks: Iterable<Uint8Array>, options: readonly string[] = []) {
    writeFileSync(this.#file, Buffer.concat([...blocks]));
    this.#options = options;
  }

  /** The named fields of the frames that a display filter lets through; several values of one field with commas. */
  read(filter: string, fields: readonly string[]): string[][] {
    const args = ['-r', this.#file, ...checksums, ...this.#options, '-Y', filter, '-T', 'fields', '-E', 'occurrence=a', ...fields.flatMap((field) => ['-e', field])];
    const text = execFileSync('tshark', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'], maxBuffer: 1 << 28 });
    return text.split('\n').filter((line) => line !== '').map((line) => line.split('\t'));
  }

  /** Frames that are malformed or have a bad checksum: number, interface, what it is. */
  wrongFrames(): string[][] {
    return this.read(wrong, ['frame.number', 'frame.interface_name', '_ws.col.Info']);
  }

  dispose(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
