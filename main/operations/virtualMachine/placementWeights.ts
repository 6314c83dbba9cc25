/** How a host is rated. That there are zero to five stars is VMM's; what takes a star away, and how many, is our own (RECALL), kept here to be easy to correct. */
export const placementWeights = {
  best: 5,
  /** What only lowers a host leaves this much. */
  least: 1,
  /** So many virtual machines on a host take one star. */
  machinesPerStar: 10,
  /** A dedicated gateway host for a machine that could run elsewhere. */
  dedicatedHostForTenant: 2,
  /** A gateway-to-be on a host that takes tenants' machines too. */
  ordinaryHostForGateway: 3,
  /** A gateway-to-be on a host that is itself a virtual machine: it could never encapsulate. */
  virtualHostForGateway: 4,
} as const;
