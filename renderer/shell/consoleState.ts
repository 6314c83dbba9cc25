/** What the shell knows: where the operator is, what is selected there, and which windows are open. A pure reducer over plain values. */
import type { HostRow, LogicalNetworkRow, NetworkServiceRow, RunAsAccountRow, VirtualMachineRow, VmNetworkPoolRow } from '../../shared/contract/inventory.ts';
import type { LibraryImageRow, ServiceTemplateRow, VmTemplateRow } from '../../shared/contract/library.ts';
import type { FabricObjectRow } from '../../shared/contract/networking.ts';
import type { JobRow } from '../../shared/contract/jobs.ts';
import type { NatScope } from '../../shared/contract/liveGateway.ts';
import type { ImportPreview, SnapshotRow } from '../../shared/contract/snapshots.ts';
import type { OperationId } from '../../shared/contract/operations.ts';
import type { TerminalTarget } from '../../shared/contract/terminal.ts';
import type { JobQuery } from '../views/jobs/jobQuery.ts';
import { viewKey, workspaceOf, type View, type Workspace } from './views.ts';

/** The one selected object of the middle list, as its list last told. */
export type Selection =
  | { readonly kind: 'vmNetwork'; readonly row: VmNetworkPoolRow }
  | { readonly kind: 'virtualMachine'; readonly row: VirtualMachineRow }
  | { readonly kind: 'host'; readonly row: HostRow }
  | { readonly kind: 'logicalNetwork'; readonly row: LogicalNetworkRow }
  | { readonly kind: 'fabricObject'; readonly row: FabricObjectRow }
  | { readonly kind: 'networkService'; readonly row: NetworkServiceRow }
  | { readonly kind: 'runAsAccount'; readonly row: RunAsAccountRow }
  | { readonly kind: 'vmTemplate'; readonly row: VmTemplateRow }
  | { readonly kind: 'serviceTemplate'; readonly row: ServiceTemplateRow }
  | { readonly kind: 'libraryImage'; readonly row: LibraryImageRow }
  | { readonly kind: 'snapshot'; readonly row: SnapshotRow }
  | { readonly kind: 'job'; readonly row: JobRow };

export type ConsoleWindow =
  | { readonly kind: 'vmNetworkProperties'; readonly vmNetworkId: string }
  | { readonly kind: 'moveToGateway'; readonly vmNetworkId: string; readonly name: string }
  | { readonly kind: 'addNetworkService' }
  | { readonly kind: 'createRunAsAccount' }
  | { readonly kind: 'runAsAccountProperties'; readonly account: RunAsAccountRow }
  | { readonly kind: 'addHost'; readonly hostGroupId: string }
  | { readonly kind: 'hostProperties'; readonly hostId: string; readonly page?: 'hostAccess' | 'virtualSwitches' }
  | { readonly kind: 'createHostGroup'; readonly parentId: string }
  | { readonly kind: 'renameHostGroup'; readonly hostGroupId: string; readonly name: string }
  | { readonly kind: 'moveHostGroup'; readonly hostGroupId: string; readonly name: string }
  | { readonly kind: 'guest'; readonly virtualMachineId: string }
  | { readonly kind: 'terminal'; readonly target: TerminalTarget }
  | { readonly kind: 'remove'; readonly operationId: OperationId; readonly input: unknown; readonly name: string; readonly what: string; readonly consequence?: string }
  | { readonly kind: 'networkServiceProperties'; readonly networkServiceId: string }
  | { readonly kind: 'createVmNetwork' }
  | { readonly kind: 'createMacAddressPool' }
  | { readonly kind: 'createUplinkPortProfile' }
  | { readonly kind: 'createLogicalSwitch' }
  | { readonly kind: 'createHostCluster' }
  | { readonly kind: 'createGuestCluster' }
  | { readonly kind: 'createLogicalNetwork' }
  | { readonly kind: 'logicalNetworkProperties'; readonly logicalNetworkId: string }
  | { readonly kind: 'createIpPool'; readonly logicalNetworkId?: string; readonly vmNetworkId?: string }
  | { readonly kind: 'ipPoolProperties'; readonly ipPoolId: string }
  | { readonly kind: 'createVmTemplate' }
  | { readonly kind: 'vmTemplateProperties'; readonly vmTemplateId: string }
  | { readonly kind: 'createServiceTemplate'; readonly vmTemplateId?: string }
  | { readonly kind: 'migrateVirtualMachine'; readonly machine: { readonly id: string; readonly name: string; readonly host: string } }
  | { readonly kind: 'createVirtualMachine'; readonly vmTemplateId?: string }
  | { readonly kind: 'jobs'; readonly jobId?: string }
  | { readonly kind: 'jobScript'; readonly jobId: string; readonly name: string }
  | { readonly kind: 'vpnStatus'; readonly vmNetworkId: string }
  | { readonly kind: 'natSessions'; readonly scope: NatScope }
  | { readonly kind: 'scenario' }
  | { readonly kind: 'faults' }
  | { readonly kind: 'exportJobs'; readonly job: { readonly id: string; readonly name: string } | undefined; readonly isForJob: boolean; readonly list: JobQuery | undefined }
  | { readonly kind: 'ping'; readonly virtualMachineId?: string; readonly vmNetworkId?: string }
  | { readonly kind: 'mtuCheck'; readonly virtualMachineId?: string; readonly vmNetworkId?: string }
  | { readonly kind: 'createSnapshot' }
  | { readonly kind: 'compareSnapshot'; readonly snapshot: SnapshotRow }
  | { readonly kind: 'restoreSnapshot'; readonly snapshot: SnapshotRow }
  | { readonly kind: 'importLab'; readonly preview: ImportPreview }
  | { readonly kind: 'shortcuts' }
  | { readonly kind: 'about' };

export interface OpenWindow {
  readonly number: number;
  readonly window: ConsoleWindow;
}

export interface ConsoleState {
  readonly view: View;
  /** View that each workspace showed last. */
  readonly lastViews: Partial<Record<Workspace, View>>;
  /** Selection by view, so that coming back finds it again. */
  readonly selections: Readonly<Record<string, Selection>>;
  readonly windows: readonly OpenWindow[];
  readonly nextNumber: number;
}

export type ConsoleAction =
  | { readonly type: 'navigate'; readonly view: View }
  | { readonly type: 'select'; readonly selection: Selection | null }
  | { readonly type: 'open'; readonly window: ConsoleWindow }
  | { readonly type: 'close'; readonly number: number };

export function initialState(view: View): ConsoleState {
  return { view, lastViews: { [workspaceOf(view)]: view }, selections: {}, windows: [], nextNumber: 1 };
}

export function reduce(state: ConsoleState, action: ConsoleAction): ConsoleState {
  switch (action.type) {
    case 'navigate':
      return { ...state, view: action.view, lastViews: { ...state.lastViews, [workspaceOf(action.view)]: action.view } };
    case 'select':
      return { ...state, selections: withSelection(state.selections, viewKey(state.view), action.selection) };
    case 'open':
      return open(state, action.window);
    case 'close':
      return { ...state, windows: state.windows.filter(({ number }) => number !== action.number) };
  }
}

export function currentSelection(state: ConsoleState): Selection | null {
  return state.selections[viewKey(state.view)] ?? null;
}

function withSelection(selections: ConsoleState['selections'], key: string, selection: Selection | null): ConsoleState['selections'] {
  if (selection !== null) return { ...selections, [key]: selection };
  return Object.fromEntries(Object.entries(selections).filter(([other]) => other !== key));
}

/** One window of a kind: opening it again turns it to the new object. Several pings and terminals may stand side by side. */
function open(state: ConsoleState, window: ConsoleWindow): ConsoleState {
  const others = window.kind === 'ping' || window.kind === 'terminal' ? state.windows : state.windows.filter((entry) => entry.window.kind !== window.kind);
  return { ...state, windows: [...others, { number: state.nextNumber, window }], nextNumber: state.nextNumber + 1 };
}
