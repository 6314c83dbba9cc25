/** Create Hyper-V Cluster and Create Guest Cluster: a name and the nodes (fact sheet §1.7). */
import { Checkbox, FieldContextProvider, Input } from '@fluentui/react-components';
import { useState } from 'react';
import { useProcedure } from '../../bridge/queries.ts';
import { OperationDialog } from '../frame/OperationDialog.tsx';
import { usePageStyles } from '../frame/pageStyles.ts';
import { WizardField } from '../frame/WizardField.tsx';

interface DialogProps {
  readonly onClose: () => void;
  readonly onJobStarted: (jobId: string) => void;
}

/** As many candidates as the dialog lists. */
const most = 500;

export function CreateHostClusterDialog(props: DialogProps) {
  const [form, setForm] = useState<ClusterForm>({ name: '', nodes: [] });
  const hosts = useProcedure('host.list', { limit: most }).data?.rows ?? [];
  return (
    <OperationDialog isOpen title="Create Hyper-V Cluster" operationId="hostCluster.create" input={{ name: form.name, hosts: form.nodes }} accept="Create" {...props}>
      <ClusterFields form={form} path="hosts" label="Nodes: hosts of one host group" candidates={hosts.map(({ id, name, hostGroup, cluster }) => ({ id, name, hint: cluster === null ? hostGroup : `in ${cluster}` }))} onChange={setForm} />
    </OperationDialog>
  );
}

export function CreateGuestClusterDialog(props: DialogProps) {
  const [form, setForm] = useState<ClusterForm>({ name: '', nodes: [] });
  const machines = useProcedure('virtualMachine.list', { limit: most }).data?.rows ?? [];
  return (
    <OperationDialog isOpen title="Create Guest Cluster" operationId="guestCluster.create" input={{ name: form.name, virtualMachines: form.nodes }} accept="Create" {...props}>
      <ClusterFields
        form={form}
        path="virtualMachines"
        label="Nodes: two gateway virtual machines on two hosts of a Hyper-V cluster"
        candidates={machines.filter(({ vmNetworkId }) => vmNetworkId === null).map(({ id, name, host, cluster }) => ({ id, name, hint: cluster === null ? host : `in ${cluster}` }))}
        onChange={setForm}
      />
    </OperationDialog>
  );
}

interface ClusterForm {
  readonly name: string;
  /** Ids. */
  readonly nodes: readonly string[];
}

interface ClusterFieldsProps {
  readonly form: ClusterForm;
  readonly path: string;
  readonly label: string;
  readonly candidates: readonly { readonly id: string; readonly name: string; readonly hint: string }[];
  readonly onChange: (form: ClusterForm) => void;
}

function ClusterFields({ form, path, label, candidates, onChange }: ClusterFieldsProps) {
  const styles = usePageStyles();
  return (
    <>
      <WizardField path="name" label="Cluster name" required hint="It stands in the connection string of the gateway.">
        <Input value={form.name} autoComplete="off" spellCheck={false} onChange={(_event, { value }) => onChange({ ...form, name: value })} />
      </WizardField>
      <WizardField path={path} label={label} required>
        <div role="group" aria-label="Nodes" className={styles.option}>
          {/* Each check box keeps its own id: a field would give all of them its own. */}
          <FieldContextProvider value={undefined}>
            {candidates.length === 0 && <span className={styles.hint}>There is nothing to choose.</span>}
            {candidates.map(({ id, name, hint }) => (
              <Checkbox key={id} label={`${name} (${hint})`} checked={form.nodes.includes(id)} onChange={(_event, { checked }) => onChange({ ...form, nodes: checked === true ? [...form.nodes, id] : form.nodes.filter((other) => other !== id) })} />
            ))}
          </FieldContextProvider>
        </div>
      </WizardField>
    </>
  );
}
