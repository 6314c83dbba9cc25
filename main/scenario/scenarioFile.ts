/** Grammar of a scenario file: operations, probes and what is expected of them. */
import { z } from 'zod';
import { errorCodes } from '../../shared/contract/errors.ts';
import { jobStatusSchema } from '../../shared/contract/jobs.ts';
import { openLabInputSchema } from '../../shared/contract/operations.ts';
import { pingInputSchema } from '../../shared/contract/simulation.ts';
import { tunnelStates } from '../../shared/contract/vpn.ts';
import { parseIpv4 } from '../../shared/net/ipv4.ts';

const errorCode = z.enum(Object.values(errorCodes) as [string, ...string[]]);
const title = z.string().trim().min(1).max(200).optional().describe('What this step is there for');
const count = z.int().min(0);
const address = z.string().refine((text) => parseIpv4(text) !== undefined, 'is not an IPv4 address such as 203.0.113.10');

/** Nanoseconds of a unit. */
const units: Readonly<Record<string, number>> = { ms: 1e6, s: 1e9, m: 60e9, h: 3600e9 };

/** The longest that one step lets pass, in nanoseconds: what comes after must still be exact, and a date. */
const longestAdvance = 1000 * 3600e9;

/** "10s", "500ms", "2m", "1h" of virtual time, as nanoseconds. */
const duration = z.string().transform((text, context) => {
  const match = /^(\d{1,9}(?:\.\d{1,3})?)\s*(ms|s|m|h)$/.exec(text.trim());
  const unit = units[match?.[2] ?? ''];
  const nanoseconds = match && unit !== undefined ? Number(match[1]) * unit : Infinity;
  if (nanoseconds <= longestAdvance) return nanoseconds;
  context.addIssue({ code: 'custom', message: `"${text.slice(0, 40)}" is not a duration such as 500ms, 10s, 2m or 1h, of at most 1000h` });
  return z.NEVER;
});

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

const pingStep = z.strictObject({
  name: title,
  ping: z.strictObject({
    from: pingInputSchema.shape.virtualMachine,
    to: pingInputSchema.shape.destination,
    count: pingInputSchema.shape.count,
    size: pingInputSchema.shape.size,
    timeToLive: pingInputSchema.shape.timeToLive,
    doNotFragment: pingInputSchema.shape.doNotFragment,
  }),
  expect: z
    .strictObject({
      received: count.optional(),
      lost: count.optional(),
      status: z.enum(['reply', 'timeout', 'unreachable', 'ttlExpired', 'fragNeeded', 'failed']).optional().describe('Of every request'),
      from: address.optional().describe('Who answers every request'),
      fate: z.string().optional().describe('Part of the sentence on the fate of the first packet'),
      problem: errorCode.optional().describe('The ping cannot even start'),
    })
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
  under: pingStep.shape.ping.optional().describe('Traffic that runs meanwhile: one request a second, the role moves after three of them'),
  expect: z.strictObject({ received: count.optional(), lost: count.optional() }).optional().describe('Of the traffic'),
});

export const scenarioSchema = z.strictObject({
  scenario: z.string().trim().min(1).max(200),
  description: z.string().max(4000).optional(),
  /** What an empty database is filled with first. A scenario that does `lab.open` itself starts empty. */
  lab: z
    .union([z.literal('none'), z.string().trim().min(1).max(64), z.strictObject({ name: z.string().trim().min(1).max(64), gateway: openLabInputSchema.shape.gateway })])
    .optional(),
  capture: z.boolean().default(false).describe('Records every tap into capture.pcapng'),
  steps: z.array(stepUnion()).min(1).max(100_000),
});

export type Scenario = z.output<typeof scenarioSchema>;
export type ScenarioStep = Scenario['steps'][number];
export type DoStep = z.output<typeof doStep>;
export type PingStep = z.output<typeof pingStep>;
export type TunnelStep = z.output<typeof tunnelStep>;
export type FailOverStep = z.output<typeof failOverStep>;
export type GatewayStep = z.output<typeof gatewayStep>;

const kinds = ['do', 'ping', 'advance', 'gateway', 'failOver', 'tunnel'] as const;

/** A union whose errors speak about the one kind that was meant. */
function stepUnion() {
  const schemas = { do: doStep, ping: pingStep, advance: advanceStep, gateway: gatewayStep, failOver: failOverStep, tunnel: tunnelStep };
  type Step = z.output<typeof doStep> | z.output<typeof pingStep> | z.output<typeof advanceStep> | z.output<typeof gatewayStep> | FailOverStep | TunnelStep;
  return z.record(z.string(), z.unknown()).transform((value, context): Step => {
    const [kind, ...others] = kinds.filter((key) => Object.hasOwn(value, key));
    if (kind === undefined || others.length > 0) {
      context.addIssue({ code: 'custom', message: `a step has exactly one of ${kinds.join(', ')}` });
      return z.NEVER;
    }
    const parsed = schemas[kind].safeParse(value);
    if (parsed.success) return parsed.data;
    for (const issue of parsed.error.issues) {
      context.addIssue({ code: 'custom', path: pathOf(issue), message: issue.message });
    }
    return z.NEVER;
  });
}

/** An unknown key is shown where it stands. */
function pathOf(issue: z.core.$ZodIssue): PropertyKey[] {
  return issue.code === 'unrecognized_keys' ? [...issue.path, ...issue.keys.slice(0, 1)] : [...issue.path];
}

/** Schemas of what a step may be, for `operations`. */
export const stepSchemas = { do: doStep, ping: pingStep, advance: advanceStep, gateway: gatewayStep, failOver: failOverStep, tunnel: tunnelStep } as const;
