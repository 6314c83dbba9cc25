/** Network adapters on the page Configure Hardware: add, remove, and what each is connected to. */
import { Button, Dropdown, Field, Input, makeStyles, Option, tokens } from '@fluentui/react-components';
import { Add16Regular, Dismiss16Regular } from '@fluentui/react-icons';
import { useProcedure } from '../../bridge/queries.ts';
import { usePageStyles } from '../frame/pageStyles.ts';
import { useProblem, WizardField } from '../frame/WizardField.tsx';
import { sentence } from '../frame/wizardProblems.ts';
import { NetworkField } from './NetworkField.tsx';
import { adapterName, notConnected, type AdapterForm } from './adapterForm.ts';

const useStyles = makeStyles({
  list: { display: 'flex', flexDirection: 'column', gap: '8px', margin: 0, padding: 0, listStyleType: 'none' },
  adapter: { border: `1px solid ${tokens.colorNeutralStroke2}`, borderRadius: tokens.borderRadiusMedium, padding: '8px 12px', display: 'flex', flexDirection: 'column', gap: '8px' },
  head: { display: 'flex', alignItems: 'center', justifyContent: 'space-between', fontWeight: tokens.fontWeightSemibold, fontSize: '13px' },
  fields: { display: 'grid', gridTemplateColumns: 'minmax(0, 2fr) minmax(0, 1fr)', gap: '12px', alignItems: 'start' },
});

/** Synthetic adapters that a virtual machine may have. */
const mostAdapters = 8;

interface AdapterListProps {
  readonly adapters: readonly AdapterForm[];
  /** A virtual machine has an address and may choose its VM subnet; a template has not. */
  readonly hasAddress: boolean;
  readonly onChange: (adapters: readonly AdapterForm[]) => void;
}

export function AdapterList({ adapters, hasAddress, onChange }: AdapterListProps) {
  const styles = useStyles();
  const pageStyles = usePageStyles();
  const ofAll = useProblem('adapters');
  return (
    <div className={pageStyles.wide} role="group" aria-label="Network adapters">
      <ol className={styles.list}>
        {adapters.map((adapter, at) => (
          <li key={at} className={styles.adapter} aria-label={adapterName(at)}>
            <div className={styles.head}>
              {adapterName(at)}
              <Button size="small" appearance="subtle" icon={<Dismiss16Regular />} aria-label={`Remove ${adapterName(at).toLowerCase()}`} onClick={() => onChange(adapters.filter((_, other) => other !== at))} />
            </div>
            <Adapter place={at} adapter={adapter} hasAddress={hasAddress} onChange={(next) => onChange(adapters.map((one, other) => (other === at ? next : one)))} />
          </li>
        ))}
      </ol>
      {ofAll?.path.length === 1 && <Field validationState="error" validationMessage={sentence(ofAll)} />}
      <div>
        <Button size="small" icon={<Add16Regular />} disabledFocusable={adapters.length >= mostAdapters} onClick={() => onChange([...adapters, notConnected])}>
          Add network adapter
        </Button>
      </div>
    </div>
  );
}

interface AdapterProps {
  readonly place: number;
  readonly adapter: AdapterForm;
  readonly hasAddress: boolean;
  readonly onChange: (adapter: AdapterForm) => void;
}

function Adapter({ place, adapter, hasAddress, onChange }: AdapterProps) {
  const styles = useStyles();
  const path = `adapters.${place}`;
  return (
    <>
      <div className={styles.fields}>
        <WizardField path={`${path}.network`} label="VM network">
          <NetworkField adapter={adapter} onChange={onChange} />
        </WizardField>
        {hasAddress && adapter.connection !== 'notConnected' && (
          <WizardField path={`${path}.ipAddress`} label="Static IP address">
            <Input value={adapter.ipAddress} placeholder="Next free of the pool" autoComplete="off" onChange={(_event, { value }) => onChange({ ...adapter, ipAddress: value })} />
          </WizardField>
        )}
      </div>
      {hasAddress && adapter.connection === 'vmNetwork' && <SubnetField path={`${path}.vmSubnet`} adapter={adapter} onChange={onChange} />}
    </>
  );
}

/** Only where there is a choice. */
function SubnetField({ path, adapter, onChange }: { readonly path: string; readonly adapter: AdapterForm; readonly onChange: (adapter: AdapterForm) => void }) {
  const { data } = useProcedure('virtualMachine.networkChoices', { filter: adapter.networkName });
  const subnets = data?.vmNetworks.find(({ id }) => id === adapter.network)?.vmSubnets ?? [];
  if (subnets.length < 2) return null;
  const chosen = subnets.find(({ id }) => id === adapter.vmSubnet);
  return (
    <WizardField path={path} label="VM subnet" required>
      <Dropdown
        placeholder="Choose a VM subnet"
        value={chosen === undefined ? '' : `${chosen.name} (${chosen.subnet})`}
        selectedOptions={[adapter.vmSubnet]}
        onOptionSelect={(_event, { optionValue }) => onChange({ ...adapter, vmSubnet: optionValue ?? '' })}
      >
        {subnets.map(({ id, name, subnet }) => (
          <Option key={id} value={id} text={`${name} (${subnet})`}>{`${name} (${subnet})`}</Option>
        ))}
      </Dropdown>
    </WizardField>
  );
}
