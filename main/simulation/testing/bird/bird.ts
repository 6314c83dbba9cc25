/**
 * BIRD, the routing daemon, in a network namespace of its own, one veth pair away from this process. Needs root, iproute2 and bird2 (both
 * Debian packages).
 */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** A network of four addresses for each process, so that two runs do not meet: this process has the first address, BIRD the second. */
const base = `10.251.${process.pid & 0xff}.`;
const firstOfNetwork = ((process.pid >>> 8) & 0x3f) * 4;
export const ownAddress = `${base}${firstOfNetwork + 1}`;
export const birdAddress = `${base}${firstOfNetwork + 2}`;

/** Why BIRD cannot be asked here, or undefined. */
export function whyNoBird(): string | undefined {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return 'it needs root on Linux';
  const missing = ['ip', 'bird', 'birdc'].filter((name) => spawnSync('sh', ['-c', `command -v ${name}`]).status !== 0);
  if (missing.length > 0) return `${missing.join(', ')} is not installed (Debian packages iproute2, bird2)`;
  const name = `hnvtrybird${process.pid}`;
  if (spawnSync('ip', ['netns', 'add', name]).status !== 0) return 'this machine lets nobody make network namespaces';
  try {
    const hasVeth = spawnSync('ip', ['-n', name, 'link', 'add', 'n0', 'type', 'veth', 'peer', 'name', 'n1']).status === 0;
    return hasVeth ? undefined : 'this kernel has no veth pairs';
  } finally {
    spawnSync('ip', ['netns', 'del', name]);
  }
}

/** The namespace and the link to it. */
export class BirdNamespace {
  readonly name = `hnvbird${process.pid}`;

  constructor() {
    const outer = `hb${process.pid % 100_000}`;
    run('ip', ['netns', 'add', this.name]);
    run('ip', ['link', 'add', outer, 'type', 'veth', 'peer', 'name', 'n0', 'netns', this.name]);
    run('ip', ['addr', 'add', `${ownAddress}/30`, 'dev', outer]);
    run('ip', ['link', 'set', outer, 'up']);
    run('ip', ['-n', this.name, 'addr', 'add', `${birdAddress}/30`, 'dev', 'n0']);
    run('ip', ['-n', this.name, 'link', 'set', 'n0', 'up']);
    run('ip', ['-n', this.name, 'link', 'set', 'lo', 'up']);
  }

  dispose(): void {
    // The veth pair goes with the namespace.
    spawnSync('ip', ['netns', 'del', this.name]);
  }
}

/** What one test wants of BIRD. */
export interface BirdSetup {
  readonly asn: number;
  /** The AS number that it expects of us. */
  readonly peerAsn: number;
  /** Networks of its own. */
  readonly networks: readonly string[];
  /** Further lines of the protocol. */
  readonly options?: readonly string[];
  /** AS numbers that its networks have behind them. */
  readonly path?: readonly number[];
}

const protocol = 'console';
const ownNetworks = 'office';

export class Bird {
  readonly #folder = mkdtempSync(path.join(tmpdir(), 'hnv-bird-'));
  readonly #process: ChildProcess;
  readonly #gone: Promise<void>;

  constructor(namespace: BirdNamespace, setup: BirdSetup) {
    writeFileSync(this.#file('bird.conf'), configuration(this.#file('log'), setup));
    const inside = ['netns', 'exec', namespace.name, 'bird', '-f', '-c', this.#file('bird.conf'), '-s', this.#file('socket'), '-P', this.#file('pid')];
    this.#process = spawn('ip', inside, { stdio: ['ignore', 'ignore', 'inherit'] });
    this.#gone = new Promise((resolve) => void this.#process.once('exit', () => resolve()));
  }

  #file(name: string): string {
    return path.join(this.#folder, name);
  }

  /** What `birdc` answers. */
  ask(command: string): string {
    return spawnSync('birdc', ['-s', this.#file('socket'), ...command.split(' ')], { encoding: 'utf8' }).stdout;
  }

  get log(): string {
    return existsSync(this.#file('log')) ? readFileSync(this.#file('log'), 'utf8') : '';
  }

  get isEstablished(): boolean {
    return this.ask(`show protocols ${protocol}`).includes('Established');
  }

  /** Networks that it learned of us. */
  get learned(): string[] {
    return [...this.ask(`show route protocol ${protocol}`).matchAll(/^(\d[\d./]+) /gm)].map(([, network = '']) => network).sort();
  }

  /** Attributes of all that it learned of us. */
  get attributes(): string {
    return this.ask(`show route protocol ${protocol} all`);
  }

  /** Its own networks come or go. */
  setOwnNetworks(wanted: 'enable' | 'disable'): void {
    this.ask(`${wanted} ${ownNetworks}`);
  }

  /** Asks us for everything once more (ROUTE-REFRESH). */
  refresh(): void {
    this.ask(`reload in ${protocol}`);
  }

  /** Stops or starts the session by hand. */
  setSession(wanted: 'enable' | 'disable'): void {
    this.ask(`${wanted} ${protocol}`);
  }

  async dispose(): Promise<void> {
    this.ask('down');
    this.#process.kill('SIGTERM');
    await this.#gone;
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

function configuration(log: string, { asn, peerAsn, networks, options, path: asns }: BirdSetup): string {
  return [
    `log "${log}" all;`,
    `router id ${birdAddress};`,
    'protocol device { }',
    `protocol static ${ownNetworks} { ipv4; ${networks.map((network) => `route ${network} blackhole;`).join(' ')} }`,
    `protocol bgp ${protocol} {`,
    `  local ${birdAddress} as ${asn};`,
    `  neighbor ${ownAddress} as ${peerAsn};`,
    '  connect delay time 1; connect retry time 2; error wait time 1, 2;',
    ...(options ?? []),
    `  ipv4 { import all; export filter { if source != RTS_STATIC then reject; ${(asns ?? []).toReversed().map((number) => `bgp_path.prepend(${number});`).join(' ')} accept; }; };`,
    '}',
    '',
  ].join('\n');
}

function run(program: string, args: readonly string[]): void {
  const { status, stderr } = spawnSync(program, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${program} ${args.join(' ')}: ${stderr.trim()}`);
}
