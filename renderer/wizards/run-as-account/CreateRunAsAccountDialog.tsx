/** Settings › Create Run As Account, also from inside a wizard. What is typed as secret goes to main once and is forgotten here. */
import { Checkbox, Input, Radio, RadioGroup, Textarea } from '@fluentui/react-components';
import { useState } from 'react';
import type { RunAsAccountRow } from '../../../shared/contract/inventory.ts';
import { OperationDialog } from '../frame/OperationDialog.tsx';
import { WizardField } from '../frame/WizardField.tsx';
import { ObfuscationWarning } from './ObfuscationWarning.tsx';
import { useCreatedAccount } from './useCreatedAccount.ts';

interface Form {
  readonly name: string;
  readonly description: string;
  readonly kind: 'credential' | 'preSharedKey';
  readonly userName: string;
  readonly secret: string;
  readonly confirmation: string;
  readonly validate: boolean;
}

const emptyForm: Form = { name: '', description: '', kind: 'credential', userName: '', secret: '', confirmation: '', validate: false };

interface CreateRunAsAccountDialogProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
  /** The job runs. */
  readonly onJobStarted?: (jobId: string) => void;
  /** The job has made the account; only while this component stays mounted. */
  readonly onCreated?: (account: RunAsAccountRow) => void;
}

export function CreateRunAsAccountDialog({ isOpen, onClose, onJobStarted, onCreated }: CreateRunAsAccountDialogProps) {
  const [form, setForm] = useState<Form>(emptyForm);
  const awaitAccount = useCreatedAccount(onCreated);
  const change = (next: Partial<Form>) => setForm((before) => ({ ...before, ...next }));
  const secretName = form.kind === 'preSharedKey' ? 'Pre-shared key' : 'Password';
  const close = () => {
    setForm(emptyForm);
    onClose();
  };
  return (
    <OperationDialog
      isOpen={isOpen}
      title="Create Run As Account"
      operationId="runAsAccount.create"
      input={form}
      accept="OK"
      onClose={close}
      onJobStarted={(jobId) => {
        if (onCreated !== undefined) awaitAccount(form.name.trim());
        onJobStarted?.(jobId);
      }}
    >
      <WizardField path="name" label="Name" required>
        <Input value={form.name} autoComplete="off" onChange={(_event, { value }) => change({ name: value })} />
      </WizardField>
      <WizardField path="description" label="Description">
        <Textarea value={form.description} rows={2} onChange={(_event, { value }) => change({ description: value })} />
      </WizardField>
      <RadioGroup layout="horizontal" aria-label="Kind of secret" value={form.kind} onChange={(_event, { value }) => change(value === 'preSharedKey' ? { kind: 'preSharedKey', validate: false } : { kind: 'credential' })}>
        <Radio value="credential" label="User name and password" />
        <Radio value="preSharedKey" label="Pre-shared key" />
      </RadioGroup>
      <WizardField path="userName" label="User name" required>
        <Input value={form.userName} autoComplete="off" spellCheck={false} onChange={(_event, { value }) => change({ userName: value })} />
      </WizardField>
      <WizardField path="secret" label={secretName} required>
        <Input type="password" value={form.secret} autoComplete="new-password" onChange={(_event, { value }) => change({ secret: value })} />
      </WizardField>
      <WizardField path="confirmation" label={`Confirm ${secretName.toLowerCase()}`} required>
        <Input type="password" value={form.confirmation} autoComplete="new-password" onChange={(_event, { value }) => change({ confirmation: value })} />
      </WizardField>
      <WizardField path="validate">
        <Checkbox label="Validate domain credentials" disabled={form.kind === 'preSharedKey'} checked={form.validate} onChange={(_event, { checked }) => change({ validate: checked === true })} />
      </WizardField>
      <ObfuscationWarning />
    </OperationDialog>
  );
}
