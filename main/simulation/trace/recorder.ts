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

/** A packet went out of an interface, or into a tunnel. */
export interface TraceCrossing {
  readonly place: string;
  readonly link: string;
  /** Largest IPv4 packet that it takes. */
  readonly mtu: number;
  /** Bytes of this packet there, with whatever is around it. */
  readonly size: number;
  /** Steps that were written before it. */
  readonly after: number;
}

const stepLimit = 200;

export class TraceRecorder {
  readonly steps: TraceStep[] = [];
  readonly crossings: TraceCrossing[] = [];
  /** One sentence; null while the packet is under way. */
  fate: string | null = null;

  add(place: string, table: string, matched: string, action: string, before: string | null = null, after: string | null = null): void {
    if (this.steps.length < stepLimit) this.steps.push({ place, table, matched, action, before, after });
  }

  cross(place: string, link: string, mtu: number, size: number): void {
    if (this.crossings.length < stepLimit) this.crossings.push({ place, link, mtu, size, after: this.steps.length });
  }
}
