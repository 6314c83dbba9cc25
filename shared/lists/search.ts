/** How many entries at the front of a list are `isBefore`; none behind them may be. */
export function placeBehind<E>(list: readonly E[], isBefore: (entry: E) => boolean): number {
  let [low, high] = [0, list.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    const entry = list[middle];
    if (entry !== undefined && isBefore(entry)) low = middle + 1;
    else high = middle;
  }
  return low;
}
