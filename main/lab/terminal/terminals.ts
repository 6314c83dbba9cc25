/** Open terminals: what stands in them, and what runs in them. */
import { ConsoleError } from '../../../shared/contract/errors.ts';
import { terminalLimit, terminalLines, type Terminal, type TerminalLine, type TerminalOutput, type TerminalTarget } from '../../../shared/contract/terminal.ts';
import type { OutputLine, StartedProbe, Task } from './command.ts';
import { readMachine, requireRunning, type Machine, type MachineSource } from './machine.ts';
import { commandNames, runLine, type Shell } from './shell.ts';
import { TerminalError } from './terminalError.ts';

const descriptions: Readonly<Record<Machine['kind'], string>> = { virtualMachine: 'Virtual machine', gateway: 'Gateway virtual machine', host: 'Hyper-V host' };
const prompts: Readonly<Record<Shell, string>> = { cmd: 'C:\\Users\\Administrator>', powershell: 'PS C:\\Users\\Administrator> ' };

interface Session {
  readonly target: TerminalTarget;
  readonly kind: Machine['kind'];
  /** The innermost shell is the last one. */
  shells: readonly Shell[];
  lines: readonly TerminalLine[];
  nextNumber: number;
  task: Task | null;
}

type ProbesListener = (machine: Pick<Machine, 'kind' | 'name'>, probes: readonly StartedProbe[]) => void;

export class Terminals {
  readonly #source: MachineSource;
  readonly #sessions = new Map<string, Session>();
  readonly #listeners: ProbesListener[] = [];
  #nextId = 1;

  constructor(source: MachineSource) {
    this.#source = source;
  }

  /** `listener` hears of the probes that a command starts, when they have begun. */
  onProbes(listener: ProbesListener): void {
    this.#listeners.push(listener);
  }

  /** Throws ConsoleError objectNotFound, or vmNotRunning. */
  open(target: TerminalTarget): Terminal {
    const machine = readMachine(target, this.#source);
    requireRunning(machine);
    const [oldest] = this.#sessions.keys();
    if (this.#sessions.size >= terminalLimit && oldest !== undefined) this.close(oldest);
    const terminalId = `terminal-${this.#nextId++}`;
    const session: Session = { target, kind: machine.kind, shells: [machine.kind === 'virtualMachine' ? 'cmd' : 'powershell'], lines: [], nextNumber: 1, task: null };
    this.#sessions.set(terminalId, session);
    append(session, [{ kind: 'output', text: `${descriptions[machine.kind]} ${machine.name}. Type help for the commands of this terminal.` }, { kind: 'output', text: '' }]);
    return { terminalId, machine: machine.name, description: descriptions[machine.kind] };
  }

  /** Throws ConsoleError terminalNotFound, terminalBusy, or objectNotFound when the machine is gone. */
  run(terminalId: string, line: string): void {
    const session = this.#session(terminalId);
    this.#poll(session);
    const [shell] = session.shells.slice(-1);
    if (shell === undefined) throw notFound(terminalId);
    if (session.task !== null) throw new ConsoleError('terminalBusy', 'A command runs in this terminal.', 'Wait for its end, or press Ctrl+C.');
    const machine = readMachine(session.target, this.#source);
    // cmd.exe leaves a line free before each prompt.
    if (shell === 'cmd' && (session.lines.at(-1)?.text ?? '') !== '') append(session, [{ kind: 'output', text: '' }]);
    append(session, [{ kind: 'input', text: `${prompts[shell]}${line}` }]);
    const result = runLine(line, shell, machine);
    switch (result.kind) {
      case 'lines':
        return append(session, result.lines);
      case 'clear':
        session.lines = [];
        return;
      case 'exit':
        session.shells = session.shells.slice(0, -1);
        return;
      case 'enter':
        // Windows nests without end; one of each is enough to come back from.
        session.shells = [...session.shells.filter((entry) => entry !== result.shell), result.shell];
        return;
      case 'task':
        session.task = result.task;
        for (const listener of this.#listeners) listener(machine, result.task.probes);
        this.#poll(session);
    }
  }

  /** Ctrl+C; does nothing when nothing runs. Throws ConsoleError terminalNotFound. */
  interrupt(terminalId: string): void {
    const session = this.#session(terminalId);
    this.#poll(session);
    const { task } = session;
    if (task === null) return;
    session.task = null;
    guarded(session, () => append(session, task.interrupt()));
  }

  /** Does nothing when it is closed already. */
  close(terminalId: string): void {
    this.#sessions.get(terminalId)?.task?.interrupt();
    this.#sessions.delete(terminalId);
  }

  /** Throws ConsoleError terminalNotFound. */
  output(terminalId: string): TerminalOutput {
    const session = this.#session(terminalId);
    this.#poll(session);
    const [shell] = session.shells.slice(-1);
    return {
      lines: [...session.lines],
      prompt: shell === undefined ? '' : prompts[shell],
      isBusy: session.task !== null,
      isClosed: shell === undefined,
      commands: shell === undefined ? [] : commandNames(shell, session.kind),
    };
  }

  #session(terminalId: string): Session {
    const session = this.#sessions.get(terminalId);
    if (session === undefined) throw notFound(terminalId);
    return session;
  }

  #poll(session: Session): void {
    const { task } = session;
    if (task === null) return;
    guarded(session, () => {
      const { lines, done } = task.poll();
      append(session, lines);
      if (done) session.task = null;
    });
  }
}

/** What a task cannot go on with ends it, with the reason. */
function guarded(session: Session, action: () => void): void {
  try {
    action();
  } catch (error) {
    if (!(error instanceof TerminalError)) throw error;
    session.task = null;
    append(session, [{ kind: 'error', text: error.message }]);
  }
}

function append(session: Session, lines: readonly OutputLine[]): void {
  const cut = lines.length > terminalLines ? [...lines.slice(0, terminalLines - 1), { kind: 'warning' as const, text: `${lines.length - terminalLines + 1} more lines are left out.` }] : lines;
  session.lines = [...session.lines, ...cut.map((line) => ({ ...line, number: session.nextNumber++ }))].slice(-terminalLines);
}

function notFound(terminalId: string): ConsoleError {
  return new ConsoleError('terminalNotFound', `There is no terminal ${terminalId.slice(0, 80)}.`, 'Open it again.');
}
