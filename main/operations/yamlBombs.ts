/** Texts that would cost far more to parse than they say, found by one look at each character and before anything is built of them. */

/** Objects and lists inside each other; a lab has fewer than twelve. */
const depthLimit = 64;

/** Members of lists and objects; each becomes some hundred bytes. */
const partLimit = 1_500_000;

interface Bomb {
  readonly line: number;
  readonly column: number;
  readonly reason: string;
}

/** The first place at which a text becomes too deep or too much, or undefined. Counts as YAML or JSON would, and rather a little more. */
export function findBomb(text: string): Bomb | undefined {
  let line = 1;
  let lineStart = 0;
  let depth = 0;
  let dashes = 0;
  let parts = 0;
  let isIndent = true;
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charCodeAt(at);
    if (character === 10) {
      line += 1;
      lineStart = at + 1;
      dashes = 0;
      isIndent = true;
      parts += 1;
    } else if (character === 44) {
      parts += 1;
    } else if (character === 91 || character === 123) {
      depth += 1;
      isIndent = false;
    } else if (character === 93 || character === 125) {
      depth = Math.max(0, depth - 1);
      isIndent = false;
    } else if (isIndent && (character === 45 || character === 63)) {
      dashes += 1;
    } else if (character !== 32) {
      isIndent = false;
    }
    const isTooDeep = depth > depthLimit || dashes > depthLimit || (isIndent && at - lineStart > 4 * depthLimit);
    if (!isTooDeep && parts <= partLimit) continue;
    const reason = isTooDeep ? `more than ${depthLimit} lists and objects stand inside each other` : `it has more than ${partLimit} parts`;
    return { line, column: Math.max(1, at - lineStart + 1), reason };
  }
  return undefined;
}
