/** Terminals: the prompt of a virtual machine, of a gateway VM or of a host, with the commands that only look. */
import { z } from 'zod';
import { idSchema } from './lists.ts';

/** Lines that a terminal keeps; older ones go. */
export const terminalLines = 1000;
/** Terminals that are open at a time; one more pushes out the oldest, which may be of a window that is long gone. */
export const terminalLimit = 32;
/** Characters of a typed line. */
export const terminalLineLength = 1024;

export const terminalTargetSchema = z.object({ kind: z.enum(['virtualMachine', 'host']), id: z.string().trim().min(1).max(200).describe('Id or name') });
export type TerminalTarget = z.infer<typeof terminalTargetSchema>;

export const terminalSchema = z.object({
  terminalId: idSchema,
  /** Whose prompt it is. */
  machine: z.string(),
  /** What kind of machine that is, for the frame of the window. */
  description: z.string(),
});
export type Terminal = z.infer<typeof terminalSchema>;

/** A line as it stands in the terminal. `input` has its prompt before it. */
const terminalLineSchema = z.object({ number: z.number().int(), kind: z.enum(['input', 'output', 'warning', 'error']), text: z.string() });
export type TerminalLine = z.infer<typeof terminalLineSchema>;

export const terminalOutputSchema = z.object({
  lines: z.array(terminalLineSchema),
  /** Stands before what is typed next. */
  prompt: z.string(),
  /** A command runs: only Ctrl+C is heard. */
  isBusy: z.boolean(),
  /** Somebody typed exit. */
  isClosed: z.boolean(),
  /** Names that Tab completes, of the shell that runs now. */
  commands: z.array(z.string()),
});
export type TerminalOutput = z.infer<typeof terminalOutputSchema>;

export const terminalRunSchema = z.object({ terminalId: idSchema, line: z.string().max(terminalLineLength) });
