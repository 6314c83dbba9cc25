/** Properties of a logical network: Name, Network Site and what depends on it. */
import { Cube20Regular } from '@fluentui/react-icons';
import { useState } from 'react';
import type { LogicalNetworkProperties } from '../../../shared/contract/networking.ts';
import { useFreshProcedure } from '../../bridge/queries.ts';
import { FactList } from '../../views/shared/FactList.tsx';
import { LoadedProperties } from '../frame/LoadedProperties.tsx';
import { OperationProperties, type OwningPropertiesPage } from '../frame/OperationProperties.tsx';
import { usePageStyles } from '../frame/pageStyles.ts';
import { formOf, isChanged, toChangeInput } from './form.ts';
import { NamePage } from './NamePage.tsx';
import { SitesPage } from './SitesPage.tsx';

interface WindowProps {
  readonly logicalNetworkId: string;
  readonly onClose: () => void;
  readonly onJobStarted: (jobId: string) => void;
}

type PageId = 'name' | 'sites' | 'dependencies';

export function LogicalNetworkPropertiesWindow(props: WindowProps) {
  const { data, error } = useFreshProcedure('logicalNetwork.get', { id: props.logicalNetworkId });
  return (
    <LoadedProperties title="Logical network properties" icon={<Cube20Regular />} data={data?.id === props.logicalNetworkId ? data : undefined} error={error} onClose={props.onClose}>
      {(properties) => <Loaded {...props} properties={properties} />}
    </LoadedProperties>
  );
}

function Loaded({ properties, onClose, onJobStarted }: WindowProps & { readonly properties: LogicalNetworkProperties }) {
  const [before] = useState(() => formOf(properties));
  const [form, setForm] = useState(before);
  const pages: readonly OwningPropertiesPage<PageId>[] = [
    { id: 'name', label: 'Name', purpose: 'Name and kind of the logical network', owns: ['name', 'description', 'networkVirtualization'], content: <NamePage form={form} isNew={false} onChange={setForm} /> },
    { id: 'sites', label: 'Network Site', purpose: 'Where the network is: host groups, VLANs and IP subnets', owns: ['sites'], content: <SitesPage form={form} onChange={setForm} /> },
    { id: 'dependencies', label: 'Dependencies', purpose: 'What has to be deleted or disconnected before the logical network can be deleted', owns: [], content: <Dependencies properties={properties} /> },
  ];
  return (
    <OperationProperties
      title={`${properties.name} Properties`}
      icon={<Cube20Regular />}
      operationId="logicalNetwork.change"
      input={toChangeInput(properties.id, form, before)}
      pages={pages}
      initialPage="name"
      isChanged={isChanged(form, before)}
      onClose={onClose}
      onJobStarted={onJobStarted}
    />
  );
}

function Dependencies({ properties: { dependants } }: { readonly properties: LogicalNetworkProperties }) {
  const styles = usePageStyles();
  if (dependants.length === 0) return <p className={styles.hint}>Nothing depends on it.</p>;
  const kinds = [...new Set(dependants.map(({ kind }) => kind))];
  const namesOf = (kind: string) => dependants.filter((dependant) => dependant.kind === kind).map(({ name }) => <div key={name}>{name}</div>);
  return <FactList facts={kinds.map((kind) => ({ label: kind.charAt(0).toUpperCase() + kind.slice(1), value: namesOf(kind) }))} />;
}
