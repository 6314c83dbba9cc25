/** Create Virtual Machine Wizard: from a VM template to a host that fits. */
import { Desktop20Regular } from '@fluentui/react-icons';
import { useState } from 'react';
import { useProcedure } from '../../bridge/queries.ts';
import { OperationWizard, type WizardPage } from '../frame/OperationWizard.tsx';
import { AdapterList } from '../network-adapters/AdapterList.tsx';
import { adapterName, adapterText, type AdapterForm } from '../network-adapters/adapterForm.ts';
import { adaptersNow, emptyForm, toInput, toPlacement, type VirtualMachineForm } from './form.ts';
import { HostPage } from './HostPage.tsx';
import { IdentityPage, SettingsPage, SourcePage } from './pages.tsx';

interface CreateVirtualMachineWizardProps {
  readonly initialVmTemplateId: string | undefined;
  readonly onClose: () => void;
  readonly onJobStarted: (jobId: string) => void;
}

export function CreateVirtualMachineWizard({ initialVmTemplateId = '', onClose, onJobStarted }: CreateVirtualMachineWizardProps) {
  const [before] = useState(() => emptyForm(initialVmTemplateId));
  const [form, setForm] = useState(before);
  const template = useProcedure('vmTemplate.get', { id: form.vmTemplate }, { enabled: form.vmTemplate !== '' }).data;
  const adapters = adaptersNow(form, template);
  const props = { form, onChange: setForm };
  const pages: readonly WizardPage[] = [
    { id: 'source', label: 'Select Source', purpose: 'Choose the VM template to create the virtual machine from', owns: ['vmTemplate'], content: <SourcePage {...props} /> },
    { id: 'identity', label: 'Identity', purpose: 'Name the virtual machine', owns: ['name', 'role'], content: <IdentityPage {...props} /> },
    {
      id: 'hardware',
      label: 'Configure Hardware',
      purpose: 'Connect the network adapters',
      owns: ['adapters'],
      content: <AdapterList adapters={adapters} hasAddress onChange={(changed) => setForm({ ...form, adapters: changed })} />,
    },
    { id: 'host', label: 'Select Host', purpose: 'Choose the host to place the virtual machine on', owns: ['host'], content: <HostPage placement={toPlacement(form, adapters)} host={form.host} onChange={(host) => setForm({ ...form, host })} /> },
    { id: 'settings', label: 'Configure Settings', purpose: 'Say what happens when the virtual machine is created', owns: ['start'], content: <SettingsPage {...props} /> },
  ];
  return (
    <OperationWizard
      title="Create Virtual Machine Wizard"
      icon={<Desktop20Regular />}
      operationId="virtualMachine.create"
      input={toInput(form)}
      pages={pages}
      summary={useSummary(form, adapters, template?.name ?? '')}
      isTyped={JSON.stringify(form) !== JSON.stringify(before)}
      onClose={onClose}
      onJobStarted={onJobStarted}
    />
  );
}

function useSummary(form: VirtualMachineForm, adapters: readonly AdapterForm[], template: string) {
  const hosts = useProcedure('inventory.tree', {}).data?.hosts ?? [];
  return [
    { label: 'VM template', value: template },
    { label: 'Name', value: form.name },
    { label: 'Purpose', value: form.role === 'gateway' ? 'Gateway' : 'Virtual machine of a tenant' },
    ...adapters.map((adapter, at) => ({ label: adapterName(at), value: adapterText(adapter) })),
    { label: 'Host', value: hosts.find(({ id }) => id === form.host)?.name ?? '' },
    { label: 'Afterwards', value: form.start ? 'Start the virtual machine' : 'Leave it off' },
  ];
}
