/** What a direct routing input asks for, or everything that stands against it: one VM network for a forwarding gateway, and no address twice (fact sheet §1.4, 3.1). */
import { problem, type Problem } from '../../../shared/contract/errors.ts';
import type { SetConnectivityInput } from '../../../shared/contract/connectivity.ts';
import { formatPrefix, prefixesOverlap, type Ipv4Prefix } from '../../../shared/net/ipv4.ts';
import type { Inventory } from '../../store/inventory/inventory.ts';
import { findGateway, usableGateway, type UsableGateway } from './connectivityTarget.ts';
import { subnetsToConnect, type NetworkToConnect } from './networkToConnect.ts';

export type DirectInput = Extract<NonNullable<SetConnectivityInput['directConnection']>, { routing: 'Direct' }>;

export function resolveDirect(network: NetworkToConnect, input: DirectInput, inventory: Inventory): { readonly usable: UsableGateway } | { readonly problems: readonly Problem[] } {
  const service = findGateway(input, 'directConnection', inventory);
  if ('problem' in service) return { problems: [service.problem] };
  const gateway = usableGateway(service.found, network, 'Direct', inventory);
  if ('problems' in gateway) return gateway;
  const problems = overlaps(network, gateway.usable, inventory);
  return problems.length > 0 ? { problems } : gateway;
}

interface TakenSubnet {
  readonly subnet: Ipv4Prefix;
  /** In words. */
  readonly place: string;
}

/** Nothing is translated, so nobody outside or on another forwarding gateway may have the same addresses. */
function overlaps(network: NetworkToConnect, gateway: UsableGateway, inventory: Inventory): readonly Problem[] {
  const taken = [...outside(gateway, inventory), ...directlyRouted(network, inventory)];
  return subnetsToConnect(network, inventory).flatMap(({ name, address, prefixLength }) => {
    const subnet = { address, length: prefixLength };
    const rival = taken.find((other) => prefixesOverlap(other.subnet, subnet));
    if (rival === undefined) return [];
    return [
      problem(
        'subnetOverlap',
        ['directConnection', 'gatewayDevice'],
        `VM subnet ${name} (${formatPrefix(subnet)}) of ${network.name} overlaps ${formatPrefix(rival.subnet)} of ${rival.place}; without translation addresses must be there only once.`,
        'Use network address translation (NAT), or give one of them other addresses.',
      ),
    ];
  });
}

function outside({ frontEndSiteId }: UsableGateway, { logicalNetworks }: Inventory): readonly TakenSubnet[] {
  const site = logicalNetworks.site(frontEndSiteId).name;
  return logicalNetworks.subnetsOf(frontEndSiteId).map(({ address, prefixLength }) => ({ subnet: { address, length: prefixLength }, place: `network site ${site}, the front end of the gateway` }));
}

function directlyRouted(network: NetworkToConnect, { vmNetworkGateways, vmNetworks }: Inventory): readonly TakenSubnet[] {
  return vmNetworkGateways
    .directlyRouted()
    .filter(({ vmNetworkId }) => vmNetworkId !== network.id)
    .flatMap(({ vmNetworkId, vmNetwork }) => vmNetworks.subnetsOf(vmNetworkId).map(({ address, prefixLength }) => ({ subnet: { address, length: prefixLength }, place: `VM network ${vmNetwork}, which is routed directly too` })));
}
