/** Properties of a static IP address pool: its pages, its addresses, and the inactive ones to release (fact sheet §2.2). */
import { Input, Textarea } from '@fluentui/react-components';
import { NumberSymbol20Regular } from '@fluentui/react-icons';
import { useState } from 'react';
import type { IpPoolProperties } from '../../../shared/contract/networking.ts';
import { useFreshProcedure } from '../../bridge/queries.ts';
import { FactList } from '../../views/shared/FactList.tsx';
import { LoadedProperties } from '../frame/LoadedProperties.tsx';
import { OperationProperties, type OwningPropertiesPage } from '../frame/OperationProperties.tsx';
import { usePageStyles } from '../frame/pageStyles.ts';
import { WizardField } from '../frame/WizardField.tsx';
import { InactiveAddresses } from './InactiveAddresses.tsx';
import { formOf, isChanged, toChangeInput, type PoolForm } from './form.ts';
import { settingsPages } from './settingsPages.tsx';

interface WindowProps {
  readonly ipPoolId: string;
  readonly onClose: () => void;
  readonly onJobStarted: (jobId: string) => void;
}

type PageId = 'name' | 'range' | 'gateway' | 'dns' | 'wins' | 'addresses' | 'inactive';

export function IpPoolPropertiesWindow(props: WindowProps) {
  const { data, error } = useFreshProcedure('logicalNetwork.pool', { id: props.ipPoolId });
  return (
    <LoadedProperties title="IP pool properties" icon={<NumberSymbol20Regular />} data={data?.id === props.ipPoolId ? data : undefined} error={error} onClose={props.onClose}>
      {(properties) => <Loaded {...props} properties={properties} />}
    </LoadedProperties>
  );
}

function Loaded({ properties, onClose, onJobStarted }: WindowProps & { readonly properties: IpPoolProperties }) {
  const [before] = useState(() => formOf(properties));
  const [form, setForm] = useState(before);
  const { subnet, isVmSubnet } = properties;
  const pages: readonly OwningPropertiesPage<PageId>[] = [
    { id: 'name', label: 'Name', purpose: 'Name of the pool, and where it belongs', owns: ['name', 'description'], content: <NamePage properties={properties} form={form} onChange={setForm} /> },
    ...settingsPages({ form, prefix: 'settings.', subnet, isVmSubnet, onChange: setForm }),
    { id: 'addresses', label: 'Addresses', purpose: 'Addresses of the pool that are in use, and who has them', owns: [], content: <AddressList properties={properties} /> },
    { id: 'inactive', label: 'Inactive addresses', purpose: 'Addresses that are allocated though nothing holds them any more', owns: [], content: <InactiveAddresses properties={properties} onClose={onClose} onJobStarted={onJobStarted} /> },
  ];
  return (
    <OperationProperties
      title={`${properties.name} Properties`}
      icon={<NumberSymbol20Regular />}
      operationId="ipPool.change"
      input={toChangeInput(properties.id, form, before)}
      pages={pages}
      initialPage="name"
      isChanged={isChanged(form, before)}
      onClose={onClose}
      onJobStarted={onJobStarted}
    />
  );
}

function NamePage({ properties: { place, subnet, allocated }, form, onChange }: { readonly properties: IpPoolProperties; readonly form: PoolForm; readonly onChange: (form: PoolForm) => void }) {
  const styles = usePageStyles();
  return (
    <div className={styles.column}>
      <WizardField path="name" label="Name" required>
        <Input value={form.name} autoComplete="off" spellCheck={false} onChange={(_event, { value }) => onChange({ ...form, name: value })} />
      </WizardField>
      <WizardField path="description" label="Description">
        <Textarea value={form.description} rows={3} onChange={(_event, { value }) => onChange({ ...form, description: value })} />
      </WizardField>
      <FactList facts={[{ label: 'Belongs to', value: place }, { label: 'IP subnet', value: subnet }, { label: 'In use', value: `${allocated} address${allocated === 1 ? '' : 'es'}` }]} />
    </div>
  );
}

function AddressList({ properties: { addresses, allocated } }: { readonly properties: IpPoolProperties }) {
  const styles = usePageStyles();
  if (allocated === 0) return <p className={styles.hint}>No address is in use.</p>;
  return (
    <div className={styles.wide}>
      <FactList facts={addresses.map(({ address, description, assignedToType, isInactive }) => ({ label: address, value: `${description} (${assignedToType})${isInactive ? ', inactive' : ''}` }))} />
      {addresses.length < allocated && <p className={styles.hint}>The first {addresses.length} of {allocated}.</p>}
    </div>
  );
}
