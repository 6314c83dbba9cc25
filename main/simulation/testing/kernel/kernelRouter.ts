/**
 * The Linux kernel as a router in a network namespace of its own: frames go in and out through veth pairs, each bound by socat to a
 * UDP port of this process. Needs root, iproute2, nftables and socat (all Debian packages).
 */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { createSocket, type Socket } from 'node:dgram';
import { parseIpv4 } from '../../../../shared/net/ipv4.ts';
import { formatMac, type MacAddress } from '../../../../shared/net/mac.ts';
import { arpLength, arpOperation, writeArp } from '../../wire/arp.ts';
import { etherType, ethernetLength, writeEthernet } from '../../wire/ethernet.ts';

export interface KernelInterface {
  readonly mac: MacAddress;
  readonly mtu: number;
  /** With prefix length: "10.1.0.1/24". */
  readonly addresses: readonly string[];
  /** Permanent neighbours: address and MAC. */
  readonly neighbours: readonly (readonly [address: string, mac: MacAddress])[];
}

export interface KernelSetup {
  readonly interfaces: readonly KernelInterface[];
  /** Arguments of `ip route add`; interfaces are n0, n1, ... */
  readonly routes: readonly string[];
  /** nft rules of table `referee`, or empty. */
  readonly ruleset: string;
}

export interface IndexedFrame {
  readonly at: number;
  readonly frame: Uint8Array;
}

/** Why the kernel cannot be asked here, or undefined. */
export function whyNoKernel(): string | undefined {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return 'it needs root on Linux';
  const missing = ['ip', 'nft', 'socat'].filter((name) => spawnSync('sh', ['-c', `command -v ${name}`]).status !== 0);
  if (missing.length > 0) return `${missing.join(', ')} is not installed (Debian packages iproute2, nftables, socat)`;
  const name = `hnvtry${process.pid}`;
  if (spawnSync('ip', ['netns', 'add', name]).status !== 0) return 'this machine lets nobody make network namespaces';
  try {
    const veth = spawnSync('ip', ['-n', name, 'link', 'add', 'n0', 'type', 'veth', 'peer', 'name', 'n1']).status === 0;
    const nat = spawnSync('ip', ['netns', 'exec', name, 'nft', 'add table ip try; add chain ip try source { type nat hook postrouting priority 100; }']).status === 0;
    return veth && nat ? undefined : 'this kernel has no veth pairs or no nft NAT';
  } finally {
    spawnSync('ip', ['netns', 'del', name]);
  }
}

const bufferSize = 4 * 1024 * 1024;

interface Port {
  readonly socket: Socket;
  readonly bridge: ChildProcess;
  readonly bridgePort: number;
}

export class KernelRouter {
  readonly #name = `hnvref${process.pid}`;
  readonly #ports: Port[] = [];
  #received: IndexedFrame[] = [];
  /** Ports whose probe was answered since the last set-up. */
  readonly #ready = new Set<number>();

  static async start(interfaces: number): Promise<KernelRouter> {
    const router = new KernelRouter();
    router.#makeNamespace(interfaces);
    for (let at = 0; at < interfaces; at += 1) router.#ports.push(await router.#bind(at));
    return router;
  }

  #makeNamespace(interfaces: number): void {
    run('ip', ['netns', 'add', this.#name]);
    for (let at = 0; at < interfaces; at += 1) {
      run('ip', ['link', 'add', this.#outer(at), 'mtu', '9000', 'type', 'veth', 'peer', 'name', `n${at}`, 'netns', this.#name]);
      trySysctl([], `net.ipv6.conf.${this.#outer(at)}.disable_ipv6=1`);
      run('ip', ['link', 'set', this.#outer(at), 'up', 'arp', 'off']);
    }
    for (const setting of sysctls) trySysctl(['ip', 'netns', 'exec', this.#name], setting);
    // Before the sockets: what their buffers may hold while their reader gets no turn.
    trySysctl([], `net.core.rmem_max=${bufferSize}`);
    // One limit for the whole machine in older kernels.
    trySysctl([], 'net.ipv4.icmp_msgs_per_sec=1000000');
    trySysctl([], 'net.ipv4.icmp_msgs_burst=100000');
    trySysctl([], 'net.ipv4.route.error_cost=0');
  }

  #outer(at: number): string {
    return `hr${process.pid % 100000}p${at}`;
  }

  async #bind(at: number): Promise<Port> {
    const socket = await boundSocket();
    socket.on('message', (frame) => {
      if (isProbeAnswer(frame)) this.#ready.add(at);
      else this.#received.push({ at, frame: Uint8Array.from(frame) });
    });
    const spare = await boundSocket();
    const bridgePort = spare.address().port;
    await new Promise<void>((resolve) => void spare.close(() => resolve()));
    const bridge = spawn('socat', ['-b', '65536', `INTERFACE:${this.#outer(at)},rcvbuf=${bufferSize}`, `UDP4-CONNECT:127.0.0.1:${socket.address().port},bind=127.0.0.1:${bridgePort},rcvbuf=${bufferSize}`], { stdio: 'ignore' });
    return { socket, bridge, bridgePort };
  }

  /** Sets the router up anew; whatever was before is gone. Resolves when frames pass. Throws when the kernel refuses something. */
  async configure(setup: KernelSetup): Promise<void> {
    // Down, an interface loses its routes, also the one that this setup does not use.
    const lines = this.#ports.flatMap((_, at) => [`link set n${at} down`, `addr flush dev n${at}`]);
    setup.interfaces.forEach(({ mac, mtu, addresses, neighbours }, at) => {
      lines.push(`link set n${at} address ${linuxMac(mac)} mtu ${mtu}`, `link set n${at} up`);
      for (const address of addresses) lines.push(`addr add ${address} dev n${at}`);
      for (const [address, neighbour] of neighbours) lines.push(`neigh replace ${address} lladdr ${linuxMac(neighbour)} nud permanent dev n${at}`);
    });
    for (const route of setup.routes) lines.push(`route add ${route}`);
    this.#inside(['ip', '-batch', '-'], `${lines.join('\n')}\n`);
    this.#inside(['nft', '-f', '-'], `table ip referee\ndelete table ip referee\n${setup.ruleset === '' ? '' : `table ip referee {\n${setup.ruleset}\n}\n`}`);
    await this.#untilReady(setup.interfaces);
    this.#received = [];
  }

  /** On a busy machine socat opens its interface late, and a link that went down comes up late: each leg has to answer a probe first. */
  async #untilReady(interfaces: readonly KernelInterface[]): Promise<void> {
    this.#ready.clear();
    const deadline = Date.now() + 20_000;
    for (const [at, { addresses }] of interfaces.entries()) {
      const address = parseIpv4(addresses[0]?.split('/')[0] ?? '');
      const port = this.#ports[at];
      if (address === undefined || port === undefined) throw new Error(`n${at} has no address to probe`);
      const probe = arpProbe(address);
      while (!this.#ready.has(at)) {
        if (Date.now() > deadline) throw new Error(`n${at}: the kernel does not answer an ARP probe`);
        port.socket.send(probe, port.bridgePort, '127.0.0.1');
        await pause(2);
      }
    }
  }

  /** Sends the frames in, in order, and gives back what comes out until `expected` frames came and a moment more, or time is up. */
  async exchange(frames: readonly IndexedFrame[], expected: number): Promise<readonly IndexedFrame[]> {
    this.#received = [];
    for (const [sent, { at, frame }] of frames.entries()) {
      this.#ports[at]?.socket.send(frame, this.#ports[at].bridgePort, '127.0.0.1');
      // Buffers of sockets are small; nobody is to lose a frame on the way to the kernel.
      if (sent % 16 === 15) await pause(1);
    }
    // Long, for a machine whose other work holds socat up; only a difference waits for the end of it.
    const deadline = Date.now() + 10_000;
    while (this.#received.length < expected && Date.now() < deadline) await pause(2);
    await pause(15);
    return this.#received;
  }

  dispose(): void {
    for (const { socket, bridge } of this.#ports) {
      bridge.kill('SIGKILL');
      socket.close();
    }
    // The veth pairs go with the namespace.
    spawnSync('ip', ['netns', 'del', this.#name]);
  }

  #inside(command: readonly string[], input: string): void {
    run('ip', ['netns', 'exec', this.#name, ...command], input);
  }
}

/** A plain router: nothing filtered by reverse path, no limit on errors, no redirects, and conntrack that takes TCP as it comes. */
const sysctls = [
  'net.ipv6.conf.all.disable_ipv6=1',
  'net.ipv4.ip_forward=1',
  'net.ipv4.conf.all.rp_filter=0',
  'net.ipv4.conf.default.rp_filter=0',
  'net.ipv4.conf.all.send_redirects=0',
  'net.ipv4.conf.default.send_redirects=0',
  'net.ipv4.conf.all.accept_local=1',
  'net.ipv4.icmp_ratelimit=0',
  'net.ipv4.icmp_msgs_per_sec=1000000',
  'net.ipv4.icmp_msgs_burst=100000',
  'net.ipv4.route.error_cost=0',
  'net.netfilter.nf_conntrack_tcp_be_liberal=1',
  'net.netfilter.nf_conntrack_tcp_loose=1',
] as const;

const probeMac: MacAddress = 0x0200_00ff_fffe;

/** Asks for the address without saying who asks, so that no neighbour is learned (RFC 5227 section 1.1). */
function arpProbe(address: number): Uint8Array {
  const frame = new Uint8Array(ethernetLength + arpLength);
  const view = new DataView(frame.buffer);
  writeEthernet(view, 0, 0xffff_ffff_ffff, probeMac, etherType.arp);
  writeArp(view, ethernetLength, { operation: arpOperation.request, senderMac: probeMac, senderAddress: 0, targetMac: 0, targetAddress: address });
  return frame;
}

function isProbeAnswer(frame: Buffer): boolean {
  return frame.readUInt16BE(12) === etherType.arp && frame.readUIntBE(0, 6) === probeMac;
}

function trySysctl(prefix: readonly string[], setting: string): void {
  const [program = 'sysctl', ...rest] = [...prefix, 'sysctl', '-qw', setting];
  spawnSync(program, rest, { stdio: 'ignore' });
}

function run(program: string, args: readonly string[], input = ''): void {
  const { status, stderr } = spawnSync(program, args, { input, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${program} ${args.join(' ')}: ${stderr.trim()}\n${input}`);
}

function boundSocket(): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = createSocket({ type: 'udp4', recvBufferSize: bufferSize });
    socket.once('error', reject);
    socket.bind(0, '127.0.0.1', () => resolve(socket));
  });
}

function linuxMac(mac: MacAddress): string {
  return formatMac(mac).replaceAll('-', ':');
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => void setTimeout(resolve, milliseconds));
}
