/** What a terminal can run. */
import type { TerminalLine } from '../../../shared/contract/terminal.ts';
import type { Ipv4Address } from '../../../shared/net/ipv4.ts';
import type { Machine } from './machine.ts';
import type { Bound, Parameter } from './parameters.ts';
import type { PsOutput } from './psObject.ts';

export type OutputLine = Pick<TerminalLine, 'kind' | 'text'>;

/** A probe of the simulation that a command started. `timeoutNs`: patience for each answer, in nanoseconds. */
export type StartedProbe =
  | { readonly kind: 'ping'; readonly id: string; readonly destination: Ipv4Address; readonly count: number; readonly size: number; readonly timeToLive: number; readonly doNotFragment: boolean; readonly timeoutNs: number }
  | { readonly kind: 'tracert'; readonly id: string; readonly destination: Ipv4Address; readonly maximumHops: number; readonly timeoutNs: number }
  | { readonly kind: 'tcp'; readonly id: string; readonly destination: Ipv4Address; readonly port: number };

/** A command that takes virtual time. */
export interface Task {
  readonly probes: readonly StartedProbe[];
  /** What is new since the last look. */
  poll(): { readonly lines: readonly OutputLine[]; readonly done: boolean };
  /** Ctrl+C: ends it; what it says at its end. */
  interrupt(): readonly OutputLine[];
}

/** A program as cmd.exe starts it: its arguments are words. */
export interface Program {
  readonly kind: 'program';
  readonly name: string;
  readonly summary: string;
  /** Kinds of machines that have it. */
  readonly on: readonly Machine['kind'][];
  /** Throws TerminalError. */
  readonly run: (words: readonly string[], machine: Machine) => readonly string[] | Task;
}

/** A cmdlet: takes parameters, gives objects. */
export interface Cmdlet {
  readonly kind: 'cmdlet';
  readonly name: string;
  readonly aliases?: readonly string[];
  readonly summary: string;
  readonly on: readonly Machine['kind'][];
  readonly parameters: readonly Parameter[];
  /** Throws TerminalError. */
  readonly run: (bound: Bound, machine: Machine) => PsOutput | Task;
}

export type Command = Program | Cmdlet;

export const out = (text: string): OutputLine => ({ kind: 'output', text });
