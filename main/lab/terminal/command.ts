/** What a terminal can run. */
import type { TerminalLine } from '../../../shared/contract/terminal.ts';
import type { Machine } from './machine.ts';
import type { Bound, Parameter } from './parameters.ts';
import type { PsOutput } from './psObject.ts';

export type OutputLine = Pick<TerminalLine, 'kind' | 'text'>;

/** A command that takes virtual time. */
export interface Task {
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
