/** What undoes operations on host groups, hosts, Run As accounts, switches and clusters. */
import { formatMac } from '../../../shared/net/mac.ts';
import type { UplinkPortProfile } from '../../store/inventory/switchFabric.ts';
import { loadBalancingAlgorithms, teamModes } from '../../../shared/contract/networkingOperations.ts';
import { noWayBack, undoneBy, undoneByRemoving, type InverseOf } from './inverse.ts';

export const createHostGroupInverse: InverseOf<'hostGroup.create'> = () => undoneByRemoving('hostGroup.delete', 'hostGroup');

export const renameHostGroupInverse: InverseOf<'hostGroup.rename'> = (input, { hosts }) => {
  const { id, name } = hosts.group(input.hostGroup);
  return undoneBy('hostGroup.rename', { hostGroup: id, name });
};

export const moveHostGroupInverse: InverseOf<'hostGroup.move'> = (input, { hosts }) => {
  const { id, parentId } = hosts.group(input.hostGroup);
  return undoneBy('hostGroup.move', { hostGroup: id, parent: parentId ?? '' });
};

export const deleteHostGroupInverse: InverseOf<'hostGroup.delete'> = (input, { hosts }) => {
  const { name, parentId } = hosts.group(input.hostGroup);
  return undoneBy('hostGroup.create', { name, parent: parentId ?? '' });
};

export const addHostInverse: InverseOf<'host.add'> = () => undoneByRemoving('host.remove', 'host');

export const changeHostInverse: InverseOf<'host.change'> = (input, inventory) => {
  const host = inventory.hosts.host(input.host);
  if (input.runAsAccount !== undefined && host.runAsAccountId === null) return noWayBack(`${host.name} had no Run As account before, and a host of VMM cannot be left without one.`);
  return undoneBy('host.change', {
    host: host.id,
    ...(input.hostGroup === undefined ? {} : { hostGroup: host.hostGroupId }),
    ...(input.runAsAccount === undefined || host.runAsAccountId === null ? {} : { runAsAccount: host.runAsAccountId }),
    ...(input.isDedicatedGateway === undefined ? {} : { isDedicatedGateway: host.isDedicatedGateway }),
    ...(input.virtualSwitches === undefined ? {} : { virtualSwitches: switchesNow(host.id, input.virtualSwitches.map(({ virtualSwitch }) => virtualSwitch), inventory) }),
  });
};

/** Those that the change keeps are named by their id; those that it removes come again. */
function switchesNow(hostId: string, kept: readonly string[], { hosts }: Parameters<typeof changeHostInverse>[1]) {
  const references = kept.map((reference) => reference.toLowerCase());
  return hosts.switchesOf(hostId).map(({ id, name, logicalSwitchId }) => {
    const stays = references.includes(id.toLowerCase()) || references.includes(name.toLowerCase());
    return stays ? { virtualSwitch: id, name } : { name, logicalSwitch: logicalSwitchId ?? '' };
  });
}

export const removeHostInverse: InverseOf<'host.remove'> = (input, { hosts }) => {
  const { id, name, hostGroupId, runAsAccountId, nicName, isVirtual, isDedicatedGateway } = hosts.host(input.host);
  const switches = hosts.switchesOf(id);
  if (runAsAccountId === null) return noWayBack(`${name} came with the lab and had no Run As account, without which no host can be added.`);
  if (switches.some(({ logicalSwitchId }) => logicalSwitchId !== null)) return noWayBack(`${name} had instances of logical switches, which Add Host does not make. Add the host, then its switches in its Properties.`);
  return undoneBy('host.add', { name, hostGroup: hostGroupId, runAsAccount: runAsAccountId, nic: nicName, virtualSwitches: switches.map((virtualSwitch) => virtualSwitch.name), isVirtual, isDedicatedGateway });
};

export const createRunAsAccountInverse: InverseOf<'runAsAccount.create'> = () => undoneByRemoving('runAsAccount.delete', 'runAsAccount');

export const changeRunAsAccountInverse: InverseOf<'runAsAccount.change'> = (input, { runAsAccounts }) => {
  const { id, name, description, userName, kind } = runAsAccounts.runAsAccount(input.runAsAccount);
  if (input.secret !== undefined) return noWayBack(`The ${kind === 'preSharedKey' ? 'pre-shared key' : 'password'} that it had before is gone: secrets are never kept. Type it again in the Properties of ${name}.`);
  return undoneBy('runAsAccount.change', {
    runAsAccount: id,
    ...(input.name === undefined ? {} : { name }),
    ...(input.description === undefined ? {} : { description }),
    ...(input.userName === undefined ? {} : { userName }),
  });
};

export const createMacAddressPoolInverse: InverseOf<'macAddressPool.create'> = () => undoneByRemoving('macAddressPool.delete', 'macAddressPool');

export const deleteMacAddressPoolInverse: InverseOf<'macAddressPool.delete'> = (input, { switchFabric }) => {
  const { id, name, description, rangeStart, rangeEnd } = switchFabric.macPool(input.macAddressPool);
  return undoneBy('macAddressPool.create', { name, description, rangeStart: formatMac(rangeStart), rangeEnd: formatMac(rangeEnd), hostGroups: [...switchFabric.hostGroupsOfMacPool(id)] });
};

export const createUplinkPortProfileInverse: InverseOf<'uplinkPortProfile.create'> = () => undoneByRemoving('uplinkPortProfile.delete', 'uplinkPortProfile');

export const deleteUplinkPortProfileInverse: InverseOf<'uplinkPortProfile.delete'> = (input, { switchFabric }) => {
  const profile = switchFabric.profile(input.uplinkPortProfile);
  const { id, name, description, networkVirtualization } = profile;
  return undoneBy('uplinkPortProfile.create', { name, description, networkVirtualization, ...teaming(profile), networkSites: [...switchFabric.sitesOfProfile(id)] });
};

function teaming({ loadBalancing, teamMode }: UplinkPortProfile) {
  return { loadBalancing: loadBalancingAlgorithms.find((value) => value === loadBalancing), teamMode: teamModes.find((value) => value === teamMode) };
}

export const createLogicalSwitchInverse: InverseOf<'logicalSwitch.create'> = () => undoneByRemoving('logicalSwitch.delete', 'logicalSwitch');

export const deleteLogicalSwitchInverse: InverseOf<'logicalSwitch.delete'> = (input, { switchFabric }) => {
  const { name, description, uplinkPortProfileId } = switchFabric.logicalSwitch(input.logicalSwitch);
  return undoneBy('logicalSwitch.create', { name, description, uplinkPortProfile: uplinkPortProfileId });
};

export const createHostClusterInverse: InverseOf<'hostCluster.create'> = () => undoneByRemoving('hostCluster.destroy', 'hostCluster');

export const destroyHostClusterInverse: InverseOf<'hostCluster.destroy'> = (input, { clusters }) => {
  const { id, name } = clusters.cluster('host', input.hostCluster);
  return undoneBy('hostCluster.create', { name, hosts: clusters.nodesOf('host', id).map((node) => node.id) });
};

export const createGuestClusterInverse: InverseOf<'guestCluster.create'> = () => undoneByRemoving('guestCluster.destroy', 'guestCluster');

export const destroyGuestClusterInverse: InverseOf<'guestCluster.destroy'> = (input, { clusters }) => {
  const { id, name } = clusters.cluster('guest', input.guestCluster);
  return undoneBy('guestCluster.create', { name, virtualMachines: clusters.nodesOf('guest', id).map((node) => node.id) });
};
