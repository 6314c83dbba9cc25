/** Create VM Network (fact sheet §2.3): isolation, VM subnets; routing domain and virtual subnet IDs are given. */
import { problem, type Problem } from '../../../shared/contract/errors.ts';
import type { ParsedOperationInput } from '../../../shared/contract/operations.ts';
import { formatPrefix, parsePrefix, prefixesOverlap, type Ipv4Prefix } from '../../../shared/net/ipv4.ts';
import type { StepContext, StepResult } from '../../jobs/plan.ts';
import type { Inventory } from '../../store/inventory/inventory.ts';
import type { LogicalNetwork } from '../../store/inventory/logicalNetworks.ts';
import { auditChanges } from '../audit.ts';
import { labels } from '../labels.ts';
import { checkName } from '../logicalNetwork/nameChecks.ts';
import { readPrefix } from '../logicalNetwork/siteChecks.ts';
import type { Operation } from '../operation.ts';
import { findLogicalNetwork } from '../powershell/lookups.ts';
import { Script } from '../powershell/script.ts';
import { findOrProblem, refuse } from '../problems.ts';
import { vmNetworkLimits } from './limits.ts';

type Input = ParsedOperationInput<'vmNetwork.create'>;

export const createVmNetwork: Operation<'vmNetwork.create'> = {
  id: 'vmNetwork.create',
  title: labels.createVmNetwork,

  check: (input, { inventory }) => problemsOf(input, inventory),

  script(input, { inventory }) {
    const script = new Script();
    const logicalNetwork = findLogicalNetwork(script, 'logicalNetwork', input.logicalNetwork, inventory);
    const pools = input.isolation === 'NoIsolation' ? {} : { CAIPAddressPoolType: 'IPV4', PAIPAddressPoolType: 'IPV4' };
    const description = input.description === '' ? {} : { Description: input.description };
    const vmNetwork = script.set('vmNetwork', 'New-SCVMNetwork', { Name: input.name, ...description, LogicalNetwork: logicalNetwork, IsolationType: input.isolation, ...pools });
    for (const { name, subnet } of input.subnets) {
      const subnetVlan = script.set('subnet', 'New-SCSubnetVLan', { Subnet: subnet });
      script.run('New-SCVMSubnet', { Name: name, VMNetwork: vmNetwork, SubnetVLan: subnetVlan });
    }
    return script;
  },

  plan(input, { inventory }) {
    return {
      name: labels.createVmNetwork,
      resultType: 'VMNetwork',
      resultId: null,
      resultName: input.name,
      locks: [inventory.logicalNetworks.logicalNetwork(input.logicalNetwork).id],
      steps: [{ key: 'create', number: '1', name: `${labels.createVmNetwork} ${input.name}`, run: (context) => create(context, input) }],
    };
  },
};

function problemsOf(input: Input, inventory: Inventory): readonly Problem[] {
  const name = checkName('VM network', input.name, inventory.vmNetworks.findByName(input.name));
  const carrier = findCarrier(input, inventory);
  if ('problem' in carrier) return [...name, carrier.problem];
  const isFull = inventory.vmNetworks.count >= vmNetworkLimits.vmNetworks;
  return [
    ...name,
    ...(isFull ? [problem('tooMany', ['name'], `There are ${vmNetworkLimits.vmNetworks} VM networks, the most that VMM manages.`, 'Delete those that are not needed any more.')] : []),
    ...checkIsolation(input, carrier.found, inventory),
  ];
}

function findCarrier({ logicalNetwork }: Input, { logicalNetworks }: Inventory): { readonly found: LogicalNetwork } | { readonly problem: Problem } {
  if (logicalNetwork === '') return { problem: problem('invalidInput', ['logicalNetwork'], 'No logical network is chosen.', 'Choose the logical network that carries the VM network.') };
  return findOrProblem(['logicalNetwork'], () => logicalNetworks.logicalNetwork(logicalNetwork));
}

function checkIsolation(input: Input, carrier: LogicalNetwork, inventory: Inventory): readonly Problem[] {
  const path = ['isolation'];
  if (input.isolation === 'WindowsNetworkVirtualization') {
    if (!carrier.networkVirtualization) return [problem('networkNotUsable', path, `Logical network ${carrier.name} does not allow network virtualization.`, 'Allow it in the Properties of the logical network, or choose No isolation.')];
    return checkSubnets(input.subnets);
  }
  if (input.subnets.length > 0) return [problem('invalidInput', ['subnets'], 'Without isolation a VM network has no VM subnets of its own.', 'Leave them out.')];
  const other = inventory.vmNetworks.onLogicalNetwork(carrier.id).find(({ isolation }) => isolation === 'NoIsolation');
  return other === undefined || carrier.kind !== 'oneConnected' ? [] : [problem('nameInUse', path, `VM network ${other.name} gives direct access to ${carrier.name} already, and there can be only one.`, 'Use that one, or choose network virtualization.')];
}

function checkSubnets(subnets: Input['subnets']): readonly Problem[] {
  if (subnets.length === 0) return [problem('invalidInput', ['subnets'], 'The VM network has no VM subnet.', 'Add a VM subnet with a name and an IP subnet.')];
  const earlier: { readonly name: string; readonly prefix: Ipv4Prefix }[] = [];
  return subnets.flatMap(({ name, subnet }, at) => {
    const path = ['subnets', at];
    const problems = [...nameProblems(name, subnets, at), ...subnetProblems(subnet, [...path, 'subnet'])];
    const prefix = parsePrefix(subnet);
    const rival = prefix && earlier.find((other) => prefixesOverlap(other.prefix, prefix));
    if (prefix !== undefined) earlier.push({ name, prefix });
    return rival === undefined ? problems : [...problems, problem('subnetOverlap', [...path, 'subnet'], `${subnet} overlaps ${formatPrefix(rival.prefix)} of VM subnet ${rival.name}.`, 'Inside one VM network every address is there once. Type another subnet.')];
  });
}

function nameProblems(name: string, subnets: Input['subnets'], at: number): readonly Problem[] {
  const path = ['subnets', at, 'name'];
  if (name === '') return [problem('invalidInput', path, 'The VM subnet has no name.', 'Type a name.')];
  if (name.length > vmNetworkLimits.nameLength) return [problem('invalidInput', path, `The name of the VM subnet has ${name.length} characters.`, `Type at most ${vmNetworkLimits.nameLength}.`)];
  const isTwin = subnets.slice(0, at).some((other) => other.name.toLowerCase() === name.toLowerCase());
  return isTwin ? [problem('nameInUse', path, `Two VM subnets are named ${name}.`, 'Give each a name of its own.')] : [];
}

function subnetProblems(text: string, path: readonly (string | number)[]): readonly Problem[] {
  const read = readPrefix(text);
  if ('fault' in read) return [problem('invalidInput', path, ...read.fault)];
  return read.prefix.length > vmNetworkLimits.longestPrefix ? [problem('invalidInput', path, `${text} has no room behind the distributed router.`, `Type a prefix of at most ${vmNetworkLimits.longestPrefix} bits.`)] : [];
}

function create(context: StepContext, input: Input): StepResult {
  const { inventory } = context;
  refuse(problemsOf(input, inventory));
  const carrier = inventory.logicalNetworks.logicalNetwork(input.logicalNetwork);
  const { name, description, isolation } = input;
  const id = context.newId();
  const routingDomainId = context.newId();
  inventory.vmNetworks.add({ id, logicalNetworkId: carrier.id, name, description, routingDomainId, isolation });
  context.setResult('VMNetwork', id, name);
  auditChanges(context, { type: 'VMNetwork', id, name }, { Name: [null, name], LogicalNetwork: [null, carrier.name], IsolationType: [null, isolation], RoutingDomainID: [null, routingDomainId] });
  const texts = input.subnets.map(({ name: subnetName, subnet }) => addSubnet(context, id, subnetName, parsePrefix(subnet)));
  return { message: texts.length === 0 ? `${name} gives direct access to ${carrier.name}.` : `${name}: ${texts.join(', ')}.` };
}

function addSubnet(context: StepContext, vmNetworkId: string, name: string, prefix: Ipv4Prefix | undefined): string {
  if (prefix === undefined) throw new Error(`Subnet of ${name} was not checked`);
  const { vmNetworks } = context.inventory;
  const vsid = vmNetworks.addVirtualSubnet(vmNetworkId);
  const id = context.newId();
  vmNetworks.addSubnet({ id, vmNetworkId, vsid, name, address: prefix.address, prefixLength: prefix.length });
  auditChanges(context, { type: 'VMSubnet', id, name }, { Name: [null, name], Subnet: [null, formatPrefix(prefix)], VMSubnetID: [null, String(vsid)] });
  return `${name} ${formatPrefix(prefix)} with virtual subnet ID ${vsid}`;
}
