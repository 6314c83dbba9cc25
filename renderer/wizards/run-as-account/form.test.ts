import { expect, it } from 'vitest';
import type { RunAsAccountRow } from '../../../shared/contract/inventory.ts';
import { propertiesForm, toChangeInput } from './form.ts';

const account: RunAsAccountRow = { id: 'a', name: 'Admin', userName: 'VM\\Admin', kind: 'credential', description: '', hasSecret: true };

it('the Properties of a Run As account send what was changed, and a secret only when one is to be typed', () => {
  const form = propertiesForm(account);
  expect(toChangeInput(account, form)).toEqual({ runAsAccount: 'a' });
  expect(toChangeInput(account, { ...form, name: 'Other', secret: 'forgotten' })).toEqual({ runAsAccount: 'a', name: 'Other' });
  expect(toChangeInput(account, { ...form, isSecretTyped: true, secret: 'x', confirmation: 'y' })).toEqual({ runAsAccount: 'a', secret: 'x', confirmation: 'y', validate: false });
});
