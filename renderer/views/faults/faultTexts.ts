/** Each kind of fault in words: its name, what it is about, and what happens then. */
import type { FaultKind } from '../../../shared/contract/faults.ts';

interface FaultText {
  readonly label: string;
  /** Label of the field in which the object is chosen. */
  readonly object: string;
  readonly effect: string;
  /** Why there is nothing to choose. */
  readonly none: string;
}

export const faultTexts: Readonly<Record<FaultKind, FaultText>> = {
  hostDown: { label: 'Host down', object: 'Host', effect: 'The host has no power: its virtual machines are off, a gateway on it too, and nobody answers for its provider addresses.', none: 'There is no host.' },
  gatewayFirewallOn: { label: 'Firewall on in the gateway', object: 'Network service', effect: 'The Windows Firewall of the gateway VM is on and drops what it should forward.', none: 'There is no network service that is a gateway.' },
  natPoolExhausted: { label: 'NAT ports exhausted', object: 'VM network', effect: 'No external port is free for new sessions of the VM network; those that stand go on.', none: 'No VM network has network address translation.' },
  peerSilent: { label: 'VPN device silent', object: 'VPN device', effect: 'The VPN device on the other side neither answers nor sends.', none: 'The lab has no VPN device.' },
  wrongKey: { label: 'Wrong pre-shared key', object: 'VPN connection', effect: 'The gateway has another key than the VPN device: the tunnel cannot be dialed anew.', none: 'No VM network has a VPN connection.' },
  providerAddressUnreachable: { label: 'Provider address unreachable', object: 'Provider address', effect: 'The host does not answer for this provider address any more.', none: 'No host has a provider address yet.' },
  lookupRecordMissing: { label: 'Lookup record missing', object: 'Virtual machine', effect: 'No host knows behind which provider address the virtual machine is.', none: 'No virtual machine has an address in a VM subnet.' },
  lookupRecordStale: { label: 'Lookup record stale', object: 'Virtual machine', effect: 'The record of the virtual machine points to a provider address where it is not, as after a migration that was not told.', none: 'No virtual machine has an address in a VM subnet.' },
  link: { label: 'Bad link', object: 'Segment', effect: 'A segment of the network is down, slow, narrow, or loses packets.', none: 'There is no segment.' },
};

export function countText(count: number): string {
  return count === 0 ? 'No fault is in force' : count === 1 ? '1 fault is in force' : `${count} faults are in force`;
}
