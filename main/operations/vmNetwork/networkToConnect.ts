/** The VM network that a connectivity is asked about: one that is there, or one that the same job makes before it connects it. */
import type { Inventory } from '../../store/inventory/inventory.ts';
import { byName } from '../../store/inventory/sqlOrder.ts';
import type { VmNetwork, VmSubnet } from '../../store/inventory/vmNetworks.ts';

type WantedSubnet = Pick<VmSubnet, 'name' | 'address' | 'prefixLength'>;

/** Nothing in the inventory has the id of one that is not made yet: it has no gateway, holds no address, and brings its VM subnets along. */
export type NetworkToConnect = VmNetwork & { readonly wantedSubnets?: readonly WantedSubnet[] };

const idOfNone = 'not made yet';

export function notMadeYet(network: Omit<VmNetwork, 'id' | 'routingDomainId'>, subnets: readonly WantedSubnet[]): NetworkToConnect {
  return { ...network, id: idOfNone, routingDomainId: idOfNone, wantedSubnets: [...subnets].sort(byName(({ name }) => name)) };
}

/** In order of name. */
export function subnetsToConnect({ id, wantedSubnets }: NetworkToConnect, { vmNetworks }: Inventory): readonly WantedSubnet[] {
  return wantedSubnets ?? vmNetworks.subnetsOf(id);
}
