/** Properties of a Run As account: its names, and a new secret in place of the old one, which nobody can read. */
import { problem, type Problem } from '../../../shared/contract/errors.ts';
import type { ParsedOperationInput } from '../../../shared/contract/operations.ts';
import type { StepContext, StepResult } from '../../jobs/plan.ts';
import type { Inventory } from '../../store/inventory/inventory.ts';
import type { RunAsAccount } from '../../store/inventory/runAsAccounts.ts';
import { auditChanges } from '../audit.ts';
import { labels } from '../labels.ts';
import type { Operation } from '../operation.ts';
import { findRunAsAccount } from '../powershell/lookups.ts';
import { Script, scriptSwitch } from '../powershell/script.ts';
import { findOrProblem, refuse } from '../problems.ts';
import { sealedBytes, sealSecret } from '../secrets.ts';
import { checkName, checkSecret, checkUser, secretName } from './checks.ts';

type Input = ParsedOperationInput<'runAsAccount.change'>;

export const changeRunAsAccount: Operation<'runAsAccount.change'> = {
  id: 'runAsAccount.change',
  title: labels.changeRunAsAccount,

  check(input, { inventory }) {
    const account = findOrProblem(['runAsAccount'], () => inventory.runAsAccounts.runAsAccount(input.runAsAccount));
    if ('problem' in account) return [account.problem];
    const problems = [...checkValues(input, account.found, inventory), ...checkNewSecret(input, account.found)];
    return problems.length > 0 || isChanged(input, account.found) ? problems : [problem('nothingToChange', [], `Nothing of ${account.found.name} is changed.`, 'Change a value, or cancel.')];
  },

  seal(input, secrets) {
    const { confirmation: _typedTwice, secret, ...rest } = input;
    return secret === undefined ? rest : { ...rest, secret: sealSecret(secret, secrets) };
  },

  /** Asks for the secret: it never stands in a script. */
  script(input, { inventory }) {
    const before = inventory.runAsAccounts.runAsAccount(input.runAsAccount);
    const script = new Script();
    const account = findRunAsAccount(script, 'runAsAccount', before.id, inventory);
    if (input.secret !== undefined) script.comment(`Type the new ${secretName(before.kind)} when you are asked`);
    const message = `Run As account ${input.name ?? before.name}`;
    const credential = input.secret === undefined ? undefined : script.set('credential', 'Get-Credential', { UserName: input.userName ?? before.userName, Message: message });
    return script.run('Set-SCRunAsAccount', {
      RunAsAccount: account,
      ...(input.name === undefined ? {} : { Name: input.name }),
      ...(input.description === undefined ? {} : { Description: input.description }),
      ...(credential === undefined ? {} : { Credential: credential, ...(input.validate ? {} : { NoValidation: scriptSwitch }) }),
    });
  },

  plan(input, { inventory }) {
    const account = inventory.runAsAccounts.runAsAccount(input.runAsAccount);
    return {
      name: labels.changeRunAsAccount,
      resultType: 'RunAsAccount',
      resultId: account.id,
      resultName: account.name,
      locks: [account.id],
      steps: [{ key: 'change', number: '1', name: `${labels.changeRunAsAccount} ${account.name}`, run: (context) => change(context, account.id, input) }],
    };
  },
};

function checkValues({ name, userName, validate }: Input, account: RunAsAccount, inventory: Inventory): readonly Problem[] {
  return [...(name === undefined ? [] : checkName(name, inventory, account.id)), ...checkUser({ kind: account.kind, userName: userName ?? account.userName, validate }, inventory)];
}

function checkNewSecret({ userName, secret, confirmation }: Input, account: RunAsAccount): readonly Problem[] {
  if (secret !== undefined) return checkSecret(account.kind, { secret, confirmation });
  if (account.kind === 'preSharedKey' || userName === undefined || userName === account.userName) return [];
  return [problem('invalidInput', ['secret'], `The password that is kept is that of ${account.userName}, not of ${userName}.`, `Type the password of ${userName} too.`)];
}

function isChanged({ name, description, userName, secret }: Input, account: RunAsAccount): boolean {
  return secret !== undefined || (name ?? account.name) !== account.name || (description ?? account.description) !== account.description || (userName ?? account.userName) !== account.userName;
}

function change(context: StepContext, id: string, input: Input): StepResult {
  const { inventory } = context;
  const before = inventory.runAsAccounts.runAsAccount(id);
  refuse(checkValues(input, before, inventory));
  const after: RunAsAccount = { ...before, name: input.name ?? before.name, description: input.description ?? before.description, userName: input.userName ?? before.userName };
  inventory.runAsAccounts.change(after);
  if (input.secret !== undefined) inventory.runAsAccounts.setSecret(id, sealedBytes(input.secret));
  auditChanges(context, { type: 'RunAsAccount', id, name: after.name }, {
    Name: [before.name, after.name],
    Description: [before.description, after.description],
    UserName: [before.userName, after.userName],
    Password: input.secret === undefined ? [null, null] : ['set', 'set anew'],
  });
  return { message: input.secret === undefined ? `${after.name} is updated; its secret stays.` : `${after.name} is updated and has a new secret.` };
}
