/** Records what an operator does in the window, so that it can be played again as a scenario. Looks on at the contract's handlers and changes nothing. */
import { ConsoleError } from '../../shared/contract/errors.ts';
import type { ProcedureParsedInput } from '../../shared/contract/procedures.ts';
import type { RecordingState } from '../../shared/contract/scenarios.ts';
import { formatIpv4 } from '../../shared/net/ipv4.ts';
import type { Handlers } from '../ipc/router.ts';
import type { Lab } from '../lab/lab.ts';
import type { StartedProbe } from '../lab/terminal/command.ts';
import type { Fault } from '../simulation/faults.ts';
import { faultSteps } from './faultWords.ts';
import { RecordedCaptures } from './recordedCaptures.ts';
import { mtuPart, pingPart, typedProbe, type RecordedPart } from './recordedProbes.ts';
import { recordedText } from './recordedText.ts';
import { takesSecret } from './scenarioSecrets.ts';

interface Entry {
  readonly at: number;
  /** Read when the file is written: by then jobs and pings have ended. */
  readonly step: (withExpectations: boolean) => RecordedPart;
}

interface Recording {
  readonly begun: number;
  readonly origin: ReturnType<Lab['origin']>;
  readonly entries: Entry[];
  readonly variables: Set<string>;
  readonly captures: RecordedCaptures;
}

export class Recorder {
  readonly #lab: Lab;
  #recording: Recording | undefined;

  constructor(lab: Lab) {
    this.#lab = lab;
    lab.terminals.onProbes((machine, probes) => this.#typed(machine, probes));
    lab.faults.onChange((before, now) => this.#faultsChanged(before, now));
  }

  /** Forgets an earlier recording. What is broken already is broken at the beginning of the file too. */
  start(): void {
    this.#recording = { begun: this.#lab.now, origin: this.#lab.origin(), entries: [], variables: new Set(), captures: new RecordedCaptures() };
    this.#faultsChanged([], this.#lab.faults.inForce);
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
    const steps = recording?.entries.map(({ at, step }) => ({ at, ...step(withExpectations) })) ?? [];
    if (recording === undefined || !steps.some(({ step }) => step !== undefined)) {
      throw new ConsoleError('nothingRecorded', 'Nothing that can be played again has been done since the recording began.', 'Start a job, a ping, a dial, a fail-over or a capture first.');
    }
    const text = recordedText({
      title: `Recorded on ${this.#lab.lists.inventoryTree.read().labName || 'an empty lab'}`,
      lab: labOf(recording),
      comments: commentsOf(recording),
      begun: recording.begun,
      ended: this.#lab.now,
      steps,
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
        const from = this.#named(input.virtualMachine);
        this.#add({ at, step: (withExpectations) => pingPart(this.#lab, { ...input, from, to: input.destination }, answer.pingId, withExpectations) });
        return answer;
      },
      'probe.startMtuCheck': async (input) => {
        const at = this.#lab.now;
        const answer = await handlers['probe.startMtuCheck'](input);
        const from = this.#named(input.virtualMachine);
        this.#add({ at, step: (withExpectations) => mtuPart(this.#lab, { from, to: input.destination, largest: input.largest }, answer.checkId, withExpectations) });
        return answer;
      },
      'capture.start': async (input) => {
        const at = this.#lab.now;
        const answer = await handlers['capture.start'](input);
        const part = this.#recording?.captures.begin(answer.captureId);
        if (part !== undefined) this.#add({ at, step: () => part });
        return answer;
      },
      'capture.save': async (input) => {
        const answer = await handlers['capture.save'](input);
        // A canceled dialog leaves it running.
        if (answer.path !== null) this.#endCapture(input.captureId, answer.packets);
        return answer;
      },
      'capture.discard': async (input) => {
        const answer = await handlers['capture.discard'](input);
        this.#endCapture(input.captureId, null);
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

  #endCapture(captureId: string, packets: number | null): void {
    const step = this.#recording?.captures.end(captureId, packets);
    if (step !== undefined) this.#add({ at: this.#lab.now, step });
  }

  /** What was typed in a terminal. Only a virtual machine sends in a scenario. */
  #typed({ kind, name }: { readonly kind: string; readonly name: string }, probes: readonly StartedProbe[]): void {
    const at = this.#lab.now;
    for (const probe of probes) {
      if (kind !== 'virtualMachine') {
        this.#add({ at, step: () => leftOut(`Left out: ${probe.kind} ${formatIpv4(probe.destination)} from ${name}, because in a scenario only a virtual machine sends.`) });
        continue;
      }
      this.#lab.probes.adopt(probe.id, name);
      this.#add({ at, step: (withExpectations) => typedProbe(this.#lab, name, probe, withExpectations) });
    }
  }

  #faultsChanged(before: readonly Fault[], now: readonly Fault[]): void {
    if (this.#recording === undefined) return;
    const at = this.#lab.now;
    for (const { kind, step } of faultSteps(this.#lab, before, now)) {
      this.#add({ at, step: () => (step === undefined ? leftOut(`Left out: fault ${kind}, because no name tells which object it is about.`) : { takes: 0, step, comment: undefined }) });
    }
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

  #job(operationId: string, input: unknown, jobId: string, withExpectations: boolean): RecordedPart {
    const { status, error } = this.#lab.lists.jobs.get(jobId);
    const step = { do: operationId, input };
    if (status === 'Canceled') return { takes: 0, step: undefined, comment: `Left out: ${operationId} was canceled, and how far it came depends on the moment.` };
    if (status === 'Failed') return { takes: 0, step: { ...step, expect: { status, ...(error === null ? {} : { error: error.code }) } }, comment: undefined };
    // A job is expected to complete when nothing is said.
    const isWorthSaying = status === 'SucceedWithInfo' || (withExpectations && status === 'Completed');
    return { takes: 0, step: isWorthSaying ? { ...step, expect: { status } } : step, comment: undefined };
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

function leftOut(comment: string): RecordedPart {
  return { takes: 0, step: undefined, comment };
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
