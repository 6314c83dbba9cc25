/** Runs the steps of a scenario on an open lab. */
import { ConsoleError, errorCodes, type Problem } from '../../shared/contract/errors.ts';
import type { Lab } from '../lab/lab.ts';
import { runAssert } from './kinds/assert.ts';
import { runCapture } from './kinds/capture.ts';
import { runFault } from './kinds/fault.ts';
import { runMtu } from './kinds/mtu.ts';
import { finish, pingDetail, runPing, runTrace, runUdp } from './kinds/ping.ts';
import { runTcp, runTracert } from './kinds/reach.ts';
import { readTunnel } from './kinds/tunnel.ts';
import type { Playground } from './playground.ts';
import { StepFault, type StepResult } from './stepFault.ts';
import type { DoStep, FailOverStep, GatewayStep, ScenarioStep } from './stepGrammar.ts';
import { compare, type Expectation } from './stepOutcome.ts';

/** Throws StepFault for names that do not exist and inputs that are not valid. */
export async function runStep(playground: Playground, step: ScenarioStep): Promise<StepResult> {
  const { lab } = playground;
  if ('do' in step) return runOperation(lab, step);
  if ('ping' in step) return runPing(lab, step);
  if ('udp' in step) return runUdp(lab, step);
  if ('tcp' in step) return runTcp(lab, step);
  if ('tracert' in step) return runTracert(lab, step);
  if ('trace' in step) return runTrace(lab, step);
  if ('mtu' in step) return runMtu(lab, step);
  if ('gateway' in step) return readGateway(lab, step);
  if ('failOver' in step) return failOver(lab, step);
  if ('tunnel' in step) return readTunnel(lab, step);
  if ('fault' in step) return runFault(lab, step);
  if ('capture' in step) return runCapture(playground, step);
  if ('assert' in step) return runAssert(lab, step);
  lab.advance(step.advance);
  return { kind: 'advance', title: step.name ?? `advance ${step.advance / 1e9} s`, expectations: [], detail: null };
}

async function runOperation(lab: Lab, step: DoStep): Promise<StepResult> {
  const title = step.name ?? step.do;
  let jobId: string;
  try {
    jobId = lab.operations.start(step.do, step.input);
  } catch (error) {
    return refused(error, step, title);
  }
  await lab.jobs.waitFor(jobId);
  const job = lab.lists.jobs.outcome(jobId);
  const actual = { status: job.status, error: job.error?.code, problem: undefined };
  const expected = { ...step.expect, status: statusExpected(step) };
  return { kind: 'do', title, expectations: compare(expected, actual), detail: { job: job.name, resultName: job.resultName, error: job.error } };
}

/** A job is expected to complete unless something else is said; of an operation that is to be refused there is no job. */
function statusExpected({ expect }: DoStep): string | undefined {
  if (expect?.status !== undefined || expect?.problem !== undefined) return expect.status;
  return expect?.error === undefined ? 'Completed' : 'Failed';
}

/** Refused as expected, refused for a reason nobody expected, or a scenario that makes no sense. */
function refused(error: unknown, step: DoStep, title: string): StepResult {
  if (!(error instanceof ConsoleError)) throw error;
  const codes = error.problems.length > 0 ? error.problems.map(({ code }) => code) : [error.code];
  const wanted = step.expect?.problem;
  if (wanted === undefined) throwIfMeaningless(error);
  const expectations: readonly Expectation[] =
    wanted === undefined
      ? [{ what: 'status', expected: statusExpected(step), actual: 'refused', holds: false }]
      : [{ what: 'problem', expected: wanted, actual: codes, holds: codes.some((code) => code === wanted) }];
  return { kind: 'do', title, expectations, detail: { problems: error.problems.map(({ code, message }) => ({ code, message })) } };
}

const meaningless: readonly string[] = [errorCodes.objectNotFound, errorCodes.invalidInput];

function throwIfMeaningless(error: ConsoleError): void {
  const problem: Problem | undefined = error.problems.find(({ code }) => meaningless.includes(code));
  if (problem) throw new StepFault(['input', ...problem.path], problem.message);
  if (meaningless.includes(error.code)) throw new StepFault(['do'], error.message);
}

/** So many nanoseconds of traffic before the role moves. */
const trafficBefore = 2.5e9;

function failOver(lab: Lab, step: FailOverStep): StepResult {
  const title = step.name ?? `fail over ${step.failOver}`;
  try {
    const pingId = step.under === undefined ? undefined : startTraffic(lab, step.under);
    lab.failOver(step.failOver);
    if (pingId === undefined) return { kind: 'failOver', title, expectations: [], detail: null };
    const state = finish(lab, pingId);
    return { kind: 'failOver', title, expectations: compare({ ...step.expect }, { received: state.received, lost: state.sent - state.received }), detail: pingDetail(state) };
  } catch (error) {
    if (error instanceof ConsoleError) throw new StepFault(['failOver'], error.message);
    throw error;
  }
}

function startTraffic(lab: Lab, { from, to, ...options }: NonNullable<FailOverStep['under']>): string {
  const pingId = lab.probes.startPing({ virtualMachine: from, destination: to, ...options });
  lab.advance(trafficBefore);
  return pingId;
}

function readGateway(lab: Lab, step: GatewayStep): StepResult {
  const state = stateOf(lab, step.gateway);
  const tenants = state.compartments.filter(({ vmNetwork }) => vmNetwork !== null);
  const { multitenant, vmNetworks, externalAddresses } = step.expect ?? {};
  const actualAddresses = Object.fromEntries(tenants.map(({ vmNetwork, nat }) => [vmNetwork ?? '', nat?.externalAddress]).filter(([, address]) => address !== undefined)) as Record<string, string>;
  return {
    kind: 'gateway',
    title: step.name ?? `gateway ${step.gateway}`,
    expectations: compare(
      { multitenant, vmNetworks: vmNetworks && [...vmNetworks].sort(), externalAddresses: externalAddresses && sorted(externalAddresses) },
      { multitenant: state.multitenant, vmNetworks: tenants.map(({ vmNetwork }) => vmNetwork).sort(), externalAddresses: sorted(actualAddresses) },
    ),
    detail: { statusText: state.statusText, externalAddresses: sorted(actualAddresses) },
  };
}

function stateOf(lab: Lab, gateway: string) {
  try {
    return lab.gatewayState(gateway);
  } catch (error) {
    if (error instanceof ConsoleError) throw new StepFault(['gateway'], error.message);
    throw error;
  }
}

function sorted(record: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));
}
