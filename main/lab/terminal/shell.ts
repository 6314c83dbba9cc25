/** Runs a typed line on a machine, as cmd.exe or as PowerShell would. */
import { parseCommandLine, type ParsedCommand } from './commandLine.ts';
import { out, type Cmdlet, type Command, type OutputLine, type Task } from './command.ts';
import { arp, hostname, ipconfig, route } from './commands/configuration.ts';
import { netNatCmdlets } from './commands/netNat.ts';
import { netTcpIpCmdlets } from './commands/netTcpIp.ts';
import { ping, tracert } from './commands/ping.ts';
import { remoteAccessCmdlets } from './commands/remoteAccess.ts';
import { testNetConnection } from './commands/testNetConnection.ts';
import { virtualizationCmdlets } from './commands/virtualization.ts';
import { formatOutput } from './format.ts';
import type { Machine } from './machine.ts';
import { bind } from './parameters.ts';
import { applyStage, stageNames } from './pipeline.ts';
import { TerminalError } from './terminalError.ts';

export type Shell = 'cmd' | 'powershell';

const commands: readonly Command[] = [
  ping, tracert, ipconfig, route, arp, hostname, testNetConnection, ...netTcpIpCmdlets, ...remoteAccessCmdlets, ...netNatCmdlets, ...virtualizationCmdlets,
];

/** Of the shell itself. */
const builtIns: readonly { readonly name: string; readonly summary: string }[] = [
  { name: 'cls', summary: 'Clears the terminal (Ctrl+L)' },
  { name: 'exit', summary: 'Leaves the shell' },
  { name: 'help', summary: 'This list; help and a name shows what a command takes' },
];

const places: Readonly<Record<Machine['kind'], string>> = { virtualMachine: 'a virtual machine', gateway: 'the gateway VM', host: 'a Hyper-V host' };

type ShellResult =
  | { readonly kind: 'lines'; readonly lines: readonly OutputLine[] }
  | { readonly kind: 'task'; readonly task: Task }
  | { readonly kind: 'clear' }
  | { readonly kind: 'exit' }
  | { readonly kind: 'enter'; readonly shell: Shell };

/** Names that Tab completes. */
export function commandNames(shell: Shell, machine: Machine['kind']): string[] {
  const available = commands.filter(({ kind, on }) => on.includes(machine) && (kind === 'program' || shell === 'powershell')).map(({ name }) => name);
  const others = shell === 'powershell' ? stageNames : ['powershell'];
  return [...available, ...builtIns.map(({ name }) => name), ...others].sort((a, b) => a.localeCompare(b));
}

/** Never throws for what was typed: what is wrong stands in the lines. */
export function runLine(line: string, shell: Shell, machine: Machine): ShellResult {
  const parsed = parseCommandLine(line);
  if ('problem' in parsed) return failed(parsed.problem);
  const [first, ...stages] = parsed.commands;
  if (first === undefined) return { kind: 'lines', lines: [] };
  try {
    if (machine.offBecause !== null) throw new TerminalError(machine.offBecause);
    return builtIn(first, shell, machine) ?? runCommand(first, stages, shell, machine);
  } catch (error) {
    if (error instanceof TerminalError) return failed(error.message);
    throw error;
  }
}

function failed(text: string): ShellResult {
  return { kind: 'lines', lines: [{ kind: 'error', text }] };
}

function builtIn({ name, arguments: given }: ParsedCommand, shell: Shell, machine: Machine): ShellResult | undefined {
  switch (name.toLowerCase()) {
    case 'cls':
    case 'clear':
    case 'clear-host':
      return { kind: 'clear' };
    case 'exit':
      return { kind: 'exit' };
    case 'powershell':
    case 'powershell.exe':
      return { kind: 'enter', shell: 'powershell' };
    case 'cmd':
    case 'cmd.exe':
      return { kind: 'enter', shell: 'cmd' };
    case 'help':
    case 'get-help':
      return { kind: 'lines', lines: help(given[0]?.values[0], shell, machine).map(out) };
    default:
      return undefined;
  }
}

function runCommand(first: ParsedCommand, stages: readonly ParsedCommand[], shell: Shell, machine: Machine): ShellResult {
  const command = find(first.name, shell, machine);
  if (command.kind === 'program') {
    if (stages.length > 0) throw new TerminalError(`${command.name} puts out text: only the objects of a cmdlet go through a "|" in this terminal.`);
    const result = command.run(first.arguments.flatMap(({ values }) => values), machine);
    return 'poll' in result ? { kind: 'task', task: result } : { kind: 'lines', lines: result.map(out) };
  }
  const result = command.run(bind(command.name, command.parameters, first.arguments), machine);
  if (!('poll' in result)) return { kind: 'lines', lines: formatOutput(stages.reduce(applyStage, result)).map(out) };
  if (stages.length > 0) {
    result.interrupt();
    throw new TerminalError(`${command.name} writes its own list: nothing can stand behind it in this terminal.`);
  }
  return { kind: 'task', task: result };
}

/** Throws TerminalError, which says where a command that is known runs. */
function find(typed: string, shell: Shell, { kind, name: machine }: Machine): Command {
  const lower = typed.toLowerCase().replace(/\.exe$/, '');
  const command = commands.find((entry) => entry.name.toLowerCase() === lower || (entry.kind === 'cmdlet' && entry.aliases?.includes(lower) === true));
  const shown = typed.slice(0, 100);
  if (command === undefined) {
    throw new TerminalError(
      shell === 'cmd'
        ? `'${shown}' is not recognized as an internal or external command of this terminal. Type help for those that it knows.`
        : `${shown} : The term '${shown}' is not recognized as the name of a cmdlet or program of this terminal. Type help for those that it knows.`,
    );
  }
  if (!command.on.includes(kind)) throw new TerminalError(`${command.name} tells nothing on ${machine}: it runs on ${command.on.map((place) => places[place]).join(' or ')}.`);
  if (command.kind === 'cmdlet' && shell === 'cmd') throw new TerminalError(`'${shown}' is not recognized as an internal or external command: it is a cmdlet. Type powershell first.`);
  return command;
}

function help(wanted: string | undefined, shell: Shell, machine: Machine): string[] {
  if (wanted !== undefined) {
    const command = find(wanted, 'powershell', machine);
    return ['', command.name, `    ${command.summary}`, ...(command.kind === 'cmdlet' ? parameterHelp(command) : []), ''];
  }
  const names = new Set(commandNames(shell, machine.kind));
  const shown: readonly { readonly name: string; readonly summary: string }[] = [...commands.filter(({ name }) => names.has(name)), ...builtIns, ...(shell === 'cmd' ? [{ name: 'powershell', summary: 'Cmdlets such as Test-NetConnection' }] : [])];
  const width = Math.max(...shown.map(({ name }) => name.length));
  const stagesHelp = shell === 'cmd' ? [] : ['', `Behind a cmdlet: | Format-Table (ft), | Format-List (fl), | Select-Object, | Where-Object Property -eq Value`];
  return ['', ...shown.map(({ name, summary }) => `${name.padEnd(width)}  ${summary}`), ...stagesHelp, '', 'These commands only look. What changes the lab is done in the console, as jobs.', ''];
}

function parameterHelp({ parameters }: Cmdlet): string[] {
  return parameters.map(({ name, type, values }) => `    -${name}${type === 'switch' ? '' : ` <${values?.join(' | ') ?? (type === 'list' ? 'one or more, with commas' : type)}>`}`);
}
