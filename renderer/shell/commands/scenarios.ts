/** The commands that record scenarios and play them; they share a group with the capture, because the ribbon has no room for another one at 1280 pixels. */
import { CheckmarkCircle20Regular, Delete20Regular, DocumentArrowRight20Regular, RecordStop20Regular, Record20Regular } from '@fluentui/react-icons';
import type { Command } from '../command.ts';
import type { Console } from '../console.tsx';
import type { RecordingControl } from '../useRecording.ts';

export function scenarioCommands({ isRecording, withExpectations, setWithExpectations, start, save, discard }: RecordingControl, open: Console['open']): readonly Command[] {
  if (isRecording) {
    return [
      { id: 'scenario.save', label: 'Save Scenario', icon: RecordStop20Regular, disabledReason: undefined, description: 'Stop, and write what was done as a scenario that can be played again', run: save },
      { id: 'scenario.discard', label: 'Discard Recording', icon: Delete20Regular, disabledReason: undefined, description: 'End the recording of the scenario without a file', run: discard },
      {
        id: 'scenario.expectations',
        label: 'Expectations',
        icon: CheckmarkCircle20Regular,
        disabledReason: undefined,
        description: 'Write down how each job and each probe ended too: played again, the scenario fails where that has changed',
        isOn: withExpectations,
        run: () => setWithExpectations(!withExpectations),
      },
    ];
  }
  return [
    { id: 'scenario.record', label: 'Record Scenario', icon: Record20Regular, disabledReason: undefined, description: 'Write down the jobs, probes, dials, fail-overs, captures and faults from now on', run: start },
    { id: 'scenario.run', label: 'Run Scenario', icon: DocumentArrowRight20Regular, disabledReason: undefined, description: 'Play a scenario file on a lab of its own; the open lab stays as it is', run: () => open({ kind: 'scenario' }) },
  ];
}
