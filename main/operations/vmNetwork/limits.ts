/** Limits of VM networks: data, easy to correct. */
export const vmNetworkLimits = {
  /** Of one VMM (fact sheet §2.4, L). */
  vmNetworks: 4000,
  /** Our own: as long as other names. */
  nameLength: 64,
  /** The distributed router takes the first address, so that two more bits than a host's are needed (§2.2). */
  longestPrefix: 29,
} as const;
