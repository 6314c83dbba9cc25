/** ping and tracert, line for line as Windows prints them (RECALL: from memory of their output). */
import { formatIpv4 } from '../../../../shared/net/ipv4.ts';
import type { PingReplyState, PingState } from '../../../simulation/state.ts';
import { pingLine } from '../../pingText.ts';
import { hopLine } from '../../routeText.ts';
import { out, type OutputLine, type Program, type StartedProbe, type Task } from '../command.ts';
import type { Machine } from '../machine.ts';
import { readDestination, readOptions } from '../options.ts';
import { TerminalError } from '../terminalError.ts';

const second = 1e9;
const millisecond = 1e6;
/** Requests of one ping; -t ends there too. */
const pingLimit = 1000;
const everywhere: Program['on'] = ['virtualMachine', 'gateway', 'host'];

export const ping: Program = {
  kind: 'program', name: 'ping', summary: 'Echo requests: ping [-t] [-n count] [-l size] [-f] [-i TTL] [-w timeout] [-p] address', on: everywhere,
  run: (words, machine) => {
    const { given, rest } = readOptions('ping', words, { t: {}, n: { range: [1, pingLimit] }, l: { range: [0, 65_500] }, f: {}, i: { range: [1, 255] }, w: { range: [1, 60_000] }, p: {}, 4: {} });
    const destination = readDestination('ping', rest);
    if (machine.kind === 'host' && !given.has('p')) throw new TerminalError('A host speaks with provider addresses here: type ping -p and a provider address.');
    const asked = { destination, count: given.has('t') ? pingLimit : (given.get('n') ?? 4), timeToLive: given.get('i') ?? 128, doNotFragment: given.has('f'), timeoutNs: (given.get('w') ?? 4000) * millisecond };
    const size = given.get('l') ?? 32;
    const id = machine.simulation.startPing({ ...asked, vmId: machine.senderId, payloadSize: size, intervalNs: second });
    return id === undefined ? noAdapter(machine) : new PingTask(machine, { ...asked, kind: 'ping', id, size });
  },
};

export const tracert: Program = {
  kind: 'program', name: 'tracert', summary: 'The routers on the way: tracert [-d] [-h maximum_hops] [-w timeout] address', on: everywhere,
  run: (words, machine) => {
    const { given, rest } = readOptions('tracert', words, { d: {}, h: { range: [1, 255] }, w: { range: [1, 60_000] }, 4: {} });
    const destination = readDestination('tracert', rest);
    const asked = { destination, maximumHops: given.get('h') ?? 30, timeoutNs: (given.get('w') ?? 4000) * millisecond };
    const id = machine.simulation.startRouteProbe({ ...asked, vmId: machine.senderId, queriesPerHop: 3 });
    return id === undefined ? noAdapter(machine) : new TracertTask(machine, { ...asked, kind: 'tracert', id });
  },
};

export function noAdapter({ name, kind, emptyBecause }: Machine): never {
  if (emptyBecause !== null) throw new TerminalError(emptyBecause);
  if (kind === 'host') throw new TerminalError(`${name} has no provider address yet: it gets one with the first virtual machine of a VM network.`);
  throw new TerminalError(`${name} has no network adapter with an address: connect it to a VM subnet.`);
}

class PingTask implements Task {
  readonly probes: readonly StartedProbe[];
  readonly #machine: Machine;
  readonly #id: string;
  #shown = -1;

  constructor(machine: Machine, probe: StartedProbe) {
    this.probes = [probe];
    this.#machine = machine;
    this.#id = probe.id;
  }

  poll(): { lines: OutputLine[]; done: boolean } {
    const state = this.#state();
    const lines = this.#newLines(state);
    return { lines: state.done ? [...lines, ...statistics(state)] : lines, done: state.done };
  }

  interrupt(): OutputLine[] {
    this.#machine.simulation.stopPing(this.#id);
    const state = this.#state();
    return [...this.#newLines(state), ...statistics(state), out('Control-C')];
  }

  #state(): PingState {
    const state = this.#machine.simulation.pingState(this.#id);
    if (state === undefined) throw new TerminalError('This ping is no longer known: too many others came after it.');
    return state;
  }

  #newLines({ destination, payloadSize, replies }: PingState): OutputLine[] {
    const lines: OutputLine[] = [];
    if (this.#shown < 0) {
      lines.push(out(''), out(`Pinging ${formatIpv4(destination)} with ${payloadSize} bytes of data:`));
      this.#shown = 0;
    }
    for (; this.#shown < replies.length; this.#shown += 1) {
      const reply = replies[this.#shown];
      if (reply === undefined || reply.status === 'pending') break;
      lines.push(out(pingLine(reply, payloadSize)));
    }
    return lines;
  }
}

/** Whoever answered counts as received, as in Windows, also when it says that there is no way. */
function statistics({ destination, replies }: PingState): OutputLine[] {
  const sent = replies.length;
  const received = replies.filter(({ from }) => from !== null).length;
  const lost = sent - received;
  const lines = ['', `Ping statistics for ${formatIpv4(destination)}:`, `    Packets: Sent = ${sent}, Received = ${received}, Lost = ${lost} (${sent === 0 ? 0 : Math.floor((lost * 100) / sent)}% loss),`];
  const times = replies.filter(({ status }) => status === 'reply').map(milliseconds);
  if (times.length > 0) {
    const average = Math.floor(times.reduce((sum, time) => sum + time, 0) / times.length);
    lines.push('Approximate round trip times in milli-seconds:', `    Minimum = ${Math.min(...times)}ms, Maximum = ${Math.max(...times)}ms, Average = ${average}ms`);
  }
  return lines.map(out);
}

function milliseconds({ roundTripNs }: PingReplyState): number {
  return Math.floor((roundTripNs ?? 0) / millisecond);
}

class TracertTask implements Task {
  readonly probes: readonly StartedProbe[];
  readonly #machine: Machine;
  readonly #id: string;
  readonly #maximumHops: number;
  /** Hops whose line is out; -1 before the heading. */
  #shown = -1;

  constructor(machine: Machine, probe: Extract<StartedProbe, { readonly kind: 'tracert' }>) {
    this.probes = [probe];
    this.#machine = machine;
    this.#id = probe.id;
    this.#maximumHops = probe.maximumHops;
  }

  poll(): { lines: OutputLine[]; done: boolean } {
    const state = this.#machine.simulation.routeProbeState(this.#id);
    if (state === undefined) throw new TerminalError('This trace is no longer known: too many others came after it.');
    const lines: OutputLine[] = [];
    if (this.#shown < 0) {
      lines.push(out(''), out(`Tracing route to ${formatIpv4(state.destination)} over a maximum of ${this.#maximumHops} hops`), out(''));
      this.#shown = 0;
    }
    const whole = state.done ? state.hops : state.hops.slice(0, -1);
    for (const hop of whole.slice(this.#shown)) lines.push(out(hopLine(hop)));
    this.#shown = whole.length;
    if (state.done) lines.push(out(''), out('Trace complete.'));
    return { lines, done: state.done };
  }

  interrupt(): OutputLine[] {
    this.#machine.simulation.stopRouteProbe(this.#id);
    return [out('^C')];
  }
}
