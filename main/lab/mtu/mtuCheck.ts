/**
 * MTU check from a virtual machine: real pings with "do not fragment" in a rehearsal of the simulation, so that nothing of the running one
 * changes, not even a NAT session. It goes in small slices of work: who runs it decides when the next one comes.
 */
import type { MtuCheckState, MtuHop, MtuProbe, MtuVerdict } from '../../../shared/contract/mtuCheck.ts';
import { formatIpv4, type Ipv4Address } from '../../../shared/net/ipv4.ts';
import type { Simulation } from '../../simulation/engine.ts';
import type { PingReplyState, PingState } from '../../simulation/state.ts';
import { hopsOf, stoppedAt } from './mtuPath.ts';
import { mostProbesFor, searchMtu, type ProbeAnswer } from './mtuSearch.ts';
import { verdictOf } from './mtuVerdict.ts';

export interface MtuCheckRequest {
  readonly vmId: string;
  readonly virtualMachine: string;
  readonly destination: Ipv4Address;
  readonly largest: number;
}

const second = 1e9;
/** IPv4 and ICMP headers: what a ping has around its data. */
const headers = 28;
/** The first packet may have to dial a tunnel; a later one may be lost on a bad link. */
const firstTries = 5;
const furtherTries = 3;
/** Time for BGP to bring routes, when the first packets find no way. */
const convergenceNs = 60 * second;
/** Events of one slice: a few milliseconds. */
const eventsOfSlice = 2000;

export class MtuCheck {
  readonly #request: MtuCheckRequest;
  readonly #rehearse: () => Simulation;
  readonly #probes: MtuProbe[] = [];
  #hops: readonly MtuHop[] = [];
  #verdict: MtuVerdict | null = null;

  /** `rehearse` makes the copy; called with the first slice. */
  constructor(request: MtuCheckRequest, rehearse: () => Simulation) {
    this.#request = request;
    this.#rehearse = rehearse;
  }

  state(): Omit<MtuCheckState, 'checkId' | 'status' | 'failure'> {
    const { virtualMachine, destination, largest } = this.#request;
    return { virtualMachine, destination: formatIpv4(destination), probes: [...this.#probes], mostProbes: mostProbesFor(largest), hops: [...this.#hops], verdict: this.#verdict };
  }

  /** Each `next` is one slice of work. */
  *run(): Generator<undefined, void, unknown> {
    const simulation = this.#rehearse();
    yield;
    const search = searchMtu(this.#request.largest);
    let passed: PingState | undefined;
    let stopped: PingState | undefined;
    let asked = search.next();
    while (asked.done !== true) {
      const ping = yield* this.#probe(simulation, asked.value);
      const answer = answerOf(ping);
      this.#probes.push({ size: asked.value, result: answer.result, text: textOf(ping, answer) });
      if (answer.result === 'passed') passed = ping;
      else stopped = ping;
      asked = search.next(answer);
    }
    const stop = stopped === undefined || asked.value.stopped === null ? null : stoppedAt(stopped);
    this.#hops = hopsOf(passed ?? stopped, stop);
    this.#verdict = verdictOf({ ...asked.value, virtualMachine: this.#request.virtualMachine, destination: formatIpv4(this.#request.destination), asked: this.#request.largest, stop, answer: stopped?.replies.find(({ status }) => status !== 'timeout'), hops: this.#hops });
  }

  *#probe(simulation: Simulation, size: number): Generator<undefined, PingState, unknown> {
    const isFirst = this.#probes.length === 0;
    const ping = yield* this.#ping(simulation, size, isFirst ? firstTries : furtherTries);
    if (!isFirst || ping.received > 0) return ping;
    yield* advance(simulation, convergenceNs);
    return yield* this.#ping(simulation, size, firstTries);
  }

  /** Ends with the first answer, whatever it is, or when no try had one. */
  *#ping(simulation: Simulation, size: number, count: number): Generator<undefined, PingState, unknown> {
    const { vmId, destination } = this.#request;
    const id = simulation.startPing({ vmId, destination, count, payloadSize: size - headers, timeToLive: 128, doNotFragment: true, intervalNs: second, timeoutNs: 4 * second });
    for (;;) {
      const state = id === undefined ? undefined : simulation.pingState(id);
      if (id === undefined || state === undefined) throw new Error(`${this.#request.virtualMachine} is not in the simulation`);
      const isSettled = state.replies.some(({ status }) => status === 'reply' || status === 'fragNeeded');
      if (state.done || isSettled) {
        simulation.endPing(id);
        return state;
      }
      yield* advance(simulation, second / 4);
    }
  }
}

function* advance(simulation: Simulation, nanoseconds: number): Generator<undefined, void, unknown> {
  const until = simulation.now + nanoseconds;
  while (!simulation.runUntil(until, eventsOfSlice)) yield;
}

function answerOf(ping: PingState): ProbeAnswer {
  const tooLarge = ping.replies.find(({ status }) => status === 'fragNeeded');
  if (ping.replies.some(({ status }) => status === 'reply')) return { result: 'passed', nextHopMtu: null };
  if (tooLarge !== undefined) return { result: 'tooLarge', nextHopMtu: tooLarge.nextHopMtu };
  return { result: ping.replies.some(({ status }) => status === 'unreachable' || status === 'ttlExpired' || status === 'failed') ? 'unreachable' : 'silent', nextHopMtu: null };
}

function textOf(ping: PingState, { result }: ProbeAnswer): string {
  const from = (wanted: PingReplyState['status']): string => {
    const address = ping.replies.find(({ status }) => status === wanted)?.from ?? null;
    return address === null || address === ping.source ? 'its own adapter' : formatIpv4(address);
  };
  switch (result) {
    case 'passed':
      return `${from('reply')} answered.`;
    case 'tooLarge':
      return `${from('fragNeeded')} answered "fragmentation needed"${mtuText(ping)}.`;
    case 'unreachable':
      return ping.fate ?? 'It could not be delivered.';
    case 'silent':
      return 'No answer came.';
  }
}

function mtuText(ping: PingState): string {
  const mtu = ping.replies.find(({ status }) => status === 'fragNeeded')?.nextHopMtu ?? null;
  return mtu === null ? '' : `, MTU ${mtu}`;
}
