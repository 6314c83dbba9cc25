/** What a cmdlet puts out: objects with named properties, and how they are shown unless the operator says otherwise. */

export type PsValue = string | number | boolean | null | readonly string[];
export type PsObject = Readonly<Record<string, PsValue>>;

export interface PsOutput {
  readonly objects: readonly PsObject[];
  /** Shown unless Format-Table or Format-List says otherwise. */
  readonly view: 'table' | 'list';
  /** Columns of the table, or properties of the list. */
  readonly properties: readonly string[];
}

/** The property of this name, in any case. */
export function propertyName(object: PsObject, wanted: string): string | undefined {
  const lower = wanted.toLowerCase();
  return Object.keys(object).find((name) => name.toLowerCase() === lower);
}

export function valueText(value: PsValue): string {
  if (value === null) return '';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  return typeof value === 'object' ? `{${value.join(', ')}}` : String(value);
}

/** As PowerShell's wildcards: `*` for any characters, `?` for one; in any case. Takes time of the order of both lengths multiplied. */
export function matchesWildcard(pattern: string, text: string): boolean {
  const [wanted, given] = [pattern.toLowerCase(), text.toLowerCase()];
  let [at, patternAt, starAt, resumeAt] = [0, 0, -1, 0];
  while (at < given.length) {
    const sign = wanted[patternAt];
    if (sign === '*') {
      starAt = patternAt;
      resumeAt = at;
      patternAt += 1;
    } else if (sign !== undefined && (sign === '?' || sign === given[at])) {
      at += 1;
      patternAt += 1;
    } else if (starAt >= 0) {
      patternAt = starAt + 1;
      resumeAt += 1;
      at = resumeAt;
    } else return false;
  }
  while (wanted[patternAt] === '*') patternAt += 1;
  return patternAt === wanted.length;
}
