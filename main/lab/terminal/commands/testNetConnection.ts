/** Test-NetConnection: ping, and a connection to a TCP port. Default view is RECALL. */
import { formatIpv4, parseIpv4 } from '../../../../shared/net/ipv4.ts';
import { out, type Cmdlet, type OutputLine, type StartedProbe, type Task } from '../command.ts';
import { formatOutput } from '../format.ts';
import type { Machine } from '../machine.ts';
import type { Bound } from '../parameters.ts';
import type { PsObject } from '../psObject.ts';
import { TerminalError } from '../terminalError.ts';
import { noAdapter } from './ping.ts';

const second = 1e9;
const commonPorts: Readonly<Record<string, number>> = { http: 80, rdp: 3389, smb: 445, winrm: 5985 };

export const testNetConnection: Cmdlet = {
  kind: 'cmdlet', name: 'Test-NetConnection', aliases: ['tnc'], summary: 'Ping, and with -Port a connection to a TCP port', on: ['virtualMachine', 'gateway'],
  parameters: [
    { name: 'ComputerName', type: 'string', position: 0 }, { name: 'CommonTCPPort', type: 'string', position: 1, values: ['HTTP', 'RDP', 'SMB', 'WINRM'] }, { name: 'Port', type: 'number' },
    { name: 'TraceRoute', type: 'switch' }, { name: 'InformationLevel', type: 'string', values: ['Detailed', 'Quiet'] },
  ],
  run: (bound, machine) => new ConnectionTask(machine, bound),
};

/** What runs side by side. */
interface Probes {
  readonly ping: string;
  readonly tcp: string | undefined;
  readonly route: string | undefined;
}

class ConnectionTask implements Task {
  readonly probes: readonly StartedProbe[];
  readonly #machine: Machine;
  readonly #name: string;
  readonly #port: number | undefined;
  readonly #isQuiet: boolean;
  readonly #probes: Probes;

  constructor(machine: Machine, bound: Bound) {
    const name = bound.text('ComputerName');
    if (name === undefined) throw new TerminalError('Test-NetConnection: type the address of a destination, as in: Test-NetConnection 192.0.2.80 -Port 80');
    const destination = parseIpv4(name);
    if (destination === undefined) throw new TerminalError(`Test-NetConnection: name resolution of ${name.slice(0, 100)} failed. The lab has no DNS: type an IPv4 address.`);
    const port = bound.number('Port') ?? commonPorts[bound.text('CommonTCPPort')?.toLowerCase() ?? ''];
    if (port !== undefined && (port < 1 || port > 65_535)) throw new TerminalError('Test-NetConnection: parameter -Port takes a number from 1 to 65535.');
    const { simulation, senderId: vmId } = machine;
    const ping = simulation.startPing({ vmId, destination, count: 1, payloadSize: 32, timeToLive: 128, doNotFragment: false, intervalNs: second, timeoutNs: 4 * second });
    if (ping === undefined) noAdapter(machine);
    this.#machine = machine;
    this.#name = name;
    this.#port = port;
    this.#isQuiet = bound.text('InformationLevel')?.toLowerCase() === 'quiet';
    this.#probes = {
      ping,
      tcp: port === undefined ? undefined : simulation.startTcpProbe({ vmId, destination, port }),
      route: bound.has('TraceRoute') ? simulation.startRouteProbe({ vmId, destination, maximumHops: 30, queriesPerHop: 1, timeoutNs: 4 * second }) : undefined,
    };
    const { tcp, route } = this.#probes;
    this.probes = [
      { kind: 'ping', id: ping, destination, count: 1, size: 32, timeToLive: 128, doNotFragment: false, timeoutNs: 4 * second },
      ...(tcp === undefined || port === undefined ? [] : [{ kind: 'tcp', id: tcp, destination, port } as const]),
      ...(route === undefined ? [] : [{ kind: 'tracert', id: route, destination, maximumHops: 30, timeoutNs: 4 * second } as const]),
    ];
  }

  poll(): { lines: OutputLine[]; done: boolean } {
    const { simulation } = this.#machine;
    const ping = simulation.pingState(this.#probes.ping);
    const tcp = this.#probes.tcp === undefined ? undefined : simulation.tcpProbeState(this.#probes.tcp);
    const route = this.#probes.route === undefined ? undefined : simulation.routeProbeState(this.#probes.route);
    if (ping === undefined) throw new TerminalError('This test is no longer known: too many others came after it.');
    if (!ping.done || tcp?.done === false || route?.done === false) return { lines: [], done: false };
    const [reply] = ping.replies;
    const succeeded = ping.received > 0;
    const connected = tcp?.status === 'connected';
    if (this.#isQuiet) return { lines: [out(tcp === undefined ? truth(succeeded) : truth(connected))], done: true };
    const object: PsObject = {
      ComputerName: this.#name,
      RemoteAddress: formatIpv4(ping.destination),
      ...(tcp === undefined ? {} : { RemotePort: tcp.port }),
      InterfaceAlias: this.#machine.compartments[0]?.interfaces.find(({ address }) => address === ping.source)?.name ?? '',
      SourceAddress: formatIpv4(ping.source),
      PingSucceeded: succeeded,
      'PingReplyDetails (RTT)': `${Math.floor((reply?.roundTripNs ?? 0) / 1e6)} ms`,
      ...(tcp === undefined ? {} : { TcpTestSucceeded: connected }),
      ...(route === undefined ? {} : { TraceRoute: route.hops.map(({ from }) => (from === null ? 'TimedOut' : formatIpv4(from))) }),
    };
    return { lines: [...this.#warnings(succeeded, tcp?.status), ...formatOutput({ objects: [object], view: 'list', properties: Object.keys(object) }).map(out)], done: true };
  }

  #warnings(pinged: boolean, tcp: string | undefined): OutputLine[] {
    const lines: OutputLine[] = [];
    if (!pinged) lines.push({ kind: 'warning', text: `WARNING: Ping to ${this.#name} failed` });
    if (tcp !== undefined && tcp !== 'connected') lines.push({ kind: 'warning', text: `WARNING: TCP connect to ${this.#name}:${this.#port ?? 0} failed` });
    return lines;
  }

  interrupt(): OutputLine[] {
    const { simulation } = this.#machine;
    simulation.stopPing(this.#probes.ping);
    if (this.#probes.tcp !== undefined) simulation.stopTcpProbe(this.#probes.tcp);
    if (this.#probes.route !== undefined) simulation.stopRouteProbe(this.#probes.route);
    return [out('^C')];
  }
}

function truth(value: boolean): string {
  return value ? 'True' : 'False';
}
