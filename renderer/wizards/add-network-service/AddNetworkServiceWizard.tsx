/** Fabric › Networking › Add Resources › Network Service (fact sheet §1.2). */
import { Router20Regular } from '@fluentui/react-icons';
import { useState } from 'react';
import { useProcedure } from '../../bridge/queries.ts';
import { OperationWizard, type WizardPage } from '../frame/OperationWizard.tsx';
import { ConnectionStringFields } from './ConnectionStringPage.tsx';
import { emptyForm, isTyped, toInput, type AddNetworkServiceForm } from './form.ts';
import { CertificatesPage, CredentialsPage, HostGroupPage, ModelPage, NamePage } from './pages.tsx';
import { ProviderPage } from './ProviderPage.tsx';

interface AddNetworkServiceWizardProps {
  readonly onClose: () => void;
  readonly onJobStarted: (jobId: string) => void;
}

export function AddNetworkServiceWizard({ onClose, onJobStarted }: AddNetworkServiceWizardProps) {
  const [form, setForm] = useState<AddNetworkServiceForm>(emptyForm);
  const props = { form, onChange: setForm };
  const pages: readonly WizardPage[] = [
    { id: 'name', label: 'Name', purpose: 'Give the gateway a name and a description', owns: ['name', 'description'], content: <NamePage {...props} /> },
    { id: 'model', label: 'Manufacturer and Model', purpose: 'Choose the manufacturer and the model of the device', owns: ['manufacturer', 'model'], content: <ModelPage {...props} /> },
    { id: 'credentials', label: 'Credentials', purpose: 'Choose the account with which VMM works on the device', owns: ['runAsAccount'], content: <CredentialsPage {...props} /> },
    {
      id: 'connectionString',
      label: 'Connection String',
      purpose: 'Say how the device is reached',
      owns: ['connectionString'],
      content: <ConnectionStringFields value={form.connectionString} onChange={(connectionString) => setForm({ ...form, connectionString })} />,
    },
    { id: 'certificates', label: 'Certificates', purpose: 'Certificates that the device presents', owns: [], content: <CertificatesPage /> },
    { id: 'provider', label: 'Provider', purpose: 'Choose the configuration provider, and test it', owns: ['configurationProvider'], content: <ProviderPage {...props} /> },
    { id: 'hostGroup', label: 'Host Group', purpose: 'Choose where the gateway may be used', owns: ['hostGroups'], content: <HostGroupPage {...props} /> },
  ];
  return (
    <OperationWizard
      title="Add Network Service Wizard"
      icon={<Router20Regular />}
      operationId="networkService.add"
      input={toInput(form)}
      pages={pages}
      summary={useSummary(form)}
      isTyped={isTyped(form)}
      onClose={onClose}
      onJobStarted={onJobStarted}
    />
  );
}

function useSummary(form: AddNetworkServiceForm) {
  const accounts = useProcedure('runAsAccount.list', { limit: 500 }).data?.rows ?? [];
  const groups = useProcedure('inventory.tree', {}).data?.hostGroups ?? [];
  return [
    { label: 'Name', value: form.name },
    { label: 'Description', value: form.description || 'None' },
    { label: 'Manufacturer', value: form.manufacturer },
    { label: 'Model', value: form.model },
    { label: 'Run As account', value: accounts.find(({ id }) => id === form.runAsAccount)?.name ?? '' },
    { label: 'Connection string', value: form.connectionString },
    { label: 'Configuration provider', value: form.configurationProvider },
    { label: 'Host groups', value: groups.filter(({ id }) => form.hostGroups.includes(id)).map(({ name }) => name).join(', ') },
  ];
}
