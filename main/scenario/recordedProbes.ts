/** Probes that an operator started, as steps of a scenario; read when the file is written, because by then most have ended. */
import { ConsoleError } from '../../shared/contract/errors.ts';
import type { PingState } from '../../shared/contract/simulation.ts';
import { formatIpv4 } from '../../shared/net/ipv4.ts';
import type { Lab } from '../lab/lab.ts';
import type { StartedProbe } from '../lab/terminal/command.ts';
import type { RecordedStep } from './recordedText.ts';

export type RecordedPart = Omit<RecordedStep, 'at'>;

/** What a scenario's own ping and tracert wait for each answer, in nanoseconds. */
const usualPatience = 4e9;

/** A probe that was typed in the terminal of a virtual machine. */
export function typedProbe(lab: Lab, from: string, probe: StartedProbe, withExpectations: boolean): RecordedPart {
  switch (probe.kind) {
    case 'ping':
      return patient(probe.timeoutNs, pingPart(lab, { ...probe, from, to: formatIpv4(probe.destination) }, probe.id, withExpectations && probe.timeoutNs === usualPatience));
    case 'tracert':
      return patient(probe.timeoutNs, tracertPart(lab, from, probe, withExpectations && probe.timeoutNs === usualPatience));
    case 'tcp':
      return tcpPart(lab, from, probe, withExpectations);
  }
}

function patient(timeoutNs: number, part: RecordedPart): RecordedPart {
  return timeoutNs === usualPatience ? part : { ...part, comment: `It waited ${timeoutNs / 1e6} ms for each answer, a scenario waits ${usualPatience / 1e6}: nothing is expected of it.` };
}

interface Ping {
  readonly from: unknown;
  readonly to: string;
  readonly count: number;
  readonly size: number;
  readonly timeToLive: number;
  readonly doNotFragment: boolean;
}

export function pingPart(lab: Lab, { from, to, count, size, timeToLive, doNotFragment }: Ping, pingId: string, withExpectations: boolean): RecordedPart {
  const state = known(() => lab.probes.pingState(pingId));
  const sent = state === undefined ? count : Math.max(state.sent, 1);
  const ping = { from, to, count: sent, ...(size === 32 ? {} : { size }), ...(timeToLive === 128 ? {} : { timeToLive }), ...(doNotFragment ? { doNotFragment } : {}) };
  const expected = withExpectations && state?.done === true ? { expect: { received: state.received } } : {};
  return { takes: state === undefined ? 0 : takesOf(state), step: { ping, ...expected }, comment: undefined };
}

function tracertPart(lab: Lab, from: string, { id, destination, maximumHops }: Extract<StartedProbe, { readonly kind: 'tracert' }>, withExpectations: boolean): RecordedPart {
  const state = known(() => lab.probes.routeProbeState(id));
  const tracert = { from, to: formatIpv4(destination), ...(maximumHops === 30 ? {} : { maximumHops }) };
  const expected = withExpectations && state?.done === true ? { expect: { reached: state.reached, hops: state.hops.map((hop) => hop.from) } } : {};
  const waits = state?.hops.flatMap(({ queries }) => queries.map(({ roundTripMs }) => roundTripMs ?? pingPatience)) ?? [];
  return { takes: wholeLooks(waits.reduce((sum, wait) => sum + wait, 0)), step: { tracert, ...expected }, comment: undefined };
}

function tcpPart(lab: Lab, from: string, { id, destination, port }: Extract<StartedProbe, { readonly kind: 'tcp' }>, withExpectations: boolean): RecordedPart {
  const state = known(() => lab.probes.tcpProbeState(id));
  const expected = withExpectations && state?.done === true ? { expect: { status: state.status } } : {};
  return { takes: wholeLooks(state?.roundTripMs ?? 0), step: { tcp: { from, to: formatIpv4(destination), port }, ...expected }, comment: undefined };
}

interface MtuCheck {
  readonly from: unknown;
  readonly to: string;
  readonly largest: number;
}

export function mtuPart(lab: Lab, { from, to, largest }: MtuCheck, checkId: string, withExpectations: boolean): RecordedPart {
  const verdict = known(() => lab.probes.mtuCheckState(checkId))?.verdict ?? null;
  const mtu = { from, to, ...(largest === 1500 ? {} : { largest }) };
  const expected = withExpectations && verdict !== null ? { expect: { mtu: verdict.largest, limit: verdict.kind } } : {};
  return { takes: 0, step: { mtu, ...expected }, comment: undefined };
}

/** Undefined of a probe of a simulation that is gone, because another lab was opened, or that gave way to newer ones. */
function known<S>(look: () => S): S | undefined {
  try {
    return look();
  } catch (error) {
    if (error instanceof ConsoleError) return undefined;
    throw error;
  }
}

/** As Windows's ping: the next request a second after the last one, or when its patience is at its end. */
const pingInterval = 1000;
const pingPatience = 4000;
/** Steps of a scenario look at a probe so often, in milliseconds. */
const lookInterval = 100;

function takesOf({ replies }: PingState): number {
  const waits = replies.map(({ status, roundTripMs }) => roundTripMs ?? (status === 'failed' ? 0 : pingPatience));
  return wholeLooks(waits.reduce((sum, wait, at) => sum + (at === waits.length - 1 ? wait : Math.max(wait, pingInterval)), 0));
}

/** In nanoseconds. */
function wholeLooks(milliseconds: number): number {
  return Math.ceil(milliseconds / lookInterval) * lookInterval * 1e6;
}
