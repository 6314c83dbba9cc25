/**
 * Steps of a move to another gateway device. What the VM network had stays until the new device is seen to carry it: so that the way back
 * is to point to it again. NAT rules, VPN connections, routes and BGP peers hang on the VM network gateway, which stays the same object.
 */
import { z } from 'zod';
import { ConsoleError } from '../../../../shared/contract/errors.ts';
import type { MoveToGatewayInput } from '../../../../shared/contract/vmNetworkOperations.ts';
import { formatIpv4 } from '../../../../shared/net/ipv4.ts';
import type { StepContext, StepDefinition, StepResult } from '../../../jobs/plan.ts';
import type { Inventory } from '../../../store/inventory/inventory.ts';
import type { NetworkService } from '../../../store/inventory/networkServices.ts';
import type { VmNetworkGateway } from '../../../store/inventory/vmNetworkGateways.ts';
import type { VmNetwork } from '../../../store/inventory/vmNetworks.ts';
import { auditChanges } from '../../audit.ts';
import { labels } from '../../labels.ts';
import type { LiveGateways } from '../../operation.ts';
import { refuseAll } from '../../problems.ts';
import { grantProviderAddress, releaseProviderAddresses } from '../../providerAddressGrant.ts';
import { listed } from '../../wording.ts';
import type { NatTarget } from '../connectivityTarget.ts';
import { verifyCarried } from '../deviceSteps.ts';
import { natHolderText } from '../externalAddressSteps.ts';
import { furtherAddressesOf } from '../externalAddressTarget.ts';
import { resolveMove } from './moveTarget.ts';

const reservedKey = 'reserve';

/** What stood before and what stands for the move: enough to go on, and to go back. */
const placeSchema = z.object({
  networkServiceId: z.string(),
  compartmentId: z.number(),
  mac: z.number(),
  allocationId: z.string().nullable(),
  /** Of the external addresses behind the first one, in their order. */
  furtherAllocationIds: z.array(z.string()).default([]),
  hostIds: z.array(z.string()),
});
const reservedSchema = z.object({ from: placeSchema, to: placeSchema });
type Reserved = z.infer<typeof reservedSchema>;

export function moveSteps(vmNetworkId: string, input: MoveToGatewayInput, gateways: LiveGateways): readonly StepDefinition[] {
  const networkIn = ({ inventory }: StepContext) => inventory.vmNetworks.vmNetwork(vmNetworkId);
  return [
    { key: reservedKey, number: '1.1', name: labels.reserveOnGateway, run: (context) => reserve(context, input, gateways) },
    { key: 'move', number: '1.2', name: labels.moveVmNetworkGateway, uses: [reservedKey], run: (context) => point(context, networkIn(context), reserved(context).to) },
    { key: 'verify', number: '1.3', name: labels.verifyGateway, uses: [reservedKey], run: (context) => verifyMoved(context, networkIn(context), gateways) },
    { key: 'release', number: '1.4', name: labels.releaseOldGateway, uses: [reservedKey], run: (context) => release(context, networkIn(context), reserved(context).from, reserved(context).to) },
  ];
}

/** Everything as it was before the job; what the job reserved is free again. */
export function takeBack(context: StepContext, vmNetworkId: string): StepResult {
  const network = context.inventory.vmNetworks.vmNetwork(vmNetworkId);
  const { from, to } = reserved(context);
  point(context, network, from);
  release(context, network, to, from);
  return { message: `${network.name} is on ${serviceName(context.inventory, from.networkServiceId)} again, as it was.` };
}

function reserved(context: StepContext): Reserved {
  return reservedSchema.parse(context.output(reservedKey));
}

function reserve(context: StepContext, input: MoveToGatewayInput, gateways: LiveGateways): StepResult {
  const { inventory } = context;
  const resolved = resolveMove(input, inventory, gateways);
  const { network, current, to, goal } = 'target' in resolved ? resolved.target : refuseAll(resolved.problems);
  const from = inventory.networkServices.networkService(current.networkServiceId);
  const hosts = to.standbyHost === null ? [to.host] : [to.host, to.standbyHost];
  const before = inventory.providerAddresses.ofVirtualSubnet(current.vsid).map(({ hostId }) => hostId);
  for (const host of hosts) grantProviderAddress(inventory, { host, logicalNetworkId: network.logicalNetworkId }, current.vsid, context.newId);
  const nat = inventory.vmNetworkGateways.natOf(current.id);
  const output: Reserved = {
    from: { networkServiceId: from.id, compartmentId: current.compartmentId, mac: current.mac, allocationId: nat?.ipAddressAllocationId ?? null, furtherAllocationIds: furtherAddressesOf(network, inventory).map(({ ipAddressAllocationId }) => ipAddressAllocationId), hostIds: [...before] },
    to: {
      networkServiceId: to.service.id,
      compartmentId: inventory.vmNetworkGateways.nextCompartmentId(to.service.id),
      mac: to.backEndAdapter.mac,
      allocationId: nat === undefined ? null : goal.nat === null ? nat.ipAddressAllocationId : externalAddress(context, network, nat, goal.nat),
      furtherAllocationIds: nat === undefined || goal.nat === null ? [] : goal.nat.further.map((wanted) => externalAddress(context, network, nat, wanted)),
      hostIds: hosts.map(({ id }) => id),
    },
  };
  return { message: `${to.service.name} has room for ${network.name}.`, output };
}

/** The one that it has, or another one that is held for the NAT connection from now on. */
function externalAddress(context: StepContext, network: VmNetwork, nat: { readonly id: string; readonly name: string }, { address, pool }: Pick<NatTarget, 'address' | 'pool'>): string {
  if ('kept' in address) return address.kept.id;
  return context.inventory.pools.allocate(context.newId(), pool.id, address.taken, { type: 'NATConnection', id: nat.id, description: natHolderText(nat.name, network) }).id;
}

/** One transaction: compartment and external addresses change together. */
function point(context: StepContext, network: VmNetwork, to: Reserved['to']): StepResult {
  const { inventory } = context;
  const gateway = gatewayOf(network, inventory);
  const nat = inventory.vmNetworkGateways.natOf(gateway.id);
  const previous = serviceName(inventory, gateway.networkServiceId);
  const next = serviceName(inventory, to.networkServiceId);
  inventory.vmNetworkGateways.move(gateway.id, { networkServiceId: to.networkServiceId, compartmentId: to.compartmentId, mac: to.mac });
  auditChanges(context, { type: 'VMNetworkGateway', id: gateway.id, name: gateway.name }, { NetworkGateway: [previous, next], CompartmentId: [String(gateway.compartmentId), String(to.compartmentId)] });
  auditChanges(context, { type: 'VMNetwork', id: network.id, name: network.name }, { NetworkGateway: [previous, next] });
  const moved = `${gateway.name} moved from ${previous} to compartment ${to.compartmentId} on ${next}`;
  if (nat === undefined || to.allocationId === null) return { message: `${moved}.` };
  const change = [addressText(inventory, nat.ipAddressAllocationId), addressText(inventory, to.allocationId)] as const;
  if (nat.ipAddressAllocationId !== to.allocationId) inventory.vmNetworkGateways.setNatAddress(nat.id, to.allocationId);
  const further = [furtherAddressesOf(network, inventory), to.furtherAllocationIds] as const;
  const furtherChange = [textOf(inventory, further[0].map(({ ipAddressAllocationId }) => ipAddressAllocationId)), textOf(inventory, further[1])] as const;
  inventory.natExternalAddresses.replace(nat.id, further[0].map((row, at) => ({ id: row.id, ipAddressAllocationId: further[1][at] ?? row.ipAddressAllocationId })));
  auditChanges(context, { type: 'NATConnection', id: nat.id, name: nat.name }, { ExternalIPAddress: change, FurtherExternalIPAddresses: furtherChange });
  auditChanges(context, { type: 'VMNetwork', id: network.id, name: network.name }, { ExternalIPAddress: change });
  return { message: `${moved}; its external address ${changeText(change)}${furtherChange[1] === null ? '' : `, behind it ${changeText(furtherChange)}`}.` };
}

function changeText([before, after]: readonly [string | null, string | null]): string {
  return before === after ? `stays ${after ?? 'none'}` : `is ${after ?? 'none'} instead of ${before ?? 'none'}`;
}

function textOf(inventory: Inventory, allocationIds: readonly string[]): string | null {
  return allocationIds.length === 0 ? null : allocationIds.map((id) => addressText(inventory, id)).join(', ');
}

/** The new device carries all of it, and the old one nothing. */
function verifyMoved(context: StepContext, network: VmNetwork, gateways: LiveGateways): StepResult {
  const carried = verifyCarried(context, network, gateways);
  const { from } = reserved(context);
  const left = gateways.compartment(from.networkServiceId, network.routingDomainId);
  if (left === undefined) return carried;
  const device = serviceName(context.inventory, from.networkServiceId);
  throw new ConsoleError('verificationFailed', `${device} still has compartment ${left.id} of ${network.name}.`, `Look at the state of ${device} (Fabric > Networking > Network Service), and try again.`);
}

/** What only the device that is left had: its external addresses, and the provider addresses of its hosts. */
function release(context: StepContext, network: VmNetwork, left: Reserved['from'], stays: Reserved['to']): StepResult {
  const { inventory } = context;
  const gateway = gatewayOf(network, inventory);
  const kept = allocationsOf(stays);
  const free = allocationsOf(left).filter((id) => !kept.includes(id));
  const addresses = free.map((id) => addressText(inventory, id));
  for (const id of free) inventory.pools.release(id);
  for (const hostId of left.hostIds) if (!stays.hostIds.includes(hostId)) releaseProviderAddresses(inventory, gateway.vsid, hostId);
  return { message: `${serviceName(inventory, left.networkServiceId)} has nothing of ${network.name} any more${addresses.length === 0 ? '' : `; ${listed(addresses)} can be given again`}.` };
}

function allocationsOf({ allocationId, furtherAllocationIds }: Reserved['from']): readonly string[] {
  return [...(allocationId === null ? [] : [allocationId]), ...furtherAllocationIds];
}

function gatewayOf(network: VmNetwork, { vmNetworkGateways }: Inventory): VmNetworkGateway {
  const gateway = vmNetworkGateways.ofVmNetwork(network.id);
  if (gateway !== undefined) return gateway;
  throw new ConsoleError('verificationFailed', `The VM network gateway of ${network.name} is no longer there.`, 'Set the connectivity of the VM network anew.');
}

function serviceName({ networkServices }: Inventory, id: string): NetworkService['name'] {
  return networkServices.networkService(id).name;
}

function addressText({ pools }: Inventory, allocationId: string): string {
  const allocation = pools.allocation(allocationId);
  return allocation === undefined ? 'none' : formatIpv4(allocation.address);
}
