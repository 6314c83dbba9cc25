/** What is typed in the Properties of a Run As account, and what that means as input of `runAsAccount.change`. */
import type { RunAsAccountRow } from '../../../shared/contract/inventory.ts';
import type { OperationInput } from '../../../shared/contract/operations.ts';

export interface RunAsAccountForm {
  readonly name: string;
  readonly description: string;
  readonly userName: string;
  /** A new secret is typed; otherwise the old one stays. */
  readonly isSecretTyped: boolean;
  readonly secret: string;
  readonly confirmation: string;
  readonly validate: boolean;
}

export function propertiesForm({ name, description, userName }: RunAsAccountRow): RunAsAccountForm {
  return { name, description, userName, isSecretTyped: false, secret: '', confirmation: '', validate: false };
}

/** Only what was changed. */
export function toChangeInput(account: RunAsAccountRow, form: RunAsAccountForm): OperationInput<'runAsAccount.change'> {
  const { secret, confirmation, validate } = form;
  return {
    runAsAccount: account.id,
    ...(form.name === account.name ? {} : { name: form.name }),
    ...(form.description === account.description ? {} : { description: form.description }),
    ...(form.userName === account.userName ? {} : { userName: form.userName }),
    ...(form.isSecretTyped ? { secret, confirmation, validate } : {}),
  };
}
