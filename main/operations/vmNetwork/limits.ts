/** Limits of VM networks: data, easy to correct. */
export const vmNetworkLimits = {
  /** Of one VMM (fact sheet §2.4, L). */
  vmNetworks: 4000,
  /** Our own: as long as other names. */
  nameLength: 64,
  /** The distributed router takes the first address, so that two more bits than a host's are needed (§2.2). */
  longestPrefix: 29,
} as const;

/** What a gateway carries (fact sheet §1.5, 2.4, 3.2). */
export const gatewayLimits = {
  /** The external address of a NAT connection ends here (§3.2, M). */
  highestForwardedPort: 49_151,
  highestAsn: 65_534,
  /** VM subnets of all VM networks that it serves (§1.5, M). */
  virtualSubnets: 500,
  /** In kilobits a second; our own bound, ten gigabits. */
  highestBandwidthKbps: 10_000_000,
} as const;

/** Ports of each external address; under VMM the dynamic ones end here (§3.2, 4.5). */
export const natPorts = { portStart: 1, portEnd: gatewayLimits.highestForwardedPort } as const;
