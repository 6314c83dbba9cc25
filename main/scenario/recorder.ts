/** Records what an operator does in the window, so that it can be played again as a scenario. Looks on at the contract's handlers and changes nothing. */
import { ConsoleError } from '../../shared/contract/errors.ts';
import type { ProcedureParsedInput } from '../../shared/contract/procedures.ts';
import type { RecordingState } from '../../shared/contract/scenarios.ts';
import type { PingState } from '../../shared/contract/simulation.ts';
import type { Handlers } from '../ipc/router.ts';
import type { Lab } from '../lab/lab.ts';
import { recordedText, type RecordedStep } from './recordedText.ts';
import { takesSecret } from './scenarioSecrets.ts';

interface Entry {
  readonly at: number;
  /** Read when the file is written: by then jobs and pings have ended. */
  readonly step: (withExpectations: boolean) => Omit<RecordedStep, 'at'>;
}

interface Recording {
  readonly begun: number;
  readonly origin: ReturnType<Lab['origin']>;
  readonly entries: Entry[];
  readonly variables: Set<string>;
}

export class Recorder {
  readonly #lab: Lab;
  #recording: Recording | undefined;

  constructor(lab: Lab) {
    this.#lab = lab;
  }

  /** Forgets an earlier recording. */
  start(): void {
    this.#recording = { begun: this.#lab.now, origin: this.#lab.origin(), entries: [], variables: new Set() };
  }

  discard(): void {
    this.#recording = undefined;
  }

  state(): RecordingState {
    return { isRecording: this.#recording !== undefined, steps: this.#recording?.entries.length ?? 0 };
  }

  /** The scenario file so far. Throws ConsoleError nothingRecorded. */
  text(withExpectations: boolean): { readonly text: string; readonly steps: number } {
    const recording = this.#recording;
    if (recording === undefined || recording.entries.length === 0) {
      throw new ConsoleError('nothingRecorded', 'Nothing has been done since the recording began.', 'Start a job, a ping, a dial or a fail-over first.');
    }
    const text = recordedText({
      title: `Recorded on ${this.#lab.lists.inventoryTree.read().labName || 'an empty lab'}`,
      lab: labOf(recording),
      comments: commentsOf(recording),
      begun: recording.begun,
      ended: this.#lab.now,
      steps: recording.entries.map(({ at, step }) => ({ at, ...step(withExpectations) })),
    });
    return { text, steps: recording.entries.length };
  }

  /** The same handlers, looked at. What is refused changes nothing and is not recorded. */
  watching(handlers: Handlers): Handlers {
    return {
      ...handlers,
      'operation.start': async (input) => {
        // Before it begins: afterwards the objects may be gone, and their names with them.
        const entry = this.#operation(input);
        const answer = await handlers['operation.start'](input);
        this.#add(entry?.(answer.jobId));
        return answer;
      },
      'probe.startPing': async (input) => {
        const at = this.#lab.now;
        const answer = await handlers['probe.startPing'](input);
        this.#add({ at, step: (withExpectations) => this.#ping(input, answer.pingId, withExpectations) });
        return answer;
      },
      'vpn.dial': async (input) => {
        const at = this.#lab.now;
        const tunnel = { vmNetwork: this.#named(input.vmNetwork), vpnConnection: this.#named(input.vpnConnection) };
        const answer = await handlers['vpn.dial'](input);
        this.#add({ at, step: () => ({ takes: 0, step: { tunnel, dial: input.wanted }, comment: undefined }) });
        return answer;
      },
      'gateway.failOver': async (input) => {
        const at = this.#lab.now;
        const failOver = this.#named(input.id);
        const answer = await handlers['gateway.failOver'](input);
        this.#add({ at, step: () => ({ takes: 0, step: { failOver }, comment: undefined }) });
        return answer;
      },
    };
  }

  #add(entry: Entry | undefined): void {
    if (entry !== undefined) this.#recording?.entries.push(entry);
  }

  #operation({ operationId, input }: ProcedureParsedInput<'operation.start'>): ((jobId: string) => Entry) | undefined {
    const recording = this.#recording;
    if (recording === undefined) return undefined;
    const at = this.#lab.now;
    const named = this.#named(this.#withoutSecret(operationId, input, recording));
    return (jobId) => ({ at, step: (withExpectations) => this.#job(operationId, named, jobId, withExpectations) });
  }

  #job(operationId: string, input: unknown, jobId: string, withExpectations: boolean): Omit<RecordedStep, 'at'> {
    const { status, error } = this.#lab.lists.jobs.get(jobId);
    const step = { do: operationId, input };
    if (status === 'Canceled') return { takes: 0, step: undefined, comment: `Left out: ${operationId} was canceled, and how far it came depends on the moment.` };
    if (status === 'Failed') return { takes: 0, step: { ...step, expect: { status, ...(error === null ? {} : { error: error.code }) } }, comment: undefined };
    // A job is expected to complete when nothing is said.
    const isWorthSaying = status === 'SucceedWithInfo' || (withExpectations && status === 'Completed');
    return { takes: 0, step: isWorthSaying ? { ...step, expect: { status } } : step, comment: undefined };
  }

  #ping({ virtualMachine, destination, count, size, timeToLive, doNotFragment }: ProcedureParsedInput<'probe.startPing'>, pingId: string, withExpectations: boolean): Omit<RecordedStep, 'at'> {
    const state = this.#pingState(pingId);
    const sent = state === undefined ? count : Math.max(state.sent, 1);
    const ping = {
      from: this.#named(virtualMachine),
      to: destination,
      count: sent,
      ...(size === 32 ? {} : { size }),
      ...(timeToLive === 128 ? {} : { timeToLive }),
      ...(doNotFragment ? { doNotFragment } : {}),
    };
    const expected = withExpectations && state?.done === true ? { expect: { received: state.received } } : {};
    return { takes: state === undefined ? 0 : takesOf(state), step: { ping, ...expected }, comment: undefined };
  }

  #pingState(pingId: string): PingState | undefined {
    try {
      return this.#lab.probes.pingState(pingId);
    } catch (error) {
      // Of a simulation that is gone, because another lab was opened.
      if (error instanceof ConsoleError) return undefined;
      throw error;
    }
  }

  #withoutSecret(operationId: string, input: unknown, { variables }: Recording): unknown {
    if (!takesSecret.includes(operationId) || typeof input !== 'object' || input === null || !('secret' in input) || input.secret === undefined) return input;
    const account = this.#named('name' in input ? input.name : 'runAsAccount' in input ? input.runAsAccount : '');
    const variable = `HNV_SECRET_${String(account).toUpperCase().replace(/\W+/g, '_').slice(0, 80)}`;
    variables.add(variable);
    return { ...input, secret: { environment: variable } };
  }

  /** Ids in any depth become the names of their objects. */
  #named(value: unknown): unknown {
    if (typeof value === 'string') return this.#lab.nameOf(value) ?? value;
    if (Array.isArray(value)) return value.map((entry) => this.#named(entry));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).filter(([, entry]) => entry !== undefined).map(([key, entry]) => [key, this.#named(entry)]));
  }
}

/** As Windows's ping: the next request a second after the last one, or when its patience is at its end. */
const pingInterval = 1000;
const pingPatience = 4000;
/** Steps of a scenario look at a ping so often, in milliseconds. */
const lookInterval = 100;

function takesOf({ replies }: PingState): number {
  const waits = replies.map(({ status, roundTripMs }) => roundTripMs ?? (status === 'failed' ? 0 : pingPatience));
  const milliseconds = waits.reduce((sum, wait, at) => sum + (at === waits.length - 1 ? wait : Math.max(wait, pingInterval)), 0);
  return Math.ceil(milliseconds / lookInterval) * lookInterval * 1e6;
}

function labOf({ origin }: Recording): object | 'none' | undefined {
  if (origin === null) return 'none';
  const { lab, gateway } = origin;
  return { name: lab, ...(gateway === undefined ? {} : { gateway }) };
}

function commentsOf({ origin, variables }: Recording): readonly string[] {
  const before = origin?.jobsSince ?? 0;
  return [
    ...(before === 0 ? [] : [`The lab had been changed by ${before} job${before === 1 ? '' : 's'} before the recording began: play it with --db on a database that has them.`]),
    ...(variables.size === 0 ? [] : [`Secrets come from the environment: ${[...variables].join(', ')}.`]),
  ];
}
