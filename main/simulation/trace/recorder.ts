/** Why a packet went where it went. Written by the code that forwards, while it forwards. */

export interface TraceStep {
  /** Host, switch, compartment, router. */
  readonly place: string;
  /** What was consulted. */
  readonly table: string;
  readonly matched: string;
  readonly action: string;
  readonly before: string | null;
  readonly after: string | null;
}

const stepLimit = 200;

export class TraceRecorder {
  readonly steps: TraceStep[] = [];
  /** One sentence; null while the packet is under way. */
  fate: string | null = null;

  add(place: string, table: string, matched: string, action: string, before: string | null = null, after: string | null = null): void {
    if (this.steps.length < stepLimit) this.steps.push({ place, table, matched, action, before, after });
  }
}
