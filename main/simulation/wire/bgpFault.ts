/** What a BGP speaker can complain about: code and subcode of a NOTIFICATION (RFC 4271 §4.5, RFC 4486, RFC 6608). */

export const bgpErrors = {
  notSynchronized: [1, 1],
  badMessageLength: [1, 2],
  badMessageType: [1, 3],
  openMalformed: [2, 0],
  unsupportedVersion: [2, 1],
  badPeerAs: [2, 2],
  badIdentifier: [2, 3],
  unsupportedParameter: [2, 4],
  unacceptableHoldTime: [2, 6],
  malformedAttributeList: [3, 1],
  unrecognizedWellKnown: [3, 2],
  missingWellKnown: [3, 3],
  attributeFlags: [3, 4],
  attributeLength: [3, 5],
  invalidOrigin: [3, 6],
  invalidNextHop: [3, 8],
  optionalAttribute: [3, 9],
  invalidNetwork: [3, 10],
  malformedAsPath: [3, 11],
  holdTimerExpired: [4, 0],
  unexpectedInOpenSent: [5, 1],
  unexpectedInOpenConfirm: [5, 2],
  unexpectedInEstablished: [5, 3],
  maximumPrefixes: [6, 1],
  administrativeShutdown: [6, 2],
  peerDeconfigured: [6, 3],
  connectionRejected: [6, 5],
  otherConfigurationChange: [6, 6],
  collisionResolution: [6, 7],
} as const;

export type BgpErrorName = keyof typeof bgpErrors;

/** Contents of a NOTIFICATION. */
export interface BgpNotification {
  readonly code: number;
  readonly subcode: number;
  readonly data: Uint8Array;
}

/** What a decoder says of bytes that are not a right message: what the sender is to be told. */
export interface BgpFault extends BgpNotification {
  readonly kind: 'fault';
}

export function bgpFault(name: BgpErrorName, data: Uint8Array | readonly number[] = []): BgpFault {
  const [code, subcode] = bgpErrors[name];
  return { kind: 'fault', code, subcode, data: Uint8Array.from(data) };
}

const codeNames = ['', 'message header error', 'OPEN message error', 'UPDATE message error', 'hold timer expired', 'finite state machine error', 'cease'] as const;

const sentences: Readonly<Record<BgpErrorName, string>> = {
  notSynchronized: 'the marker of the message is damaged',
  badMessageLength: 'the message has an impossible length',
  badMessageType: 'the message type is unknown',
  openMalformed: 'the OPEN message is damaged',
  unsupportedVersion: 'the BGP version is not supported',
  badPeerAs: 'the autonomous system number is not the one that is configured for the peer',
  badIdentifier: 'the BGP identifier is not valid',
  unsupportedParameter: 'an optional parameter is not supported',
  unacceptableHoldTime: 'the hold time is too short',
  malformedAttributeList: 'the list of path attributes is damaged',
  unrecognizedWellKnown: 'a well-known path attribute is unknown',
  missingWellKnown: 'a mandatory path attribute is missing',
  attributeFlags: 'a path attribute has wrong flags',
  attributeLength: 'a path attribute has a wrong length',
  invalidOrigin: 'the ORIGIN attribute is not valid',
  invalidNextHop: 'the NEXT_HOP attribute is not a host address',
  optionalAttribute: 'an optional path attribute is not valid',
  invalidNetwork: 'a network is not valid',
  malformedAsPath: 'the AS_PATH attribute is damaged',
  holdTimerExpired: 'nothing was heard for the hold time',
  unexpectedInOpenSent: 'a message came that is not expected before OPEN',
  unexpectedInOpenConfirm: 'a message came that is not expected before KEEPALIVE',
  unexpectedInEstablished: 'a message came that is not expected in an established session',
  maximumPrefixes: 'more networks were advertised than are accepted',
  administrativeShutdown: 'the peer was stopped by an administrator',
  peerDeconfigured: 'the peer was removed',
  connectionRejected: 'the connection was rejected',
  otherConfigurationChange: 'the configuration of the router changed',
  collisionResolution: 'both sides connected at the same time, and the other connection stays',
};

/** A NOTIFICATION in words, for the operator. */
export function describeNotification({ code, subcode }: BgpNotification): string {
  for (const [name, sentence] of Object.entries(sentences)) {
    const [knownCode, knownSubcode] = bgpErrors[name as BgpErrorName];
    if (knownCode === code && knownSubcode === subcode) return sentence;
  }
  return `${codeNames[code] ?? 'error'} ${code}/${subcode}`;
}
