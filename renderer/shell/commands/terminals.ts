/** Terminals: the prompt of a virtual machine, and PowerShell on the gateway VM and on hosts. */
import { WindowConsole20Regular } from '@fluentui/react-icons';
import type { Command } from '../command.ts';
import type { Console } from '../console.tsx';
import type { Selection } from '../consoleState.ts';

type Row<K extends Selection['kind']> = Extract<Selection, { kind: K }>['row'];
type Open = Pick<Console, 'open'>;

export function machineTerminal(row: Row<'virtualMachine'>, { open }: Open): Command {
  const isGateway = row.role === 'gateway';
  return {
    id: 'virtualMachine.terminal',
    label: isGateway ? 'PowerShell' : 'Command Prompt',
    icon: WindowConsole20Regular,
    disabledReason: row.running ? undefined : `${row.name} is not running.`,
    description: isGateway ? `Compartments, NAT, VPN and BGP of ${row.name} with its cmdlets` : `ping, tracert, ipconfig and more in ${row.name}`,
    run: () => open({ kind: 'terminal', target: { kind: 'virtualMachine', id: row.id } }),
  };
}

export function hostTerminal(row: Row<'host'>, { open }: Open): Command {
  return {
    id: 'host.terminal',
    label: 'PowerShell',
    icon: WindowConsole20Regular,
    disabledReason: undefined,
    description: `Virtualization policy of ${row.name} with its cmdlets`,
    run: () => open({ kind: 'terminal', target: { kind: 'host', id: row.id } }),
  };
}
