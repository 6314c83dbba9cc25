/** A whole number as it was typed, between two bounds; undefined when it is none. */
export function parseNumber(text: string, lowest: number, highest: number): number | undefined {
  if (!/^\d{1,10}$/u.test(text)) return undefined;
  const value = Number(text);
  return lowest <= value && value <= highest ? value : undefined;
}
