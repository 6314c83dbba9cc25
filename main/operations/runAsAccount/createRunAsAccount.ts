/** Settings › Create Run As Account (fact sheet §7): a user name with a password, or a pre-shared key. */
import { problem, type Problem } from '../../../shared/contract/errors.ts';
import type { ParsedOperationInput } from '../../../shared/contract/operations.ts';
import type { StepContext, StepResult } from '../../jobs/plan.ts';
import type { Inventory } from '../../store/inventory/inventory.ts';
import { auditChanges } from '../audit.ts';
import { labels } from '../labels.ts';
import type { Operation } from '../operation.ts';
import { Script, scriptSwitch } from '../powershell/script.ts';
import { refuse } from '../problems.ts';
import { sealedBytes, sealSecret } from '../secrets.ts';

type Input = ParsedOperationInput<'runAsAccount.create'>;

export const createRunAsAccount: Operation<'runAsAccount.create'> = {
  id: 'runAsAccount.create',
  title: 'Create Run As Account',

  check(input, { inventory }) {
    return [...checkName(input.name, inventory), ...checkUser(input), ...checkSecret(input)];
  },

  seal(input, secrets) {
    const { confirmation: _typedTwice, ...rest } = input;
    return { ...rest, secret: sealSecret(input.secret, secrets) };
  },

  /** Asks for the secret: it never stands in a script. */
  script(input) {
    const script = new Script();
    script.comment(input.kind === 'preSharedKey' ? 'Type the pre-shared key as the password' : 'Type the password when you are asked');
    const credential = script.set('credential', 'Get-Credential', { UserName: input.userName, Message: `Run As account ${input.name}` });
    return script.run('New-SCRunAsAccount', {
      Name: input.name,
      ...(input.description === '' ? {} : { Description: input.description }),
      Credential: credential,
      ...(input.validate ? {} : { NoValidation: scriptSwitch }),
    });
  },

  plan(input) {
    return {
      name: labels.createRunAsAccount,
      resultType: 'RunAsAccount',
      resultId: null,
      resultName: input.name,
      locks: [],
      steps: [{ key: 'create', number: '1', name: `${labels.createRunAsAccount} ${input.name}`, run: (context) => create(context, input) }],
    };
  },
};

function checkName(name: string, inventory: Inventory): readonly Problem[] {
  if (name === '') return [problem('invalidInput', ['name'], 'The Run As account has no name.', 'Type a name.')];
  const other = inventory.runAsAccounts.findByName(name);
  return other === undefined ? [] : [problem('nameInUse', ['name'], `There is a Run As account named ${other.name} already.`, 'Type another name.')];
}

function checkUser({ kind, userName, validate }: Input): readonly Problem[] {
  const problems: Problem[] = [];
  if (userName === '') problems.push(problem('invalidInput', ['userName'], 'No user name is given.', kind === 'preSharedKey' ? 'Type any name: only the key is used.' : 'Type a user name such as GatewayVM01\\Administrator.'));
  if (kind === 'preSharedKey' && validate) problems.push(problem('invalidInput', ['validate'], 'A pre-shared key is no domain account and cannot be validated.', 'Clear "Validate domain credentials".'));
  if (kind === 'credential' && validate && userName !== '' && !isDomainUser(userName)) {
    problems.push(problem('accountNotUsable', ['validate'], `${userName} is not an account of a domain, so it cannot be validated.`, 'Write DOMAIN\\user, or clear "Validate domain credentials" for a local account.'));
  }
  return problems;
}

/** DOMAIN\user or user@domain. */
function isDomainUser(userName: string): boolean {
  return /^[^\\@]+\\[^\\@]+$/u.test(userName) || /^[^\\@]+@[^\\@]+\.[^\\@]+$/u.test(userName);
}

function checkSecret({ kind, secret, confirmation }: Input): readonly Problem[] {
  if (typeof secret !== 'string') return [];
  const what = kind === 'preSharedKey' ? 'pre-shared key' : 'password';
  if (secret === '') return [problem('invalidInput', ['secret'], `No ${what} is given.`, `Type the ${what}.`)];
  if (confirmation !== undefined && confirmation !== secret) return [problem('invalidInput', ['confirmation'], `The two entries of the ${what} differ.`, 'Type it again in both fields.')];
  return [];
}

function create(context: StepContext, input: Input): StepResult {
  const { inventory } = context;
  refuse(checkName(input.name, inventory));
  const id = context.newId();
  const { name, description, kind, userName } = input;
  inventory.runAsAccounts.add({ id, name, description, kind, userName }, sealedBytes(input.secret));
  context.setResult('RunAsAccount', id, name);
  auditChanges(context, { type: 'RunAsAccount', id, name }, { Name: [null, name], Description: [null, description === '' ? null : description], UserName: [null, userName], Password: [null, 'set'] });
  return { message: `${name} is ready to be chosen.` };
}
