/** Grammar of a scenario file: what it begins with, and its steps. */
import { z } from 'zod';
import { openLabInputSchema } from '../../shared/contract/operations.ts';
import { anyStep } from './stepGrammar.ts';

export const scenarioSchema = z.strictObject({
  scenario: z.string().trim().min(1).max(200),
  description: z.string().max(4000).optional(),
  /** What an empty database is filled with first. A scenario that does `lab.open` itself starts empty. */
  lab: z
    .union([z.literal('none'), z.string().trim().min(1).max(64), z.strictObject({ name: z.string().trim().min(1).max(64), gateway: openLabInputSchema.shape.gateway })])
    .optional(),
  capture: z.boolean().default(false).describe('Records every tap into capture.pcapng'),
  steps: z.array(anyStep).min(1).max(100_000),
});

export type Scenario = z.output<typeof scenarioSchema>;
