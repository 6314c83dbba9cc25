/** Uplink port profiles: which network sites a logical switch carries, and whether with network virtualization (fact sheet §1.7). */
import { problem, type Problem } from '../../../shared/contract/errors.ts';
import type { ParsedOperationInput } from '../../../shared/contract/operations.ts';
import type { Inventory } from '../../store/inventory/inventory.ts';
import { labels } from '../labels.ts';
import { checkName } from '../logicalNetwork/nameChecks.ts';
import type { Operation } from '../operation.ts';
import { findSites } from '../powershell/lookups.ts';
import { Script } from '../powershell/script.ts';
import { findOrProblem } from '../problems.ts';
import { listed } from '../wording.ts';
import { createPlan, deletePlan } from './plans.ts';

type Input = ParsedOperationInput<'uplinkPortProfile.create'>;

const type = 'NativeUplinkPortProfile';

export const createUplinkPortProfile: Operation<'uplinkPortProfile.create'> = {
  id: 'uplinkPortProfile.create',
  title: labels.createUplinkPortProfile,
  check: (input, { inventory }) => problemsOf(input, inventory),

  script(input, { inventory }) {
    const script = new Script();
    const sites = findSites(script, 'definition', input.networkSites, inventory);
    return script.run('New-SCNativeUplinkPortProfile', {
      Name: input.name,
      Description: input.description,
      LogicalNetworkDefinition: sites,
      EnableNetworkVirtualization: input.networkVirtualization,
      LBFOLoadBalancingAlgorithm: input.loadBalancing,
      LBFOTeamMode: input.teamMode,
    });
  },

  plan: (input) =>
    createPlan({
      type,
      label: labels.createUplinkPortProfile,
      name: input.name,
      check: (inventory) => problemsOf(input, inventory),
      write: ({ inventory }, id) => {
        const sites = input.networkSites.map((site) => inventory.logicalNetworks.site(site));
        const { name, description, loadBalancing, teamMode, networkVirtualization } = input;
        inventory.switchFabric.addProfile({ id, name, description, loadBalancing, teamMode, networkVirtualization }, sites.map((site) => site.id));
        return { EnableNetworkVirtualization: String(networkVirtualization), LogicalNetworkDefinitions: sites.map((site) => site.name).join(', '), LBFOLoadBalancingAlgorithm: loadBalancing, LBFOTeamMode: teamMode };
      },
    }),
};

function problemsOf(input: Input, inventory: Inventory): readonly Problem[] {
  const sites = input.networkSites.flatMap((site) => {
    const found = findOrProblem(['networkSites'], () => inventory.logicalNetworks.site(site));
    return 'problem' in found ? [found.problem] : [];
  });
  return [
    ...checkName('uplink port profile', input.name, inventory.switchFabric.findByName('uplink port profile', input.name)),
    ...(input.networkSites.length === 0 ? [problem('invalidInput', ['networkSites'], 'The profile carries no network site.', 'Choose the network sites that the physical adapters are connected to.')] : sites),
  ];
}

function users(reference: string, { switchFabric }: Inventory): readonly Problem[] {
  const profile = findOrProblem(['uplinkPortProfile'], () => switchFabric.profile(reference));
  if ('problem' in profile) return [profile.problem];
  const names = switchFabric.switchesWith(profile.found.id);
  return names.length === 0 ? [] : [problem('objectInUse', ['uplinkPortProfile'], `Logical switch${names.length === 1 ? '' : 'es'} ${listed(names)} use${names.length === 1 ? 's' : ''} ${profile.found.name}.`, 'Delete the logical switch first.')];
}

export const deleteUplinkPortProfile: Operation<'uplinkPortProfile.delete'> = {
  id: 'uplinkPortProfile.delete',
  title: labels.deleteUplinkPortProfile,
  check: (input, { inventory }) => users(input.uplinkPortProfile, inventory),

  script(input, { inventory }) {
    const script = new Script();
    return script.run('Remove-SCNativeUplinkPortProfile', { NativeUplinkPortProfile: script.set('uplinkPortProfile', 'Get-SCNativeUplinkPortProfile', { Name: inventory.switchFabric.profile(input.uplinkPortProfile).name }) });
  },

  plan(input, { inventory }) {
    const object = inventory.switchFabric.profile(input.uplinkPortProfile);
    return deletePlan({ type, label: labels.deleteUplinkPortProfile, object, check: (now) => users(object.id, now), remove: ({ switchFabric }) => switchFabric.removeProfile(object.id) });
  },
};
