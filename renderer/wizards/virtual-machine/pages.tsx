/** Select Source, Identity, Configure Hardware and Configure Settings of the Create Virtual Machine Wizard. */
import { Checkbox, Dropdown, Input, Option, Radio, RadioGroup } from '@fluentui/react-components';
import { useProcedure } from '../../bridge/queries.ts';
import { Choice } from '../frame/Choice.tsx';
import { usePageStyles } from '../frame/pageStyles.ts';
import { WizardField } from '../frame/WizardField.tsx';
import { withTemplate, type VirtualMachineForm } from './form.ts';

interface PageProps {
  readonly form: VirtualMachineForm;
  readonly onChange: (form: VirtualMachineForm) => void;
}

export function SourcePage({ form, onChange }: PageProps) {
  const styles = usePageStyles();
  const templates = useProcedure('vmTemplate.list', { limit: 500 }).data?.rows ?? [];
  return (
    <div className={styles.column}>
      <WizardField path="vmTemplate" label="VM template" required hint={templates.length === 0 ? 'The library has no VM template: create one there first.' : null}>
        <Dropdown
          placeholder="Choose a VM template"
          value={templates.find(({ id }) => id === form.vmTemplate)?.name ?? ''}
          selectedOptions={[form.vmTemplate]}
          onOptionSelect={(_event, { optionValue }) => onChange(withTemplate(form, optionValue ?? ''))}
        >
          {templates.map(({ id, name, generation, image }) => (
            <Option key={id} value={id} text={name}>
              <Choice label={name} hint={`Generation ${generation}; ${image}`} />
            </Option>
          ))}
        </Dropdown>
      </WizardField>
    </div>
  );
}

export function IdentityPage({ form, onChange }: PageProps) {
  const styles = usePageStyles();
  return (
    <div className={styles.column}>
      <WizardField path="name" label="Virtual machine name" required hint="Also the name of the computer in it: at most 15 letters, digits and hyphens. A connection string of a gateway names it.">
        <Input value={form.name} autoComplete="off" onChange={(_event, { value }) => onChange({ ...form, name: value })} />
      </WizardField>
      <WizardField path="role" label="Purpose">
        <RadioGroup value={form.role} onChange={(_event, { value }) => onChange({ ...form, role: value === 'gateway' ? 'gateway' : 'tenant' })}>
          <Radio value="tenant" label={<Choice label="Virtual machine of a tenant" hint="In one or more VM networks" />} />
          <Radio value="gateway" label={<Choice label="Gateway" hint="To be made a network service; its back end adapter stays Not connected" />} />
        </RadioGroup>
      </WizardField>
    </div>
  );
}

export function SettingsPage({ form, onChange }: PageProps) {
  const styles = usePageStyles();
  return (
    <div className={styles.column}>
      <WizardField path="start">
        <Checkbox label="Start the virtual machine after deploying it" checked={form.start} onChange={(_event, { checked }) => onChange({ ...form, start: checked === true })} />
      </WizardField>
      <p className={styles.hint}>The guest starts as the image has it: Windows Firewall on, no roles, adapters named Ethernet, Ethernet 2 and so on.</p>
    </div>
  );
}
