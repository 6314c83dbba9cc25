/** Create Static IP Address Pool Wizard, from a logical network or from a VM network. */
import { NumberSymbol20Regular } from '@fluentui/react-icons';
import { useState } from 'react';
import { useProcedure } from '../../bridge/queries.ts';
import { OperationWizard, type WizardPage } from '../frame/OperationWizard.tsx';
import { emptyForm, isChanged, toCreateInput, totalAddresses, type CreatePoolForm, type PoolOrigin } from './form.ts';
import { NamePage, SitePage } from './placePages.tsx';
import { settingsPages } from './settingsPages.tsx';

interface CreateIpPoolWizardProps {
  readonly origin: PoolOrigin;
  readonly onClose: () => void;
  readonly onJobStarted: (jobId: string) => void;
}

export function CreateIpPoolWizard({ origin, onClose, onJobStarted }: CreateIpPoolWizardProps) {
  const [before] = useState(() => emptyForm(origin));
  const [form, setForm] = useState(before);
  const isVmSubnet = form.vmNetwork !== '';
  const subnet = form.newSite === null ? form.subnet : (form.newSite.subnets[0]?.subnet ?? '');
  const site: WizardPage = { id: 'site', label: 'Network Site', purpose: 'Say to which network site and IP subnet the addresses belong', owns: ['networkSite', 'newSite', 'subnet'], content: <SitePage form={form} onChange={setForm} /> };
  const pages: readonly WizardPage[] = [
    { id: 'name', label: 'Name', purpose: 'Give the IP address pool a name, and say whose addresses it holds', owns: ['name', 'description', 'logicalNetwork', 'vmNetwork', 'vmSubnet'], content: <NamePage form={form} onChange={setForm} /> },
    ...(isVmSubnet ? [] : [site]),
    ...settingsPages({ form, prefix: '', subnet, isVmSubnet, onChange: setForm }),
  ];
  return (
    <OperationWizard
      title="Create Static IP Address Pool Wizard"
      icon={<NumberSymbol20Regular />}
      operationId="ipPool.create"
      input={toCreateInput(form)}
      pages={pages}
      summary={useSummary(form, subnet)}
      isTyped={isChanged(form, before)}
      onClose={onClose}
      onJobStarted={onJobStarted}
    />
  );
}

function useSummary(form: CreatePoolForm, subnet: string) {
  const { data: network } = useProcedure('logicalNetwork.get', { id: form.logicalNetwork }, { enabled: form.logicalNetwork !== '' });
  const { data: vmNetwork } = useProcedure('vmNetwork.get', { id: form.vmNetwork }, { enabled: form.vmNetwork !== '' });
  const place =
    form.vmNetwork === ''
      ? [
          { label: 'Logical network', value: network?.name ?? '' },
          { label: 'Network site', value: form.newSite === null ? (network?.sites.find(({ id }) => id === form.networkSite)?.name ?? '') : `${form.newSite.name} (new)` },
        ]
      : [
          { label: 'VM network', value: vmNetwork?.name ?? '' },
          { label: 'VM subnet', value: vmNetwork?.vmSubnets.find(({ id }) => id === form.vmSubnet)?.name ?? '' },
        ];
  return [
    { label: 'Name', value: form.name },
    { label: 'Description', value: form.description || 'None' },
    ...place,
    { label: 'IP subnet', value: subnet },
    { label: 'IP address range', value: `${form.rangeStart} - ${form.rangeEnd} (${totalAddresses(form) ?? 0} addresses)` },
    { label: 'Reserved for VIPs', value: form.vips || 'None' },
    { label: 'Reserved for other uses', value: form.reserved || 'None' },
    { label: 'Gateways', value: form.gateways.map(({ address, metric, isAutomatic }) => `${address} (${isAutomatic ? 'automatic metric' : `metric ${metric}`})`).join(', ') || 'None' },
    { label: 'DNS servers', value: form.dnsServers.join(', ') || 'None' },
    { label: 'DNS suffix', value: form.dnsSuffix || 'None' },
    { label: 'WINS servers', value: form.winsServers.join(', ') || 'None' },
  ];
}
