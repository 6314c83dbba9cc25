/** Create Logical Network Wizard (fact sheet §2.1). */
import { problem, type Problem } from '../../../shared/contract/errors.ts';
import type { ParsedOperationInput } from '../../../shared/contract/operations.ts';
import type { StepContext, StepDefinition, StepResult } from '../../jobs/plan.ts';
import type { Inventory } from '../../store/inventory/inventory.ts';
import { auditChanges } from '../audit.ts';
import { labels } from '../labels.ts';
import type { Operation } from '../operation.ts';
import { Script } from '../powershell/script.ts';
import { refuse } from '../problems.ts';
import { checkName, checkNetworkName } from './nameChecks.ts';
import { checkSites, wantedSite } from './siteChecks.ts';
import { newSite } from './siteScript.ts';
import { addSite } from './siteWrites.ts';

type Input = ParsedOperationInput<'logicalNetwork.create'>;

export const createLogicalNetwork: Operation<'logicalNetwork.create'> = {
  id: 'logicalNetwork.create',
  title: labels.createLogicalNetwork,

  check: (input, { inventory }) => problemsOf(input, inventory),

  script(input, { inventory }) {
    const script = new Script();
    const logicalNetwork = script.set('logicalNetwork', 'New-SCLogicalNetwork', {
      Name: input.name,
      ...(input.description === '' ? {} : { Description: input.description }),
      LogicalNetworkDefinitionIsolation: input.kind !== 'oneConnected',
      EnableNetworkVirtualization: input.networkVirtualization,
      UseGRE: input.networkVirtualization,
      IsPVLAN: input.kind === 'privateVlan',
    });
    for (const site of input.sites) newSite(script, wantedSite(site, inventory), logicalNetwork, inventory);
    if (input.createVmNetwork) script.run('New-SCVMNetwork', { Name: input.name, LogicalNetwork: logicalNetwork, IsolationType: 'NoIsolation' });
    return script;
  },

  plan: (input) => ({
    name: labels.createLogicalNetwork,
    resultType: 'LogicalNetwork',
    resultId: null,
    resultName: input.name,
    locks: [],
    steps: [
      { key: 'group', number: '1', name: `${labels.createLogicalNetwork} ${input.name}` },
      ...partsOf(input).map((part, at) => ({ ...part, number: `1.${at + 1}` })),
    ],
  }),
};

function partsOf(input: Input): readonly Omit<StepDefinition, 'number'>[] {
  return [
    { key: 'network', name: labels.createLogicalNetwork, run: (context) => create(context, input) },
    ...input.sites.map((site, at) => ({ key: `site ${at}`, name: `${labels.createNetworkSite} ${site.name}`, run: (context: StepContext) => createSite(context, input, at) })),
    ...(input.createVmNetwork ? [{ key: 'vmNetwork', name: `${labels.createVmNetwork} ${input.name}`, run: (context: StepContext) => createVmNetwork(context, input) }] : []),
  ];
}

function problemsOf(input: Input, inventory: Inventory): readonly Problem[] {
  return [
    ...checkNetworkName(input.name, inventory),
    ...checkKind(input),
    ...(input.createVmNetwork && input.name !== '' ? checkName('VM network', input.name, inventory.vmNetworks.findByName(input.name)) : []),
    ...checkSites(input.sites.map((site, at) => ({ input: site, path: ['sites', at] })), input.kind, inventory),
  ];
}

/** Only one connected network has the two check boxes. */
function checkKind({ kind, networkVirtualization, createVmNetwork }: Input): readonly Problem[] {
  if (kind === 'oneConnected') return [];
  const what = kind === 'privateVlan' ? 'Private VLAN networks' : 'VLAN-based independent networks';
  return [
    ...(networkVirtualization ? [problem('invalidInput', ['networkVirtualization'], `${what} cannot carry network virtualization.`, 'Choose One connected network, or clear the check box.')] : []),
    ...(createVmNetwork ? [problem('invalidInput', ['createVmNetwork'], `${what} have one VM network for each subnet, none for the whole.`, 'Choose One connected network, or clear the check box.')] : []),
  ];
}

function create(context: StepContext, input: Input): StepResult {
  const { inventory } = context;
  refuse(problemsOf(input, inventory));
  const { name, description, kind, networkVirtualization } = input;
  const id = context.newId();
  inventory.logicalNetworks.add({ id, name, description, kind, networkVirtualization });
  context.setResult('LogicalNetwork', id, name);
  auditChanges(context, { type: 'LogicalNetwork', id, name }, {
    Name: [null, name],
    Description: [null, description === '' ? null : description],
    NetworkVirtualizationEnabled: [null, String(networkVirtualization)],
    IsLogicalNetworkDefinitionIsolated: [null, String(kind !== 'oneConnected')],
    IsPVLAN: [null, String(kind === 'privateVlan')],
  });
  return { message: input.sites.length === 0 ? `${name} has no network site yet: no host can use it.` : `${name} is created.`, withInfo: input.sites.length === 0 };
}

/** The network was made by the step before: only the sites are looked at again. */
function createSite(context: StepContext, input: Input, at: number): StepResult {
  const { inventory } = context;
  const site = input.sites[at];
  if (site === undefined) throw new Error(`There is no network site ${at}`);
  refuse(checkSites([{ input: site, path: ['sites', at] }], input.kind, inventory));
  addSite(context, inventory.logicalNetworks.logicalNetwork(input.name).id, wantedSite(site, inventory));
  return { message: `${site.name}: ${site.subnets.map(({ subnet }) => subnet).join(', ')}.` };
}

function createVmNetwork(context: StepContext, { name }: Input): StepResult {
  const { inventory } = context;
  refuse(checkName('VM network', name, inventory.vmNetworks.findByName(name)));
  const carrier = inventory.logicalNetworks.logicalNetwork(name);
  const id = context.newId();
  inventory.vmNetworks.add({ id, logicalNetworkId: carrier.id, name, description: '', routingDomainId: context.newId(), isolation: 'NoIsolation' });
  auditChanges(context, { type: 'VMNetwork', id, name }, { Name: [null, name], LogicalNetwork: [null, name], IsolationType: [null, 'NoIsolation'] });
  return { message: `VM network ${name} gives virtual machines direct access to the logical network.` };
}
