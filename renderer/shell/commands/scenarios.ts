/** The part of the Home tab that records scenarios and plays them. */
import { ClipboardCheckmark20Regular, Delete20Regular, DocumentArrowRight20Regular, RecordStop24Regular, Record24Regular } from '@fluentui/react-icons';
import type { Command, RibbonGroup } from '../command.ts';
import type { Console } from '../console.tsx';
import type { RecordingControl } from '../useRecording.ts';

export function scenarioGroup({ isRecording, withExpectations, setWithExpectations, start, save, discard }: RecordingControl, open: Console['open']): RibbonGroup {
  const main: Command = isRecording
    ? { id: 'scenario.save', label: 'Save Scenario', icon: RecordStop24Regular, disabledReason: undefined, description: 'Stop, and write what was done as a scenario that can be played again', run: save }
    : { id: 'scenario.record', label: 'Record Scenario', icon: Record24Regular, disabledReason: undefined, description: 'Write down the jobs, pings, dials and fail-overs from now on', run: start };
  const expectations: Command = {
    id: 'scenario.expectations',
    label: 'Expect Results',
    icon: ClipboardCheckmark20Regular,
    disabledReason: undefined,
    description: 'A saved scenario expects jobs and pings to end as they did',
    isOn: withExpectations,
    run: () => setWithExpectations(!withExpectations),
  };
  const drop: Command = {
    id: 'scenario.discard',
    label: 'Discard Recording',
    icon: Delete20Regular,
    disabledReason: isRecording ? undefined : 'No scenario is being recorded.',
    description: 'End the recording without a file',
    run: discard,
  };
  const play: Command = { id: 'scenario.run', label: 'Run Scenario', icon: DocumentArrowRight20Regular, disabledReason: undefined, description: 'Play a scenario file on a lab of its own; the open lab stays as it is', run: () => open({ kind: 'scenario' }) };
  return { caption: 'Scenario', large: [main], small: [play, expectations, drop] };
}
