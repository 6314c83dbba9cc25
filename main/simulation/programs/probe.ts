/** What the programs of a machine have in common, and what they need of it. */
import type { Ipv4Address } from '../../../shared/net/ipv4.ts';
import type { PingReplyStatus, PingRequest } from '../state.ts';
import type { TraceRecorder } from '../trace/recorder.ts';

/** A program that runs in virtual time and can be ended before. */
export interface Probe {
  /** Sends no more; what it found stays readable. */
  stop(): void;
}

export type EchoOptions = Pick<PingRequest, 'destination' | 'payloadSize' | 'timeToLive' | 'doNotFragment'>;

/** What a program that sends echo requests needs of its machine. */
export interface EchoSender {
  sourceTowards(destination: Ipv4Address): Ipv4Address;
  /** False when the machine cannot send at all. */
  sendEcho(identifier: number, sequence: number, options: EchoOptions, trace: TraceRecorder | null): boolean;
}

/** Who hears the answers to echo requests of one identifier. */
export interface EchoListener extends Probe {
  answer(sequence: number, status: PingReplyStatus, from: Ipv4Address, timeToLive: number, code: number, nextHopMtu: number | null): void;
}
