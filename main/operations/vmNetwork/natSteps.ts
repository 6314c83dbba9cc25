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
import { listed } from '../wording.ts';
import { natHolderText, releaseFurtherAddresses, setUpFurtherAddresses } from './externalAddressSteps.ts';
import { setUpNatRules } from './natRuleSteps.ts';
import { resolveNat, resolveNatGateway, type NatInput, type NatTarget, type UsableGateway } from './connectivityTarget.ts';
import { chooseGatewaySubnet } from './gatewaySubnet.ts';
import { natPorts } from './limits.ts';
import type { NetworkIn } from './networkIn.ts';

export function natSteps(networkIn: NetworkIn, input: NatInput): readonly StepDefinition[] {
  return [
    {
      key: 'reserveAddress',
      number: '1.1',
      name: labels.reserveExternalAddress,
      run: (context) => reserveAddresses(context, networkIn(context), input),
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
    ...(input.externalAddresses === undefined ? [] : [{ key: 'externalAddresses', number: '1.5', name: labels.releaseExternalAddresses, run: (context: StepContext) => releaseFurtherAddresses(context, networkIn(context), targetNow(context, networkIn(context), input)) }]),
  ];
}

/** Other jobs may have run since the input was checked: everything is looked at again. */
function targetNow(context: StepContext, network: VmNetwork, input: NatInput): NatTarget {
  const resolved = resolveNat(network, input, context.inventory);
  if ('target' in resolved) return resolved.target;
  return refuseAll(resolved.problems);
}

function reserveAddresses(context: StepContext, network: VmNetwork, input: NatInput): StepResult {
  const { pool, address, further } = targetNow(context, network, input);
  const { pools } = context.inventory;
  const allocations = [{ pool, address }, ...further].map((wanted) =>
    'kept' in wanted.address
      ? wanted.address.kept
      : pools.allocate(context.newId(), wanted.pool.id, wanted.address.taken, {
          type: 'VMNetworkGateway',
          id: network.id,
          description: `VM network ${network.name}, whose connection is not completed yet`,
        }),
  );
  const wanted = new Set(allocations.map(({ id }) => id));
  for (const other of pools.heldBy(network.id)) if (!wanted.has(other.id)) pools.release(other.id);
  const [first, ...others] = allocations.map((allocation) => formatIpv4(allocation.address));
  const verb = 'kept' in address ? 'stays' : 'reserved';
  return { message: `${first ?? ''} of ${pool.name} ${verb}${others.length === 0 ? '' : `, with ${listed(others)}`}.` };
}

/** The gateway device alone is looked at again: the next step looks at the addresses. */
function setUpGateway(context: StepContext, network: VmNetwork, input: NatInput): StepResult {
  const resolved = resolveNatGateway(network, input, context.inventory);
  return setUpVmNetworkGateway(context, network, 'usable' in resolved ? resolved.usable : refuseAll(resolved.problems));
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

/** What step 1.1 reserved becomes the NAT connection's; the first address that it had before goes back to its pool. */
function setUpNat(context: StepContext, network: VmNetwork, input: NatInput): StepResult {
  const target = targetNow(context, network, input);
  const { vmNetworkGateways, pools } = context.inventory;
  const gateway = vmNetworkGateways.ofVmNetwork(network.id);
  if (!gateway) throw lost(network, 'VM network gateway');
  const [allocation, ...further] = [target, ...target.further].map(({ address }) => {
    if ('kept' in address) return address.kept;
    throw lost(network, 'reserved external address');
  });
  if (allocation === undefined) throw lost(network, 'reserved external address');
  const current = vmNetworkGateways.natOf(gateway.id);
  const previous = current && pools.allocation(current.ipAddressAllocationId);
  const id = current?.id ?? context.newId();
  const name = current?.name ?? `${network.name}_NatConnection`;
  for (const { id: own } of [allocation, ...further]) pools.reassign(own, { type: 'NATConnection', id, description: natHolderText(name, network) });
  if (current === undefined) vmNetworkGateways.addNat({ id, vmNetworkGatewayId: gateway.id, name, ipAddressAllocationId: allocation.id, ...natPorts });
  else if (previous?.id !== allocation.id) vmNetworkGateways.setNatAddress(id, allocation.id);
  setUpFurtherAddresses(context, { id, name, ipAddressAllocationId: allocation.id }, target.further.map((wanted, at) => ({ id: wanted.id, allocation: further[at] ?? allocation })));
  if (previous !== undefined && ![allocation, ...further].some((own) => own.id === previous.id)) pools.release(previous.id);
  const change = [previous ? formatIpv4(previous.address) : null, formatIpv4(allocation.address)] as const;
  auditChanges(context, { type: 'NATConnection', id, name }, {
    ExternalIPAddress: change,
    ExternalIPPool: [previous ? poolName(context.inventory, previous.ipAddressPoolId) : null, target.pool.name],
  });
  auditChanges(context, { type: 'VMNetwork', id: network.id, name: network.name }, { ExternalIPAddress: change });
  const behind = further.length === 0 ? '' : ` and ${listed(further.map(({ address }) => formatIpv4(address)))}`;
  return { message: previous?.id === allocation.id ? `${name} keeps ${change[1]}${behind}.` : `${name}: ${change[1]}${behind}, ports ${natPorts.portStart} to ${natPorts.portEnd}.` };
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
