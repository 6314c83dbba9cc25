/** Settings › Create Run As Account (fact sheet §7): a user name with a password, or a pre-shared key. */
import type { ParsedOperationInput } from '../../../shared/contract/operations.ts';
import type { StepContext, StepResult } from '../../jobs/plan.ts';
import { auditChanges } from '../audit.ts';
import { labels } from '../labels.ts';
import type { Operation } from '../operation.ts';
import { Script, scriptSwitch } from '../powershell/script.ts';
import { refuse } from '../problems.ts';
import { sealedBytes, sealSecret } from '../secrets.ts';
import { checkName, checkSecret, checkUser } from './checks.ts';

type Input = ParsedOperationInput<'runAsAccount.create'>;

export const createRunAsAccount: Operation<'runAsAccount.create'> = {
  id: 'runAsAccount.create',
  title: 'Create Run As Account',

  check(input, { inventory }) {
    return [...checkName(input.name, inventory), ...checkUser(input, inventory), ...checkSecret(input.kind, input)];
  },

  seal(input, secrets) {
    const { confirmation: _typedTwice, ...rest } = input;
    return { ...rest, secret: sealSecret(input.secret, secrets) };
  },

  /** Asks for the secret: it never stands in a script. */
  script(input) {
    const script = new Script();
    script.comment(input.kind === 'preSharedKey' ? 'Type the pre-shared key as the password' : 'Type the password when you are asked');
    const credential = script.set('credential', 'Get-Credential', { UserName: input.userName, Message: `${input.kind === 'preSharedKey' ? 'Pre-shared key' : 'Password'} of Run As account ${input.name}` });
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
