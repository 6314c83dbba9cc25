/** What the VM networks of a lab use of its gateway devices, and the provider addresses that the lab names. */
import type { StepContext, StepResult } from '../../jobs/plan.ts';
import { counted } from './buildFabric.ts';
import { allocate } from './buildTenants.ts';
import type { LabDefinition } from './labDefinition.ts';

type Gateway = NonNullable<LabDefinition['vmNetworks'][number]['gateway']>;
type Nat = NonNullable<Gateway['nat']>;
type VpnConnection = Gateway['vpnConnections'][number];

export function buildConnectivity(context: StepContext, lab: LabDefinition): StepResult {
  let made = 0;
  for (const { name, gateway } of lab.vmNetworks) {
    if (gateway === undefined) continue;
    buildGateway(context, name, gateway);
    made += 1;
  }
  return counted(made, 'gateway connection');
}

function buildGateway(context: StepContext, vmNetworkName: string, gateway: Gateway): void {
  const { inventory, newId } = context;
  const { id: vmNetworkId } = inventory.vmNetworks.vmNetwork(vmNetworkName);
  const id = newId();
  inventory.vmNetworks.addVirtualSubnet(vmNetworkId, gateway.vsid);
  inventory.vmNetworkGateways.add({
    id,
    vmNetworkId,
    networkServiceId: inventory.networkServices.networkService(gateway.networkService).id,
    name: gateway.name,
    compartmentId: gateway.compartment,
    vsid: gateway.vsid,
    subnetAddress: gateway.subnet.address,
    subnetPrefixLength: gateway.subnet.length,
    mac: gateway.mac,
    hasVpn: gateway.vpn,
    enableBgp: gateway.bgp.enabled,
    autonomousSystemNumber: gateway.bgp.autonomousSystemNumber ?? null,
  });
  if (gateway.nat !== undefined) buildNat(context, vmNetworkName, id, gateway.nat);
  for (const connection of gateway.vpnConnections) inventory.vpnConnections.add(vpnConnection(context, id, connection));
  inventory.vpnConnections.replacePeers(id, gateway.bgp.peers.map((peer) => ({ id: newId(), vmNetworkGatewayId: id, ...peer })));
}

function buildNat(context: StepContext, vmNetworkName: string, vmNetworkGatewayId: string, nat: Nat): void {
  const { inventory, newId } = context;
  const id = newId();
  const usual = `NAT connection ${nat.name} of VM network ${vmNetworkName}`;
  const allocation = externalAddress(context, id, nat, usual);
  inventory.vmNetworkGateways.addNat({ id, vmNetworkGatewayId, name: nat.name, ipAddressAllocationId: allocation.id, portStart: nat.portStart, portEnd: nat.portEnd });
  const further = nat.furtherAddresses.map((entry) => ({ id: newId(), address: entry.address, ipAddressAllocationId: externalAddress(context, id, entry, usual).id }));
  inventory.natExternalAddresses.replace(id, further);
  inventory.natRules.replace(
    id,
    nat.rules.map(({ externalAddress: at, ...rule }) => ({ id: newId(), natConnectionId: id, natExternalAddressId: further.find(({ address }) => address === at)?.id ?? null, ...rule })),
  );
}

function externalAddress(context: StepContext, natConnectionId: string, { address, pool, holder }: Pick<Nat, 'address' | 'pool' | 'holder'>, usual: string) {
  return allocate(context, [context.inventory.pools.pool(pool)], address, { type: 'NATConnection', id: natConnectionId, description: holder ?? usual });
}

function vpnConnection({ inventory, newId }: StepContext, vmNetworkGatewayId: string, { enabled, runAsAccount, ...connection }: VpnConnection) {
  return {
    id: newId(),
    vmNetworkGatewayId,
    isEnabled: enabled,
    runAsAccountId: runAsAccount === undefined ? null : inventory.runAsAccounts.runAsAccount(runAsAccount).id,
    ...connection,
  };
}

/** Nothing where the lab leaves them to the console: then the virtual machines got them. Of a gateway's leg that is left out neither. */
export function buildProviderAddresses(context: StepContext, lab: LabDefinition): StepResult {
  if (lab.providerAddresses === undefined) return { message: 'As the virtual machines needed them.' };
  const vsids = new Set(lab.vmNetworks.flatMap(({ subnets, gateway }) => [...subnets.map(({ vsid }) => vsid), ...(gateway === undefined ? [] : [gateway.vsid])]));
  const wanted = lab.providerAddresses.filter(({ vsid }) => vsids.has(vsid));
  for (const providerAddress of wanted) buildProviderAddress(context, providerAddress);
  return { message: `${wanted.length} provider address${wanted.length === 1 ? '' : 'es'}.` };
}

function buildProviderAddress({ inventory, newId }: StepContext, { host: hostName, vsid, address, pool, holder }: NonNullable<LabDefinition['providerAddresses']>[number]): void {
  const host = inventory.hosts.host(hostName);
  const id = newId();
  const description = holder ?? `provider address of virtual subnet ${vsid} on host ${host.name}`;
  const allocation = allocate({ inventory, newId }, [inventory.pools.pool(pool)], address, { type: 'HostNetworkAdapter', id, description });
  inventory.providerAddresses.add({ id, hostId: host.id, vsid, ipAddressAllocationId: allocation.id }, address);
}
