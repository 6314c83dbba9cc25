/** What a Run As account must be like, whether it is new or changed. */
import { problem, type Problem } from '../../../shared/contract/errors.ts';
import type { Inventory } from '../../store/inventory/inventory.ts';
import type { RunAsAccount } from '../../store/inventory/runAsAccounts.ts';
import type { Secret } from '../secrets.ts';

type Kind = RunAsAccount['kind'];

/** `ownId`: the account itself, when it exists already. */
export function checkName(name: string, inventory: Inventory, ownId?: string): readonly Problem[] {
  if (name === '') return [problem('invalidInput', ['name'], 'The Run As account has no name.', 'Type a name.')];
  const other = inventory.runAsAccounts.findByName(name);
  if (other === undefined || other.id === ownId) return [];
  return [problem('nameInUse', ['name'], `There is a Run As account named ${other.name} already.`, 'Type another name.')];
}

export function checkUser({ kind, userName, validate }: { readonly kind: Kind; readonly userName: string; readonly validate: boolean }, inventory: Inventory): readonly Problem[] {
  const problems: Problem[] = [];
  if (userName === '') problems.push(problem('invalidInput', ['userName'], 'No user name is given.', kind === 'preSharedKey' ? 'Type any name: only the key is used.' : 'Type a user name such as GatewayVM01\\Administrator.'));
  if (kind === 'preSharedKey' && validate) problems.push(problem('invalidInput', ['validate'], 'A pre-shared key is no domain account and cannot be validated.', 'Clear "Validate domain credentials".'));
  if (kind === 'credential' && validate && userName !== '' && !isDomainUser(userName, inventory)) {
    problems.push(problem('accountNotUsable', ['validate'], `${userName} is not an account of a domain, so it cannot be validated.`, 'Write DOMAIN\\user, or clear "Validate domain credentials" for a local account.'));
  }
  return problems;
}

/** DOMAIN\user or user@domain. What stands before the backslash is no domain when it is the name of a virtual machine here, or a dot. */
function isDomainUser(userName: string, inventory: Inventory): boolean {
  const domain = /^([^\\@]+)\\[^\\@]+$/u.exec(userName)?.[1];
  if (domain !== undefined) return domain !== '.' && inventory.virtualMachines.findByName(domain) === undefined;
  return /^[^\\@]+@[^\\@]+\.[^\\@]+$/u.test(userName);
}

export function secretName(kind: Kind): string {
  return kind === 'preSharedKey' ? 'pre-shared key' : 'password';
}

interface TypedSecret {
  readonly secret: Secret;
  readonly confirmation?: string | undefined;
}

/** Only what was typed now: a sealed one from outside could be of another account, or of nobody. */
export function checkSecret(kind: Kind, { secret, confirmation }: TypedSecret): readonly Problem[] {
  const what = secretName(kind);
  if (typeof secret !== 'string') return [problem('invalidInput', ['secret'], `The ${what} is not given as text.`, `Type the ${what}.`)];
  if (secret === '') return [problem('invalidInput', ['secret'], `No ${what} is given.`, `Type the ${what}.`)];
  if (confirmation !== undefined && confirmation !== secret) return [problem('invalidInput', ['confirmation'], `The two entries of the ${what} differ.`, 'Type it again in both fields.')];
  return [];
}
