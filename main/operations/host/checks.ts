/** What a host and its virtual switches must be like, and what stands against taking something from them. */
import { problem, type Problem } from '../../../shared/contract/errors.ts';
import { readConnectionString } from '../../../shared/net/connectionString.ts';
import type { Host, HostGroup, VirtualSwitch } from '../../store/inventory/hosts.ts';
import type { Inventory } from '../../store/inventory/inventory.ts';
import { findOrProblem } from '../problems.ts';
import { listed } from '../wording.ts';

type Path = readonly (string | number)[];

const longestSwitchName = 64;

/** The one rule for the check box of Host Access: the host of a gateway encapsulates, and a virtual machine cannot do that here. */
export function noNestedVirtualization(name: string): Problem {
  return problem(
    'hostNotUsable',
    ['isDedicatedGateway'],
    `${name} is itself a virtual machine. There is no nested virtualization, so it cannot be a dedicated network virtualization gateway.`,
    'Use a physical Hyper-V host for gateways.',
  );
}

export function checkHostGroup(reference: string, inventory: Inventory): { readonly found: HostGroup } | { readonly problem: Problem } {
  if (reference === '') return { problem: problem('invalidInput', ['hostGroup'], 'No host group is chosen.', 'Choose the host group that the host belongs to.') };
  return findOrProblem(['hostGroup'], () => inventory.hosts.group(reference));
}

export function checkAccount(reference: string, inventory: Inventory): readonly Problem[] {
  const path = ['runAsAccount'];
  if (reference === '') return [problem('invalidInput', path, 'No Run As account is chosen.', 'Choose an administrator of the host, or create the account here.')];
  const account = findOrProblem(path, () => inventory.runAsAccounts.runAsAccount(reference));
  if ('problem' in account) return [account.problem];
  if (account.found.kind === 'credential') return [];
  return [problem('accountNotUsable', path, `Run As account ${account.found.name} holds a pre-shared key.`, 'Choose an account with the user name and the password of an administrator of the host.')];
}

/** Names of all virtual switches of one host, each with its place in the input. */
export function checkSwitchNames(names: readonly { readonly name: string; readonly path: Path }[]): readonly Problem[] {
  const seen = new Set<string>();
  return names.flatMap(({ name, path }) => {
    const key = name.toLowerCase();
    if (name === '') return [problem('invalidInput', path, 'A virtual switch has no name.', 'Type its name, or remove the row.')];
    if (name.length > longestSwitchName) return [problem('invalidInput', path, `A virtual switch has a name of ${name.length} characters.`, `Type at most ${longestSwitchName}.`)];
    if (/[;="]/.test(name)) return [problem('invalidInput', path, `${name} cannot stand in a connection string of a gateway.`, 'Leave out ; = and quotation marks.')];
    if (seen.has(key)) return [problem('nameInUse', path, `Another virtual switch of the host is named ${name} too.`, 'Give each switch a name of its own.')];
    seen.add(key);
    return [];
  });
}

/** `verb`: what is about to happen to the switch. */
export function switchUsers(virtualSwitch: VirtualSwitch, verb: 'removed' | 'renamed', path: Path, inventory: Inventory): readonly Problem[] {
  const { name, hostId, id } = virtualSwitch;
  const named = inventory.hostUse
    .servicesOn(hostId)
    .filter(({ connectionString }) => readConnectionString(connectionString).backendSwitch?.toLowerCase() === name.toLowerCase())
    .map((service) => problem('objectInUse', path, `Virtual switch ${name} cannot be ${verb}: network service ${service.name} names it in its connection string (BackendSwitch).`, `Change the connection string of ${service.name}, or remove the network service first.`));
  if (verb === 'renamed') return named;
  const users = inventory.hostUse.adaptersOn(id).map(({ virtualMachine, adapter }) => `${virtualMachine} (${adapter})`);
  const adapters = users.length === 0 ? [] : [problem('objectInUse', path, `Virtual switch ${name} cannot be removed: ${listed(users)} ${users.length === 1 ? 'is' : 'are'} connected to it.`, 'Delete or disconnect them first.')];
  return [...adapters, ...named];
}

/** A host with tenants that need network virtualization cannot become a gateway's; one whose gateway is in use cannot stop being it. */
export function checkHostAccess(host: Host, isDedicatedGateway: boolean, { hostUse, networkServices }: Inventory): readonly Problem[] {
  if (host.isDedicatedGateway === isDedicatedGateway) return [];
  const path = ['isDedicatedGateway'];
  if (isDedicatedGateway) return host.isVirtual ? [noNestedVirtualization(host.name)] : withoutTenants(host, hostUse.virtualizedMachinesOn(host.id), path);
  return hostUse.servicesOn(host.id).flatMap((service) => {
    const names = networkServices.vmNetworksOn(service.id);
    if (names.length === 0) return [];
    return [problem('objectInUse', path, `VM network${names.length === 1 ? '' : 's'} ${listed(names)} use${names.length === 1 ? 's' : ''} ${service.name} on ${host.name}, and a gateway in use belongs on a dedicated host.`, `Disconnect ${names.length === 1 ? 'it' : 'them'} first (Properties of the VM network, page Connectivity).`)];
  });
}

function withoutTenants(host: Host, names: readonly string[], path: Path): readonly Problem[] {
  if (names.length === 0) return [];
  const isOne = names.length === 1;
  return [
    problem(
      'objectInUse',
      path,
      `Virtual machine${isOne ? '' : 's'} ${listed(names)} on ${host.name} need${isOne ? 's' : ''} network virtualization, which a dedicated gateway does not give to ${isOne ? 'it' : 'them'}.`,
      `Delete ${isOne ? 'it' : 'them'}, or choose another host for the gateway.`,
    ),
  ];
}
