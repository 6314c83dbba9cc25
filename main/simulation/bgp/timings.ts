/** How a BGP speaker behaves in time. */
const second = 1_000_000_000;

/** Defaults of Add-BgpPeer (fact sheet §4.6) and of RFC 4271 §10. */
export const bgpTimings = {
  holdTimeSeconds: 180,
  /** Keepalives in a hold time. */
  keepalivesPerHoldTime: 3,
  connectRetryNs: 120 * second,
  /** Until the OPEN of the peer is there: "large" in RFC 4271 §8.2.2. */
  openWaitNs: 240 * second,
  /** Between advertisements to an external peer, and to an internal one. Withdrawals do not wait. */
  advertisementIntervalNs: { external: 30 * second, internal: 5 * second },
} as const;

/** RECALL: nobody could source these; plausible ones, in one place. */
export const bgpGuesses = {
  /** After an error the peer rests so long, each time twice as long, up to the limit (RFC 4271 §8.1.1, DampPeerOscillations). */
  firstRestNs: 5 * second,
  longestRestNs: 120 * second,
  /** A session that lived so long ends the doubling. */
  stableNs: 300 * second,
  /** Networks that are accepted of one peer. */
  prefixLimit: 10_000,
  /** Above the metric of on-link routes: what the operator configured wins over what was learned. */
  learnedMetric: 512,
} as const;

/** RECALL: like the TCP of Windows Server 2012 R2 by default. */
export const tcpTimings = {
  firstRetransmitNs: second,
  longestRetransmitNs: 60 * second,
  synRetries: 2,
  synRetransmitNs: 3 * second,
  dataRetries: 5,
} as const;
