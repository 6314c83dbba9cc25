/** What a host group must be like. Names are unique in the whole tree, because objects are called by name. */
import { problem, type Problem } from '../../../shared/contract/errors.ts';
import type { HostGroup } from '../../store/inventory/hosts.ts';
import type { Inventory } from '../../store/inventory/inventory.ts';

const longestName = 64;

/** `ownId`: the group itself, when it exists already. */
export function checkGroupName(name: string, inventory: Inventory, ownId?: string): readonly Problem[] {
  const path = ['name'];
  if (name === '') return [problem('invalidInput', path, 'The host group has no name.', 'Type a name.')];
  if (name.length > longestName) return [problem('invalidInput', path, `The name of the host group has ${name.length} characters.`, `Type at most ${longestName}.`)];
  if (/[\\/]/.test(name)) return [problem('invalidInput', path, `${name} has a slash, which stands between the groups of a path.`, 'Leave it out.')];
  const other = inventory.hosts.findGroup(name);
  return other === undefined || other.id === ownId ? [] : [problem('nameInUse', path, `There is a host group named ${other.name} already.`, 'Type another name.')];
}

/** The topmost group can be neither moved nor deleted: everything is below it. */
export function notTopmost(group: HostGroup, verb: 'moved' | 'deleted'): readonly Problem[] {
  return group.parentId === null ? [problem('objectInUse', ['hostGroup'], `${group.name} is the topmost host group and cannot be ${verb}.`, 'Choose a host group below it.')] : [];
}
