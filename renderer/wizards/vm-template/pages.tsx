/** Pages of the Create VM Template Wizard; the Properties of a template have the same ones. */
import { Dropdown, Input, Option, Radio, RadioGroup, SpinButton, Textarea, type SpinButtonProps } from '@fluentui/react-components';
import { useProcedure } from '../../bridge/queries.ts';
import { formatNumber } from '../../views/shared/format.ts';
import { Choice } from '../frame/Choice.tsx';
import type { WizardPage } from '../frame/OperationWizard.tsx';
import { usePageStyles } from '../frame/pageStyles.ts';
import { WizardField } from '../frame/WizardField.tsx';
import { AdapterList } from '../network-adapters/AdapterList.tsx';
import { adapterName } from '../network-adapters/adapterForm.ts';
import { withImage, type VmTemplateForm } from './form.ts';

interface PageProps {
  readonly form: VmTemplateForm;
  /** The generation of a template cannot be changed. */
  readonly isNew: boolean;
  readonly onChange: (form: VmTemplateForm) => void;
}

export function templatePages(props: PageProps): readonly WizardPage[] {
  return [
    { id: 'source', label: 'Select Source', purpose: 'Choose the virtual hard disk that the virtual machines start with', owns: ['image'], content: <SourcePage {...props} /> },
    { id: 'identity', label: 'Identity', purpose: 'Give the template a name and a generation', owns: ['name', 'description', 'generation'], content: <IdentityPage {...props} /> },
    { id: 'hardware', label: 'Configure Hardware', purpose: 'Set memory, processors and network adapters', owns: ['memoryMb', 'processors', 'adapters'], content: <HardwarePage {...props} /> },
  ];
}

function SourcePage({ form, isNew, onChange }: PageProps) {
  const styles = usePageStyles();
  const images = useProcedure('libraryImage.list', { limit: 500 }).data?.rows ?? [];
  return (
    <div className={styles.column}>
      <WizardField path="image" label="Virtual hard disk" required hint={images.length === 0 ? 'The library has no image.' : null}>
        <Dropdown
          placeholder="Choose an image of the library"
          value={images.find(({ id }) => id === form.image)?.name ?? ''}
          selectedOptions={[form.image]}
          onOptionSelect={(_event, { optionValue }) => {
            const image = images.find(({ id }) => id === optionValue);
            onChange(isNew ? withImage(form, image) : { ...form, image: image?.id ?? form.image });
          }}
        >
          {images.map(({ id, name, operatingSystem, generation }) => (
            <Option key={id} value={id} text={name}>
              <Choice label={name} hint={`${operatingSystem}; boots in generation ${generation}`} />
            </Option>
          ))}
        </Dropdown>
      </WizardField>
    </div>
  );
}

function IdentityPage({ form, isNew, onChange }: PageProps) {
  const styles = usePageStyles();
  return (
    <div className={styles.column}>
      <WizardField path="name" label="VM template name" required>
        <Input value={form.name} autoComplete="off" onChange={(_event, { value }) => onChange({ ...form, name: value })} />
      </WizardField>
      <WizardField path="description" label="Description">
        <Textarea value={form.description} rows={3} onChange={(_event, { value }) => onChange({ ...form, description: value })} />
      </WizardField>
      <WizardField path="generation" label="Generation" hint={isNew ? null : 'The generation cannot be changed after the template is created.'}>
        <RadioGroup value={String(form.generation)} disabled={!isNew} onChange={(_event, { value }) => onChange({ ...form, generation: value === '1' ? 1 : 2 })}>
          <Radio value="1" label={<Choice label="Generation 1" hint="BIOS; also usable in a service template" />} />
          <Radio value="2" label={<Choice label="Generation 2" hint="UEFI; not usable in a service template" />} />
        </RadioGroup>
      </WizardField>
    </div>
  );
}

function HardwarePage({ form, onChange }: PageProps) {
  const styles = usePageStyles();
  return (
    <div className={styles.wide}>
      <div className={styles.pair}>
        <NumberField path="memoryMb" label="Memory (MB)" value={form.memoryMb} step={512} onValue={(memoryMb) => onChange({ ...form, memoryMb })} />
        <NumberField path="processors" label="Processors" value={form.processors} step={1} onValue={(processors) => onChange({ ...form, processors })} />
      </div>
      <AdapterList adapters={form.adapters} hasAddress={false} onChange={(adapters) => onChange({ ...form, adapters })} />
    </div>
  );
}

interface NumberFieldProps {
  readonly path: string;
  readonly label: string;
  readonly value: number;
  readonly step: number;
  readonly onValue: (value: number) => void;
}

/** What is no number counts as none, and is said by the check. */
function NumberField({ path, label, value, step, onValue }: NumberFieldProps) {
  const take = (next: number) => onValue(Number.isFinite(next) ? next : 0);
  const onChange: SpinButtonProps['onChange'] = (_event, data) => take(data.value ?? Number.parseFloat(data.displayValue ?? ''));
  return (
    <WizardField path={path} label={label} required>
      {/* Of its own it tells what was typed only when it loses the focus. */}
      <SpinButton value={value} step={step} min={0} onChange={onChange} onInput={({ currentTarget }) => take(Number.parseFloat(currentTarget.value))} />
    </WizardField>
  );
}

export function useTemplateSummary(form: VmTemplateForm) {
  const images = useProcedure('libraryImage.list', { limit: 500 }).data?.rows ?? [];
  return [
    { label: 'Virtual hard disk', value: images.find(({ id }) => id === form.image)?.name ?? '' },
    { label: 'Name', value: form.name },
    { label: 'Description', value: form.description || 'None' },
    { label: 'Generation', value: String(form.generation) },
    { label: 'Memory', value: `${formatNumber(form.memoryMb)} MB` },
    { label: 'Processors', value: String(form.processors) },
    ...form.adapters.map(({ networkName }, at) => ({ label: adapterName(at), value: networkName })),
  ];
}
