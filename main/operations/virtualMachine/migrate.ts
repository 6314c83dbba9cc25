/** Migrate Virtual Machine: to another host, running or not, with everything that it has (placement rules of fact sheet §1.7; policy of §4.3). */
import { problem, type Problem } from '../../../shared/contract/errors.ts';
import type { MigrateVirtualMachineInput } from '../../../shared/contract/libraryOperations.ts';
import type { HostRatingView } from '../../../shared/contract/library.ts';
import { formatIpv4 } from '../../../shared/net/ipv4.ts';
import type { StepContext, StepResult } from '../../jobs/plan.ts';
import type { Host } from '../../store/inventory/hosts.ts';
import type { Inventory } from '../../store/inventory/inventory.ts';
import type { VirtualMachine, VirtualNetworkAdapter } from '../../store/inventory/virtualMachines.ts';
import { auditChanges } from '../audit.ts';
import { labels } from '../labels.ts';
import type { Operation } from '../operation.ts';
import { findHost, findVirtualMachine } from '../powershell/lookups.ts';
import { Script, scriptSwitch } from '../powershell/script.ts';
import { findOrProblem, refuse } from '../problems.ts';
import { grantProviderAddress, releaseProviderAddresses } from '../providerAddressGrant.ts';
import { rateHost, type AdapterNeed, type HostRating } from './placement.ts';
import { ratingView } from './placementQuery.ts';

export const migrateVirtualMachine: Operation<'virtualMachine.migrate'> = {
  id: 'virtualMachine.migrate',
  title: labels.migrateVirtualMachine,

  check: (input, { inventory }) => problemsOf(input, inventory),

  script(input, { inventory }) {
    const script = new Script();
    const vm = findVirtualMachine(script, 'vm', input.virtualMachine, inventory);
    const vmHost = findHost(script, 'vmHost', input.host, inventory);
    return script.run('Move-SCVirtualMachine', { VM: vm, VMHost: vmHost, RunAsynchronously: scriptSwitch });
  },

  plan(input, { inventory }) {
    const machine = inventory.virtualMachines.virtualMachine(input.virtualMachine);
    const to = inventory.hosts.host(input.host);
    return {
      name: labels.migrateVirtualMachine,
      resultType: 'VM',
      resultId: machine.id,
      resultName: machine.name,
      locks: [...new Set([machine.id, machine.hostId, to.id])],
      steps: [
        { key: 'virtualMachine', number: '1', name: `${labels.migrateVirtualMachine} ${machine.name}` },
        { key: 'placement', number: '1.1', name: labels.checkPlacement, run: ({ inventory: now }) => describePlacement(now, machine.id, to.id) },
        { key: 'move', number: '1.2', name: labels.moveToHost, run: (context) => move(context, machine.id, to.id) },
      ],
    };
  },
};

/** Every host with its stars, the best first; the machine's own host has none. */
export function migrationRatings(machineId: string, inventory: Inventory): { hosts: HostRatingView[] } {
  const machine = inventory.virtualMachines.virtualMachine(machineId);
  const ratings = inventory.hosts.all().map((host) => rateFor(machine, host, inventory));
  return { hosts: ratings.sort((one, other) => other.stars - one.stars).map((rating) => ratingView(rating, inventory)) };
}

function problemsOf(input: MigrateVirtualMachineInput, inventory: Inventory): readonly Problem[] {
  const machine = findOrProblem(['virtualMachine'], () => inventory.virtualMachines.virtualMachine(input.virtualMachine));
  if ('problem' in machine) return [machine.problem];
  const bound = boundTo(machine.found, inventory);
  if (bound.length > 0) return bound;
  if (input.host === '') return [problem('invalidInput', ['host'], 'No host is chosen.', 'Choose the host with the best rating.')];
  const host = findOrProblem(['host'], () => inventory.hosts.host(input.host));
  return 'problem' in host ? [host.problem] : hostProblems(machine.found, host.found, inventory);
}

function hostProblems(machine: VirtualMachine, host: Host, inventory: Inventory): readonly Problem[] {
  const { reasons } = rateFor(machine, host, inventory);
  return reasons.flatMap(({ effect, text }) => (effect === 'excludes' ? [problem(host.id === machine.hostId ? 'nothingToChange' : 'hostNotUsable', ['host'], text, 'Choose a host with at least one star.')] : []));
}

/** What a connection string or a cluster says of its host would not be true any more. */
function boundTo(machine: VirtualMachine, { networkServices, clusters }: Inventory): readonly Problem[] {
  const service = networkServices.findByMachine(machine.id);
  const cluster = clusters.of('guest', machine.id);
  return [
    ...(service === undefined ? [] : [problem('objectInUse', ['virtualMachine'], `${machine.name} is the gateway VM of network service ${service.name}, whose connection string names its host.`, `Remove ${service.name} first, or move its VM networks to another gateway.`)]),
    ...(cluster === undefined ? [] : [problem('objectInUse', ['virtualMachine'], `${machine.name} is a node of guest cluster ${cluster.name}.`, 'Destroy the cluster first.')]),
  ];
}

/** Rated as a new machine would be, with what only a machine brings that is there already: its host, its addresses. */
function rateFor(machine: VirtualMachine, host: Host, inventory: Inventory): HostRating {
  const adapters = inventory.virtualMachines.adaptersOf(machine.id);
  const rating = rateHost(host, { role: machine.role, adapters: adapters.map((adapter) => needOf(adapter, inventory)) }, inventory);
  const excludes = host.id === machine.hostId ? [`${machine.name} is on ${host.name} already.`] : lostAddresses(adapters, host, inventory);
  if (excludes.length === 0) return rating;
  const others = rating.stars === 0 && host.id !== machine.hostId ? rating.reasons : [];
  return { ...rating, stars: 0, reasons: [...others, ...excludes.map((text) => ({ effect: 'excludes' as const, text }))] };
}

function needOf({ vmSubnetId, networkSiteSubnetId }: VirtualNetworkAdapter, { vmNetworks, logicalNetworks }: Inventory): AdapterNeed {
  if (vmSubnetId !== null) {
    const subnet = vmNetworks.subnetById(vmSubnetId);
    return { connection: { kind: 'vmNetwork', network: vmNetworks.vmNetwork(subnet.vmNetworkId) }, subnet };
  }
  const site = networkSiteSubnetId === null ? undefined : logicalNetworks.siteOfSubnet(networkSiteSubnetId);
  return site === undefined ? { connection: { kind: 'notConnected' }, subnet: null } : { connection: { kind: 'logicalNetwork', network: logicalNetworks.logicalNetwork(site.logicalNetworkId) }, subnet: null };
}

/** An address of a network site is worth nothing where the site is not. */
function lostAddresses(adapters: readonly VirtualNetworkAdapter[], host: Host, { logicalNetworks, pools }: Inventory): readonly string[] {
  return adapters.flatMap(({ name, networkSiteSubnetId, ipAddressAllocationId }) => {
    const site = networkSiteSubnetId === null ? undefined : logicalNetworks.siteOfSubnet(networkSiteSubnetId);
    if (site === undefined || logicalNetworks.sitesAt(site.logicalNetworkId, host.id).some(({ id }) => id === site.id)) return [];
    const address = ipAddressAllocationId === null ? undefined : pools.allocation(ipAddressAllocationId)?.address;
    return [`${host.name} is not in network site ${site.name}, where adapter ${name} ${address === undefined ? 'is connected' : `has ${formatIpv4(address)}`}.`];
  });
}

function describePlacement(inventory: Inventory, machineId: string, hostId: string): StepResult {
  const machine = inventory.virtualMachines.virtualMachine(machineId);
  const host = inventory.hosts.host(hostId);
  refuse([...boundTo(machine, inventory), ...hostProblems(machine, host, inventory)]);
  const { stars, reasons } = rateFor(machine, host, inventory);
  return { message: `${host.name}: ${stars} of 5 stars. ${reasons.map(({ text }) => text).join(' ')}` };
}

/** In one transaction: the lookup records of all hosts follow at once, and no packet finds two places. */
function move(context: StepContext, machineId: string, hostId: string): StepResult {
  const { inventory } = context;
  const machine = inventory.virtualMachines.virtualMachine(machineId);
  const [from, to] = [inventory.hosts.host(machine.hostId), inventory.hosts.host(hostId)];
  refuse([...boundTo(machine, inventory), ...hostProblems(machine, to, inventory)]);
  const adapters = inventory.virtualMachines.adaptersOf(machineId);
  inventory.virtualMachines.setHost(machineId, to.id);
  for (const adapter of adapters) if (adapter.virtualSwitchId !== null) inventory.virtualMachines.connectAdapter(adapter.id, switchAt(to, from, adapter.virtualSwitchId, inventory));
  const subnets = [...new Set(adapters.map(({ vmSubnetId }) => vmSubnetId))].filter((id) => id !== null).map((id) => inventory.vmNetworks.subnetById(id));
  for (const { id, vsid, vmNetworkId } of subnets) {
    grantProviderAddress(inventory, { host: to, logicalNetworkId: inventory.vmNetworks.vmNetwork(vmNetworkId).logicalNetworkId }, vsid, context.newId);
    if (!inventory.virtualMachines.isSubnetOn(id, from.id)) releaseProviderAddresses(inventory, vsid, from.id);
  }
  auditChanges(context, { type: 'VM', id: machineId, name: machine.name }, { VMHost: [from.name, to.name] });
  const carried = subnets.map(({ name, vsid }) => `${name} (VSID ${vsid})`).join(', ');
  return { message: `${machine.name} is on ${to.name}${carried === '' ? '' : `; the lookup records of ${carried} point there`}.` };
}

/** The switch of the same name, or the host's first. */
function switchAt(to: Host, from: Host, virtualSwitchId: string, { hosts }: Inventory): string | null {
  const name = hosts.switchesOf(from.id).find(({ id }) => id === virtualSwitchId)?.name;
  const switches = hosts.switchesOf(to.id);
  return (switches.find((entry) => entry.name === name) ?? switches[0])?.id ?? null;
}
