/** MAC addresses as 48-bit numbers, which a double holds exactly. */
export type MacAddress = number;

/** Parses "00:15:5D:01:02:03" or "00-15-5d-01-02-03"; undefined when malformed. */
export function parseMac(text: string): MacAddress | undefined {
  if (!/^[0-9a-f]{2}([:-][0-9a-f]{2}){5}$/i.test(text)) return undefined;
  return Number.parseInt(text.replaceAll(/[:-]/g, ''), 16);
}

/** Formats as Windows does in `ipconfig /all`: 00-15-5D-01-02-03. */
export function formatMac(mac: MacAddress): string {
  return mac
    .toString(16)
    .padStart(12, '0')
    .toUpperCase()
    .replace(/(..)(?=.)/g, '$1-');
}
