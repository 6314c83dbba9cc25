/** VM networks and virtual machines of a lab. */
import { ConsoleError } from '../../../shared/contract/errors.ts';
import { formatIpv4, formatPrefix, type Ipv4Address } from '../../../shared/net/ipv4.ts';
import type { StepContext, StepResult } from '../../jobs/plan.ts';
import type { AllocationHolderType, IpAddressAllocation, IpAddressPool } from '../../store/inventory/ipAddressPools.ts';
import { grantProviderAddress } from '../providerAddressGrant.ts';
import { addPool, counted } from './buildFabric.ts';
import type { LabDefinition } from './labDefinition.ts';

type Machine = LabDefinition['virtualMachines'][number];
type Adapter = Machine['adapters'][number];

export function buildVmNetworks(context: StepContext, lab: LabDefinition): StepResult {
  const { inventory, newId } = context;
  for (const { name, description, logicalNetwork, routingDomainId, isolation, subnets } of lab.vmNetworks) {
    const id = newId();
    const carrier = inventory.logicalNetworks.logicalNetwork(logicalNetwork);
    const allowed = carrier.networkVirtualization ? 'WindowsNetworkVirtualization' : 'NoIsolation';
    inventory.vmNetworks.add({ id, logicalNetworkId: carrier.id, name, description, routingDomainId, isolation: isolation ?? allowed });
    for (const { name: subnetName, subnet, vsid, pool, furtherPools } of subnets) {
      const subnetId = newId();
      inventory.vmNetworks.addVirtualSubnet(id, vsid);
      inventory.vmNetworks.addSubnet({ id: subnetId, vmNetworkId: id, vsid, name: subnetName, address: subnet.address, prefixLength: subnet.length });
      for (const each of pool === undefined ? furtherPools : [pool, ...furtherPools]) addPool(context, each, { networkSiteSubnetId: null, vmSubnetId: subnetId });
    }
  }
  return counted(lab.vmNetworks.length, 'VM network');
}

/** Where a tenant's VM runs, its virtual subnets get a provider address, unless the lab says itself which there are. */
export function buildVirtualMachines(context: StepContext, lab: LabDefinition): StepResult {
  for (const machine of lab.virtualMachines) {
    const subnets = buildMachine(context, machine, 'tenant');
    if (lab.providerAddresses !== undefined) continue;
    const host = context.inventory.hosts.host(machine.host);
    for (const { logicalNetworkId, vsid } of subnets) grantProviderAddress(context.inventory, { host, logicalNetworkId }, vsid, context.newId);
  }
  return counted(lab.virtualMachines.length, 'virtual machine');
}

export function buildGatewayVirtualMachines(context: StepContext, lab: LabDefinition): StepResult {
  for (const machine of lab.gatewayVirtualMachines) buildMachine(context, machine, 'gateway');
  const { inventory, newId } = context;
  for (const { name, virtualMachines } of lab.guestClusters) inventory.clusters.add('guest', { id: newId(), name }, virtualMachines.map((machine) => inventory.virtualMachines.virtualMachine(machine).id));
  return counted(lab.gatewayVirtualMachines.length, 'gateway virtual machine');
}

interface UsedSubnet {
  readonly logicalNetworkId: string;
  readonly vsid: number;
}

/** Returns the virtual subnets that its adapters are in. */
function buildMachine(context: StepContext, machine: Machine, role: 'tenant' | 'gateway'): readonly UsedSubnet[] {
  const { inventory, newId } = context;
  const host = inventory.hosts.host(machine.host);
  const id = newId();
  const { name, generation, running, firewallOn, remoteAccessInstalled, vpnDeployed, dataExchangeOn, remoteAccessByHand } = machine;
  inventory.virtualMachines.add({ id, hostId: host.id, name, role, generation, running, firewallOn, remoteAccessInstalled, vpnDeployed });
  if (!dataExchangeOn) inventory.virtualMachines.setFlag(id, 'dataExchangeOn', false);
  if (remoteAccessByHand) inventory.virtualMachines.setFlag(id, 'remoteAccessByHand', true);
  return machine.adapters.flatMap((adapter, slot) => buildAdapter(context, { id, name, hostId: host.id }, adapter, slot));
}

interface BuiltMachine {
  readonly id: string;
  readonly name: string;
  readonly hostId: string;
}

function buildAdapter(context: StepContext, machine: BuiltMachine, adapter: Adapter, slot: number): readonly UsedSubnet[] {
  const { inventory, newId } = context;
  const id = newId();
  const network = adapter.vmNetwork === undefined ? undefined : inventory.vmNetworks.vmNetwork(adapter.vmNetwork);
  const subnet = network === undefined || adapter.vmSubnet === undefined ? undefined : inventory.vmNetworks.subnet(network, adapter.vmSubnet);
  const allocation = addressOf(context, adapter, subnet?.id, { id, description: adapter.holder ?? `network adapter ${adapter.name} of ${machine.name}` });
  inventory.virtualMachines.addAdapter({
    id,
    virtualMachineId: machine.id,
    slot,
    name: adapter.name,
    mac: adapter.mac,
    virtualSwitchId: adapter.virtualSwitch === undefined ? null : (inventory.hosts.findSwitch(machine.hostId, adapter.virtualSwitch)?.id ?? null),
    vmSubnetId: subnet?.id ?? null,
    networkSiteSubnetId: siteSubnetOf(context, adapter, allocation),
    ipAddressAllocationId: allocation?.id ?? null,
  });
  return network === undefined || subnet === undefined ? [] : [{ logicalNetworkId: network.logicalNetworkId, vsid: subnet.vsid }];
}

interface Holder {
  readonly id: string;
  readonly description: string;
}

function addressOf(context: StepContext, { vmSubnet, networkSite, address, pool }: Adapter, vmSubnetId: string | undefined, holder: Holder): IpAddressAllocation | undefined {
  const { pools, logicalNetworks } = context.inventory;
  if (address === 'none' || (vmSubnet === undefined && networkSite === undefined)) return undefined;
  const offered = networkSite === undefined ? pools.ofVmSubnet(vmSubnetId ?? '') : pools.ofSite(logicalNetworks.site(networkSite).id);
  return allocate(context, pool === undefined ? offered : [pools.pool(pool)], address, { type: 'VirtualNetworkAdapter', ...holder });
}

/** That of the address, else the one that the lab names. */
function siteSubnetOf({ inventory }: StepContext, { networkSite, siteSubnet, siteVlan }: Adapter, allocation: IpAddressAllocation | undefined): string | null {
  if (networkSite === undefined) return null;
  if (allocation !== undefined && siteSubnet === undefined) return inventory.pools.pool(allocation.ipAddressPoolId).networkSiteSubnetId;
  const subnets = inventory.logicalNetworks.subnetsOf(inventory.logicalNetworks.site(networkSite).id);
  if (siteSubnet === undefined) return subnets[0]?.id ?? null;
  const found = subnets.find(({ address, prefixLength, vlan }) => address === siteSubnet.address && prefixLength === siteSubnet.length && (siteVlan ?? vlan) === vlan);
  if (found !== undefined) return found.id;
  throw new ConsoleError('labFileInvalid', `Network site ${networkSite} has no subnet ${formatPrefix(siteSubnet)}.`, 'Correct the network site or the subnet in the lab file.');
}

/** The wanted address, or the next free one, from the first of the pools that has it. */
export function allocate(
  { inventory, newId }: Pick<StepContext, 'inventory' | 'newId'>,
  pools: readonly IpAddressPool[],
  wanted: Ipv4Address | undefined,
  holder: Holder & { readonly type: AllocationHolderType },
): IpAddressAllocation {
  for (const pool of pools) {
    const address = wanted === undefined ? inventory.pools.nextFree(pool) : canHave(inventory.pools.stateOf(pool, wanted), pools.length) ? wanted : null;
    if (address !== null) return inventory.pools.allocate(newId(), pool.id, address, holder);
  }
  throw new ConsoleError(
    'labFileInvalid',
    `The lab has no ${wanted === undefined ? 'free address' : `free address ${formatIpv4(wanted)}`} in any pool for ${holder.description}.`,
    'Correct the pools or the addresses in the lab file.',
  );
}

/** An address may have been given before it was reserved, made a gateway, or cut off by a change of the range: where the lab names the pool, that is believed. */
function canHave(state: ReturnType<StepContext['inventory']['pools']['stateOf']>, offered: number): boolean {
  return state === 'free' || (offered === 1 && state !== 'inUse');
}
