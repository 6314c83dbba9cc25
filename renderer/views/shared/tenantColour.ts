/** Okabe and Ito, "Color Universal Design" (2008), without black and without yellow, which is lost on white. */
const palette = ['#0072B2', '#E69F00', '#009E73', '#CC79A7', '#D55E00', '#56B4E9'] as const;

/** Colour band of a tenant by its compartment id (2, 3, …). Neighbours differ; never the only sign: the name always stands beside. */
export function tenantColour(compartmentId: number): string {
  return palette[Math.max(0, compartmentId - 2) % palette.length] ?? palette[0];
}
