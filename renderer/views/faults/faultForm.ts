/** What is typed for a new fault, and the contract's input of it. */
import { faultInputSchema, type FaultInput, type FaultKind } from '../../../shared/contract/faults.ts';

export interface FaultForm {
  readonly kind: FaultKind;
  /** What the fault is about; null until it is chosen. */
  readonly object: FaultChoice | null;
  /** Of a stale record: an address, chosen or typed. */
  readonly providerAddress: string;
  readonly link: LinkForm;
}

export interface FaultChoice {
  readonly target: string;
  readonly label: string;
}

export interface LinkForm {
  readonly isDown: boolean;
  /** Percent, milliseconds, Mbps and bytes, as they are typed. */
  readonly loss: string;
  readonly latency: string;
  readonly bandwidth: string;
  readonly reorder: string;
  readonly largestFrame: string;
}

export const perfect: LinkForm = { isDown: false, loss: '', latency: '', bandwidth: '', reorder: '', largestFrame: '' };

export function formOf(kind: FaultKind): FaultForm {
  return { kind, object: null, providerAddress: '', link: perfect };
}

/** First message by field of the contract's input. */
export type FaultMessages = Readonly<Partial<Record<'target' | 'providerAddress' | 'isDown' | 'lossPerMillion' | 'extraLatencyMs' | 'bitsPerSecond' | 'reorderPerMillion' | 'largestFrame', string>>>;

export function checkForm(form: FaultForm): { readonly input: FaultInput; readonly messages?: undefined } | { readonly input?: undefined; readonly messages: FaultMessages } {
  const parsed = faultInputSchema.safeParse(inputOf(form));
  if (parsed.success) return { input: parsed.data };
  // The first one of a field is the last one set.
  return { messages: Object.fromEntries([...parsed.error.issues].reverse().map(({ path, message }) => [String(path[0]), message])) };
}

function inputOf({ kind, object, providerAddress, link }: FaultForm): object {
  const about = { kind, target: object?.target ?? '' };
  if (kind === 'lookupRecordStale') return { ...about, providerAddress };
  if (kind !== 'link') return about;
  return {
    ...about,
    ...(link.isDown ? { isDown: true } : {}),
    extraLatencyMs: number(link.latency),
    bitsPerSecond: number(link.bandwidth, 1e6),
    lossPerMillion: number(link.loss, 1e4),
    reorderPerMillion: number(link.reorder, 1e4),
    largestFrame: number(link.largestFrame),
  };
}

/** Undefined where nothing is typed; not a number where none is. */
function number(text: string, unit?: number): number | undefined {
  const typed = text.trim().replace(',', '.');
  if (typed === '') return undefined;
  return unit === undefined ? Number(typed) : Math.round(Number(typed) * unit);
}
