/** Create, rename and move a host group: one dialog each. */
import { Input } from '@fluentui/react-components';
import { useState } from 'react';
import { HostGroupField } from '../frame/HostGroupField.tsx';
import { OperationDialog } from '../frame/OperationDialog.tsx';
import { WizardField } from '../frame/WizardField.tsx';

interface DialogProps {
  readonly onClose: () => void;
  readonly onJobStarted: (jobId: string) => void;
}

/** `parentId` stands ready as the group above. */
export function CreateHostGroupDialog({ parentId, ...props }: DialogProps & { readonly parentId: string }) {
  const [form, setForm] = useState({ name: '', parent: parentId });
  return (
    <OperationDialog isOpen title="Create Host Group" operationId="hostGroup.create" input={form} accept="Create" {...props}>
      <NameField value={form.name} onChange={(name) => setForm({ ...form, name })} />
      {parentId !== '' && <HostGroupField path="parent" label="Parent host group" value={form.parent} onChange={(parent) => setForm({ ...form, parent })} />}
    </OperationDialog>
  );
}

interface OfGroup extends DialogProps {
  readonly hostGroupId: string;
  readonly name: string;
}

export function RenameHostGroupDialog({ hostGroupId, name: before, ...props }: OfGroup) {
  const [name, setName] = useState(before);
  return (
    <OperationDialog isOpen title={`Rename ${before}`} operationId="hostGroup.rename" input={{ hostGroup: hostGroupId, name }} accept="Rename" {...props}>
      <NameField value={name} onChange={setName} />
    </OperationDialog>
  );
}

export function MoveHostGroupDialog({ hostGroupId, name, ...props }: OfGroup) {
  const [parent, setParent] = useState('');
  return (
    <OperationDialog isOpen title={`Move ${name}`} operationId="hostGroup.move" input={{ hostGroup: hostGroupId, parent }} accept="Move" {...props}>
      <HostGroupField path="parent" label="New parent host group" hint="Its hosts go with it, and must be able to use the same network sites there." value={parent} without={hostGroupId} onChange={setParent} />
    </OperationDialog>
  );
}

function NameField({ value, onChange }: { readonly value: string; readonly onChange: (value: string) => void }) {
  return (
    <WizardField path="name" label="Name" required>
      <Input value={value} autoComplete="off" onFocus={(event) => event.target.select()} onChange={(_event, { value: typed }) => onChange(typed)} />
    </WizardField>
  );
}
