/** How well a link carries. Parts per million are chances for each frame, drawn from the simulation's seeded generator. */
export interface LinkQuality {
  readonly isDown: boolean;
  /** Beside the link's own latency, in virtual nanoseconds. */
  readonly extraLatencyNs: number;
  /** Null: frames take no time to be sent. */
  readonly bitsPerSecond: number | null;
  readonly lossPerMillion: number;
  readonly reorderPerMillion: number;
  /** Frames longer than this (Ethernet header included) vanish; null: none do. */
  readonly largestFrame: number | null;
}

export const perfectLink: LinkQuality = { isDown: false, extraLatencyNs: 0, bitsPerSecond: null, lossPerMillion: 0, reorderPerMillion: 0, largestFrame: null };
