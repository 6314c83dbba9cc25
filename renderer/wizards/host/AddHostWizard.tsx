/** Fabric › Servers › Add Host. Page names are our reconstruction after VMM's Add Resource Wizard (RECALL). */
import { Checkbox, Input } from '@fluentui/react-components';
import { Server20Regular } from '@fluentui/react-icons';
import { useState } from 'react';
import { useProcedure } from '../../bridge/queries.ts';
import { AccountField } from '../frame/AccountField.tsx';
import { HostGroupField } from '../frame/HostGroupField.tsx';
import { OperationWizard, type WizardPage } from '../frame/OperationWizard.tsx';
import { usePageStyles } from '../frame/pageStyles.ts';
import { WizardField } from '../frame/WizardField.tsx';
import { emptyForm, hostAccessText, toAddInput, type AddHostForm } from './form.ts';
import { VirtualSwitchList } from './VirtualSwitchList.tsx';

interface AddHostWizardProps {
  /** Stands ready as the host group. */
  readonly hostGroupId: string;
  readonly onClose: () => void;
  readonly onJobStarted: (jobId: string) => void;
}

export function AddHostWizard({ hostGroupId, onClose, onJobStarted }: AddHostWizardProps) {
  const [before] = useState(() => emptyForm(hostGroupId));
  const [form, setForm] = useState(before);
  const props = { form, onChange: setForm };
  const pages: readonly WizardPage[] = [
    {
      id: 'credentials',
      label: 'Credentials',
      purpose: 'Choose the account with which VMM works on the host',
      owns: ['runAsAccount'],
      content: <AccountField value={form.runAsAccount} hint="It must be an administrator of the host." onChange={(runAsAccount) => setForm((current) => ({ ...current, runAsAccount }))} />,
    },
    { id: 'computer', label: 'Computer', purpose: 'Name the computer that becomes a host', owns: ['name', 'isVirtual'], content: <ComputerPage {...props} /> },
    { id: 'network', label: 'Network', purpose: 'Say what VMM would find: the network adapter of the host and its virtual switches', owns: ['nic', 'virtualSwitches'], content: <NetworkPage {...props} /> },
    { id: 'settings', label: 'Host Settings', purpose: 'Choose where the host belongs and what it is for', owns: ['hostGroup', 'isDedicatedGateway'], content: <SettingsPage {...props} /> },
  ];
  return (
    <OperationWizard
      title="Add Host Wizard"
      icon={<Server20Regular />}
      operationId="host.add"
      input={toAddInput(form)}
      pages={pages}
      summary={useSummary(form)}
      isTyped={JSON.stringify(form) !== JSON.stringify(before)}
      onClose={onClose}
      onJobStarted={onJobStarted}
    />
  );
}

interface PageProps {
  readonly form: AddHostForm;
  readonly onChange: (form: AddHostForm) => void;
}

function ComputerPage({ form, onChange }: PageProps) {
  const styles = usePageStyles();
  return (
    <div className={styles.column}>
      <WizardField path="name" label="Computer name" required hint="Fully qualified, such as HyperV03.contoso.lab">
        <Input value={form.name} autoComplete="off" spellCheck={false} onChange={(_event, { value }) => onChange({ ...form, name: value })} />
      </WizardField>
      <WizardField path="isVirtual">
        <Checkbox label="The host is itself a virtual machine" checked={form.isVirtual} onChange={(_event, { checked }) => onChange({ ...form, isVirtual: checked === true })} />
      </WizardField>
    </div>
  );
}

function NetworkPage({ form, onChange }: PageProps) {
  const styles = usePageStyles();
  return (
    <div className={styles.column}>
      <WizardField path="nic" label="Physical network adapter" required>
        <Input value={form.nic} autoComplete="off" spellCheck={false} onChange={(_event, { value }) => onChange({ ...form, nic: value })} />
      </WizardField>
      <VirtualSwitchList switches={form.switches} pathOf={(at) => `virtualSwitches.${at}`} onChange={(switches) => onChange({ ...form, switches })} />
    </div>
  );
}

function SettingsPage({ form, onChange }: PageProps) {
  const styles = usePageStyles();
  return (
    <div className={styles.column}>
      <HostGroupField path="hostGroup" label="Host group" value={form.hostGroup} onChange={(hostGroup) => onChange({ ...form, hostGroup })} />
      <WizardField path="isDedicatedGateway">
        <Checkbox label={hostAccessText} checked={form.isDedicatedGateway} onChange={(_event, { checked }) => onChange({ ...form, isDedicatedGateway: checked === true })} />
      </WizardField>
    </div>
  );
}

function useSummary(form: AddHostForm) {
  const accounts = useProcedure('runAsAccount.list', { limit: 500 }).data?.rows ?? [];
  const groups = useProcedure('inventory.tree', {}).data?.hostGroups ?? [];
  return [
    { label: 'Computer name', value: form.name },
    { label: 'Run As account', value: accounts.find(({ id }) => id === form.runAsAccount)?.name ?? '' },
    { label: 'Virtual machine', value: form.isVirtual ? 'Yes' : 'No' },
    { label: 'Network adapter', value: form.nic },
    { label: 'Virtual switches', value: form.switches.map(({ name }) => name).join(', ') || 'None' },
    { label: 'Host group', value: groups.find(({ id }) => id === form.hostGroup)?.name ?? '' },
    { label: 'Dedicated gateway', value: form.isDedicatedGateway ? 'Yes' : 'No' },
  ];
}
