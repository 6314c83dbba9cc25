/** Requests from a virtual machine and their answers: ping, UDP datagrams, and one explained packet. */
import { z } from 'zod';
import { ConsoleError, errorCodes } from '../../../shared/contract/errors.ts';
import type { PingState } from '../../../shared/contract/simulation.ts';
import type { Lab } from '../../lab/lab.ts';
import { StepFault, type StepResult } from '../stepFault.ts';
import { compare, type Expectation } from '../stepOutcome.ts';
import { count, port, replies, title, traffic } from '../stepParts.ts';

export const pingStep = z.strictObject({ name: title, ping: traffic, expect: replies.optional() });

export const udpStep = z.strictObject({
  name: title,
  udp: traffic.extend({ port: port.describe('7 echoes and 9 swallows at hosts that have the service; others refuse') }),
  expect: replies.optional().describe('A reply is a datagram that comes back'),
});

const places = z.array(z.string().min(1).max(200)).max(100);

export const traceStep = z.strictObject({
  name: title,
  trace: z
    .strictObject({
      from: traffic.shape.from,
      to: traffic.shape.to,
      protocol: z.enum(['icmp', 'udp']).default('icmp'),
      port: port.optional(),
      size: traffic.shape.size,
      timeToLive: traffic.shape.timeToLive,
      doNotFragment: traffic.shape.doNotFragment,
    })
    .refine((value) => (value.protocol === 'udp') === (value.port !== undefined), { path: ['port'], message: 'is for UDP, and UDP needs one' }),
  expect: z
    .strictObject({
      fate: z.string().min(1).optional().describe('Part of the sentence on the fate of the packet'),
      hops: count.optional().describe('Places that decided something about the packet or its answer, one after the other'),
      through: places.optional().describe('Parts of the names of places, in the order in which they come; others may lie between'),
      notThrough: places.optional().describe('Parts of the names of places that the packet never meets'),
      action: z.string().min(1).optional().describe('Part of what some place did with the packet'),
    })
    .optional(),
});

type PingStep = z.output<typeof pingStep>;
type UdpStep = z.output<typeof udpStep>;
type TraceStep = z.output<typeof traceStep>;

/** Virtual time between two looks at a ping, in nanoseconds. */
const lookInterval = 1e8;

export function runPing(lab: Lab, step: PingStep): StepResult {
  const { from, to, ...options } = step.ping;
  const start = () => lab.probes.startPing({ virtualMachine: from, destination: to, ...options });
  return probe(lab, { kind: 'ping', title: step.name ?? `ping ${to} from ${from}`, start, expect: step.expect });
}

export function runUdp(lab: Lab, step: UdpStep): StepResult {
  const { from, to, port: toPort, ...options } = step.udp;
  const start = () => lab.probes.startUdp({ virtualMachine: from, destination: to, ...options }, toPort);
  return probe(lab, { kind: 'udp', title: step.name ?? `udp ${to}:${toPort} from ${from}`, start, expect: step.expect });
}

interface Probe {
  readonly kind: 'ping' | 'udp';
  readonly title: string;
  readonly start: () => string;
  readonly expect: PingStep['expect'];
}

function probe(lab: Lab, { kind, title: stepTitle, start, expect }: Probe): StepResult {
  let id: string;
  try {
    id = start();
  } catch (error) {
    if (!(error instanceof ConsoleError)) throw error;
    const wanted = expect?.problem;
    if (wanted === undefined && isMeaningless(error)) throw new StepFault([kind, 'from'], error.message);
    return { kind, title: stepTitle, expectations: [{ what: 'problem', expected: wanted ?? null, actual: error.code, holds: wanted === error.code }], detail: { message: error.message } };
  }
  const state = finish(lab, id);
  return { kind, title: stepTitle, expectations: replyExpectations(expect, state), detail: pingDetail(state) };
}

function isMeaningless({ code }: ConsoleError): boolean {
  return code === errorCodes.objectNotFound || code === errorCodes.invalidInput;
}

/** Lets virtual time pass until the last answer is in, or overdue. */
export function finish(lab: Lab, pingId: string): PingState {
  for (;;) {
    const state = lab.probes.pingState(pingId);
    if (state.done) return state;
    lab.advance(lookInterval);
  }
}

function replyExpectations(expect: PingStep['expect'], state: PingState): readonly Expectation[] {
  const { fate, status, from, problem, ...numbers } = expect ?? {};
  const everyReply = (of: (reply: PingState['replies'][number]) => string | null) => [...new Set(state.replies.map(of))].join(', ');
  return [
    ...compare(numbers, { received: state.received, lost: state.sent - state.received }),
    ...compare({ status, from }, { status: everyReply((reply) => reply.status), from: everyReply((reply) => reply.from) }),
    ...(fate === undefined ? [] : [part('fate', fate, state.fate)]),
    ...(problem === undefined ? [] : [{ what: 'problem', expected: problem, actual: null, holds: false }]),
  ];
}

function part(what: string, expected: string, actual: string): Expectation {
  return { what, expected, actual, holds: actual.includes(expected) };
}

export function pingDetail({ source, sent, received, replies: answers, fate, trace }: PingState): unknown {
  return { source, sent, received, lines: answers.map(({ text }) => text), fate, trace };
}

export function runTrace(lab: Lab, step: TraceStep): StepResult {
  const { from, to, protocol, port: toPort, ...options } = step.trace;
  const input = { virtualMachine: from, destination: to, count: 1, ...options };
  let state: PingState;
  try {
    state = finish(lab, toPort === undefined ? lab.probes.startPing(input) : lab.probes.startUdp(input, toPort));
  } catch (error) {
    if (error instanceof ConsoleError) throw new StepFault(['trace', 'from'], error.message);
    throw error;
  }
  const { fate, hops, through, notThrough, action } = step.expect ?? {};
  const met = placesOf(state);
  return {
    kind: 'trace',
    title: step.name ?? `trace ${protocol} to ${to} from ${from}`,
    expectations: [
      ...(fate === undefined ? [] : [part('fate', fate, state.fate)]),
      ...compare({ hops }, { hops: met.length }),
      ...(through === undefined ? [] : [{ what: 'through', expected: through, actual: met, holds: isInOrder(through, met) }]),
      ...(notThrough === undefined ? [] : [{ what: 'notThrough', expected: notThrough, actual: met, holds: !notThrough.some((name) => met.some((place) => place.includes(name))) }]),
      ...(action === undefined ? [] : [{ what: 'action', expected: action, actual: state.trace.map((entry) => entry.action), holds: state.trace.some((entry) => entry.action.includes(action)) }]),
    ],
    detail: { fate: state.fate, places: met, trace: state.trace },
  };
}

/** Where decisions were taken, one after the other; several at one place count once. */
function placesOf({ trace }: PingState): readonly string[] {
  return trace.map(({ place }) => place).filter((place, at, all) => place !== all[at - 1]);
}

function isInOrder(names: readonly string[], met: readonly string[]): boolean {
  let at = 0;
  for (const place of met) if (at < names.length && place.includes(names[at] ?? '')) at += 1;
  return at === names.length;
}
