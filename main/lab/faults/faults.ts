/** Faults that lie over the simulation of a lab, in the words of the window: what is in force, what could be, one more, one less. */
import type { z } from 'zod';
import { ConsoleError } from '../../../shared/contract/errors.ts';
import type { faultChoicesQuerySchema, faultChoicesSchema, FaultInput, FaultRow } from '../../../shared/contract/faults.ts';
import { formatIpv4, ipv4 } from '../../../shared/net/ipv4.ts';
import type { Simulation } from '../../simulation/engine.ts';
import type { Fault } from '../../simulation/faults.ts';
import type { LinkQuality } from '../../simulation/net/linkQuality.ts';
import type { InventorySnapshot } from '../../store/inventory/snapshot.ts';
import { faultId, faultObjects, isSegment, type FaultObject } from './faultObjects.ts';

interface Parts {
  readonly simulation: () => Simulation;
  /** Undefined while nobody has asked for one: then nothing is in force, and no large lab is built to say so. */
  readonly running: () => Simulation | undefined;
  readonly snapshot: () => InventorySnapshot;
  /** What is in force is not what it was. */
  readonly changed: () => void;
}

type Listener = (before: readonly Fault[], now: readonly Fault[]) => void;

/** As many as a list box shows at once. */
const mostChoices = 100;

export class Faults {
  readonly #parts: Parts;
  readonly #listeners: Listener[] = [];

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  get inForce(): readonly Fault[] {
    return this.#parts.running()?.faults ?? [];
  }

  /** From now on these are in force, and no others. */
  set(faults: readonly Fault[]): void {
    const before = this.inForce;
    this.#parts.simulation().setFaults(faults);
    for (const listener of this.#listeners) listener(before, faults);
    this.#parts.changed();
  }

  /** `listener` hears of faults that were injected or taken back: which were in force before, and which are now. */
  onChange(listener: Listener): void {
    this.#listeners.push(listener);
  }

  /** What is in force, by the names that its objects have now. */
  rows(): FaultRow[] {
    return this.inForce.map((fault) => {
      const id = faultId(fault);
      const object = this.#objects(fault.kind).find((entry) => faultId(entry.fault) === id);
      return { id, kind: fault.kind, object: object?.label ?? 'No longer there', detail: detailOf(fault) };
    });
  }

  /** Objects that a fault of this kind can be about, in order of their names. */
  choices({ kind, filter }: z.output<typeof faultChoicesQuerySchema>): z.output<typeof faultChoicesSchema> {
    const wanted = filter.trim().toLowerCase();
    const found = this.#objects(kind).filter(({ label }) => label.toLowerCase().includes(wanted));
    const ordered = [...found].sort((a, b) => a.label.localeCompare(b.label, 'en', { numeric: true }));
    return { choices: ordered.slice(0, mostChoices).map(({ target, label }) => ({ target, label })), hasMore: found.length > mostChoices };
  }

  /** Another fault about the same thing gives way. Throws objectNotFound. */
  inject(input: FaultInput): void {
    const object = this.#objects(input.kind).find(({ target }) => target === input.target);
    if (object === undefined) throw new ConsoleError('objectNotFound', 'The object of the fault is no longer there.', 'Choose another one.');
    const fault = faultOf(object, input);
    const id = faultId(fault);
    this.set([...this.inForce.filter((other) => faultId(other) !== id), fault]);
  }

  /** Those that are not in force any more stay so. */
  takeBack(ids: readonly string[]): void {
    const gone = new Set(ids);
    const left = this.inForce.filter((fault) => !gone.has(faultId(fault)));
    if (left.length < this.inForce.length) this.set(left);
  }

  #objects(kind: Fault['kind']): readonly FaultObject[] {
    return faultObjects(kind, { snapshot: this.#parts.snapshot(), segments: kind === 'link' ? this.#parts.simulation().tapNames().filter(isSegment) : [] });
  }
}

function faultOf({ fault }: FaultObject, input: FaultInput): Fault {
  if (fault.kind === 'lookupRecordStale' && input.kind === 'lookupRecordStale') return { ...fault, providerAddress: ipv4(input.providerAddress) };
  if (fault.kind === 'link' && input.kind === 'link') return { ...fault, quality: qualityOf(input) };
  return fault;
}

/** Only what was said: the rest stays perfect. */
function qualityOf({ isDown, extraLatencyMs, bitsPerSecond, lossPerMillion, reorderPerMillion, largestFrame }: Extract<FaultInput, { readonly kind: 'link' }>): Partial<LinkQuality> {
  const quality = { isDown, extraLatencyNs: extraLatencyMs === undefined ? undefined : Math.round(extraLatencyMs * 1e6), bitsPerSecond, lossPerMillion, reorderPerMillion, largestFrame };
  return Object.fromEntries(Object.entries(quality).filter(([, value]) => value !== undefined));
}

function detailOf(fault: Fault): string {
  if (fault.kind === 'lookupRecordStale') return `points to ${formatIpv4(fault.providerAddress)}`;
  if (fault.kind !== 'link') return '';
  const { isDown, extraLatencyNs, bitsPerSecond, lossPerMillion, reorderPerMillion, largestFrame } = fault.quality;
  return [
    isDown === true ? 'down' : '',
    extraLatencyNs === undefined ? '' : `${extraLatencyNs / 1e6} ms slower`,
    bitsPerSecond === undefined || bitsPerSecond === null ? '' : `${bitsPerSecond / 1e6} Mbps`,
    lossPerMillion === undefined ? '' : `${lossPerMillion / 1e4} % lost`,
    reorderPerMillion === undefined ? '' : `${reorderPerMillion / 1e4} % out of order`,
    largestFrame === undefined ? '' : `frames up to ${largestFrame} bytes`,
  ]
    .filter((part) => part !== '')
    .join(', ');
}
