/** Properties › Connectivity of a gateway device: front end and back end (fact sheet §1.6). */
import { Checkbox, Dropdown, makeStyles, Option } from '@fluentui/react-components';
import type { NetworkServiceProperties } from '../../../shared/contract/inventory.ts';
import { Choice } from '../frame/Choice.tsx';
import { usePageStyles } from '../frame/pageStyles.ts';
import { WizardField } from '../frame/WizardField.tsx';
import { connectionTypes, type ConnectionForm, type ConnectionType, type PropertiesForm } from './form.ts';

const useStyles = makeStyles({
  nested: { display: 'grid', gridTemplateColumns: '1fr 1fr', gap: '12px', paddingInlineStart: '28px' },
});

const labels: Readonly<Record<ConnectionType, string>> = { FrontEnd: 'Enable front end connection', BackEnd: 'Enable back end connection' };

interface ConnectivityPageProps {
  readonly properties: NetworkServiceProperties;
  readonly form: PropertiesForm;
  readonly onChange: (form: PropertiesForm) => void;
}

export function ConnectivityPage({ properties, form, onChange }: ConnectivityPageProps) {
  const styles = usePageStyles();
  return (
    <div className={styles.wide}>
      {connectionTypes.map((type) => (
        <Connection
          key={type}
          type={type}
          options={properties.connections.find(({ connectionType }) => connectionType === type)}
          value={form.connections[type]}
          onChange={(value) => onChange({ ...form, connections: { ...form.connections, [type]: value } })}
        />
      ))}
      <span className={styles.hint}>
        Adapters are those found inside {properties.vmName ?? 'the gateway VM'}. To choose another one for an enabled connection, disable it and choose OK first.
        {properties.vmNetworks.length > 0 && ` In use by ${properties.vmNetworks.join(', ')}.`}
      </span>
    </div>
  );
}

interface ConnectionProps {
  readonly type: ConnectionType;
  readonly options: NetworkServiceProperties['connections'][number] | undefined;
  readonly value: ConnectionForm;
  readonly onChange: (value: ConnectionForm) => void;
}

function Connection({ type, options, value, onChange }: ConnectionProps) {
  const styles = useStyles();
  const isFixed = options?.current !== null || !value.isEnabled;
  return (
    <>
      <Checkbox label={labels[type]} checked={value.isEnabled} onChange={(_event, { checked }) => onChange({ ...value, isEnabled: checked === true })} />
      <div className={styles.nested}>
        <Chooser
          path={`${type}.networkAdapter`}
          label="Network adapter"
          choices={(options?.networkAdapters ?? []).map((entry) => ({ ...entry, hint: entry.unavailableReason ?? entry.place }))}
          chosen={value.networkAdapter}
          isDisabled={isFixed}
          onChange={(networkAdapter) => onChange({ ...value, networkAdapter })}
        />
        <Chooser
          path={`${type}.networkSite`}
          label="Network site"
          choices={(options?.networkSites ?? []).map((entry) => ({ ...entry, hint: entry.unavailableReason ?? entry.logicalNetwork }))}
          chosen={value.networkSite}
          isDisabled={isFixed}
          onChange={(networkSite) => onChange({ ...value, networkSite })}
        />
      </div>
    </>
  );
}

interface ChooserProps {
  readonly path: string;
  readonly label: string;
  readonly choices: readonly { readonly id: string; readonly name: string; readonly hint: string; readonly unavailableReason: string | null }[];
  readonly chosen: string;
  readonly isDisabled: boolean;
  readonly onChange: (id: string) => void;
}

/** What cannot be chosen is there too, greyed, with its reason. */
function Chooser({ path, label, choices, chosen, isDisabled, onChange }: ChooserProps) {
  return (
    <WizardField path={path} label={label}>
      <Dropdown
        disabled={isDisabled}
        placeholder={`Choose a ${label.toLowerCase()}`}
        value={choices.find(({ id }) => id === chosen)?.name ?? ''}
        selectedOptions={[chosen]}
        onOptionSelect={(_event, { optionValue }) => onChange(optionValue ?? '')}
      >
        {choices.map(({ id, name, hint, unavailableReason }) => (
          <Option key={id} value={id} text={name} disabled={unavailableReason !== null}>
            <Choice label={name} hint={hint} />
          </Option>
        ))}
      </Dropdown>
    </WizardField>
  );
}
