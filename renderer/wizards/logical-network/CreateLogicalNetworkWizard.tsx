/** Fabric › Networking › Create Logical Network. */
import { Cube20Regular } from '@fluentui/react-icons';
import { useState } from 'react';
import { OperationWizard, type WizardPage } from '../frame/OperationWizard.tsx';
import { emptyForm, isChanged, kindLabels, siteSummary, toCreateInput } from './form.ts';
import { NamePage } from './NamePage.tsx';
import { SitesPage } from './SitesPage.tsx';

interface CreateLogicalNetworkWizardProps {
  readonly onClose: () => void;
  readonly onJobStarted: (jobId: string) => void;
}

export function CreateLogicalNetworkWizard({ onClose, onJobStarted }: CreateLogicalNetworkWizardProps) {
  const [form, setForm] = useState(emptyForm);
  const pages: readonly WizardPage[] = [
    { id: 'name', label: 'Name', purpose: 'Give the logical network a name, and say what kind of network it is', owns: ['name', 'description', 'kind', 'networkVirtualization', 'createVmNetwork'], content: <NamePage form={form} isNew onChange={setForm} /> },
    { id: 'sites', label: 'Network Site', purpose: 'Say where the network is: host groups, VLANs and IP subnets', owns: ['sites'], content: <SitesPage form={form} onChange={setForm} /> },
  ];
  return (
    <OperationWizard
      title="Create Logical Network Wizard"
      icon={<Cube20Regular />}
      operationId="logicalNetwork.create"
      input={toCreateInput(form)}
      pages={pages}
      summary={[
        { label: 'Name', value: form.name },
        { label: 'Description', value: form.description || 'None' },
        { label: 'Kind', value: kindLabels[form.kind] },
        { label: 'Network virtualization', value: form.networkVirtualization ? 'Allowed' : 'Not allowed' },
        { label: 'VM network with the same name', value: form.createVmNetwork ? 'Yes' : 'No' },
        { label: 'Network sites', value: form.sites.length === 0 ? 'None' : form.sites.map((site) => <div key={site.name}>{siteSummary(site)}</div>) },
      ]}
      isTyped={isChanged(form, emptyForm)}
      onClose={onClose}
      onJobStarted={onJobStarted}
    />
  );
}
