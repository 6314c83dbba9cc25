/** What a virtual machine finds out about the way to a destination: a connection to a TCP port, and the routers on the way. */
import { z } from 'zod';
import { ConsoleError } from '../../../shared/contract/errors.ts';
import { routeProbeInputSchema, tcpProbeInputSchema } from '../../../shared/contract/probes.ts';
import type { Lab } from '../../lab/lab.ts';
import { StepFault, type StepResult } from '../stepFault.ts';
import { compare } from '../stepOutcome.ts';
import { address, title } from '../stepParts.ts';

export const tcpStep = z.strictObject({
  name: title,
  tcp: z.strictObject({ from: tcpProbeInputSchema.shape.virtualMachine, to: tcpProbeInputSchema.shape.destination, port: tcpProbeInputSchema.shape.port }),
  expect: z
    .strictObject({
      status: z.enum(['connected', 'refused', 'timeout', 'unreachable', 'failed']).optional(),
      fate: z.string().min(1).optional().describe('Part of the sentence on the fate of the first packet'),
    })
    .optional(),
});

export const tracertStep = z.strictObject({
  name: title,
  tracert: z.strictObject({ from: routeProbeInputSchema.shape.virtualMachine, to: routeProbeInputSchema.shape.destination, maximumHops: routeProbeInputSchema.shape.maximumHops }),
  expect: z
    .strictObject({
      reached: z.boolean().optional().describe('The destination itself answers'),
      hops: z.array(z.union([address, z.null()])).max(255).optional().describe('Who answers at each hop; null where nobody does'),
    })
    .optional(),
});

type TcpStep = z.output<typeof tcpStep>;
type TracertStep = z.output<typeof tracertStep>;

/** Virtual time between two looks at a probe, in nanoseconds. */
const lookInterval = 1e8;

export function runTcp(lab: Lab, step: TcpStep): StepResult {
  const { from, to, port } = step.tcp;
  const id = begin('tcp', () => lab.probes.startTcpProbe({ virtualMachine: from, destination: to, port }));
  const state = finish(lab, () => lab.probes.tcpProbeState(id));
  const { status, fate } = step.expect ?? {};
  return {
    kind: 'tcp',
    title: step.name ?? `tcp ${to}:${port} from ${from}`,
    expectations: [...compare({ status }, { status: state.status }), ...(fate === undefined ? [] : [{ what: 'fate', expected: fate, actual: state.fate, holds: state.fate.includes(fate) }])],
    detail: { source: state.source, status: state.status, attempts: state.attempts, fate: state.fate, trace: state.trace },
  };
}

export function runTracert(lab: Lab, step: TracertStep): StepResult {
  const { from, to, maximumHops } = step.tracert;
  const id = begin('tracert', () => lab.probes.startRouteProbe({ virtualMachine: from, destination: to, maximumHops }));
  const state = finish(lab, () => lab.probes.routeProbeState(id));
  const { reached, hops } = step.expect ?? {};
  return {
    kind: 'tracert',
    title: step.name ?? `tracert ${to} from ${from}`,
    expectations: compare({ reached, hops }, { reached: state.reached, hops: state.hops.map((hop) => hop.from) }),
    detail: { source: state.source, reached: state.reached, lines: state.hops.map(({ text }) => text) },
  };
}

function begin(kind: string, start: () => string): string {
  try {
    return start();
  } catch (error) {
    if (error instanceof ConsoleError) throw new StepFault([kind, 'from'], error.message);
    throw error;
  }
}

function finish<S extends { readonly done: boolean }>(lab: Lab, look: () => S): S {
  for (;;) {
    const state = look();
    if (state.done) return state;
    lab.advance(lookInterval);
  }
}
