/** The tinted tab of the selected object. The same commands are in its context menu. */
import {
  ArrowClockwise24Regular,
  ArrowStepOver20Regular,
  Desktop24Regular,
  DismissCircle24Regular,
  Pulse24Regular,
  Settings24Regular,
  TextBulletListSquare24Regular,
  WindowConsole20Regular,
} from '@fluentui/react-icons';
import type { OperationId } from '../../shared/contract/operations.ts';
import { noSkipReason } from '../views/jobs/jobReasons.ts';
import { CompartmentGlyph } from '../views/shared/glyphs.tsx';
import type { Command, RibbonTab } from './command.ts';
import { exportJob } from './commands/jobExport.ts';
import { jobScript, undoJob } from './commands/jobUndo.ts';
import { failOver } from './commands/clusters.ts';
import { hostRibbonGroups } from './commands/hosts.ts';
import { serviceTemplateGroups, virtualMachineGroups, vmTemplateGroups } from './commands/library.ts';
import { createVmNetworkPool, logicalNetworkGroups, vmNetworkPoolGroups } from './commands/logicalNetworks.ts';
import { fabricObjectGroups, fabricObjectNames } from './commands/switchFabric.ts';
import { hostTerminal, machineTerminal } from './commands/terminals.ts';
import { deleteVmNetwork, moveToGateway, natSessionsOfVmNetwork, vpnStatus } from './commands/vmNetworks.ts';
import { mtuCheckFrom, mtuCheckOfVmNetwork } from './commands/mtuCheck.ts';
import { natSessionsOfGateway, networkServiceProperties, removeNetworkService } from './commands/networkServices.ts';
import { snapshotGroups } from './commands/snapshots.ts';
import { deleteRunAsAccount, runAsAccountProperties } from './commands/runAsAccounts.ts';
import type { Console } from './console.tsx';
import type { ConsoleWindow, Selection } from './consoleState.ts';

export interface SelectionActions extends Pick<Console, 'navigate' | 'open'> {
  readonly cancelJob: (id: string) => void;
  readonly restartJob: (id: string, skipLastFailedStep: boolean) => void;
  readonly undoJob: (id: string) => void;
  /** Moves the role of a gateway pair to its other node. */
  readonly failOver: (networkServiceId: string) => void;
  /** Starts a job and shows it. */
  readonly startOperation: (operationId: OperationId, input: unknown) => void;
  /** Goes to the compartments of the gateway that a VM network uses. */
  readonly showCompartmentsOf: (vmNetworkId: string) => void;
}

/** Undefined when nothing can be done with the selected object. */
export function contextualTab(selection: Selection | null, actions: SelectionActions): RibbonTab | undefined {
  if (selection === null) return undefined;
  switch (selection.kind) {
    case 'vmNetwork':
      return selection.row.kind === 'ipAddressPool' ? tab('IP Pool', vmNetworkPoolGroups(selection.row, actions)) : vmNetworkTab(selection.row, actions);
    case 'virtualMachine':
      return tab('Virtual Machine', [
        { caption: 'Actions', large: [pingFrom(selection.row, actions), connectTo(selection.row, actions), machineTerminal(selection.row, actions)], small: [mtuCheckFrom(selection.row, actions)] },
        ...virtualMachineGroups(selection.row, actions),
      ]);
    case 'host':
      return tab('Host', [{ caption: 'Show', large: [machinesOf(selection.row, actions), hostTerminal(selection.row, actions)], small: [] }, ...hostRibbonGroups(selection.row, actions)]);
    case 'networkService':
      return tab('Network Service', [
        { caption: 'Show', large: [compartmentsOf(selection.row, actions), natSessionsOfGateway(selection.row, actions)], small: [] },
        { caption: 'Cluster', large: [], small: [failOver(selection.row, actions.failOver)] },
        { caption: 'Remove', large: [], small: [removeNetworkService(selection.row, actions)] },
        { caption: 'Properties', large: [networkServiceProperties(selection.row, actions)], small: [] },
      ]);
    case 'vmTemplate':
      return tab('VM Template', vmTemplateGroups(selection.row, actions));
    case 'serviceTemplate':
      return tab('Service Template', serviceTemplateGroups(selection.row, actions));
    case 'job':
      return jobTab(selection.row, actions);
    case 'runAsAccount':
      return tab('Run As Account', [
        { caption: 'Delete', large: [], small: [deleteRunAsAccount(selection.row, actions)] },
        { caption: 'Properties', large: [runAsAccountProperties(selection.row, actions)], small: [] },
      ]);
    case 'logicalNetwork':
      return tab(selection.row.kind === 'ipAddressPool' ? 'IP Pool' : 'Logical Network', logicalNetworkGroups(selection.row, actions));
    case 'fabricObject':
      return tab(fabricObjectNames[selection.row.kind], fabricObjectGroups(selection.row, actions));
    case 'snapshot':
      return tab('Snapshot', snapshotGroups(selection.row, actions));
    case 'libraryImage':
      return undefined;
  }
}

function tab(label: string, groups: RibbonTab['groups']): RibbonTab {
  return { id: 'contextual', label, groups };
}

type Row<K extends Selection['kind']> = Extract<Selection, { kind: K }>['row'];

function vmNetworkTab(row: Row<'vmNetwork'>, actions: SelectionActions): RibbonTab {
  const properties: Command = {
    id: 'vmNetwork.properties',
    label: 'Properties',
    icon: Settings24Regular,
    disabledReason: undefined,
    description: `Name, VM subnets and connectivity of ${row.name}`,
    shortcut: 'Alt+Enter',
    run: () => actions.open({ kind: 'vmNetworkProperties', vmNetworkId: row.id }),
  };
  const ping: Command = {
    id: 'vmNetwork.ping',
    label: 'Ping',
    icon: Pulse24Regular,
    disabledReason: row.virtualMachines === 0 ? `${row.name} has no virtual machine to ping from.` : undefined,
    description: `Ping from a virtual machine of ${row.name}`,
    run: () => actions.open({ kind: 'ping', vmNetworkId: row.id }),
  };
  const compartments: Command = {
    id: 'vmNetwork.compartments',
    label: 'Compartments',
    icon: CompartmentGlyph,
    disabledReason: row.gatewayConnection === null ? `${row.name} has no gateway connection.` : undefined,
    description: 'What RRAS holds for this VM network on its gateway',
    run: () => actions.showCompartmentsOf(row.id),
  };
  return tab('VM Network', [
    { caption: 'Create', large: [], small: [createVmNetworkPool(row, actions), deleteVmNetwork(row, actions)] },
    { caption: 'Actions', large: [ping, compartments, vpnStatus(row, actions), natSessionsOfVmNetwork(row, actions)], small: [moveToGateway(row, actions), mtuCheckOfVmNetwork(row, actions)] },
    { caption: 'Properties', large: [properties], small: [] },
  ]);
}

/** Among the machines of its own VM network, so that it is in the window's list however large the lab is. */
export function pingFromMachine(row: Row<'virtualMachine'>): ConsoleWindow {
  return { kind: 'ping', virtualMachineId: row.id, ...(row.vmNetworkId === null ? {} : { vmNetworkId: row.vmNetworkId }) };
}

function pingFrom(row: Row<'virtualMachine'>, { open }: SelectionActions): Command {
  const reason = row.role === 'gateway' ? `${row.name} is a gateway; its packets start in its tenants.` : row.running ? undefined : `${row.name} is not running.`;
  return {
    id: 'virtualMachine.ping',
    label: 'Ping',
    icon: Pulse24Regular,
    disabledReason: reason,
    description: `Ping from ${row.name}`,
    run: () => open(pingFromMachine(row)),
  };
}

/** VMM's "Connect via Console". */
function connectTo(row: Row<'virtualMachine'>, { open }: SelectionActions): Command {
  return {
    id: 'virtualMachine.connect',
    label: 'Connect via Console',
    icon: WindowConsole20Regular,
    disabledReason: undefined,
    description: `Inside ${row.name}: network connections, firewall, roles`,
    run: () => open({ kind: 'guest', virtualMachineId: row.id }),
  };
}

function machinesOf(row: Row<'host'>, { navigate }: SelectionActions): Command {
  return {
    id: 'host.virtualMachines',
    label: 'Virtual Machines',
    icon: Desktop24Regular,
    disabledReason: row.virtualMachines === 0 ? `${row.name} has no virtual machine.` : undefined,
    description: `Virtual machines on ${row.name}`,
    run: () => navigate({ kind: 'virtualMachines', hostId: row.id }),
  };
}

function compartmentsOf(row: Row<'networkService'>, { navigate }: SelectionActions): Command {
  return {
    id: 'networkService.compartments',
    label: 'Compartments',
    icon: CompartmentGlyph,
    disabledReason: row.vmName === '' ? `${row.name} has no virtual machine.` : undefined,
    description: `Routing compartments of ${row.vmName}`,
    run: () => navigate({ kind: 'compartments', networkServiceId: row.id }),
  };
}

function jobTab(row: Row<'job'>, actions: SelectionActions): RibbonTab {
  const cancel: Command = {
    id: 'job.cancel',
    label: 'Cancel',
    icon: DismissCircle24Regular,
    disabledReason: row.isStoppable ? undefined : 'Only a job that waits or runs can be canceled.',
    description: 'Stop after the step that runs now',
    run: () => actions.cancelJob(row.id),
  };
  const restart: Command = {
    id: 'job.restart',
    label: 'Restart',
    icon: ArrowClockwise24Regular,
    disabledReason: row.isRestartable ? undefined : 'Only a failed or canceled job can be restarted.',
    description: 'Go on after the last step that completed',
    run: () => actions.restartJob(row.id, false),
  };
  const skip: Command = {
    id: 'job.restartAndSkip',
    label: 'Restart and skip last failed step',
    icon: ArrowStepOver20Regular,
    disabledReason: row.canSkipLastFailedStep ? undefined : noSkipReason(row),
    description: 'Go on behind the step that failed, without it',
    run: () => actions.restartJob(row.id, true),
  };
  const details: Command = {
    id: 'job.open',
    label: 'Jobs Window',
    icon: TextBulletListSquare24Regular,
    disabledReason: undefined,
    description: 'Show this job beside the console',
    run: () => actions.open({ kind: 'jobs', jobId: row.id }),
  };
  return tab('Job', [
    { caption: 'Actions', large: [restart, cancel, undoJob(row, actions.undoJob)], small: [skip] },
    { caption: 'PowerShell', large: [jobScript(row, actions)], small: [] },
    { caption: 'Window', large: [details], small: [] },
    { caption: 'Job Log', large: [exportJob(row, actions)], small: [] },
  ]);
}
