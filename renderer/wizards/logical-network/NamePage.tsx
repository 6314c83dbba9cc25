/** The page Name: what kind of network it is (fact sheet §2.1). */
import { Checkbox, Input, makeStyles, Radio, RadioGroup, Textarea } from '@fluentui/react-components';
import { logicalNetworkKinds, type LogicalNetworkKind } from '../../../shared/contract/networkingOperations.ts';
import { Choice } from '../frame/Choice.tsx';
import { usePageStyles } from '../frame/pageStyles.ts';
import { WizardField } from '../frame/WizardField.tsx';
import { kindLabels, withKind, type LogicalNetworkForm } from './form.ts';

const useStyles = makeStyles({ below: { paddingInlineStart: '28px' } });

/** What the exact text of the check box says (fact sheet §2.1). */
const virtualizationText = 'Allow new VM networks created on this logical network to use network virtualization';
const vmNetworkText = 'Create a VM network with the same name to allow virtual machines to access this logical network directly';

const kindHints: Readonly<Record<LogicalNetworkKind, string>> = {
  oneConnected: 'Its sites are routed to each other',
  vlanIndependent: 'Every VLAN is a network of its own',
  privateVlan: 'Machines in one VLAN do not see each other',
};

interface NamePageProps {
  readonly form: LogicalNetworkForm;
  /** The kind of a network cannot be changed, and its VM network is made only with it. */
  readonly isNew: boolean;
  readonly onChange: (form: LogicalNetworkForm) => void;
}

export function NamePage({ form, isNew, onChange }: NamePageProps) {
  const page = usePageStyles();
  const styles = useStyles();
  const isConnected = form.kind === 'oneConnected';
  return (
    <div className={page.column}>
      <WizardField path="name" label="Name" required>
        <Input value={form.name} autoComplete="off" spellCheck={false} onChange={(_event, { value }) => onChange({ ...form, name: value })} />
      </WizardField>
      <WizardField path="description" label="Description">
        <Textarea value={form.description} rows={2} onChange={(_event, { value }) => onChange({ ...form, description: value })} />
      </WizardField>
      <WizardField path="kind" label="Kind of network" hint={isNew ? null : 'The kind cannot be changed after the network is created.'}>
        <RadioGroup value={form.kind} disabled={!isNew} onChange={(_event, { value }) => onChange(withKind(form, logicalNetworkKinds.find((kind) => kind === value) ?? form.kind))}>
          {logicalNetworkKinds.map((kind) => (
            <Radio key={kind} value={kind} label={<Choice label={kindLabels[kind]} hint={kindHints[kind]} />} />
          ))}
        </RadioGroup>
      </WizardField>
      <div className={styles.below}>
        <WizardField path="networkVirtualization">
          <Checkbox label={virtualizationText} disabled={!isConnected} checked={form.networkVirtualization} onChange={(_event, { checked }) => onChange({ ...form, networkVirtualization: checked === true })} />
        </WizardField>
        {isNew && (
          <WizardField path="createVmNetwork">
            <Checkbox label={vmNetworkText} disabled={!isConnected} checked={form.createVmNetwork} onChange={(_event, { checked }) => onChange({ ...form, createVmNetwork: checked === true })} />
          </WizardField>
        )}
      </div>
    </div>
  );
}
