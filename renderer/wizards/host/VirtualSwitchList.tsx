/** Virtual switches of a host: names to type, add and remove. */
import { Button, Dropdown, Field, Input, makeStyles, Option } from '@fluentui/react-components';
import { Add16Regular, Dismiss16Regular } from '@fluentui/react-icons';
import { useProcedure } from '../../bridge/queries.ts';
import { usePageStyles } from '../frame/pageStyles.ts';
import { useProblem, WizardField } from '../frame/WizardField.tsx';
import { sentence } from '../frame/wizardProblems.ts';
import type { SwitchForm } from './form.ts';

const useStyles = makeStyles({
  list: { display: 'flex', flexDirection: 'column', gap: '8px', margin: 0, padding: 0, listStyleType: 'none' },
  row: { display: 'grid', gridTemplateColumns: 'minmax(0, 1fr) auto auto', gap: '8px', alignItems: 'start' },
  remove: { marginTop: '24px', gridColumnStart: 3 },
});

interface VirtualSwitchListProps {
  readonly switches: readonly SwitchForm[];
  /** Path of a switch's name in the input. */
  readonly pathOf: (at: number) => string;
  /** A new switch may be an instance of a logical switch. */
  readonly hasLogical?: boolean;
  readonly onChange: (switches: readonly SwitchForm[]) => void;
}

export function VirtualSwitchList({ switches, pathOf, hasLogical = false, onChange }: VirtualSwitchListProps) {
  const styles = useStyles();
  const page = usePageStyles();
  const ofAll = useProblem('virtualSwitches');
  return (
    <div className={page.wide} role="group" aria-label="Virtual switches">
      {switches.length === 0 && <p className={page.hint}>The host has no virtual switch: virtual machines on it cannot be connected to a network.</p>}
      <ol className={styles.list}>
        {switches.map(({ id, name, users, logicalSwitch = '' }, at) => (
          <li key={id === '' ? `new ${at}` : id} className={styles.row}>
            <WizardField path={pathOf(at)} label={`Virtual switch ${at + 1}`} hint={users.length === 0 ? null : `Connected: ${users.join(', ')}`}>
              <Input value={name} autoComplete="off" spellCheck={false} onChange={(_event, { value }) => onChange(switches.map((entry, other) => (other === at ? { ...entry, name: value } : entry)))} />
            </WizardField>
            {hasLogical && id === '' && (
              <LogicalSwitchField value={logicalSwitch} path={pathOf(at).replace(/name$/u, 'logicalSwitch')} onChange={(chosen) => onChange(switches.map((entry, other) => (other === at ? { ...entry, logicalSwitch: chosen } : entry)))} />
            )}
            <Button
              className={styles.remove}
              appearance="subtle"
              icon={<Dismiss16Regular />}
              aria-label={`Remove virtual switch ${at + 1}`}
              onClick={() => onChange(switches.filter((_, other) => other !== at))}
            />
          </li>
        ))}
      </ol>
      {ofAll?.path.length === 1 && <Field validationState="error" validationMessage={sentence(ofAll)} />}
      <div>
        <Button size="small" icon={<Add16Regular />} onClick={() => onChange([...switches, { id: '', name: '', users: [] }])}>
          Add virtual switch
        </Button>
      </div>
    </div>
  );
}

const standard = 'Standard switch';

/** "New Standard Switch" or "New Logical Switch" of VMM, in one field. */
function LogicalSwitchField({ value, path, onChange }: { readonly value: string; readonly path: string; readonly onChange: (id: string) => void }) {
  const switches = useProcedure('fabricObject.list', { kind: 'logicalSwitch', limit: 500 }).data?.rows ?? [];
  return (
    <WizardField path={path} label="Kind">
      <Dropdown value={switches.find(({ id }) => id === value)?.name ?? standard} selectedOptions={[value]} onOptionSelect={(_event, { optionValue }) => onChange(optionValue ?? '')}>
        <Option value="">{standard}</Option>
        {switches.map(({ id, name }) => (
          <Option key={id} value={id}>
            {name}
          </Option>
        ))}
      </Dropdown>
    </WizardField>
  );
}
