/** Library › Home › Create Service Template: a name and the VM template of its machine tier. */
import { Dropdown, Input, Option, Textarea } from '@fluentui/react-components';
import { Apps20Regular } from '@fluentui/react-icons';
import { useState } from 'react';
import { useProcedure } from '../../bridge/queries.ts';
import { Choice } from '../frame/Choice.tsx';
import { OperationWizard, type WizardPage } from '../frame/OperationWizard.tsx';
import { usePageStyles } from '../frame/pageStyles.ts';
import { WizardField } from '../frame/WizardField.tsx';

interface CreateServiceTemplateProps {
  readonly initialVmTemplateId: string | undefined;
  readonly onClose: () => void;
  readonly onJobStarted: (jobId: string) => void;
}

interface Form {
  readonly name: string;
  readonly description: string;
  /** Id. */
  readonly vmTemplate: string;
}

export function CreateServiceTemplate({ initialVmTemplateId = '', onClose, onJobStarted }: CreateServiceTemplateProps) {
  const [form, setForm] = useState<Form>({ name: '', description: '', vmTemplate: initialVmTemplateId });
  const templates = useProcedure('vmTemplate.list', { limit: 500 }).data?.rows ?? [];
  const chosen = templates.find(({ id }) => id === form.vmTemplate)?.name ?? '';
  const pages: readonly WizardPage[] = [
    { id: 'name', label: 'Name', purpose: 'Give the service template a name', owns: ['name', 'description'], content: <NamePage form={form} onChange={setForm} /> },
    {
      id: 'tier',
      label: 'Machine Tier',
      purpose: 'Choose the VM template that the machines of the tier are made from',
      owns: ['vmTemplate'],
      content: (
        <WizardField path="vmTemplate" label="VM template" required hint="Service templates of VMM 2012 R2 take VM templates of generation 1 only.">
          <Dropdown placeholder="Choose a VM template" value={chosen} selectedOptions={[form.vmTemplate]} onOptionSelect={(_event, { optionValue }) => setForm({ ...form, vmTemplate: optionValue ?? '' })}>
            {templates.map(({ id, name, generation, image }) => (
              <Option key={id} value={id} text={name}>
                <Choice label={name} hint={`Generation ${generation}; ${image}`} />
              </Option>
            ))}
          </Dropdown>
        </WizardField>
      ),
    },
  ];
  return (
    <OperationWizard
      title="Create Service Template"
      icon={<Apps20Regular />}
      operationId="serviceTemplate.create"
      input={form}
      pages={pages}
      summary={[{ label: 'Name', value: form.name }, { label: 'Description', value: form.description || 'None' }, { label: 'Machine tier', value: chosen }]}
      hasScript={false}
      isTyped={form.name !== '' || form.description !== ''}
      onClose={onClose}
      onJobStarted={onJobStarted}
    />
  );
}

function NamePage({ form, onChange }: { readonly form: Form; readonly onChange: (form: Form) => void }) {
  const styles = usePageStyles();
  return (
    <div className={styles.column}>
      <WizardField path="name" label="Name" required>
        <Input value={form.name} autoComplete="off" onChange={(_event, { value }) => onChange({ ...form, name: value })} />
      </WizardField>
      <WizardField path="description" label="Description">
        <Textarea value={form.description} rows={3} onChange={(_event, { value }) => onChange({ ...form, description: value })} />
      </WizardField>
    </div>
  );
}
