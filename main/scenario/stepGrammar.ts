/** Grammar of every kind of step, by the word that makes it one. */
import { z } from 'zod';
import { jobStatusSchema } from '../../shared/contract/jobs.ts';
import { tunnelStates } from '../../shared/contract/vpn.ts';
import { assertStep } from './kinds/assert.ts';
import { captureStep } from './kinds/capture.ts';
import { faultStep } from './kinds/fault.ts';
import { mtuStep } from './kinds/mtu.ts';
import { pingStep, traceStep, udpStep } from './kinds/ping.ts';
import { tcpStep, tracertStep } from './kinds/reach.ts';
import { stepKinds, type StepKind } from './stepOutcome.ts';
import { address, count, duration, errorCode, title, traffic } from './stepParts.ts';

const doStep = z.strictObject({
  name: title,
  do: z.string().min(1).describe('Id of an operation; `operations` lists them'),
  input: z.record(z.string(), z.unknown()).default({}),
  expect: z
    .strictObject({
      status: jobStatusSchema.optional().describe('How the job ends; Completed when nothing is expected'),
      problem: errorCode.optional().describe('The operation is refused with this code, and changes nothing'),
      error: errorCode.optional().describe('The job fails with this code'),
    })
    .refine((value) => value.problem === undefined || (value.status === undefined && value.error === undefined), 'a refused operation has no job: expect a problem, or a status and an error')
    .optional(),
});

const advanceStep = z.strictObject({ name: title, advance: duration });

const gatewayStep = z.strictObject({
  name: title,
  gateway: z.string().trim().min(1).describe('Id or name of a gateway device'),
  expect: z
    .strictObject({
      multitenant: z.boolean().optional(),
      vmNetworks: z.array(z.string()).optional().describe('Names of the VM networks that have a compartment, in any order'),
      externalAddresses: z.record(z.string(), address).optional().describe('NAT address by name of VM network'),
    })
    .optional(),
});

const tunnelStep = z.strictObject({
  name: title,
  tunnel: z.strictObject({ vmNetwork: z.string().trim().min(1), vpnConnection: z.string().trim().min(1) }),
  dial: z.enum(['connected', 'disconnected']).optional().describe('Connect or Disconnect by hand, before anything is expected'),
  expect: z
    .strictObject({ state: z.enum(tunnelStates).optional(), lastError: z.string().nullable().optional().describe('Part of the last error; null for none'), routes: z.array(z.string()).optional() })
    .optional(),
});

const failOverStep = z.strictObject({
  name: title,
  failOver: z.string().trim().min(1).describe('Id or name of a gateway pair, whose role moves to its other node'),
  under: traffic.optional().describe('Traffic that runs meanwhile: one request a second, the role moves after three of them'),
  expect: z.strictObject({ received: count.optional(), lost: count.optional() }).optional().describe('Of the traffic'),
});

export const stepSchemas = {
  do: doStep,
  ping: pingStep,
  udp: udpStep,
  tcp: tcpStep,
  tracert: tracertStep,
  trace: traceStep,
  mtu: mtuStep,
  advance: advanceStep,
  gateway: gatewayStep,
  failOver: failOverStep,
  tunnel: tunnelStep,
  fault: faultStep,
  capture: captureStep,
  assert: assertStep,
} as const satisfies Record<StepKind, z.ZodType>;

export type ScenarioStep = { [K in StepKind]: z.output<(typeof stepSchemas)[K]> }[StepKind];
export type DoStep = z.output<typeof doStep>;
export type TunnelStep = z.output<typeof tunnelStep>;
export type FailOverStep = z.output<typeof failOverStep>;
export type GatewayStep = z.output<typeof gatewayStep>;

/** A union whose errors speak about the one kind that was meant. */
export const anyStep = z.record(z.string(), z.unknown()).transform((value, context): ScenarioStep => {
  const [kind, ...others] = stepKinds.filter((key) => Object.hasOwn(value, key));
  if (kind === undefined || others.length > 0) {
    context.addIssue({ code: 'custom', message: `a step has exactly one of ${stepKinds.join(', ')}` });
    return z.NEVER;
  }
  const parsed = stepSchemas[kind].safeParse(value);
  if (parsed.success) return parsed.data;
  for (const issue of parsed.error.issues) context.addIssue({ code: 'custom', path: pathOf(issue), message: issue.message });
  return z.NEVER;
});

/** An unknown key is shown where it stands. */
function pathOf(issue: z.core.$ZodIssue): PropertyKey[] {
  return issue.code === 'unrecognized_keys' ? [...issue.path, ...issue.keys.slice(0, 1)] : [...issue.path];
}
