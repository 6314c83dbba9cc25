/** Properties of a Run As account. The secret is not there to be shown: it can only be typed anew. */
import { Checkbox, Input, Textarea } from '@fluentui/react-components';
import { useState } from 'react';
import type { RunAsAccountRow } from '../../../shared/contract/inventory.ts';
import { OperationDialog } from '../frame/OperationDialog.tsx';
import { WizardField } from '../frame/WizardField.tsx';
import { propertiesForm, toChangeInput } from './form.ts';
import { ObfuscationWarning } from './ObfuscationWarning.tsx';

interface RunAsAccountPropertiesProps {
  readonly account: RunAsAccountRow;
  readonly onClose: () => void;
  readonly onJobStarted: (jobId: string) => void;
}

export function RunAsAccountProperties({ account, onClose, onJobStarted }: RunAsAccountPropertiesProps) {
  const [form, setForm] = useState(() => propertiesForm(account));
  const change = (next: Partial<typeof form>) => setForm((before) => ({ ...before, ...next }));
  const secretName = account.kind === 'preSharedKey' ? 'Pre-shared key' : 'Password';
  return (
    <OperationDialog isOpen title={`${account.name} Properties`} operationId="runAsAccount.change" input={toChangeInput(account, form)} accept="OK" onClose={onClose} onJobStarted={onJobStarted}>
      <WizardField path="name" label="Name" required>
        <Input value={form.name} autoComplete="off" onChange={(_event, { value }) => change({ name: value })} />
      </WizardField>
      <WizardField path="description" label="Description">
        <Textarea value={form.description} rows={2} onChange={(_event, { value }) => change({ description: value })} />
      </WizardField>
      <WizardField path="userName" label="User name" required>
        <Input value={form.userName} autoComplete="off" spellCheck={false} onChange={(_event, { value }) => change({ userName: value })} />
      </WizardField>
      <WizardField path={form.isSecretTyped ? 'isSecretTyped' : 'secret'}>
        <Checkbox label={`Change the ${secretName.toLowerCase()}`} checked={form.isSecretTyped} onChange={(_event, { checked }) => change({ isSecretTyped: checked === true, secret: '', confirmation: '' })} />
      </WizardField>
      {form.isSecretTyped && (
        <>
          <WizardField path="secret" label={`New ${secretName.toLowerCase()}`} required>
            <Input type="password" value={form.secret} autoComplete="new-password" onChange={(_event, { value }) => change({ secret: value })} />
          </WizardField>
          <WizardField path="confirmation" label={`Confirm ${secretName.toLowerCase()}`} required>
            <Input type="password" value={form.confirmation} autoComplete="new-password" onChange={(_event, { value }) => change({ confirmation: value })} />
          </WizardField>
          <WizardField path="validate">
            <Checkbox label="Validate domain credentials" disabled={account.kind === 'preSharedKey'} checked={form.validate} onChange={(_event, { checked }) => change({ validate: checked === true })} />
          </WizardField>
          <ObfuscationWarning />
        </>
      )}
    </OperationDialog>
  );
}
