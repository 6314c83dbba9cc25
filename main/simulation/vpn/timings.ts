/** How a site-to-site interface behaves in time. */
const second = 1_000_000_000;

/** Defaults of Get-VpnS2SInterface (fact sheet §4.4). */
export const siteToSiteDefaults = {
  numberOfTries: 3,
  retryIntervalNs: 60 * second,
  idleDisconnectNs: 300 * second,
  networkOutageNs: 15 * second,
  saLifeTimeNs: 3600 * second,
  saDataSizeKilobytes: 33_553_408,
} as const;

/** RECALL: nobody could source these; plausible ones, in one place. */
export const vpnTimings = {
  /** First wait for an answer; each further one is twice as long. */
  retransmitNs: second,
  /** After so long without an answer one try has failed. */
  tryTimeoutNs: 30 * second,
  /** Share of the life time after which the keys are renewed. */
  rekeyShare: 0.9,
  /** How long the old keys still take what is under way. */
  oldKeysNs: 30 * second,
} as const;

/** RECALL: packets that wait while the interface dials. */
export const dialQueueLimit = 64;
