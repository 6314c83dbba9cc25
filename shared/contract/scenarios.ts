/** View models of scenarios in the window: what is being recorded, and one that is being played. */
import { z } from 'zod';

export const recordingStateSchema = z.object({
  isRecording: z.boolean(),
  /** What the operator did since the recording began. */
  steps: z.number().int(),
});
export type RecordingState = z.infer<typeof recordingStateSchema>;

export const scenarioStepSchema = z.object({
  number: z.number().int(),
  /** In the file; null where it is not known. */
  line: z.number().int().nullable(),
  kind: z.string(),
  title: z.string(),
  state: z.enum(['waiting', 'running', 'passed', 'failed']),
  elapsedMs: z.number(),
  /** Expectations that do not hold, in words. */
  failures: z.array(z.string()),
});
export type ScenarioStepState = z.infer<typeof scenarioStepSchema>;

export const scenarioRunSchema = z.object({
  file: z.string(),
  /** As the file says; empty until it is read. */
  title: z.string(),
  status: z.enum(['running', 'passed', 'failed', 'invalid', 'canceled', 'broken']),
  /** Place and reason of a bad file, or what went wrong with the runner. */
  problem: z.string().nullable(),
  elapsedMs: z.number(),
  total: z.number().int(),
  done: z.number().int(),
  failed: z.number().int(),
  /** Of a long scenario the failed ones and those around the one that runs. */
  steps: z.array(scenarioStepSchema),
});
export type ScenarioRunState = z.infer<typeof scenarioRunSchema>;
