/** Properties of a VM network, all pages in one job: name, VM subnets, and how it reaches other networks (fact sheet §2.3, 3). */
import { problem, type Problem } from '../../../shared/contract/errors.ts';
import type { ParsedOperationInput } from '../../../shared/contract/operations.ts';
import type { StepContext, StepResult } from '../../jobs/plan.ts';
import type { Inventory } from '../../store/inventory/inventory.ts';
import type { VmNetwork } from '../../store/inventory/vmNetworks.ts';
import { afterwards } from '../attempt.ts';
import { auditChanges } from '../audit.ts';
import { labels } from '../labels.ts';
import { checkName } from '../logicalNetwork/nameChecks.ts';
import type { Operation } from '../operation.ts';
import { findVmNetwork } from '../powershell/lookups.ts';
import { Script, type ScriptReference } from '../powershell/script.ts';
import { findOrProblem, refuse } from '../problems.ts';
import { completed, connectivityProblems, goalOf, hasConnectivity, inputFor, isAlreadySo } from './connectivityGoal.ts';
import { connectivitySteps, locksNow, locksWanted } from './connectivityPlan.ts';
import { writeConnectivity } from './connectivityScript.ts';
import { byId } from './networkIn.ts';
import { changesAnything, subnetChanges, subnetProblems, writeSubnets } from './subnetChanges.ts';

type Input = ParsedOperationInput<'vmNetwork.change'>;

export const changeVmNetwork: Operation<'vmNetwork.change'> = {
  id: 'vmNetwork.change',
  title: labels.changeVmNetwork,

  check(input, { inventory }) {
    const network = findOrProblem(['vmNetwork'], () => inventory.vmNetworks.vmNetwork(input.vmNetwork));
    return 'problem' in network ? [network.problem] : problemsOf(input, network.found, inventory);
  },

  script(input, { inventory }) {
    const network = inventory.vmNetworks.vmNetwork(input.vmNetwork);
    const script = new Script();
    const vmNetwork = findVmNetwork(script, 'vmNetwork', network.id, inventory);
    writeOwn(script, vmNetwork, network, input, inventory);
    if (!hasConnectivity(input)) return script;
    return asChanged(input, network, inventory, (changed) => {
      const wanted = inputFor(network, input);
      return writeConnectivity(script, vmNetwork, changed, wanted, goalOf(changed, wanted, inventory), inventory);
    });
  },

  plan(input, { inventory, gateways }) {
    const network = inventory.vmNetworks.vmNetwork(input.vmNetwork);
    const { id, name } = network;
    return {
      name: labels.changeVmNetwork,
      resultType: 'VMNetwork',
      resultId: id,
      resultName: name,
      locks: [...new Set([id, ...locksNow(network, inventory), ...locksWanted(input, inventory)])],
      steps: [
        { key: 'vmNetwork', number: '1', name: `${labels.changeVmNetwork} ${name}` },
        { key: 'change', number: '1.1', name: labels.changeNameAndSubnets, run: (context) => change(context, id, input) },
        ...(hasConnectivity(input) ? connectivitySteps(byId(id), completed(network, inputFor(network, input), inventory), gateways, 2) : []),
      ],
    };
  },
};

function problemsOf(input: Input, network: VmNetwork, inventory: Inventory): readonly Problem[] {
  const own = ownProblems(input, network, inventory);
  if (own.length > 0) return own;
  const isOwnChanged = changesOwn(input, network, inventory);
  if (!hasConnectivity(input)) return isOwnChanged ? [] : [nothingToChange(network)];
  const wanted = inputFor(network, input);
  const problems = asChanged(input, network, inventory, (changed) => connectivityProblems(changed, wanted, inventory));
  if (problems.length > 0 || isOwnChanged) return problems;
  return isAlreadySo(network, wanted, goalOf(network, wanted, inventory), inventory) ? [nothingToChange(network)] : [];
}

function nothingToChange({ name }: VmNetwork): Problem {
  return problem('nothingToChange', [], `Nothing of ${name} is changed.`, 'Change a value, or cancel.');
}

function ownProblems(input: Input, network: VmNetwork, inventory: Inventory): readonly Problem[] {
  return [
    ...(input.name === undefined ? [] : checkName('VM network', input.name, inventory.vmNetworks.findByName(input.name), network.id)),
    ...(input.subnets === undefined ? [] : subnetProblems(network, input.subnets, input, inventory)),
  ];
}

function changesOwn({ name, description, subnets }: Input, network: VmNetwork, inventory: Inventory): boolean {
  if ((name ?? network.name) !== network.name || (description ?? network.description) !== network.description) return true;
  return subnets !== undefined && changesAnything(subnetChanges(network, subnets, inventory));
}

/** What is asked of the connectivity is asked of the VM network as it will be: a rule may lead into a new VM subnet. */
function asChanged<T>(input: Input, { id }: VmNetwork, inventory: Inventory, ask: (network: VmNetwork) => T): T {
  return afterwards(inventory, (context) => change(context, id, input), () => ask(inventory.vmNetworks.vmNetwork(id)));
}

function writeOwn(script: Script, vmNetwork: ScriptReference, network: VmNetwork, input: Input, inventory: Inventory): void {
  const { name = network.name, description = network.description, subnets } = input;
  if (name !== network.name || description !== network.description) script.run('Set-SCVMNetwork', { VMNetwork: vmNetwork, Name: name, Description: description });
  if (subnets === undefined) return;
  const { added, kept, gone } = subnetChanges(network, subnets, inventory);
  const find = (subnet: string) => script.set('vmSubnet', 'Get-SCVMSubnet', { Name: subnet, VMNetwork: vmNetwork });
  for (const subnet of gone) script.run('Remove-SCVMSubnet', { VMSubnet: find(subnet.name) });
  for (const [from, to] of renames(kept)) script.run('Set-SCVMSubnet', { VMSubnet: find(from), Name: to });
  for (const { name: wanted, subnet } of added) script.run('New-SCVMSubnet', { Name: wanted, VMNetwork: vmNetwork, SubnetVLan: script.set('subnet', 'New-SCSubnetVLan', { Subnet: subnet }) });
}

/** Names that change places go over names that nobody has. */
function renames(kept: readonly { readonly subnet: { readonly name: string }; readonly name: string }[]): readonly (readonly [from: string, to: string])[] {
  const changed = kept.filter(({ subnet, name }) => subnet.name !== name).map(({ subnet, name }) => [subnet.name, name] as const);
  const isTaken = changed.some(([from, to]) => changed.some(([other]) => other !== from && other.toLowerCase() === to.toLowerCase()));
  if (!isTaken) return changed;
  const between = (name: string) => `${name} (renamed)`;
  return [...changed.map(([from, to]) => [from, between(to)] as const), ...changed.map(([, to]) => [between(to), to] as const)];
}

function change(context: StepContext, id: string, input: Input): StepResult {
  const { vmNetworks } = context.inventory;
  const before = vmNetworks.vmNetwork(id);
  refuse(ownProblems(input, before, context.inventory));
  const after = { id, name: input.name ?? before.name, description: input.description ?? before.description };
  vmNetworks.change(after);
  auditChanges(context, { type: 'VMNetwork', id, name: after.name }, { Name: [before.name, after.name], Description: [before.description, after.description] });
  if (input.subnets !== undefined) writeSubnets(context, before, input.subnets);
  context.setResult('VMNetwork', id, after.name);
  return { message: `${after.name}: ${vmNetworks.subnetsOf(id).map(({ name }) => name).join(', ')}.` };
}
