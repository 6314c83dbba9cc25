/** Reads the JSON that Export-VmmInventory.ps1 writes, bounded in size, depth and parts before it is parsed. */
import { readBounded, type FileFault } from '../../yamlDocument.ts';

/** Bytes; 4,000 VM networks with their gateways have about 8 MB. */
const sizeLimit = 64 * 1024 * 1024;

/** Objects and lists inside each other; the script writes at most eight. */
const depthLimit = 32;

/** Members of lists and objects; each becomes some hundred bytes in memory. */
const partLimit = 3_000_000;

/** Never throws: whatever is wrong with the file is in the result. */
export function readInventoryFile(file: string): { readonly value: unknown } | { readonly fault: FileFault } {
  const read = readBounded(file, sizeLimit);
  if ('fault' in read) return read;
  // Windows PowerShell writes a byte order mark.
  const text = read.text.replace(/^\uFEFF/, '');
  const excess = findExcess(text);
  if (excess !== undefined) return { fault: { file, ...placeOf(text, excess.at), reason: excess.reason } };
  try {
    return { value: JSON.parse(text) as unknown };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const position = /position (\d+)/.exec(message)?.[1];
    return { fault: { file, ...placeOf(text, position === undefined ? text.length : Number(position)), reason: `it is no JSON: ${brief(message)}` } };
  }
}

/** Where a text becomes too deep or too much, by one look at each character. */
function findExcess(text: string): { readonly at: number; readonly reason: string } | undefined {
  let depth = 0;
  let parts = 0;
  let isString = false;
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charCodeAt(at);
    if (isString) {
      if (character === 92) at += 1;
      else if (character === 34) isString = false;
      continue;
    }
    if (character === 34) isString = true;
    else if (character === 44) parts += 1;
    else if (character === 91 || character === 123) depth += 1;
    else if (character === 93 || character === 125) depth -= 1;
    if (depth > depthLimit) return { at, reason: `more than ${depthLimit} lists and objects stand inside each other` };
    if (parts > partLimit) return { at, reason: `it has more than ${partLimit} parts` };
  }
  return undefined;
}

function placeOf(text: string, at: number): { readonly line: number; readonly column: number } {
  let line = 1;
  let lineStart = 0;
  for (let next = text.indexOf('\n'); next !== -1 && next < at; next = text.indexOf('\n', lineStart)) {
    line += 1;
    lineStart = next + 1;
  }
  return { line, column: at - lineStart + 1 };
}

/** Parsers quote the text around a fault, which may be long. */
function brief(message: string): string {
  const [first = ''] = message.split('\n', 1);
  return first.replace(/ in JSON at position.*$/, '').slice(0, 120);
}
