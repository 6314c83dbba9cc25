/** Create VM Network (fact sheet §2.3): isolation, VM subnets; routing domain and virtual subnet IDs are given. */
import { z } from 'zod';
import { problem, type Problem } from '../../../shared/contract/errors.ts';
import type { ParsedOperationInput } from '../../../shared/contract/operations.ts';
import type { StepContext, StepDefinition, StepResult } from '../../jobs/plan.ts';
import type { Inventory } from '../../store/inventory/inventory.ts';
import type { LogicalNetwork } from '../../store/inventory/logicalNetworks.ts';
import { auditChanges } from '../audit.ts';
import { labels } from '../labels.ts';
import { checkName } from '../logicalNetwork/nameChecks.ts';
import type { LiveGateways, Look, Operation, OperationServices } from '../operation.ts';
import { findLogicalNetwork } from '../powershell/lookups.ts';
import { Script, type ScriptReference } from '../powershell/script.ts';
import { findOrProblem, refuse, refuseAll } from '../problems.ts';
import { hasConnectivity, inputFor, resolveConnectivity, type ConnectivityGoal } from './connectivityGoal.ts';
import { connectivitySteps, locksWanted } from './connectivityPlan.ts';
import { writeConnectivity } from './connectivityScript.ts';
import { vmNetworkLimits } from './limits.ts';
import type { NetworkIn } from './networkIn.ts';
import { notMadeYet, type NetworkToConnect } from './networkToConnect.ts';
import { checkSubnets } from './subnetChecks.ts';
import { addTypedSubnet, checkedPrefix } from './subnetWrites.ts';

type Input = ParsedOperationInput<'vmNetwork.create'>;

export const createVmNetwork: Operation<'vmNetwork.create'> = {
  id: 'vmNetwork.create',
  title: labels.createVmNetwork,

  check: (input, services) => look(input, services).problems,

  look,

  script(input, services) {
    const { problems, script } = look(input, services);
    refuse(problems);
    return script();
  },

  plan(input, { inventory, gateways }) {
    return {
      name: labels.createVmNetwork,
      resultType: 'VMNetwork',
      resultId: null,
      resultName: input.name,
      locks: [...new Set([inventory.logicalNetworks.logicalNetwork(input.logicalNetwork).id, ...locksWanted(input, inventory)])],
      steps: stepsOf(input, gateways),
    };
  },
};

const createdKey = 'create';
const createdSchema = z.string();

/** The connectivity comes in the same job, behind the VM network: what fails there can be mended and the job restarted. */
function stepsOf(input: Input, gateways: LiveGateways): readonly StepDefinition[] {
  const name = `${labels.createVmNetwork} ${input.name}`;
  const run = (context: StepContext) => create(context, input);
  if (!hasConnectivity(input)) return [{ key: createdKey, number: '1', name, run }];
  const made: NetworkIn = (context) => context.inventory.vmNetworks.vmNetwork(createdSchema.parse(context.output(createdKey)));
  return [
    { key: 'vmNetwork', number: '1', name },
    { key: createdKey, number: '1.1', name: labels.createWithSubnets, run },
    ...connectivitySteps(made, input, gateways, 2),
  ];
}

function look(input: Input, { inventory }: OperationServices): Look {
  const problems = problemsOf(input, inventory);
  if (problems.length > 0 || !hasConnectivity(input)) return { problems, script: () => writeNetwork(input, inventory).script };
  const network = asItWillBe(input, inventory);
  const resolved = resolveConnectivity(network, inputFor(network, input), inventory);
  if ('problems' in resolved) return { problems: resolved.problems, script: () => refuseAll(resolved.problems) };
  return { problems, script: () => writeWanted(input, network, resolved.goal, inventory) };
}

/** What is asked of the connectivity is asked of this; the subnets were checked. */
function asItWillBe({ name, description, isolation, logicalNetwork, subnets }: Input, { logicalNetworks }: Inventory): NetworkToConnect {
  const logicalNetworkId = logicalNetworks.logicalNetwork(logicalNetwork).id;
  const wanted = subnets.map((typed) => {
    const { address, length } = checkedPrefix(typed);
    return { name: typed.name, address, prefixLength: length };
  });
  return notMadeYet({ logicalNetworkId, name, description, isolation }, wanted);
}

function writeNetwork(input: Input, inventory: Inventory): { readonly script: Script; readonly vmNetwork: ScriptReference } {
  const script = new Script();
  const logicalNetwork = findLogicalNetwork(script, 'logicalNetwork', input.logicalNetwork, inventory);
  const pools = input.isolation === 'NoIsolation' ? {} : { CAIPAddressPoolType: 'IPV4', PAIPAddressPoolType: 'IPV4' };
  const description = input.description === '' ? {} : { Description: input.description };
  const vmNetwork = script.set('vmNetwork', 'New-SCVMNetwork', { Name: input.name, ...description, LogicalNetwork: logicalNetwork, IsolationType: input.isolation, ...pools });
  for (const { name, subnet } of input.subnets) {
    const subnetVlan = script.set('subnet', 'New-SCSubnetVLan', { Subnet: subnet });
    script.run('New-SCVMSubnet', { Name: name, VMNetwork: vmNetwork, SubnetVLan: subnetVlan });
  }
  return { script, vmNetwork };
}

/** `network`: as it will be, with nothing connected yet. */
function writeWanted(input: Input, network: NetworkToConnect, goal: ConnectivityGoal, inventory: Inventory): Script {
  const { script, vmNetwork } = writeNetwork(input, inventory);
  return writeConnectivity(script, vmNetwork, network, inputFor(network, input), goal, inventory);
}

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
  if (input.isolation === 'NoIsolation' && hasConnectivity(input)) return [notVirtualized(input)];
  if (input.isolation === 'WindowsNetworkVirtualization') {
    if (!carrier.networkVirtualization) return [problem('networkNotUsable', path, `Logical network ${carrier.name} does not allow network virtualization.`, 'Allow it in the Properties of the logical network, or choose No isolation.')];
    return checkSubnets(input.subnets);
  }
  if (input.subnets.length > 0) return [problem('invalidInput', ['subnets'], 'Without isolation a VM network has no VM subnets of its own.', 'Leave them out.')];
  const other = inventory.vmNetworks.onLogicalNetwork(carrier.id).find(({ isolation }) => isolation === 'NoIsolation');
  return other === undefined || carrier.kind !== 'oneConnected' ? [] : [problem('nameInUse', path, `VM network ${other.name} gives direct access to ${carrier.name} already, and there can be only one.`, 'Use that one, or choose network virtualization.')];
}

function notVirtualized({ name, directConnection }: Input): Problem {
  return problem('networkNotUsable', [directConnection ? 'directConnection' : 'vpnTunnel', 'gatewayDevice'], `${name} stands in the logical network itself and has no routing domain that a gateway could serve.`, 'Choose network virtualization, or leave the connectivity out.');
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
  const texts = input.subnets.map((subnet) => addTypedSubnet(context, id, subnet));
  return { message: texts.length === 0 ? `${name} gives direct access to ${carrier.name}.` : `${name}: ${texts.join(', ')}.`, output: id };
}
