/** VMs and Services › VM Networks › Create VM Network (fact sheet §2.3). */
import { Dropdown, Input, Option, Radio, RadioGroup, Textarea } from '@fluentui/react-components';
import { VirtualNetwork20Regular } from '@fluentui/react-icons';
import { useState, type ReactNode } from 'react';
import { useProcedure } from '../../bridge/queries.ts';
import { Choice } from '../frame/Choice.tsx';
import { OperationWizard, type WizardPage } from '../frame/OperationWizard.tsx';
import { usePageStyles } from '../frame/pageStyles.ts';
import { WizardField } from '../frame/WizardField.tsx';
import { connectivityFacts, connectivityPages, useConnectivityChoices } from './ConnectivityPages.tsx';
import { emptyForm, isolationLabels, toInput, withLogicalNetwork, type Isolation, type VmNetworkForm } from './form.ts';
import { SubnetRows } from './SubnetRows.tsx';

interface CreateVmNetworkWizardProps {
  readonly onClose: () => void;
  readonly onJobStarted: (jobId: string) => void;
}

interface PageProps {
  readonly form: VmNetworkForm;
  readonly onChange: (form: VmNetworkForm) => void;
}

export function CreateVmNetworkWizard({ onClose, onJobStarted }: CreateVmNetworkWizardProps) {
  const [form, setForm] = useState(emptyForm);
  const networks = useLogicalNetworks();
  const choices = useConnectivityChoices(form);
  const page = (id: string, label: string, purpose: string, owns: readonly string[], Content: (props: PageProps) => ReactNode): WizardPage => ({ id, label, purpose, owns, content: <Content form={form} onChange={setForm} /> });
  const pages = [
    page('name', 'Name', 'Name the VM network, and choose the logical network that carries it', ['name', 'description', 'logicalNetwork'], NamePage),
    page('isolation', 'Isolation', 'Choose whether the VM network is isolated from others on the logical network', ['isolation'], IsolationPage),
    ...(form.isolation === 'NoIsolation' ? [] : [page('subnets', 'VM Subnets', 'Name the subnets of the VM network; other VM networks may have the same addresses', ['subnets'], SubnetsPage), ...connectivityPages(choices, (connectivity) => setForm({ ...form, connectivity }))]),
  ];
  return (
    <OperationWizard
      title="Create VM Network Wizard"
      icon={<VirtualNetwork20Regular />}
      operationId="vmNetwork.create"
      input={toInput(form)}
      pages={pages}
      summary={[
        { label: 'Name', value: form.name },
        { label: 'Description', value: form.description || 'None' },
        { label: 'Logical network', value: networks.find(({ id }) => id === form.logicalNetwork)?.name ?? '' },
        { label: 'Isolation', value: isolationLabels[form.isolation] },
        { label: 'VM subnets', value: form.isolation === 'NoIsolation' ? 'None' : form.subnets.map(({ name, subnet }) => `${name} (${subnet})`).join(', ') },
        ...(form.isolation === 'NoIsolation' ? [] : connectivityFacts(choices)),
      ]}
      isTyped={JSON.stringify(form) !== JSON.stringify(emptyForm)}
      onClose={onClose}
      onJobStarted={onJobStarted}
    />
  );
}

/** Logical networks, without their pools. */
function useLogicalNetworks() {
  return (useProcedure('logicalNetwork.list', { limit: 500 }).data?.rows ?? []).filter(({ kind }) => kind === 'logicalNetwork');
}

function NamePage({ form, onChange }: PageProps) {
  const styles = usePageStyles();
  const networks = useLogicalNetworks();
  return (
    <div className={styles.column}>
      <WizardField path="name" label="Name" required>
        <Input value={form.name} autoComplete="off" spellCheck={false} onChange={(_event, { value }) => onChange({ ...form, name: value })} />
      </WizardField>
      <WizardField path="description" label="Description">
        <Textarea value={form.description} rows={2} onChange={(_event, { value }) => onChange({ ...form, description: value })} />
      </WizardField>
      <WizardField path="logicalNetwork" label="Logical network" required>
        <Dropdown
          value={networks.find(({ id }) => id === form.logicalNetwork)?.name ?? ''}
          placeholder={networks.length === 0 ? 'There is no logical network' : 'Choose a logical network'}
          selectedOptions={[form.logicalNetwork]}
          onOptionSelect={(_event, { optionValue }) => {
            const chosen = networks.find(({ id }) => id === optionValue);
            onChange(withLogicalNetwork(form, chosen?.id ?? '', chosen?.networkVirtualization === true));
          }}
        >
          {networks.map(({ id, name, networkVirtualization }) => (
            <Option key={id} value={id} text={name}>
              <Choice label={name} hint={networkVirtualization === true ? 'Allows network virtualization' : 'Direct access only'} />
            </Option>
          ))}
        </Dropdown>
      </WizardField>
    </div>
  );
}

function IsolationPage({ form, onChange }: PageProps) {
  const styles = usePageStyles();
  return (
    <div className={styles.column}>
      <WizardField path="isolation">
        <RadioGroup aria-label="Isolation" value={form.isolation} onChange={(_event, { value }) => onChange({ ...form, isolation: value === 'NoIsolation' ? 'NoIsolation' : 'WindowsNetworkVirtualization' })}>
          {(Object.keys(isolationLabels) as Isolation[]).map((isolation) => (
            <Radio
              key={isolation}
              value={isolation}
              disabled={isolation === 'WindowsNetworkVirtualization' && !form.canVirtualize}
              label={<Choice label={isolationLabels[isolation]} hint={hintOf(isolation, form.canVirtualize)} />}
            />
          ))}
        </RadioGroup>
      </WizardField>
      <p className={styles.hint}>IP address protocol: IPv4 for the VM network and for the logical network.</p>
    </div>
  );
}

function hintOf(isolation: Isolation, canVirtualize: boolean): string {
  if (isolation === 'NoIsolation') return 'Virtual machines stand in the logical network itself';
  return canVirtualize ? 'A routing domain of its own: its addresses may be those of others' : 'The logical network does not allow network virtualization';
}

function SubnetsPage({ form, onChange }: PageProps) {
  return <SubnetRows rows={form.subnets} empty={{ name: '', subnet: '' }} onChange={(subnets) => onChange({ ...form, subnets })} />;
}
