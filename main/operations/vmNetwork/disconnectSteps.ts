/** What switches a VM network's direct connection off, and the gateway with the last one: everything is given back. */
import { formatIpv4, formatPrefix } from '../../../shared/net/ipv4.ts';
import type { StepContext, StepResult } from '../../jobs/plan.ts';
import type { VmNetwork } from '../../store/inventory/vmNetworks.ts';
import { releaseProviderAddresses } from '../providerAddressGrant.ts';
import { auditChanges } from '../audit.ts';
import { removeFurtherAddresses } from './externalAddressSteps.ts';
import { setUpNatRules } from './natRuleSteps.ts';

/** Key of the step that leaves, as its output, the gateway device that served the VM network. */
export const removeGatewayKey = 'removeGateway';

/** Releases the external addresses too, also one that a job reserved and never came to use. */
export function removeNat(context: StepContext, network: VmNetwork): StepResult {
  const { vmNetworkGateways, pools } = context.inventory;
  for (const reserved of pools.heldBy(network.id)) pools.release(reserved.id);
  const gateway = vmNetworkGateways.ofVmNetwork(network.id);
  const nat = gateway && vmNetworkGateways.natOf(gateway.id);
  if (!nat) return { message: 'There is no NAT connection.' };
  const allocation = pools.allocation(nat.ipAddressAllocationId);
  setUpNatRules(context, network, []);
  removeFurtherAddresses(context, nat);
  vmNetworkGateways.removeNat(nat.id);
  pools.release(nat.ipAddressAllocationId);
  const address = allocation ? formatIpv4(allocation.address) : null;
  const poolName = allocation ? pools.pool(allocation.ipAddressPoolId).name : null;
  auditChanges(context, { type: 'NATConnection', id: nat.id, name: nat.name }, {
    ExternalIPAddress: [address, null],
    ExternalIPPool: [poolName, null],
  });
  auditChanges(context, { type: 'VMNetwork', id: network.id, name: network.name }, { ExternalIPAddress: [address, null] });
  return { message: `${nat.name} removed; ${address ?? 'its address'} is free again in ${poolName ?? 'its pool'}.` };
}

/** Unless something else of the VM network still goes through it. */
export function removeGateway(context: StepContext, network: VmNetwork): StepResult {
  const { inventory } = context;
  const gateway = inventory.vmNetworkGateways.ofVmNetwork(network.id);
  if (!gateway) return { message: 'There is no VM network gateway.', output: { networkServiceId: null } };
  const service = inventory.networkServices.networkService(gateway.networkServiceId);
  const nat = inventory.vmNetworkGateways.natOf(gateway.id);
  if (nat !== undefined || gateway.hasVpn) {
    return { message: `${gateway.name} on ${service.name} stays for ${nat === undefined ? 'the VPN tunnel' : nat.name}.`, output: { networkServiceId: service.id } };
  }
  inventory.vmNetworkGateways.remove(gateway.id);
  releaseProviderAddresses(inventory, gateway.vsid);
  inventory.vmNetworks.removeVirtualSubnet(gateway.vsid);
  auditChanges(context, { type: 'VMNetworkGateway', id: gateway.id, name: gateway.name }, {
    NetworkGateway: [service.name, null],
    CompartmentId: [String(gateway.compartmentId), null],
    IPSubnet: [formatPrefix({ address: gateway.subnetAddress, length: gateway.subnetPrefixLength }), null],
    VMSubnetID: [String(gateway.vsid), null],
  });
  auditChanges(context, { type: 'VMNetwork', id: network.id, name: network.name }, {
    HasGatewayConnection: ['True', 'False'],
    NetworkGateway: [service.name, null],
  });
  return {
    message: `${gateway.name} removed from ${service.name}; virtual subnet ${gateway.vsid} and its provider address are free again.`,
    output: { networkServiceId: service.id },
  };
}
