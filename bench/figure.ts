/** One measured figure. */
export interface BenchFigure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** How it was measured, or what it is a ratio to. */
  readonly note?: string;
  /** The design's budget for this figure, in the same unit; `atMost` tells its direction. */
  readonly budget?: number;
  readonly atMost?: boolean;
}
