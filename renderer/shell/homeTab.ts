/** The Home tab of the ribbon: what can be done wherever the operator is. */
import {
  CompassNorthwest20Regular,
  Rewind20Regular,
  Cube20Regular,
  Delete20Regular,
  FastForward20Regular,
  Flash24Regular,
  Next20Regular,
  PanelBottom20Regular,
  Pause24Regular,
  Play24Regular,
  Pulse20Regular,
  Record24Regular,
  Router20Regular,
  Save24Regular,
  TaskListLtr24Regular,
  Desktop20Regular,
  VirtualNetwork24Regular,
} from '@fluentui/react-icons';
import type { SimulationSpeed } from '../../shared/contract/simulation.ts';
import type { Command, CommandIcon, RibbonTab } from './command.ts';
import { createGroups } from './commands/create.ts';
import { scenarioCommands } from './commands/scenarios.ts';
import type { Console } from './console.tsx';
import type { ConsoleWindow } from './consoleState.ts';
import { pingFromMachine } from './contextualTab.ts';
import { runningSpeeds, speedLabel } from './simulationStatus.ts';
import type { CaptureControl } from './useCapture.ts';
import type { RecordingControl } from './useRecording.ts';
import type { View } from './views.ts';

interface HomeTabParts {
  readonly console: Pick<Console, 'view' | 'navigate' | 'open' | 'selection'>;
  readonly speed: SimulationSpeed | undefined;
  readonly setSpeed: (speed: SimulationSpeed) => void;
  readonly step: () => void;
  readonly capture: CaptureControl;
  readonly recording: RecordingControl;
  readonly isDetailsPaneShown: boolean;
  readonly setDetailsPaneShown: (shown: boolean) => void;
  readonly isGuideShown: boolean;
  readonly setGuideShown: (shown: boolean) => void;
}

export function homeTab(parts: HomeTabParts): RibbonTab {
  return {
    id: 'home',
    label: 'Home',
    groups: [showGroup(parts.console), ...createGroups(parts.console), simulationGroup(parts), captureGroup(parts.capture, parts.recording.isRecording, scenarioCommands(parts.recording, parts.console.open)), windowGroup(parts)],
  };
}

function showGroup({ view, navigate }: HomeTabParts['console']) {
  const show = (id: string, label: string, icon: CommandIcon, target: View): Command => ({
    id: `show.${id}`,
    label,
    icon,
    disabledReason: undefined,
    isOn: view.kind === target.kind,
    run: () => navigate(target),
  });
  return {
    caption: 'Show',
    large: [show('vmNetworks', 'VM Networks', VirtualNetwork24Regular, { kind: 'vmNetworks' })],
    small: [
      show('virtualMachines', 'Virtual Machines', Desktop20Regular, { kind: 'virtualMachines' }),
      show('logicalNetworks', 'Logical Networks', Cube20Regular, { kind: 'logicalNetworks' }),
      show('networkServices', 'Network Services', Router20Regular, { kind: 'networkServices' }),
    ],
  };
}

function simulationGroup({ console: { open }, speed, setSpeed, step }: HomeTabParts) {
  const isPaused = speed === 0;
  const at = runningSpeeds.findIndex((candidate) => candidate === speed);
  const toggle: Command = isPaused
    ? { id: 'simulation.run', label: 'Run', icon: Play24Regular, disabledReason: undefined, description: 'Let the simulation run in real time', shortcut: 'Ctrl+Space', run: () => setSpeed(1) }
    : { id: 'simulation.pause', label: 'Pause', icon: Pause24Regular, disabledReason: undefined, description: 'Stop the clock of the simulation', shortcut: 'Ctrl+Space', run: () => setSpeed(0) };
  const change = (id: string, label: string, icon: CommandIcon, by: 1 | -1): Command => {
    const next = runningSpeeds[at + by];
    return {
      id,
      label,
      icon,
      disabledReason: at < 0 ? 'The simulation is paused. Run it first.' : next === undefined ? `The simulation is at its ${by > 0 ? 'highest' : 'lowest'} speed.` : undefined,
      ...(next === undefined ? {} : { description: speedLabel(next) }),
      run: () => setSpeed(next ?? 1),
    };
  };
  const stepOnce: Command = {
    id: 'simulation.step',
    label: 'Step',
    icon: Next20Regular,
    disabledReason: isPaused ? undefined : 'Single steps need a paused simulation.',
    description: 'Handle the next event and stop again',
    shortcut: 'Ctrl+.',
    run: step,
  };
  const faults: Command = { id: 'simulation.faults', label: 'Faults', icon: Flash24Regular, disabledReason: undefined, description: 'Break something to see what happens, and take it back', run: () => open({ kind: 'faults' }) };
  return {
    caption: 'Simulation',
    large: [toggle, faults],
    small: [change('simulation.faster', 'Faster', FastForward20Regular, 1), change('simulation.slower', 'Slower', Rewind20Regular, -1), stepOnce],
  };
}

/** While a scenario is recorded, its three commands take the place of one that could do nothing: three small ones stand in a row, and there is no room for a second row. */
function captureGroup({ isRecording, start, save, discard }: CaptureControl, isScenarioRecorded: boolean, scenario: readonly Command[]) {
  const main: Command = isRecording
    ? { id: 'capture.save', label: 'Stop and Save', icon: Save24Regular, disabledReason: undefined, description: 'Write what was recorded as pcapng, for Wireshark', run: save }
    : { id: 'capture.start', label: 'Start Capture', icon: Record24Regular, disabledReason: undefined, description: 'Record the packets of every interface, up to the newest ones that fit', run: start };
  const drop: Command = {
    id: 'capture.discard',
    label: 'Discard',
    icon: Delete20Regular,
    disabledReason: isRecording ? undefined : 'Nothing is being recorded.',
    description: 'End the recording without a file',
    run: discard,
  };
  return { caption: 'Capture', large: [main], small: isScenarioRecorded && !isRecording ? scenario : [drop, ...scenario] };
}

/** The ping window for what is selected: its VM network, or the virtual machine itself. */
function pingWindow(selection: Console['selection']): ConsoleWindow {
  if (selection?.kind === 'vmNetwork' && selection.row.virtualMachines > 0) return { kind: 'ping', vmNetworkId: selection.row.id };
  if (selection?.kind === 'virtualMachine' && selection.row.role === 'tenant' && selection.row.running) return pingFromMachine(selection.row);
  return { kind: 'ping' };
}

function windowGroup({ console: { open, selection }, isDetailsPaneShown, setDetailsPaneShown, isGuideShown, setGuideShown }: HomeTabParts) {
  const guide: Command = {
    id: 'window.guide',
    label: 'Gateway Guide',
    icon: CompassNorthwest20Regular,
    disabledReason: undefined,
    description: 'Set up an HNV gateway, step by step, each step checked',
    isOn: isGuideShown,
    shortcut: 'Ctrl+Shift+G',
    run: () => setGuideShown(!isGuideShown),
  };
  const jobs: Command = { id: 'window.jobs', label: 'Jobs', icon: TaskListLtr24Regular, disabledReason: undefined, description: 'Jobs beside the console', shortcut: 'Ctrl+J', run: () => open({ kind: 'jobs' }) };
  const small: readonly Command[] = [
    { id: 'window.ping', label: 'Ping', icon: Pulse20Regular, disabledReason: undefined, description: 'Ping from a virtual machine', shortcut: 'Ctrl+G', run: () => open(pingWindow(selection)) },
    {
      id: 'window.details',
      label: 'Details Pane',
      icon: PanelBottom20Regular,
      disabledReason: undefined,
      isOn: isDetailsPaneShown,
      shortcut: 'Ctrl+D',
      run: () => setDetailsPaneShown(!isDetailsPaneShown),
    },
  ];
  return { caption: 'Window', large: [jobs], small: [guide, ...small] };
}

