/** Every reason for which the simulation drops a packet, with one sentence for the operator. */

export const dropReasons = {
  malformed: 'The frame is cut short or its header is damaged.',
  notForThisNode: 'The packet is for another address and this node does not forward.',
  noRoute: 'The route table has no entry for the destination.',
  timeToLiveExpired: 'The time to live ran out.',
  neighbourUnreachable: 'The next hop did not answer ARP.',
  fragmentationNeeded: 'The packet is larger than the next link carries and must not be fragmented.',
  reassemblyTimeout: 'Not all fragments of the packet arrived in time.',
  noLookupRecord: 'The virtualization policy has no lookup record for the destination, so no provider address is known.',
  noCustomerRoute: 'The routing domain has no customer route to the destination: the VM network has no gateway.',
  noProviderAddress: 'The host has no provider address for this virtual subnet.',
  unknownVirtualSubnet: 'No adapter of this host belongs to the virtual subnet of the packet.',
  hostIsVirtual: 'The host is itself a virtual machine: without nested virtualization it cannot encapsulate.',
  broadcastNotCarried: 'Broadcasts and multicasts other than ARP are not carried between virtual machines.',
  unsupportedEtherType: 'Only IPv4 and ARP are simulated.',
  gatewayNotRunning: 'The gateway VM is turned off.',
  gatewayNotMultitenant: 'RRAS in the gateway VM does not run as a multitenant gateway yet.',
  gatewayHostNotDedicated: 'The host of the gateway VM is not a dedicated network virtualization gateway (host Properties, Host Access).',
  gatewayNoBackEndSwitch: 'The back end adapter of the gateway VM is not connected to a virtual switch.',
  gatewayFirewallOn: 'The firewall of the gateway VM is on and blocks forwarded traffic.',
  natNoMapping: 'No NAT mapping or session matches the packet from outside.',
  natFiltered: 'The NAT mapping exists, but the inside never sent to this remote address.',
  natPortsExhausted: 'All external ports of the NAT address are in use.',
  natUnsupportedProtocol: 'NAT translates TCP, UDP and ICMP only.',
  tunnelDisabled: 'The site-to-site interface is disabled.',
  tunnelQueueFull: 'The site-to-site interface is still dialing, and enough packets wait for it.',
  tunnelNotConnected: 'The site-to-site interface could not connect, or was disconnected.',
  tunnelUnknownPeer: 'No site-to-site interface has this remote VPN device as its destination.',
  noSecurityAssociation: 'No security association has this SPI: the keys are gone, or never were.',
  espNotAuthentic: 'The integrity check of the ESP packet failed: other keys, or the packet was changed on its way.',
  espReplayed: 'The ESP packet came before, or is too old for the replay window.',
  noSuchHost: 'No host with this address exists outside.',
  deviceSilent: 'The VPN device does not answer (a fault was injected).',
  machineOff: 'The virtual machine is turned off.',
  linkDown: 'The link is down.',
  linkLoss: 'The link lost the frame.',
  mtuBlackHole: 'The link swallows frames of this size without a word: a path MTU black hole.',
} as const;

export type DropReason = keyof typeof dropReasons;

/** Drops of one place, by reason. */
export class DropCounter {
  readonly #counts = new Map<DropReason, number>();
  total = 0;

  add(reason: DropReason): void {
    this.total += 1;
    this.#counts.set(reason, (this.#counts.get(reason) ?? 0) + 1);
  }

  entries(): { reason: DropReason; packets: number }[] {
    return [...this.#counts].map(([reason, packets]) => ({ reason, packets }));
  }
}
