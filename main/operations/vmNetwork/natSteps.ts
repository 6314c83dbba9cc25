/**
 * Steps that connect a VM network through NAT, or change how it is connected. Each one makes sure of its part, so that
 * a restart, a change of address and a change of gateway are the same steps.
 */
import { formatIpv4, formatPrefix } from '../../../shared/net/ipv4.ts';
import { ConsoleError } from '../../../shared/contract/errors.ts';
import type { StepContext, StepDefinition, StepResult } from '../../jobs/plan.ts';
import type { Inventory } from '../../store/inventory/inventory.ts';
import type { VmNetworkGateway } from '../../store/inventory/vmNetworkGateways.ts';
import type { VmNetwork } from '../../store/inventory/vmNetworks.ts';
import { labels } from '../labels.ts';
import { grantProviderAddress, releaseProviderAddresses } from '../providerAddressGrant.ts';
import { refuseAll } from '../problems.ts';
import { auditChanges } from '../audit.ts';
import { setUpNatRules } from './natRuleSteps.ts';
import { resolveNat, type NatInput, type NatTarget, type UsableGateway } from './connectivityTarget.ts';
import { chooseGatewaySubnet } from './gatewaySubnet.ts';
import type { NetworkIn } from './networkIn.ts';

/** Under VMM the dynamic ports of an external address end here (fact sheet §3.2, 4.5). */
const natPorts = { portStart: 1, portEnd: 49_151 } as const;

export function natSteps(networkIn: NetworkIn, input: NatInput): readonly StepDefinition[] {
  return [
    {
      key: 'reserveAddress',
      number: '1.1',
      name: labels.reserveExternalAddress,
      run: (context) => reserveAddress(context, networkIn(context), input),
    },
    {
      key: 'gateway',
      number: '1.2',
      name: labels.setUpVmNetworkGateway,
      run: (context) => setUpGateway(context, networkIn(context), input),
    },
    {
      key: 'nat',
      number: '1.3',
      name: labels.setUpNatConnection,
      run: (context) => setUpNat(context, networkIn(context), input),
    },
    ...(input.rules === undefined ? [] : [{ key: 'natRules', number: '1.4', name: labels.setUpNatRules, run: (context: StepContext) => setUpNatRules(context, networkIn(context), targetNow(context, networkIn(context), input).rules) }]),
  ];
}

/** Other jobs may have run since the input was checked: everything is looked at again. */
function targetNow(context: StepContext, network: VmNetwork, input: NatInput): NatTarget {
  const resolved = resolveNat(network, input, context.inventory);
  if ('target' in resolved) return resolved.target;
  return refuseAll(resolved.problems);
}

function reserveAddress(context: StepContext, network: VmNetwork, input: NatInput): StepResult {
  const { pool, address } = targetNow(context, network, input);
  const { pools } = context.inventory;
  const allocation =
    'kept' in address
      ? address.kept
      : pools.allocate(context.newId(), pool.id, address.taken, {
          type: 'VMNetworkGateway',
          id: network.id,
          description: `VM network ${network.name}, whose connection is not completed yet`,
        });
  for (const other of pools.heldBy(network.id)) if (other.id !== allocation.id) pools.release(other.id);
  const verb = 'kept' in address ? 'stays' : 'reserved';
  return { message: `${formatIpv4(allocation.address)} of ${pool.name} ${verb}.` };
}

function setUpGateway(context: StepContext, network: VmNetwork, input: NatInput): StepResult {
  return setUpVmNetworkGateway(context, network, targetNow(context, network, input).gateway);
}

/** Makes it, moves it to another gateway device, or leaves it where it is. */
export function setUpVmNetworkGateway(context: StepContext, network: VmNetwork, usable: UsableGateway): StepResult {
  const current = context.inventory.vmNetworkGateways.ofVmNetwork(network.id);
  if (!current) return createGateway(context, network, usable);
  if (current.networkServiceId === usable.service.id) return { message: `${current.name} on ${usable.service.name} stays.` };
  return moveGateway(context, network, current, usable);
}

/** On the host of each node: what carries the role must be able to encapsulate at once. */
function grantAddresses(context: StepContext, network: VmNetwork, { host, standbyHost }: UsableGateway, vsid: number): void {
  for (const place of standbyHost === null ? [host] : [host, standbyHost]) grantProviderAddress(context.inventory, { host: place, logicalNetworkId: network.logicalNetworkId }, vsid, context.newId);
}

function createGateway(context: StepContext, network: VmNetwork, usable: UsableGateway): StepResult {
  const { inventory } = context;
  const { service, backEndAdapter } = usable;
  const taken = inventory.vmNetworks.subnetsOf(network.id).map(({ address, prefixLength }) => ({ address, length: prefixLength }));
  const subnet = chooseGatewaySubnet(taken, network.name);
  const gateway: VmNetworkGateway = {
    id: context.newId(),
    vmNetworkId: network.id,
    networkServiceId: service.id,
    // Naming convention: fact sheet §3.6.
    name: `${network.name}_Gateway`,
    compartmentId: inventory.vmNetworkGateways.nextCompartmentId(service.id),
    vsid: inventory.vmNetworks.addVirtualSubnet(network.id),
    subnetAddress: subnet.address,
    subnetPrefixLength: subnet.length,
    mac: backEndAdapter.mac,
    hasVpn: false,
    enableBgp: false,
    autonomousSystemNumber: null,
  };
  inventory.vmNetworkGateways.add(gateway);
  grantAddresses(context, network, usable, gateway.vsid);
  auditChanges(context, { type: 'VMNetworkGateway', id: gateway.id, name: gateway.name }, {
    NetworkGateway: [null, service.name],
    CompartmentId: [null, String(gateway.compartmentId)],
    IPSubnet: [null, formatPrefix(subnet)],
    VMSubnetID: [null, String(gateway.vsid)],
  });
  auditChanges(context, { type: 'VMNetwork', id: network.id, name: network.name }, {
    HasGatewayConnection: ['False', 'True'],
    NetworkGateway: [null, service.name],
  });
  return { message: `${gateway.name}: compartment ${gateway.compartmentId} on ${service.name}, ${formatPrefix(subnet)}, virtual subnet ${gateway.vsid}.` };
}

function moveGateway(context: StepContext, network: VmNetwork, current: VmNetworkGateway, to: UsableGateway): StepResult {
  const { inventory } = context;
  const previous = inventory.networkServices.networkService(current.networkServiceId);
  const compartmentId = inventory.vmNetworkGateways.nextCompartmentId(to.service.id);
  inventory.vmNetworkGateways.move(current.id, { networkServiceId: to.service.id, compartmentId, mac: to.backEndAdapter.mac });
  releaseProviderAddresses(inventory, current.vsid);
  grantAddresses(context, network, to, current.vsid);
  auditChanges(context, { type: 'VMNetworkGateway', id: current.id, name: current.name }, {
    NetworkGateway: [previous.name, to.service.name],
    CompartmentId: [String(current.compartmentId), String(compartmentId)],
  });
  auditChanges(context, { type: 'VMNetwork', id: network.id, name: network.name }, { NetworkGateway: [previous.name, to.service.name] });
  return { message: `${current.name} moved from ${previous.name} to compartment ${compartmentId} on ${to.service.name}.` };
}

/** What step 1.1 reserved becomes the NAT connection's; what that had before goes back to its pool. */
function setUpNat(context: StepContext, network: VmNetwork, input: NatInput): StepResult {
  const { pool, address } = targetNow(context, network, input);
  const { vmNetworkGateways, pools } = context.inventory;
  const gateway = vmNetworkGateways.ofVmNetwork(network.id);
  if (!gateway) throw lost(network, 'VM network gateway');
  if (!('kept' in address)) throw lost(network, 'reserved external address');
  const allocation = address.kept;
  const current = vmNetworkGateways.natOf(gateway.id);
  if (current?.ipAddressAllocationId === allocation.id) return { message: `${current.name} keeps ${formatIpv4(allocation.address)}.` };
  const previous = current && pools.allocation(current.ipAddressAllocationId);
  const id = current?.id ?? context.newId();
  const name = current?.name ?? `${network.name}_NatConnection`;
  pools.reassign(allocation.id, { type: 'NATConnection', id, description: `NAT connection ${name} of VM network ${network.name}` });
  if (current) vmNetworkGateways.setNatAddress(id, allocation.id);
  else vmNetworkGateways.addNat({ id, vmNetworkGatewayId: gateway.id, name, ipAddressAllocationId: allocation.id, ...natPorts });
  if (previous) pools.release(previous.id);
  const change = [previous ? formatIpv4(previous.address) : null, formatIpv4(allocation.address)] as const;
  auditChanges(context, { type: 'NATConnection', id, name }, {
    ExternalIPAddress: change,
    ExternalIPPool: [previous ? poolName(context.inventory, previous.ipAddressPoolId) : null, pool.name],
  });
  auditChanges(context, { type: 'VMNetwork', id: network.id, name: network.name }, { ExternalIPAddress: change });
  return { message: `${name}: ${change[1]}, ports ${natPorts.portStart} to ${natPorts.portEnd}.` };
}

function poolName(inventory: Inventory, id: string): string {
  return inventory.pools.pool(id).name;
}

/** Another job undid what an earlier step of this one did, while it stood as failed or canceled. */
function lost(network: VmNetwork, what: string): ConsoleError {
  return new ConsoleError(
    'verificationFailed',
    `The ${what} of VM network ${network.name}, made by an earlier step of this job, is no longer there.`,
    'Do not restart this job; set the connectivity of the VM network anew.',
  );
}
