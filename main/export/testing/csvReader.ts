/** For tests: reads CSV strictly by RFC 4180 with a byte order mark; throws on anything else. A field without quotes is null. */
export function readCsv(file: Buffer): (string | null)[][] {
  const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(file);
  if (!text.startsWith('\ufeff')) throw new Error('no byte order mark');
  const field = /(?:"((?:[^"]|"")*)")?(,|\r\n)/y;
  field.lastIndex = 1;
  const lines: (string | null)[][] = [[]];
  while (field.lastIndex < text.length) {
    const at = field.lastIndex;
    const match = field.exec(text);
    if (match === null) throw new Error(`no field at ${at}: ${JSON.stringify(text.slice(at, at + 40))}`);
    lines.at(-1)?.push(match[1]?.replaceAll('""', '"') ?? null);
    if (match[2] === '\r\n') lines.push([]);
  }
  if (lines.pop()?.length !== 0) throw new Error('the last line has no end');
  return lines;
}
