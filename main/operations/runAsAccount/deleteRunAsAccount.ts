/** Deletes a Run As account that nothing uses. */
import { problem, type Problem } from '../../../shared/contract/errors.ts';
import type { StepContext, StepResult } from '../../jobs/plan.ts';
import type { Inventory } from '../../store/inventory/inventory.ts';
import type { RunAsAccount } from '../../store/inventory/runAsAccounts.ts';
import { auditChanges } from '../audit.ts';
import { labels } from '../labels.ts';
import type { Operation } from '../operation.ts';
import { findRunAsAccount } from '../powershell/lookups.ts';
import { Script } from '../powershell/script.ts';
import { findOrProblem, refuse } from '../problems.ts';

export const deleteRunAsAccount: Operation<'runAsAccount.delete'> = {
  id: 'runAsAccount.delete',
  title: labels.deleteRunAsAccount,

  check(input, { inventory }) {
    const account = findOrProblem(['runAsAccount'], () => inventory.runAsAccounts.runAsAccount(input.runAsAccount));
    return 'problem' in account ? [account.problem] : usedBy(account.found, inventory);
  },

  script(input, { inventory }) {
    const script = new Script();
    const account = findRunAsAccount(script, 'runAsAccount', input.runAsAccount, inventory);
    return script.run('Remove-SCRunAsAccount', { RunAsAccount: account });
  },

  plan(input, { inventory }) {
    const account = inventory.runAsAccounts.runAsAccount(input.runAsAccount);
    return {
      name: labels.deleteRunAsAccount,
      resultType: 'RunAsAccount',
      resultId: account.id,
      resultName: account.name,
      locks: [account.id],
      steps: [{ key: 'delete', number: '1', name: `${labels.deleteRunAsAccount} ${account.name}`, run: (context) => remove(context, account) }],
    };
  },
};

function usedBy(account: RunAsAccount, { runAsAccounts, hostUse }: Inventory): readonly Problem[] {
  const users = [...runAsAccounts.usersOf(account.id), ...hostUse.hostsWithAccount(account.id).map((name) => ({ kind: 'Host' as const, name }))];
  return users.map(({ kind, name }) => problem('objectInUse', ['runAsAccount'], `${kind} ${name} works with Run As account ${account.name}.`, `Choose another account in the Properties of ${kind === 'VPN connection' ? 'the VM network, page VPN Connections,' : name} first.`));
}

function remove(context: StepContext, account: RunAsAccount): StepResult {
  refuse(usedBy(account, context.inventory));
  context.inventory.runAsAccounts.remove(account.id);
  auditChanges(context, { type: 'RunAsAccount', id: account.id, name: account.name }, { Name: [account.name, null], UserName: [account.userName, null] });
  return { message: `${account.name} and its secret are gone.` };
}
