/** BGP-4 messages (RFC 4271 §4; capabilities of RFC 5492: four-octet AS numbers of RFC 6793, route refresh of RFC 2918). */
import type { Ipv4Address, Ipv4Prefix } from '../../../shared/net/ipv4.ts';
import { asTrans } from './bgpAsPath.ts';
import { decodeAttributes, encodeAttributes, isHostAddress, type PathAttributes } from './bgpAttributes.ts';
import { bgpFault, type BgpFault, type BgpNotification } from './bgpFault.ts';
import { decodePrefixes, encodePrefixes, octets, prefixBytes } from './bgpPrefixes.ts';

export const bgpPort = 179;
const version = 4;
const headerLength = 19;
const markerLength = 16;
export const bgpMaximumLength = 4096;
const messageType = { open: 1, update: 2, notification: 3, keepalive: 4, routeRefresh: 5 } as const;
const capabilitiesParameter = 2;
const capability = { multiprotocol: 1, routeRefresh: 2, fourOctetAs: 65 } as const;
/** Address family IPv4, subsequent family unicast. */
const ipv4Unicast = [0, 1, 0, 1] as const;

export interface BgpOpen {
  readonly asn: number;
  readonly holdTimeSeconds: number;
  readonly identifier: Ipv4Address;
  /** Can AS numbers of four bytes. */
  readonly isFourOctet: boolean;
  readonly canRefresh: boolean;
}

export interface BgpUpdate {
  readonly withdrawn: readonly Ipv4Prefix[];
  /** Of all `networks`; null when there are none. */
  readonly attributes: PathAttributes | null;
  readonly networks: readonly Ipv4Prefix[];
}

export type BgpMessage =
  | { readonly kind: 'open'; readonly open: BgpOpen }
  | { readonly kind: 'update'; readonly update: BgpUpdate }
  | { readonly kind: 'notification'; readonly notification: BgpNotification }
  | { readonly kind: 'keepalive' }
  | { readonly kind: 'routeRefresh' };

// Encoding

export function encodeOpen({ asn, holdTimeSeconds, identifier, isFourOctet, canRefresh }: BgpOpen): Uint8Array {
  const capabilities: number[] = [capability.multiprotocol, ipv4Unicast.length, ...ipv4Unicast];
  if (canRefresh) capabilities.push(capability.routeRefresh, 0);
  if (isFourOctet) capabilities.push(capability.fourOctetAs, 4, ...octets(asn));
  const short = asn > 0xffff ? asTrans : asn;
  const parameters = [capabilitiesParameter, capabilities.length, ...capabilities];
  return message(messageType.open, [version, ...octets(short).slice(2), ...octets(holdTimeSeconds).slice(2), ...octets(identifier), parameters.length, ...parameters]);
}

export function encodeKeepalive(): Uint8Array {
  return message(messageType.keepalive, []);
}

export function encodeRouteRefresh(): Uint8Array {
  return message(messageType.routeRefresh, ipv4Unicast);
}

export function encodeNotification({ code, subcode, data }: BgpNotification): Uint8Array {
  return message(messageType.notification, [code, subcode, ...data.subarray(0, bgpMaximumLength - headerLength - 2)]);
}

const updateRoom = bgpMaximumLength - headerLength - 4;
/** Bytes of a network of 32 bits. */
const longestPrefix = 5;

/** As many messages as are needed to withdraw these networks. */
export function encodeWithdrawals(withdrawn: readonly Ipv4Prefix[]): Uint8Array[] {
  return inPieces(withdrawn, updateRoom).map((piece) => updateMessage(piece, [], []));
}

/** As many messages as are needed; none when the attributes leave no room for a network. */
export function encodeAdvertisements(attributes: PathAttributes, networks: readonly Ipv4Prefix[], isFourOctet: boolean): Uint8Array[] {
  const bytes = encodeAttributes(attributes, isFourOctet);
  const room = updateRoom - bytes.length;
  if (room < longestPrefix) return [];
  return inPieces(networks, room).map((piece) => updateMessage([], bytes, piece));
}

function updateMessage(withdrawn: readonly Ipv4Prefix[], attributes: readonly number[], networks: readonly Ipv4Prefix[]): Uint8Array {
  const gone = encodePrefixes(withdrawn);
  return message(messageType.update, [...octets(gone.length).slice(2), ...gone, ...octets(attributes.length).slice(2), ...attributes, ...encodePrefixes(networks)]);
}

/** Pieces of at most `room` bytes each. */
function inPieces(prefixes: readonly Ipv4Prefix[], room: number): Ipv4Prefix[][] {
  const pieces: Ipv4Prefix[][] = [];
  let left = 0;
  for (const prefix of prefixes) {
    const size = prefixBytes(prefix);
    if (size > left) {
      pieces.push([]);
      left = room;
    }
    pieces.at(-1)?.push(prefix);
    left -= size;
  }
  return pieces;
}

function message(type: number, body: readonly number[]): Uint8Array {
  const bytes = new Uint8Array(headerLength + body.length).fill(0xff, 0, markerLength);
  new DataView(bytes.buffer).setUint16(markerLength, bytes.length);
  bytes[18] = type;
  bytes.set(body, headerLength);
  return bytes;
}

// Decoding

/** Length of the message that begins here; undefined while its header is not whole, a fault when it is no message. */
export function bgpLengthOf(bytes: Uint8Array): number | BgpFault | undefined {
  for (let at = 0; at < Math.min(markerLength, bytes.length); at += 1) if (bytes[at] !== 0xff) return bgpFault('notSynchronized');
  if (bytes.length < headerLength) return undefined;
  const length = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint16(markerLength);
  const type = bytes[18] ?? 0;
  if (length < headerLength || length > bgpMaximumLength) return bgpFault('badMessageLength', bytes.subarray(markerLength, markerLength + 2));
  const isRight = isRightLength(type, length);
  if (isRight === undefined) return bgpFault('badMessageType', [type]);
  return isRight ? length : bgpFault('badMessageLength', bytes.subarray(markerLength, markerLength + 2));
}

/** Undefined for an unknown type (RFC 4271 §6.1). */
function isRightLength(type: number, length: number): boolean | undefined {
  switch (type) {
    case messageType.open: return length >= 29;
    case messageType.update: return length >= 23;
    case messageType.notification: return length >= 21;
    case messageType.keepalive: return length === headerLength;
    case messageType.routeRefresh: return length === headerLength + ipv4Unicast.length;
    default: return undefined;
  }
}

/** One whole message, as `bgpLengthOf` measured it. Never throws. `isFourOctet`: both sides can AS numbers of four bytes. */
export function decodeBgp(bytes: Uint8Array, isFourOctet: boolean): BgpMessage | BgpFault {
  const length = bgpLengthOf(bytes);
  if (typeof length === 'object') return length;
  if (length !== bytes.length) return bgpFault('badMessageLength', bytes.subarray(markerLength, markerLength + 2));
  const body = bytes.subarray(headerLength);
  switch (bytes[18]) {
    case messageType.open: return decodeOpen(body);
    case messageType.update: return decodeUpdate(body, isFourOctet);
    case messageType.notification: return { kind: 'notification', notification: { code: body[0] ?? 0, subcode: body[1] ?? 0, data: body.slice(2) } };
    case messageType.keepalive: return { kind: 'keepalive' };
    default: return { kind: 'routeRefresh' };
  }
}

function decodeOpen(body: Uint8Array): BgpMessage | BgpFault {
  const view = new DataView(body.buffer, body.byteOffset, body.byteLength);
  if (view.getUint8(0) !== version) return bgpFault('unsupportedVersion', [0, version]);
  const holdTimeSeconds = view.getUint16(3);
  const identifier = view.getUint32(5);
  const capabilities = decodeParameters(body.subarray(10), view.getUint8(9));
  if ('kind' in capabilities) return capabilities;
  const asn = capabilities.fourOctetAs ?? view.getUint16(1);
  if (asn === 0) return bgpFault('badPeerAs');
  if (!isHostAddress(identifier)) return bgpFault('badIdentifier');
  if (holdTimeSeconds === 1 || holdTimeSeconds === 2) return bgpFault('unacceptableHoldTime');
  return { kind: 'open', open: { asn, holdTimeSeconds, identifier, isFourOctet: capabilities.fourOctetAs !== undefined, canRefresh: capabilities.canRefresh } };
}

interface Capabilities {
  fourOctetAs: number | undefined;
  canRefresh: boolean;
}

function decodeParameters(bytes: Uint8Array, length: number): Capabilities | BgpFault {
  if (bytes.length !== length) return bgpFault('openMalformed');
  const found: Capabilities = { fourOctetAs: undefined, canRefresh: false };
  for (let at = 0; at < bytes.length; ) {
    const end = at + 2 + (bytes[at + 1] ?? 0);
    if (at + 2 > bytes.length || end > bytes.length) return bgpFault('openMalformed');
    if (bytes[at] !== capabilitiesParameter) return bgpFault('unsupportedParameter');
    if (!takeCapabilities(bytes.subarray(at + 2, end), found)) return bgpFault('openMalformed');
    at = end;
  }
  return found;
}

/** False when lengths do not add up. Unknown capabilities are passed over (RFC 5492 §3). */
function takeCapabilities(bytes: Uint8Array, found: Capabilities): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 0; at < bytes.length; ) {
    const length = bytes[at + 1] ?? 0;
    const end = at + 2 + length;
    if (at + 2 > bytes.length || end > bytes.length) return false;
    if (bytes[at] === capability.routeRefresh) found.canRefresh = true;
    if (bytes[at] === capability.fourOctetAs) {
      if (length !== 4) return false;
      found.fourOctetAs = view.getUint32(at + 2);
    }
    at = end;
  }
  return true;
}

function decodeUpdate(body: Uint8Array, isFourOctet: boolean): BgpMessage | BgpFault {
  const view = new DataView(body.buffer, body.byteOffset, body.byteLength);
  const attributesAt = 4 + view.getUint16(0);
  if (attributesAt > body.length) return bgpFault('malformedAttributeList');
  const networksAt = attributesAt + view.getUint16(attributesAt - 2);
  if (networksAt > body.length) return bgpFault('malformedAttributeList');
  const withdrawn = decodePrefixes(body.subarray(2, attributesAt - 2));
  if (!Array.isArray(withdrawn)) return withdrawn;
  const networks = decodePrefixes(body.subarray(networksAt));
  if (!Array.isArray(networks)) return networks;
  const attributes = decodeAttributes(body.subarray(attributesAt, networksAt), isFourOctet, networks.length > 0);
  if (attributes !== null && 'kind' in attributes) return attributes;
  return { kind: 'update', update: { withdrawn, attributes, networks } };
}
