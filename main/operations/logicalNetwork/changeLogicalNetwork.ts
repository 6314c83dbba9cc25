/** Properties of a logical network: name, network virtualization and network sites. Its kind cannot change. */
import { problem, type Problem } from '../../../shared/contract/errors.ts';
import type { ChangedSiteInput } from '../../../shared/contract/networkingOperations.ts';
import type { ParsedOperationInput } from '../../../shared/contract/operations.ts';
import { formatPrefix } from '../../../shared/net/ipv4.ts';
import type { StepContext, StepResult } from '../../jobs/plan.ts';
import type { Inventory } from '../../store/inventory/inventory.ts';
import type { LogicalNetwork, NetworkSite } from '../../store/inventory/logicalNetworks.ts';
import type { Dependant } from '../../store/inventory/networkUse.ts';
import { auditChanges } from '../audit.ts';
import { groupsUpFrom } from '../host/reach.ts';
import { labels } from '../labels.ts';
import type { Operation } from '../operation.ts';
import { findHostGroups, findLogicalNetwork } from '../powershell/lookups.ts';
import { Script, type ScriptReference } from '../powershell/script.ts';
import { findOrProblem, refuse } from '../problems.ts';
import { listed } from '../wording.ts';
import { checkNetworkName } from './nameChecks.ts';
import { checkSites, wantedSite, type Path } from './siteChecks.ts';
import { newSite, siteParts } from './siteScript.ts';
import { addSite, changeSite, removeSite, subnetChanges } from './siteWrites.ts';

type Input = ParsedOperationInput<'logicalNetwork.change'>;

export const changeLogicalNetwork: Operation<'logicalNetwork.change'> = {
  id: 'logicalNetwork.change',
  title: labels.changeLogicalNetwork,

  check(input, { inventory }) {
    const network = findOrProblem(['logicalNetwork'], () => inventory.logicalNetworks.logicalNetwork(input.logicalNetwork));
    return 'problem' in network ? [network.problem] : problemsOf(input, network.found, inventory);
  },

  script(input, { inventory }) {
    const before = inventory.logicalNetworks.logicalNetwork(input.logicalNetwork);
    const after = changed(before, input);
    const script = new Script();
    const logicalNetwork = findLogicalNetwork(script, 'logicalNetwork', before.id, inventory);
    if (!isSame(before, after)) script.run('Set-SCLogicalNetwork', { LogicalNetwork: logicalNetwork, Name: after.name, Description: after.description, EnableNetworkVirtualization: after.networkVirtualization });
    if (input.sites === undefined) return script;
    for (const site of goneSites(before, input.sites, inventory)) script.run('Remove-SCLogicalNetworkDefinition', { LogicalNetworkDefinition: definitionOf(script, site, logicalNetwork) });
    for (const site of input.sites) {
      if (site.networkSite === '') newSite(script, wantedSite(site, inventory), logicalNetwork, inventory);
      else changeScript(script, site, logicalNetwork, inventory);
    }
    return script;
  },

  plan(input, { inventory }) {
    const { id, name } = inventory.logicalNetworks.logicalNetwork(input.logicalNetwork);
    return {
      name: labels.changeLogicalNetwork,
      resultType: 'LogicalNetwork',
      resultId: id,
      resultName: name,
      locks: [id],
      steps: [{ key: 'change', number: '1', name: `${labels.changeLogicalNetwork} ${name}`, run: (context) => change(context, id, input) }],
    };
  },
};

/** The network may have another name by then: the site is looked up in the object itself. */
function definitionOf(script: Script, { name }: NetworkSite, logicalNetwork: ScriptReference): ScriptReference {
  return script.set('logicalNetworkDefinition', 'Get-SCLogicalNetworkDefinition', { Name: name, LogicalNetwork: logicalNetwork });
}

function changeScript(script: Script, input: ChangedSiteInput, logicalNetwork: ScriptReference, inventory: Inventory): void {
  const site = inventory.logicalNetworks.site(input.networkSite);
  const wanted = wantedSite(input, inventory);
  const definition = definitionOf(script, site, logicalNetwork);
  const { groups, subnets } = siteParts(script, wanted, inventory);
  const kept = new Set(wanted.hostGroups.map(({ id }) => id));
  const gone = inventory.logicalNetworks.hostGroupsOf(site.id).filter((id) => !kept.has(id));
  const removed = gone.length === 0 ? undefined : findHostGroups(script, 'removedHostGroups', gone, inventory);
  script.run('Set-SCLogicalNetworkDefinition', { LogicalNetworkDefinition: definition, Name: wanted.name, SubnetVLan: subnets, AddVMHostGroup: groups, ...(removed === undefined ? {} : { RemoveVMHostGroup: removed }) });
}

function changed(network: LogicalNetwork, { name, description, networkVirtualization }: Input): LogicalNetwork {
  return {
    ...network,
    name: name ?? network.name,
    description: description ?? network.description,
    networkVirtualization: networkVirtualization ?? network.networkVirtualization,
  };
}

function isSame(before: LogicalNetwork, after: LogicalNetwork): boolean {
  return before.name === after.name && before.description === after.description && before.networkVirtualization === after.networkVirtualization;
}

function problemsOf(input: Input, network: LogicalNetwork, inventory: Inventory): readonly Problem[] {
  const problems = [
    ...(input.name === undefined ? [] : checkNetworkName(input.name, inventory, network.id)),
    ...checkVirtualization(changed(network, input), network, inventory),
    ...(input.sites === undefined ? [] : checkChangedSites(input.sites, network, inventory)),
  ];
  if (problems.length > 0 || input.sites !== undefined || !isSame(network, changed(network, input))) return problems;
  return [problem('nothingToChange', [], `Nothing of ${network.name} is changed.`, 'Change a value, or cancel.')];
}

function checkVirtualization(after: LogicalNetwork, before: LogicalNetwork, { networkUse }: Inventory): readonly Problem[] {
  const path = ['networkVirtualization'];
  if (after.networkVirtualization === before.networkVirtualization) return [];
  if (after.networkVirtualization && after.kind !== 'oneConnected') return [problem('invalidInput', path, `${after.name} is no connected network and cannot carry network virtualization.`, 'Create another logical network for it.')];
  const services = networkUse.connectedOn(before.id, after.networkVirtualization ? 'FrontEnd' : 'BackEnd');
  const users = after.networkVirtualization ? [] : networkUse.virtualizedOn(before.id);
  if (users.length === 0) return services.map((service) => connectedProblem(service, before, after.networkVirtualization, path));
  return [problem('objectInUse', path, `VM network${users.length === 1 ? '' : 's'} ${listed(users)} on ${before.name} need${users.length === 1 ? 's' : ''} network virtualization.`, `Delete ${users.length === 1 ? 'it' : 'them'} first.`)];
}

/** A back end stands on network virtualization, and a front end faces outside (fact sheet §1.6). */
function connectedProblem(service: string, { name }: LogicalNetwork, isOn: boolean, path: Path): Problem {
  const why = isOn ? `has its front end on ${name}, which cannot be a provider network at the same time` : `has its back end on ${name} and needs network virtualization`;
  return problem('objectInUse', path, `Network service ${service} ${why}.`, 'Disable that connection first (Properties of the network service, page Connectivity).');
}

function checkChangedSites(sites: readonly ChangedSiteInput[], network: LogicalNetwork, inventory: Inventory): readonly Problem[] {
  const own = inventory.logicalNetworks.sitesOf(network.id);
  const unknown = sites.flatMap(({ networkSite }, at) => {
    if (networkSite === '') return [];
    const site = findOrProblem(['sites', at, 'networkSite'], () => inventory.logicalNetworks.site(networkSite));
    if ('problem' in site) return [site.problem];
    return own.some(({ id }) => id === site.found.id) ? [] : [problem('objectNotFound', ['sites', at, 'networkSite'], `${site.found.name} is no network site of ${network.name}.`, 'Choose one of its own.')];
  });
  if (unknown.length > 0) return unknown;
  const wrong = checkSites(sites.map((input, at) => ({ input, path: ['sites', at], ...(input.networkSite === '' ? {} : { id: inventory.logicalNetworks.site(input.networkSite).id }) })), network.kind, inventory, own.map(({ id }) => id));
  return wrong.length > 0 ? wrong : [...goneProblems(sites, network, inventory), ...sites.flatMap((site, at) => checkKept(site, ['sites', at], inventory))];
}

function goneSites(network: LogicalNetwork, sites: readonly ChangedSiteInput[], { logicalNetworks }: Inventory): readonly NetworkSite[] {
  const kept = new Set(sites.flatMap(({ networkSite }) => (networkSite === '' ? [] : [logicalNetworks.site(networkSite).id])));
  return logicalNetworks.sitesOf(network.id).filter(({ id }) => !kept.has(id));
}

function goneProblems(sites: readonly ChangedSiteInput[], network: LogicalNetwork, inventory: Inventory): readonly Problem[] {
  return goneSites(network, sites, inventory).flatMap((site) => {
    const users = inventory.networkUse.ofSite(site.id);
    return users.length === 0 ? [] : [inUse(`Network site ${site.name} cannot be removed`, users, ['sites'])];
  });
}

/** What a site that stays may not lose: subnets in use, and host groups whose hosts use it. */
function checkKept(input: ChangedSiteInput, path: Path, inventory: Inventory): readonly Problem[] {
  if (input.networkSite === '') return [];
  const { id, name } = inventory.logicalNetworks.site(input.networkSite);
  const wanted = wantedSite(input, inventory);
  const subnets = subnetChanges(id, wanted, inventory).gone.flatMap((subnet) => {
    const users = inventory.networkUse.ofSubnet(subnet.id);
    return users.length === 0 ? [] : [inUse(`Subnet ${formatPrefix({ address: subnet.address, length: subnet.prefixLength })} of ${name} cannot be changed or removed`, users, [...path, 'subnets'])];
  });
  const groups = new Set(wanted.hostGroups.map((group) => group.id));
  const cutOff = inventory.networkUse.hostsUsing(id).filter(({ hostId }) => {
    const { hosts } = inventory;
    return !groupsUpFrom(hosts.host(hostId).hostGroupId, hosts.groups()).some((group) => groups.has(group));
  });
  const lost = cutOff.length === 0 ? [] : [problem('objectInUse', [...path, 'hostGroups'], `${listed([...new Set(cutOff.map(({ host }) => host))])} would lose network site ${name}, which ${listed(cutOff.map(({ user }) => user))} use${cutOff.length === 1 ? 's' : ''} there.`, 'Leave the host group chosen.')];
  return [...subnets, ...lost];
}

function inUse(what: string, users: readonly Dependant[], path: Path): Problem {
  return problem('objectInUse', path, `${what}: it is used by ${listed(users.map(({ kind, name }) => `${kind} ${name}`))}.`, 'Delete or disconnect them first.');
}

function change(context: StepContext, id: string, input: Input): StepResult {
  const { inventory } = context;
  const before = inventory.logicalNetworks.logicalNetwork(id);
  refuse(problemsOf(input, before, inventory));
  const after = changed(before, input);
  inventory.logicalNetworks.change(after);
  if (input.sites !== undefined) writeSites(context, before, input.sites);
  auditChanges(context, { type: 'LogicalNetwork', id, name: after.name }, {
    Name: [before.name, after.name],
    Description: [before.description, after.description],
    NetworkVirtualizationEnabled: [String(before.networkVirtualization), String(after.networkVirtualization)],
  });
  return { message: `${after.name} is changed.` };
}

function writeSites(context: StepContext, network: LogicalNetwork, sites: readonly ChangedSiteInput[]): void {
  const { inventory } = context;
  for (const site of goneSites(network, sites, inventory)) removeSite(context, site);
  for (const site of sites) {
    const wanted = wantedSite(site, inventory);
    if (site.networkSite === '') addSite(context, network.id, wanted);
    else changeSite(context, inventory.logicalNetworks.site(site.networkSite).id, wanted);
  }
}
