/** VM networks and virtual machines of a lab. */
import { ConsoleError } from '../../../shared/contract/errors.ts';
import { formatIpv4, type Ipv4Address } from '../../../shared/net/ipv4.ts';
import type { StepContext, StepResult } from '../../jobs/plan.ts';
import type { IpAddressPool } from '../../store/inventory/ipAddressPools.ts';
import { grantProviderAddress } from '../providerAddressGrant.ts';
import { addPool, counted } from './buildFabric.ts';
import type { LabDefinition } from './labDefinition.ts';

type Machine = LabDefinition['virtualMachines'][number];
type GatewayMachine = LabDefinition['gatewayVirtualMachines'][number];

export function buildVmNetworks(context: StepContext, lab: LabDefinition): StepResult {
  const { inventory, newId } = context;
  for (const { name, description, logicalNetwork, routingDomainId, subnets } of lab.vmNetworks) {
    const id = newId();
    const carrier = inventory.logicalNetworks.logicalNetwork(logicalNetwork);
    const isolation = carrier.networkVirtualization ? 'WindowsNetworkVirtualization' : 'NoIsolation';
    inventory.vmNetworks.add({ id, logicalNetworkId: carrier.id, name, description, routingDomainId, isolation });
    for (const { name: subnetName, subnet, vsid, pool } of subnets) {
      const subnetId = newId();
      inventory.vmNetworks.addVirtualSubnet(id, vsid);
      inventory.vmNetworks.addSubnet({ id: subnetId, vmNetworkId: id, vsid, name: subnetName, address: subnet.address, prefixLength: subnet.length });
      if (pool) addPool(context, pool, { networkSiteSubnetId: null, vmSubnetId: subnetId });
    }
  }
  return counted(lab.vmNetworks.length, 'VM network');
}

export function buildVirtualMachines(context: StepContext, lab: LabDefinition): StepResult {
  for (const machine of lab.virtualMachines) buildVirtualMachine(context, machine);
  return counted(lab.virtualMachines.length, 'virtual machine');
}

/** Where a tenant's VM runs, its virtual subnets get a provider address. */
function buildVirtualMachine(context: StepContext, machine: Machine): void {
  const { inventory, newId } = context;
  const host = inventory.hosts.host(machine.host);
  const id = newId();
  const { name, generation, running, firewallOn } = machine;
  inventory.virtualMachines.add({ id, hostId: host.id, name, role: 'tenant', generation, running, firewallOn, remoteAccessInstalled: false, vpnDeployed: false });
  machine.adapters.forEach((adapter, slot) => {
    const network = inventory.vmNetworks.vmNetwork(adapter.vmNetwork);
    const subnet = inventory.vmNetworks.subnet(network, adapter.vmSubnet);
    const adapterId = newId();
    const allocationId = allocate(context, inventory.pools.ofVmSubnet(subnet.id), adapter.address, adapterId, `${adapter.name} of ${name}`);
    inventory.virtualMachines.addAdapter({
      id: adapterId,
      virtualMachineId: id,
      slot,
      name: adapter.name,
      mac: adapter.mac,
      virtualSwitchId: switchId(context, host.id, adapter.virtualSwitch),
      vmSubnetId: subnet.id,
      networkSiteSubnetId: null,
      ipAddressAllocationId: allocationId,
    });
    grantProviderAddress(inventory, { host, logicalNetworkId: network.logicalNetworkId }, subnet.vsid, newId);
  });
}

export function buildGatewayVirtualMachines(context: StepContext, lab: LabDefinition): StepResult {
  for (const machine of lab.gatewayVirtualMachines) buildGatewayVirtualMachine(context, machine);
  return counted(lab.gatewayVirtualMachines.length, 'gateway virtual machine');
}

function buildGatewayVirtualMachine(context: StepContext, machine: GatewayMachine): void {
  const { inventory, newId } = context;
  const host = inventory.hosts.host(machine.host);
  const id = newId();
  const { name, generation, running, firewallOn, remoteAccessInstalled, vpnDeployed } = machine;
  inventory.virtualMachines.add({ id, hostId: host.id, name, role: 'gateway', generation, running, firewallOn, remoteAccessInstalled, vpnDeployed });
  machine.adapters.forEach((adapter, slot) => {
    const adapterId = newId();
    const pools = adapter.networkSite === undefined ? [] : inventory.pools.ofSite(inventory.logicalNetworks.site(adapter.networkSite).id);
    const place = adapter.networkSite === undefined ? undefined : allocate(context, pools, adapter.address, adapterId, `${adapter.name} of ${name}`);
    const poolId = place === undefined ? undefined : inventory.pools.allocation(place)?.ipAddressPoolId;
    inventory.virtualMachines.addAdapter({
      id: adapterId,
      virtualMachineId: id,
      slot,
      name: adapter.name,
      mac: adapter.mac,
      virtualSwitchId: switchId(context, host.id, adapter.virtualSwitch),
      vmSubnetId: null,
      networkSiteSubnetId: pools.find((pool) => pool.id === poolId)?.networkSiteSubnetId ?? null,
      ipAddressAllocationId: place ?? null,
    });
  });
}

function switchId({ inventory }: StepContext, hostId: string, name: string | undefined): string | null {
  return name === undefined ? null : (inventory.hosts.findSwitch(hostId, name)?.id ?? null);
}

/** The wanted address, or the next free one, from the first of the pools that has it. Returns the allocation's id. */
function allocate(
  { inventory, newId }: StepContext,
  pools: readonly IpAddressPool[],
  wanted: Ipv4Address | undefined,
  adapterId: string,
  adapterText: string,
): string {
  const holder = { type: 'VirtualNetworkAdapter', id: adapterId, description: `network adapter ${adapterText}` } as const;
  for (const pool of pools) {
    const address = wanted === undefined ? inventory.pools.nextFree(pool) : inventory.pools.stateOf(pool, wanted) === 'free' ? wanted : null;
    if (address !== null) return inventory.pools.allocate(newId(), pool.id, address, holder).id;
  }
  throw new ConsoleError(
    'labFileInvalid',
    `The lab has no ${wanted === undefined ? 'free address' : `free address ${formatIpv4(wanted)}`} in any pool for network adapter ${adapterText}.`,
    'Correct the pools or the addresses in the lab file.',
  );
}
