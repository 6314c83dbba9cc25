/** Page VM Subnets of a VM network's properties: what is added, renamed and removed, or what stands against it. */
import { errorCodes, problem, type Problem } from '../../../shared/contract/errors.ts';
import type { ConnectivityParts } from '../../../shared/contract/connectivity.ts';
import { formatPrefix, parsePrefix, prefixesOverlap, type Ipv4Prefix } from '../../../shared/net/ipv4.ts';
import type { StepContext } from '../../jobs/plan.ts';
import type { Inventory } from '../../store/inventory/inventory.ts';
import type { VmNetwork, VmSubnet } from '../../store/inventory/vmNetworks.ts';
import { afterwards } from '../attempt.ts';
import { findOrProblem } from '../problems.ts';
import { listed } from '../wording.ts';
import { tooManySubnets } from './connectivityTarget.ts';
import { resolveDirect } from './directTarget.ts';
import { gatewayLimits } from './limits.ts';
import { rulesOf } from './natRuleTarget.ts';
import { checkSubnets } from './subnetChecks.ts';
import { addTypedSubnet, removeSubnet, renameSubnets } from './subnetWrites.ts';
import { connectionsOf } from './vpnTarget.ts';

/** `vmSubnet`: as it is now; empty for a new one. */
interface SubnetInput {
  readonly vmSubnet: string;
  readonly name: string;
  readonly subnet: string;
}

interface SubnetChanges {
  readonly added: readonly (SubnetInput & { readonly at: number })[];
  readonly kept: readonly { readonly subnet: VmSubnet; readonly name: string }[];
  readonly gone: readonly VmSubnet[];
}

const prefixOf = ({ address, prefixLength }: VmSubnet): Ipv4Prefix => ({ address, length: prefixLength });

/** All of them are found: checked before. */
export function subnetChanges(network: VmNetwork, inputs: readonly SubnetInput[], { vmNetworks }: Inventory): SubnetChanges {
  const kept = inputs.flatMap(({ vmSubnet, name }) => (vmSubnet === '' ? [] : [{ subnet: vmNetworks.subnet(network, vmSubnet), name }]));
  return {
    added: inputs.flatMap((input, at) => (input.vmSubnet === '' ? [{ ...input, at }] : [])),
    kept,
    gone: vmNetworks.subnetsOf(network.id).filter(({ id }) => !kept.some(({ subnet }) => subnet.id === id)),
  };
}

export function changesAnything({ added, kept, gone }: SubnetChanges): boolean {
  return added.length > 0 || gone.length > 0 || kept.some(({ subnet, name }) => subnet.name !== name);
}

export function subnetProblems(network: VmNetwork, inputs: readonly SubnetInput[], parts: ConnectivityParts, inventory: Inventory): readonly Problem[] {
  if (network.isolation === 'NoIsolation') return inputs.length === 0 ? [] : [problem('invalidInput', ['subnets'], 'Without isolation a VM network has no VM subnets of its own.', 'Leave them out.')];
  const unknown = checkFound(network, inputs, inventory);
  if (unknown.length > 0) return unknown;
  const typed = inputs.map((input) => (input.vmSubnet === '' ? input : { ...input, subnet: formatPrefix(prefixOf(inventory.vmNetworks.subnet(network, input.vmSubnet))) }));
  const problems = [...checkSubnets(typed), ...goneProblems(subnetChanges(network, inputs, inventory).gone, network, parts, inventory)];
  return problems.length > 0 ? problems : checkGateway(network, inputs, parts, inventory);
}

export function writeSubnets(context: StepContext, network: VmNetwork, inputs: readonly SubnetInput[]): void {
  const { added, kept, gone } = subnetChanges(network, inputs, context.inventory);
  for (const subnet of gone) removeSubnet(context, subnet);
  renameSubnets(context, kept);
  for (const subnet of added) addTypedSubnet(context, network.id, subnet);
}

function checkFound(network: VmNetwork, inputs: readonly SubnetInput[], { vmNetworks }: Inventory): readonly Problem[] {
  const seen = new Set<string>();
  return inputs.flatMap(({ vmSubnet, subnet: text }, at): Problem[] => {
    if (vmSubnet === '') return [];
    const found = findOrProblem(['subnets', at, 'name'], () => vmNetworks.subnet(network, vmSubnet));
    if ('problem' in found) return [found.problem];
    const { id, name } = found.found;
    if (seen.has(id)) return [problem('invalidInput', ['subnets', at, 'name'], `VM subnet ${name} stands twice.`, 'Leave one of them out.')];
    seen.add(id);
    const now = formatPrefix(prefixOf(found.found));
    return text === '' || text === now ? [] : [problem('invalidInput', ['subnets', at, 'subnet'], `VM subnet ${name} has ${now}, which cannot be changed.`, 'Add another VM subnet, move what uses this one, and remove it.')];
  });
}

function goneProblems(gone: readonly VmSubnet[], network: VmNetwork, { directConnection }: ConnectivityParts, inventory: Inventory): readonly Problem[] {
  const staying = directConnection === undefined || (directConnection?.routing === 'NAT' && directConnection.rules === undefined) ? rulesOf(network, inventory) : [];
  return gone.flatMap((subnet) => {
    const { address, length } = prefixOf(subnet);
    const machines = inventory.vmNetworks.machinesOnSubnet(subnet.id).map((name) => `virtual machine ${name}`);
    const pools = inventory.pools.ofVmSubnet(subnet.id).map(({ name }) => `IP pool ${name}`);
    const rules = staying.filter((rule) => prefixesOverlap({ address, length }, { address: rule.internalAddress, length: 32 })).map(({ name }) => `NAT rule ${name}`);
    const users = [...machines, ...pools, ...rules];
    return users.length === 0 ? [] : [problem('objectInUse', ['subnets'], `VM subnet ${subnet.name} (${formatPrefix({ address, length })}) cannot be removed: it is used by ${listed(users)}.`, 'Delete or move them first.')];
  });
}

/** What the gateway has says whether a subnet can come: nothing may be in two places, and there is a limit. */
function checkGateway(network: VmNetwork, inputs: readonly SubnetInput[], { vpnTunnel }: ConnectivityParts, inventory: Inventory): readonly Problem[] {
  const gateway = inventory.vmNetworkGateways.ofVmNetwork(network.id);
  const { added } = subnetChanges(network, inputs, inventory);
  if (gateway === undefined || added.length === 0) return [];
  const service = inventory.networkServices.networkService(gateway.networkServiceId);
  const others = inventory.vmNetworkGateways.subnetsOn(service.id, network.id);
  const room = inputs.length + others > gatewayLimits.virtualSubnets ? [tooManySubnets(service.name, inputs.length, others, ['subnets'], 'Remove VM subnets, or move the VM network to another gateway.')] : [];
  const leg = { prefix: { address: gateway.subnetAddress, length: gateway.subnetPrefixLength }, place: "the gateway's leg (page VPN Connections)" };
  const routes = vpnTunnel === undefined ? connectionsOf(network, inventory).flatMap(({ name, routes: own }) => own.filter(({ length }) => length > 0).map((prefix) => ({ prefix, place: `a route of VPN connection ${name}` }))) : [];
  const overlaps = added.flatMap(({ subnet, at }) => {
    const prefix = parsePrefix(subnet);
    const rival = prefix && [leg, ...routes].find((taken) => prefixesOverlap(taken.prefix, prefix));
    return rival === undefined ? [] : [problem('subnetOverlap', ['subnets', at, 'subnet'], `${subnet} overlaps ${formatPrefix(rival.prefix)} of ${rival.place}.`, 'Type another subnet.')];
  });
  const problems = [...room, ...overlaps];
  if (problems.length > 0 || !service.directRoutingMode) return problems;
  return afterwards(inventory, (context) => writeSubnets(context, network, inputs), () => routedOverlaps(network, service.id, inventory));
}

/** Of a directly routed VM network, whose addresses must be there only once. */
function routedOverlaps(network: VmNetwork, gatewayDevice: string, inventory: Inventory): readonly Problem[] {
  const resolved = resolveDirect(network, { routing: 'Direct', gatewayDevice }, inventory);
  return 'problems' in resolved ? resolved.problems.filter(({ code }) => code === errorCodes.subnetOverlap).map((found) => ({ ...found, path: ['subnets'] })) : [];
}
