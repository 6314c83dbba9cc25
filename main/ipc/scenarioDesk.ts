/** What the contract's handlers need of the scenario room, which is above this one. */
import type { RecordingState, ScenarioRunState } from '../../shared/contract/scenarios.ts';

export interface ScenarioDesk {
  startRecording(): void;
  recording(): RecordingState;
  /** The scenario file so far. Throws ConsoleError nothingRecorded. */
  recordingText(withExpectations: boolean): { readonly text: string; readonly steps: number };
  discardRecording(): void;
  /** Begins to play a file on a lab of its own; returns the id of the run. */
  run(file: string): string;
  /** Throws ConsoleError objectNotFound, here and below. */
  runState(id: string): ScenarioRunState;
  cancelRun(id: string): void;
  /** Text of a result of a run that has ended: JSON, or JUnit XML. */
  runResult(id: string, format: 'json' | 'junit'): string;
}
