/** Before OK: what of a VM network comes along to another gateway device, what will be different, and what is against it. Changes nothing. */
import type { MovePreview } from '../../../../shared/contract/vmNetworkMove.ts';
import type { MoveToGatewayInput } from '../../../../shared/contract/vmNetworkOperations.ts';
import { formatIpv4 } from '../../../../shared/net/ipv4.ts';
import type { Inventory } from '../../../store/inventory/inventory.ts';
import type { VmNetworkGateway } from '../../../store/inventory/vmNetworkGateways.ts';
import type { LiveGateways } from '../../operation.ts';
import { addressOf, furtherAddressesOf } from '../externalAddressTarget.ts';
import { rulesOf } from '../natRuleTarget.ts';
import { connectionsOf } from '../vpnTarget.ts';
import { resolveMove } from './moveTarget.ts';

/** Throws objectNotFound for the VM network. */
export function movePreview(input: MoveToGatewayInput, inventory: Inventory, gateways: LiveGateways): MovePreview {
  const network = inventory.vmNetworks.vmNetwork(input.vmNetwork);
  const resolved = resolveMove(input, inventory, gateways);
  const current = inventory.vmNetworkGateways.ofVmNetwork(network.id);
  if ('problems' in resolved) return { problems: [...resolved.problems], comesAlong: null };
  const { to, goal } = resolved.target;
  const connections = connectionsOf(network, inventory);
  return {
    problems: [],
    comesAlong: {
      externalAddress: current === undefined ? null : addressChange(current, goal.nat, inventory),
      furtherAddresses: furtherAddressesOf(network, inventory).map(({ address }, at) => {
        const next = goal.nat?.further[at];
        return { before: formatIpv4(address), after: next === undefined ? formatIpv4(address) : formatIpv4(addressOf(next.address)) };
      }),
      natRules: rulesOf(network, inventory).map(({ name }) => name),
      vpnConnections: connections.map(({ name, remoteAddress, routes }) => ({ name, remoteEndpoint: formatIpv4(remoteAddress), routes: routes.length })),
      bgpPeers: current === undefined ? [] : inventory.vpnConnections.peersOf(current.id).map(({ name }) => name),
      endpoint: connections.length === 0 || current === undefined ? null : { before: endpointOf(current.networkServiceId, inventory), after: endpointOf(to.service.id, inventory) },
    },
  };
}

type Nat = Extract<ReturnType<typeof resolveMove>, { target: unknown }>['target']['goal']['nat'];

function addressChange(current: VmNetworkGateway, nat: Nat, { vmNetworkGateways, pools }: Inventory): { before: string; after: string } | null {
  const connection = vmNetworkGateways.natOf(current.id);
  const allocation = connection && pools.allocation(connection.ipAddressAllocationId);
  if (allocation === undefined || nat === null) return null;
  return { before: formatIpv4(allocation.address), after: formatIpv4(addressOf(nat.address)) };
}

/** Address of the front end, which VPN devices dial; empty while it has none. */
function endpointOf(networkServiceId: string, { networkServices, virtualMachines, pools }: Inventory): string {
  const service = networkServices.networkService(networkServiceId);
  const frontEnd = networkServices.connection(service.id, 'FrontEnd');
  const adapter = service.virtualMachineId === null ? undefined : virtualMachines.adaptersOf(service.virtualMachineId).find(({ id }) => id === frontEnd?.virtualNetworkAdapterId);
  const allocation = adapter?.ipAddressAllocationId === undefined || adapter.ipAddressAllocationId === null ? undefined : pools.allocation(adapter.ipAddressAllocationId);
  return allocation === undefined ? '' : formatIpv4(allocation.address);
}
