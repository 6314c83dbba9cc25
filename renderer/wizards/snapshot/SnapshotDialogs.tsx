/** Take a snapshot of the lab, and go back to one. */
import { Input, Textarea } from '@fluentui/react-components';
import { useState } from 'react';
import type { SnapshotRow } from '../../../shared/contract/snapshots.ts';
import { formatInstant } from '../../views/shared/format.ts';
import { OperationDialog } from '../frame/OperationDialog.tsx';
import { WizardField } from '../frame/WizardField.tsx';

interface DialogProps {
  readonly onClose: () => void;
  readonly onJobStarted: (jobId: string) => void;
}

export function CreateSnapshotDialog(props: DialogProps) {
  const [form, setForm] = useState({ name: '', description: '' });
  return (
    <OperationDialog isOpen title="Create Snapshot" operationId="snapshot.create" input={form} accept="Create" {...props}>
      <WizardField path="name" label="Name" required>
        <Input value={form.name} autoComplete="off" onChange={(_event, { value }) => setForm({ ...form, name: value })} />
      </WizardField>
      <WizardField path="description" label="Description">
        <Textarea value={form.description} rows={3} onChange={(_event, { value }) => setForm({ ...form, description: value })} />
      </WizardField>
    </OperationDialog>
  );
}

export function RestoreSnapshotDialog({ snapshot, ...props }: DialogProps & { readonly snapshot: SnapshotRow }) {
  return (
    <OperationDialog isOpen title={`Restore ${snapshot.name}?`} operationId="snapshot.restore" input={{ snapshot: snapshot.id }} accept="Restore" {...props}>
      <div>The inventory becomes what it was on {formatInstant(snapshot.createdAt)}, and the simulation follows it. The job log stays and goes on.</div>
      <div>What is there now is kept as another snapshot first. Compare shows what would change.</div>
    </OperationDialog>
  );
}
