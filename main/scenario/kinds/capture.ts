/** Starts a recording, or ends one: with expectations on its frames, and as a file where the scenario wants it. */
import { z } from 'zod';
import { ConsoleError } from '../../../shared/contract/errors.ts';
import type { CapturedFrame } from '../../simulation/capture.ts';
import { frameProtocols, packetsOf, type PacketFacts } from '../frameFacts.ts';
import { wholeCapture } from '../outputs.ts';
import type { Playground } from '../playground.ts';
import { StepFault, type StepResult } from '../stepFault.ts';
import type { Expectation } from '../stepOutcome.ts';
import { address, count, objectName, port, title } from '../stepParts.ts';

const filter = z.strictObject({
  tap: objectName.optional().describe('Part of the name of the tap that recorded it'),
  protocol: z.enum(frameProtocols).optional(),
  source: address.optional(),
  destination: address.optional(),
  host: address.optional().describe('Source or destination'),
  sourcePort: port.optional(),
  destinationPort: port.optional(),
  port: port.optional().describe('Source or destination port'),
  vsid: z.int().min(0).max(0xff_ffff).optional().describe('Inside NVGRE of this virtual subnet'),
});

const recordingName = z.string().regex(/^[\w-]{1,64}$/, 'is not a name of letters, digits, - and _');
const fileName = z.string().regex(/^[\w-][\w.-]{0,90}\.pcapng$/, 'is not a file name such as outside.pcapng, without a folder');

export const captureStep = z.strictObject({
  name: title,
  capture: z
    .strictObject({
      start: recordingName.optional().describe('Begins a recording of this name'),
      taps: z.array(objectName).min(1).max(1000).optional().describe('With start: only these taps; left out, every one'),
      stop: recordingName.optional().describe('Ends the recording of this name'),
      save: fileName.optional().describe('With stop: writes it into the output folder'),
    })
    .refine((value) => (value.start === undefined) !== (value.stop === undefined), 'either starts a recording or stops one')
    .refine((value) => value.taps === undefined || value.start !== undefined, { path: ['taps'], message: 'belongs to start' })
    .refine((value) => value.save === undefined || value.stop !== undefined, { path: ['save'], message: 'belongs to stop' }),
  expect: z
    .array(
      z
        .strictObject({
          frames: count.optional().describe('Exactly so many'),
          atLeast: count.optional(),
          atMost: count.optional(),
          where: filter.optional().describe('Counts frames in which one packet, outside or inside NVGRE, is all of this; left out, all frames'),
        })
        .refine((value) => value.frames !== undefined || value.atLeast !== undefined || value.atMost !== undefined, 'says how many: frames, atLeast or atMost'),
    )
    .min(1)
    .optional()
    .describe('With stop'),
});
type CaptureStep = z.output<typeof captureStep>;
type Filter = z.output<typeof filter>;

/** Beside the recording of the whole run; more would push out the oldest without a word. */
const recordingLimit = 3;

export function runCapture(playground: Playground, step: CaptureStep): StepResult {
  const { start, stop } = step.capture;
  if (start !== undefined) return begin(playground, step, start);
  return end(playground, step, stop ?? '');
}

function begin({ lab, recordings }: Playground, step: CaptureStep, name: string): StepResult {
  if (step.expect !== undefined) throw new StepFault(['expect'], 'Frames can be expected where the recording stops.');
  if (recordings.has(name)) throw new StepFault(['capture', 'start'], `The recording ${name} runs already.`);
  if (recordings.size >= recordingLimit) throw new StepFault(['capture', 'start'], `${recordingLimit} recordings run already; stop one of them first.`);
  recordings.set(name, lab.captures.start(tapsOf(lab.tapNames(), step.capture.taps)));
  return { kind: 'capture', title: step.name ?? `start capture ${name}`, expectations: [], detail: null };
}

function tapsOf(known: readonly string[], wanted: readonly string[] | undefined): readonly string[] | undefined {
  return wanted?.map((name, at) => {
    const tap = known.find((entry) => entry.toLowerCase() === name.toLowerCase());
    if (tap === undefined) throw new StepFault(['capture', 'taps', at], `There is no tap ${name}. There are: ${known.slice(0, 20).join(', ')}.`);
    return tap;
  });
}

function end({ lab, recordings, files }: Playground, step: CaptureStep, name: string): StepResult {
  const id = recordings.get(name);
  if (id === undefined) throw new StepFault(['capture', 'stop'], `No recording ${name} was started.`);
  const { save } = step.capture;
  if (save !== undefined && (files.has(save) || save === wholeCapture)) throw new StepFault(['capture', 'save'], `${save} is the file of another recording.`);
  try {
    const finished = lab.captures.finish(id);
    if (save !== undefined) files.set(save, finished);
    return {
      kind: 'capture',
      title: step.name ?? `stop capture ${name}`,
      expectations: (step.expect ?? []).map((expected) => frameExpectation(expected, finished.frames)),
      detail: { frames: finished.packets, file: save ?? null },
    };
  } catch (error) {
    if (error instanceof ConsoleError) throw new StepFault(['capture', 'stop'], 'The recording ended when another lab was opened.');
    throw error;
  } finally {
    recordings.delete(name);
  }
}

type FrameExpectation = NonNullable<CaptureStep['expect']>[number];

function frameExpectation({ where, frames: exactly, atLeast, atMost }: FrameExpectation, frames: readonly CapturedFrame[]): Expectation {
  const actual = where === undefined ? frames.length : frames.filter((frame) => matches(frame, where)).length;
  const limits = [exactly === undefined ? '' : String(exactly), atLeast === undefined ? '' : `at least ${atLeast}`, atMost === undefined ? '' : `at most ${atMost}`];
  return {
    what: `frames${where === undefined ? '' : ` where ${JSON.stringify(where)}`}`,
    expected: exactly !== undefined && atLeast === undefined && atMost === undefined ? exactly : limits.filter((limit) => limit !== '').join(', '),
    actual,
    holds: (exactly === undefined || actual === exactly) && actual >= (atLeast ?? 0) && actual <= (atMost ?? Infinity),
  };
}

function matches(frame: CapturedFrame, where: Filter): boolean {
  if (where.tap !== undefined && !frame.tap.toLowerCase().includes(where.tap.toLowerCase())) return false;
  if (Object.keys(where).every((key) => key === 'tap')) return true;
  return packetsOf(frame).some((packet) => isAll(packet, where));
}

function isAll(packet: PacketFacts, where: Filter): boolean {
  const is = <T>(wanted: T | undefined, ...found: readonly (T | null)[]): boolean => wanted === undefined || found.includes(wanted);
  return (
    is(where.protocol as PacketFacts['protocol'] | undefined, packet.protocol) &&
    is(where.source, packet.source) &&
    is(where.destination, packet.destination) &&
    is(where.host, packet.source, packet.destination) &&
    is(where.sourcePort, packet.sourcePort) &&
    is(where.destinationPort, packet.destinationPort) &&
    is(where.port, packet.sourcePort, packet.destinationPort) &&
    is(where.vsid, packet.vsid)
  );
}
