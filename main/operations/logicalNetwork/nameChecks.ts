/** Names of logical networks, VM networks and pools: unique in their kind, because objects are called by name. */
import { problem, type Problem } from '../../../shared/contract/errors.ts';
import type { Inventory } from '../../store/inventory/inventory.ts';

const longestName = 64;

/** `other`: whoever has the name already. */
export function checkName(what: string, name: string, other: { readonly id: string; readonly name: string } | undefined, ownId?: string): readonly Problem[] {
  const path = ['name'];
  if (name === '') return [problem('invalidInput', path, `The ${what} has no name.`, 'Type a name.')];
  if (name.length > longestName) return [problem('invalidInput', path, `The name of the ${what} has ${name.length} characters.`, `Type at most ${longestName}.`)];
  return other === undefined || other.id === ownId ? [] : [problem('nameInUse', path, `There is a ${what} named ${other.name} already.`, 'Type another name.')];
}

export function checkNetworkName(name: string, { logicalNetworks }: Inventory, ownId?: string): readonly Problem[] {
  return checkName('logical network', name, logicalNetworks.findByName(name), ownId);
}
