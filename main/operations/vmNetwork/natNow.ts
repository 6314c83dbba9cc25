/** What a VM network's NAT has now: read once for everything that is asked about it. */
import type { Inventory } from '../../store/inventory/inventory.ts';
import type { IpAddressAllocation } from '../../store/inventory/ipAddressPools.ts';
import type { NatExternalAddress } from '../../store/inventory/natExternalAddresses.ts';
import type { NatRule } from '../../store/inventory/natRules.ts';
import type { VmNetwork } from '../../store/inventory/vmNetworks.ts';

export interface NatNow {
  /** Of the first external address; undefined without a NAT connection. */
  readonly first: IpAddressAllocation | undefined;
  /** The external addresses behind it, in their order. */
  readonly further: readonly NatExternalAddress[];
  readonly rules: readonly NatRule[];
  /** What a job that did not end had reserved; in order of address, as it was reserved. */
  readonly reserved: readonly IpAddressAllocation[];
}

export function natNow(network: VmNetwork, { vmNetworkGateways, natExternalAddresses, natRules, pools }: Inventory): NatNow {
  const reserved = pools.heldBy(network.id);
  const gateway = vmNetworkGateways.ofVmNetwork(network.id);
  const nat = gateway && vmNetworkGateways.natOf(gateway.id);
  if (nat === undefined) return { first: undefined, further: [], rules: [], reserved };
  return { first: pools.allocation(nat.ipAddressAllocationId), further: natExternalAddresses.ofNat(nat.id), rules: natRules.ofNat(nat.id), reserved };
}
