/** pcapng writer (draft-ietf-opsawg-pcapng): section header, one interface block a tap, enhanced packet blocks with ns stamps. */

const utf8 = new TextEncoder();
/** LINKTYPE_ETHERNET and LINKTYPE_IPV4 of tcpdump.org's registry. */
const linkTypes = { ethernet: 1, ipv4: 228 } as const;

export interface PcapngInterface {
  readonly name: string;
  readonly description: string;
  readonly link: keyof typeof linkTypes;
}

function padded(length: number): number {
  return (length + 3) & ~3;
}

function option(code: number, value: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(4 + padded(value.length));
  const view = new DataView(bytes.buffer);
  view.setUint16(0, code, true);
  view.setUint16(2, value.length, true);
  bytes.set(value, 4);
  return bytes;
}

const endOfOptions = new Uint8Array(4);

function block(type: number, parts: readonly Uint8Array[]): Uint8Array {
  const body = parts.reduce((sum, part) => sum + part.length, 0);
  const total = 12 + body;
  const bytes = new Uint8Array(total);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, type, true);
  view.setUint32(4, total, true);
  let at = 8;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  view.setUint32(total - 4, total, true);
  return bytes;
}

/** `application` names the writer (shb_userappl). */
export function sectionHeader(application: string): Uint8Array {
  const fixed = new Uint8Array(16);
  const view = new DataView(fixed.buffer);
  view.setUint32(0, 0x1a2b3c4d, true);
  view.setUint16(4, 1, true);
  view.setBigInt64(8, -1n, true);
  return block(0x0a0d0d0a, [fixed, option(4, utf8.encode(application)), endOfOptions]);
}

export function interfaceBlock(tap: PcapngInterface, snapLength: number): Uint8Array {
  const fixed = new Uint8Array(8);
  const view = new DataView(fixed.buffer);
  view.setUint16(0, linkTypes[tap.link], true);
  view.setUint32(4, snapLength, true);
  return block(1, [fixed, option(2, utf8.encode(tap.name)), option(3, utf8.encode(tap.description)), option(9, Uint8Array.of(9)), endOfOptions]);
}

/** `time` in nanoseconds since the epoch of the capture. */
export function packetBlock(interfaceId: number, time: bigint, frame: Uint8Array, originalLength: number, comment: string): Uint8Array {
  const fixed = new Uint8Array(20 + padded(frame.length));
  const view = new DataView(fixed.buffer);
  view.setUint32(0, interfaceId, true);
  view.setUint32(4, Number(time >> 32n), true);
  view.setUint32(8, Number(time & 0xffffffffn), true);
  view.setUint32(12, frame.length, true);
  view.setUint32(16, originalLength, true);
  fixed.set(frame, 20);
  return block(6, comment === '' ? [fixed] : [fixed, option(1, utf8.encode(comment)), endOfOptions]);
}
