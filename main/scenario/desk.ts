/** Scenarios in the window: recording what the operator does, and playing files. */
import type { Handlers } from '../ipc/router.ts';
import type { ScenarioDesk } from '../ipc/scenarioDesk.ts';
import type { Lab } from '../lab/lab.ts';
import { Recorder } from './recorder.ts';
import { ScenarioRuns, type RunsOptions } from './runs.ts';

export interface Desk extends ScenarioDesk {
  /** The contract's handlers, looked at by the recorder. */
  watching(handlers: Handlers): Handlers;
  close(): void;
}

export function openDesk(lab: Lab, options: RunsOptions): Desk {
  const recorder = new Recorder(lab);
  const runs = new ScenarioRuns(options);
  return {
    startRecording: () => recorder.start(),
    recording: () => recorder.state(),
    recordingText: (withExpectations) => recorder.text(withExpectations),
    discardRecording: () => recorder.discard(),
    run: (file) => runs.start(file),
    runState: (id) => runs.state(id),
    cancelRun: (id) => runs.cancel(id),
    runResult: (id, format) => runs.result(id, format),
    watching: (handlers) => recorder.watching(handlers),
    close: () => runs.close(),
  };
}
