/** What the wizard and the properties of a gateway device ask for, checked part by part. */
import { gatewayModels, gatewayNamePattern, windowsServerGateway } from '../../../shared/contract/gatewayProviders.ts';
import { problem, type Problem } from '../../../shared/contract/errors.ts';
import type { Inventory } from '../../store/inventory/inventory.ts';
import { findOrProblem } from '../problems.ts';

export function checkName(name: string, inventory: Inventory, ownId?: string): readonly Problem[] {
  if (name === '') return [problem('invalidInput', ['name'], 'The network service has no name.', 'Type a name for the gateway.')];
  const other = inventory.networkServices.findByName(name);
  if (other === undefined || other.id === ownId) return [];
  return [problem('nameInUse', ['name'], `There is a network service named ${other.name} already.`, 'Type another name.')];
}

export function checkModel(manufacturer: string, model: string): readonly Problem[] {
  const missing = (path: string, what: string): Problem => problem('invalidInput', [path], `No ${what} is chosen.`, `Choose a ${what}.`);
  if (manufacturer === '') return [missing('manufacturer', 'manufacturer')];
  if (model === '') return [missing('model', 'model')];
  const wrong = [['manufacturer', manufacturer] as const, ['model', model] as const].filter(([, text]) => !gatewayNamePattern.test(text));
  if (wrong.length > 0) {
    return wrong.map(([path, text]) => problem('invalidInput', [path], `"${text}" has a character that is not allowed here.`, 'Use letters, digits, and _ - . \' only.'));
  }
  const known = gatewayModels.find((entry) => entry.manufacturer === manufacturer && entry.model === model);
  if (known === undefined) return [problem('providerNotAvailable', ['model'], `There is no configuration provider for ${manufacturer} ${model}.`, `Choose ${windowsServerGateway.model}.`)];
  return known.provider === null ? [problem('providerNotAvailable', ['model'], known.reason, `Choose ${windowsServerGateway.model}.`)] : [];
}

export function checkProvider(provider: string): readonly Problem[] {
  if (provider === '') return [problem('invalidInput', ['configurationProvider'], 'No configuration provider is chosen.', `Choose ${windowsServerGateway.provider}.`)];
  if (provider === windowsServerGateway.provider) return [];
  return [problem('providerNotAvailable', ['configurationProvider'], `There is no configuration provider named ${provider}.`, `Choose ${windowsServerGateway.provider}.`)];
}

export function checkAccount(reference: string, inventory: Inventory): readonly Problem[] {
  const path = ['runAsAccount'];
  if (reference === '') return [problem('invalidInput', path, 'No Run As account is chosen.', 'Choose one, or create one here.')];
  const account = findOrProblem(path, () => inventory.runAsAccounts.runAsAccount(reference));
  if ('problem' in account) return [account.problem];
  if (account.found.kind === 'credential') return [];
  return [problem('accountNotUsable', path, `Run As account ${account.found.name} holds a pre-shared key.`, 'Choose an account with the user name and the password of an administrator of the gateway VM.')];
}

export function checkHostGroups(references: readonly string[], inventory: Inventory): readonly Problem[] {
  if (references.length === 0) return [problem('invalidInput', ['hostGroups'], 'No host group is chosen.', 'Choose at least one host group that may use the gateway.')];
  return references.flatMap((reference, index) => {
    const group = findOrProblem(['hostGroups', index], () => inventory.hosts.group(reference));
    return 'problem' in group ? [group.problem] : [];
  });
}
