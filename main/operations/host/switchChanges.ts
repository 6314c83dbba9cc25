/** From the virtual switches that a host has to those that it shall have. */
import { problem, type Problem } from '../../../shared/contract/errors.ts';
import type { ParsedOperationInput } from '../../../shared/contract/operations.ts';
import type { Host, VirtualSwitch } from '../../store/inventory/hosts.ts';
import type { Inventory } from '../../store/inventory/inventory.ts';
import { findOrProblem } from '../problems.ts';
import { checkSwitchNames, switchUsers } from './checks.ts';

export type SwitchInput = NonNullable<ParsedOperationInput<'host.change'>['virtualSwitches']>[number];

export interface SwitchChanges {
  readonly removed: readonly VirtualSwitch[];
  readonly renamed: readonly { readonly virtualSwitch: VirtualSwitch; readonly name: string; readonly at: number }[];
  /** `logicalSwitch`: a reference; empty for a standard switch. */
  readonly added: readonly { readonly name: string; readonly logicalSwitch: string }[];
}

/** By id, or by name without regard to case. */
function findSwitch(switches: readonly VirtualSwitch[], reference: string): VirtualSwitch | undefined {
  const wanted = reference.toLowerCase();
  return switches.find(({ id }) => id === reference) ?? switches.find(({ name }) => name.toLowerCase() === wanted);
}

/** Entries that name no switch of the host are left out: `checkSwitches` says so. */
export function switchChanges(host: Host, inputs: readonly SwitchInput[], inventory: Inventory): SwitchChanges {
  const before = inventory.hosts.switchesOf(host.id);
  const kept = inputs.flatMap(({ virtualSwitch, name }, at) => {
    const found = virtualSwitch === '' ? undefined : findSwitch(before, virtualSwitch);
    return found === undefined ? [] : [{ virtualSwitch: found, name, at }];
  });
  return {
    removed: before.filter(({ id }) => !kept.some(({ virtualSwitch }) => virtualSwitch.id === id)),
    renamed: kept.filter(({ virtualSwitch, name }) => virtualSwitch.name !== name),
    added: inputs.flatMap(({ virtualSwitch, name, logicalSwitch }) => (virtualSwitch === '' ? [{ name, logicalSwitch }] : [])),
  };
}

export function checkSwitches(host: Host, inputs: readonly SwitchInput[], inventory: Inventory): readonly Problem[] {
  const before = inventory.hosts.switchesOf(host.id);
  const { removed, renamed } = switchChanges(host, inputs, inventory);
  const references = inputs.map(({ virtualSwitch }) => (virtualSwitch === '' ? undefined : findSwitch(before, virtualSwitch)));
  const wrong = inputs.flatMap(({ virtualSwitch, name }, at) => {
    const path = ['virtualSwitches', at, 'name'];
    const found = references[at];
    if (virtualSwitch !== '' && found === undefined) return [problem('objectNotFound', path, `${host.name} has no virtual switch "${virtualSwitch}".`, 'Leave the reference out for a new switch, or check its name.')];
    if (found !== undefined && references.indexOf(found) < at) return [problem('invalidInput', path, `Virtual switch ${found.name} stands twice in the list, here as ${name}.`, 'Name each switch once.')];
    return [];
  });
  const unknown = inputs.flatMap(({ virtualSwitch, logicalSwitch }, at) => {
    if (virtualSwitch !== '' || logicalSwitch === '') return [];
    const found = findOrProblem(['virtualSwitches', at, 'logicalSwitch'], () => inventory.switchFabric.logicalSwitch(logicalSwitch));
    return 'problem' in found ? [found.problem] : [];
  });
  return [
    ...wrong,
    ...unknown,
    ...checkSwitchNames(inputs.map(({ name }, at) => ({ name, path: ['virtualSwitches', at, 'name'] }))),
    ...removed.flatMap((virtualSwitch) => switchUsers(virtualSwitch, 'removed', ['virtualSwitches'], inventory)),
    ...renamed.flatMap(({ virtualSwitch, name, at }) => (name.toLowerCase() === virtualSwitch.name.toLowerCase() ? [] : switchUsers(virtualSwitch, 'renamed', ['virtualSwitches', at, 'name'], inventory))),
  ];
}

/** Two switches may exchange their names, which no moment may show: names must be unique at every moment. */
export function applySwitchChanges(host: Host, { removed, renamed, added }: SwitchChanges, { hosts, switchFabric }: Inventory, newId: () => string): void {
  for (const { id } of removed) hosts.removeSwitch(id);
  for (const { virtualSwitch } of renamed) hosts.renameSwitch(virtualSwitch.id, virtualSwitch.id);
  for (const { virtualSwitch, name } of renamed) hosts.renameSwitch(virtualSwitch.id, name);
  for (const { name, logicalSwitch } of added) hosts.addSwitch({ id: newId(), hostId: host.id, name, logicalSwitchId: logicalSwitch === '' ? null : switchFabric.logicalSwitch(logicalSwitch).id });
}
