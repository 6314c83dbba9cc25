/** Own glyph, for what Fluent's icon set does not have: 20 px, one-and-a-quarter-pixel strokes like its regular style. */

interface GlyphProps {
  readonly className?: string;
}

/** A cell with its own door: a routing compartment. */
export function CompartmentGlyph({ className }: GlyphProps) {
  return (
    <svg className={className} width="20" height="20" viewBox="0 0 20 20" fill="none" stroke="currentColor" strokeWidth="1.25" strokeLinecap="round" strokeLinejoin="round" aria-hidden="true">
      <path d="M8 3.5H5A1.5 1.5 0 0 0 3.5 5v10A1.5 1.5 0 0 0 5 16.5h3M12 3.5h3A1.5 1.5 0 0 1 16.5 5v10a1.5 1.5 0 0 1-1.5 1.5h-3" />
      <path d="M10 2.5v15M6.5 10h7M11.75 8.25 13.5 10l-1.75 1.75M8.25 8.25 6.5 10l1.75 1.75" />
    </svg>
  );
}
