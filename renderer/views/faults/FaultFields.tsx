/** A new fault: which kind, about what, and what else belongs to it. */
import { Button, Checkbox, Dropdown, Field, Input, makeStyles, Option } from '@fluentui/react-components';
import { Flash20Regular } from '@fluentui/react-icons';
import { useState, type FormEvent } from 'react';
import { faultKinds, type FaultInput } from '../../../shared/contract/faults.ts';
import { checkForm, formOf, type FaultForm, type FaultMessages, type LinkForm } from './faultForm.ts';
import { faultTexts } from './faultTexts.ts';
import { ObjectField } from './ObjectField.tsx';

const useStyles = makeStyles({
  form: { display: 'flex', flexDirection: 'column', gap: '8px' },
  row: { display: 'grid', gridTemplateColumns: 'minmax(0, 1fr) minmax(0, 1fr) auto', gap: '12px', alignItems: 'start' },
  link: { display: 'grid', gridTemplateColumns: 'auto repeat(5, minmax(0, 1fr))', gap: '8px', alignItems: 'start' },
  narrow: { minWidth: 0, '& input': { minWidth: 0, width: '100%' } },
  beside: { paddingTop: '22px' },
});

interface FaultFieldsProps {
  /** Resolves to whether the fault is in force now. */
  readonly onInject: (input: FaultInput) => Promise<boolean>;
}

export function FaultFields({ onInject }: FaultFieldsProps) {
  const styles = useStyles();
  const [form, setForm] = useState<FaultForm>(() => formOf('hostDown'));
  const [isAsked, setAsked] = useState(false);
  const { messages = {} } = isAsked ? checkForm(form) : {};
  const texts = faultTexts[form.kind];
  const start = (next: FaultForm) => {
    setAsked(false);
    setForm(next);
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const { input } = checkForm(form);
    if (input === undefined) setAsked(true);
    else if (await onInject(input)) start(formOf(form.kind));
  };
  return (
    <form className={styles.form} noValidate onSubmit={(event) => void submit(event)}>
      <div className={styles.row}>
        <Field label="Fault" size="small">
          <Dropdown
            size="small"
            className={styles.narrow}
            value={texts.label}
            selectedOptions={[form.kind]}
            onOptionSelect={(_event, { optionValue }) => start(formOf(faultKinds.find((kind) => kind === optionValue) ?? form.kind))}
          >
            {faultOrder.map((kind) => (
              <Option key={kind} value={kind}>
                {faultTexts[kind].label}
              </Option>
            ))}
          </Dropdown>
        </Field>
        <Field label={texts.object} size="small" {...wrong(messages.target)}>
          <ObjectField key={form.kind} kind={form.kind} chosen={form.object} placeholder="Choose" none={texts.none} onChange={(object) => setForm({ ...form, object })} />
        </Field>
        <div className={styles.beside}>
          <Button size="small" appearance="primary" type="submit" icon={<Flash20Regular />}>
            Inject
          </Button>
        </div>
      </div>
      {form.kind === 'lookupRecordStale' && (
        <div className={styles.row}>
          <Field label="Points to provider address" size="small" {...wrong(messages.providerAddress)}>
            <Input size="small" className={styles.narrow} value={form.providerAddress} placeholder="172.16.40.250" autoComplete="off" spellCheck={false} onChange={(_event, { value }) => setForm({ ...form, providerAddress: value })} />
          </Field>
        </div>
      )}
      {form.kind === 'link' && <LinkFields link={form.link} messages={messages} onChange={(link) => setForm({ ...form, link })} />}
      <div>{texts.effect}</div>
    </form>
  );
}

/** Those of the fabric first, then the gateway's, then what is outside. */
const faultOrder = Object.keys(faultTexts) as (keyof typeof faultTexts)[];

const wrong = (message: string | undefined) => (message === undefined ? {} : ({ validationState: 'error', validationMessage: message } as const));

function LinkFields({ link, messages, onChange }: { readonly link: LinkForm; readonly messages: FaultMessages; readonly onChange: (link: LinkForm) => void }) {
  const styles = useStyles();
  const text = (key: Exclude<keyof LinkForm, 'isDown'>, label: string, message: string | undefined) => (
    <Field label={label} size="small" {...wrong(message)}>
      <Input size="small" className={styles.narrow} value={link[key]} autoComplete="off" inputMode="decimal" onChange={(_event, { value }) => onChange({ ...link, [key]: value })} />
    </Field>
  );
  return (
    <div className={styles.link} role="group" aria-label="What is wrong with the link">
      <Field className={styles.beside} {...wrong(messages.isDown)}>
        <Checkbox label="Down" checked={link.isDown} onChange={(_event, { checked }) => onChange({ ...link, isDown: checked === true })} />
      </Field>
      {text('loss', 'Loss (%)', messages.lossPerMillion)}
      {text('latency', 'Delay (ms)', messages.extraLatencyMs)}
      {text('bandwidth', 'Mbps', messages.bitsPerSecond)}
      {text('reorder', 'Reordered (%)', messages.reorderPerMillion)}
      {text('largestFrame', 'Largest frame', messages.largestFrame)}
    </div>
  );
}
