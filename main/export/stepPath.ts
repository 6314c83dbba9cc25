/** The steps of a job come in order, each with its number; this tells which of the open ones each closes. */
export class StepPath {
  readonly #open: string[] = [];

  /** Opens the step; returns how many of the open ones end before it, because it is not below them. */
  enter(number: string): number {
    let closed = 0;
    for (let last = this.#open.at(-1); last !== undefined && !number.startsWith(`${last}.`); last = this.#open.at(-1)) {
      this.#open.pop();
      closed += 1;
    }
    this.#open.push(number);
    return closed;
  }

  /** Closes all; returns how many were open. */
  leave(): number {
    return this.#open.splice(0).length;
  }
}
