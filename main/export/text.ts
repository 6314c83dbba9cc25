/** Text as the formats need it. */

const references: ReadonlyMap<string, string> = new Map([
  ['&', '&amp;'], ['<', '&lt;'], ['>', '&gt;'], ['"', '&quot;'], ["'", '&#39;'], ['\r', '&#13;'], ['\n', '&#10;'], ['\t', '&#9;'], ['\u0085', '&#133;'], ['\u2028', '&#8232;'],
]);

/**
 * Markup, white space that a reader would change, and what XML 1.0 §2.2 has no way to write, not even as a reference: most control
 * characters, lone surrogates, two non-characters.
 */
// eslint-disable-next-line no-control-regex
const careInHtml = /[\u0000-\u001f&<>"'\ufffe\uffff]|\p{Surrogate}/gu;
/** Also what a reader of XML 1.1, and some of 1.0, takes for the end of a line. */
// eslint-disable-next-line no-control-regex
const careInXml = /[\u0000-\u001f&<>"'\u0085\u2028\ufffe\uffff]|\p{Surrogate}/gu;

/** Most texts, found in half the time: nothing in them needs care. */
const plain = /^[\w .,:;%+()/-]*$/;

/** For content and attributes of XML: reads back as it was, but for what XML cannot have, which becomes U+FFFD. */
export function xmlText(text: string): string {
  return plain.test(text) ? text : text.replace(careInXml, escaped);
}

/** The same for HTML that is to be well-formed XML too. There &#133; would be an ellipsis, so it stays the character that it is. */
export function htmlText(text: string): string {
  return plain.test(text) ? text : text.replace(careInHtml, escaped);
}

function escaped(character: string): string {
  return references.get(character) ?? '\ufffd';
}

/** Offset of this computer's clock from UTC at an instant, as ISO 8601 writes it: "+02:00". Empty for no instant. */
export function localOffset(instant: string | null): string {
  if (instant === null) return '';
  const span = instant.slice(0, tensOfMinutes);
  if (span !== lastOffset.span) lastOffset = { span, text: offsetText(instant) };
  return lastOffset.text;
}

/** No clock changes within ten minutes, and records that follow each other are mostly of the same ten: "2026-01-02T03:4". */
const tensOfMinutes = 15;
let lastOffset = { span: '', text: '' };

function offsetText(instant: string): string {
  const minutes = -new Date(instant).getTimezoneOffset();
  if (Number.isNaN(minutes)) return '';
  const size = Math.abs(minutes);
  return `${minutes < 0 ? '-' : '+'}${twoDigits(Math.floor(size / 60))}:${twoDigits(size % 60)}`;
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}

/** How deep a step stands: 0 for "1", 1 for "1.2". */
export function depthOf(stepNumber: string): number {
  let depth = 0;
  for (let dot = stepNumber.indexOf('.'); dot !== -1; dot = stepNumber.indexOf('.', dot + 1)) depth += 1;
  return depth;
}
