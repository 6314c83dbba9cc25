/** Colour bands of VM networks. Never the only sign: the name always stands beside. */

/** Okabe and Ito, "Color Universal Design" (2008), without black and without yellow, which is lost on white. */
const palette = ['#0072B2', '#E69F00', '#009E73', '#CC79A7', '#D55E00', '#56B4E9'] as const;

/** The same name always has the same colour, in every view (FNV-1a over the name). */
export function tenantColour(name: string): string {
  let hash = 0x811c9dc5;
  for (const character of name.toLowerCase()) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  return palette[hash % palette.length] ?? palette[0];
}
