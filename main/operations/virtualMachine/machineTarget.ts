/** What Create Virtual Machine asks for, as objects of the inventory, or everything that stands against it. */
import { problem, type Problem } from '../../../shared/contract/errors.ts';
import type { CreateVirtualMachineInput, MachineAdapterInput } from '../../../shared/contract/libraryOperations.ts';
import type { Host } from '../../store/inventory/hosts.ts';
import type { Inventory } from '../../store/inventory/inventory.ts';
import type { VmTemplate } from '../../store/inventory/library.ts';
import { toConnectionInput } from '../library/connections.ts';
import { findOrProblem } from '../problems.ts';
import { chooseAddresses, findNeeds, type AdapterTarget } from './adapterTargets.ts';
import { rateHost, type AdapterNeed, type PlacementNeeds } from './placement.ts';

export interface MachineTarget {
  readonly template: VmTemplate;
  readonly host: Host;
  readonly adapters: readonly AdapterTarget[];
}

/** NetBIOS gives a computer this many characters (fact sheet §1.7). */
const longestComputerName = 15;

export function resolveMachine(input: CreateVirtualMachineInput, inventory: Inventory): { readonly target: MachineTarget } | { readonly problems: readonly Problem[] } {
  const template = findTemplate(input.vmTemplate, inventory);
  const adapters = input.adapters ?? ('found' in template ? adaptersOfTemplate(template.found, inventory) : []);
  const { needs, problems: needProblems } = findNeeds(adapters, inventory);
  const host = findHost(input.host, { role: input.role, adapters: needs }, inventory);
  const addresses = needProblems.length > 0 ? { targets: [], problems: needProblems } : chooseAddresses(adapters, needs, 'found' in host ? host.found : undefined, inventory);
  const problems = [
    ...('problem' in template ? [template.problem] : []),
    ...checkMachineName(input.name, inventory),
    ...addresses.problems,
    ...(input.role === 'gateway' ? checkGatewayAdapters(needs) : []),
    ...('problems' in host ? host.problems : []),
  ];
  if (problems.length > 0 || 'problem' in template || 'problems' in host) return { problems };
  return { target: { template: template.found, host: host.found, adapters: addresses.targets } };
}

/** The adapters that a machine gets when the input says nothing of them. */
export function adaptersOfTemplate(template: VmTemplate, inventory: Inventory): readonly MachineAdapterInput[] {
  return inventory.library.adaptersOf(template.id).map((adapter) => ({ ...toConnectionInput(adapter), vmSubnet: '', ipAddress: '' }));
}

function findTemplate(reference: string, inventory: Inventory) {
  if (reference !== '') return findOrProblem(['vmTemplate'], () => inventory.library.template(reference));
  return { problem: problem('invalidInput', ['vmTemplate'], 'No VM template is chosen.', 'Choose the VM template to create the virtual machine from.') };
}

export function checkMachineName(name: string, inventory: Inventory): readonly Problem[] {
  const wrong = (message: string, action: string) => [problem('invalidInput', ['name'], message, action)];
  if (name === '') return wrong('The virtual machine has no name.', 'Type a name for it.');
  if (name.length > longestComputerName) {
    return wrong(
      `${name} has ${name.length} characters; the computer in the virtual machine gets this name, and a computer name has at most ${longestComputerName}, or NetBIOS would cut it.`,
      `Type a name of at most ${longestComputerName} characters.`,
    );
  }
  if (!/^[a-z0-9-]+$/i.test(name) || name.startsWith('-') || name.endsWith('-')) return wrong(`${name} is no computer name.`, 'Use letters, digits, and hyphens inside the name.');
  if (/^\d+$/.test(name)) return wrong(`${name} is no computer name: it has only digits.`, 'Add a letter.');
  const other = inventory.virtualMachines.findByName(name);
  if (other !== undefined) return [problem('nameInUse', ['name'], `There is a virtual machine named ${other.name} already.`, 'Type another name.')];
  // GatewayVM of a connection string names either of them.
  const cluster = inventory.clusters.find('guest', name);
  return cluster === undefined ? [] : [problem('nameInUse', ['name'], `There is a guest cluster named ${cluster.name} already.`, 'Type another name.')];
}

function findHost(reference: string, needs: PlacementNeeds, inventory: Inventory): { readonly found: Host } | { readonly problems: readonly Problem[] } {
  const path = ['host'];
  if (reference === '') return { problems: [problem('invalidInput', path, 'No host is chosen.', 'Choose the host with the best rating.')] };
  const host = findOrProblem(path, () => inventory.hosts.host(reference));
  if ('problem' in host) return { problems: [host.problem] };
  const excluded = rateHost(host.found, needs, inventory).reasons.filter(({ effect }) => effect === 'excludes');
  if (excluded.length === 0) return { found: host.found };
  return { problems: excluded.map(({ text }) => problem('hostNotUsable', path, text, 'Choose a host with at least one star.')) };
}

/** The back end of a gateway leads into all VM networks, through the provider, and so is connected to none. */
function checkGatewayAdapters(needs: readonly AdapterNeed[]): readonly Problem[] {
  return needs.flatMap(({ connection }, at) =>
    connection.kind === 'vmNetwork'
      ? [problem('adapterNotUsable', ['adapters', at, 'network'], `A gateway's adapter cannot be in VM network ${connection.network.name}: VMM connects the back end to all of them.`, 'Leave it Not connected, or create a tenant\'s virtual machine.')]
      : [],
  );
}
