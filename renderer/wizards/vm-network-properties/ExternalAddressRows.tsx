/** Properties › Network Address Translation (NAT): the external addresses. VMM gives one; those behind it are added on the gateway virtual machine. */
import { Button, Dropdown, Input, makeStyles, mergeClasses, Option, tokens, Tooltip } from '@fluentui/react-components';
import { Add16Regular, Dismiss16Regular } from '@fluentui/react-icons';
import { furtherAddressesOfNat } from '../../../shared/contract/connectivity.ts';
import { usePageStyles } from '../frame/pageStyles.ts';
import { MarkedField, RowProblems, WizardField } from '../frame/WizardField.tsx';
import type { ConnectivityPageProps } from './ConnectivityPage.tsx';
import { emptyExternalAddress, withoutExternalAddress, type ExternalAddressForm } from './externalAddressForm.ts';

const useStyles = makeStyles({
  list: { display: 'flex', flexDirection: 'column', gap: '4px', margin: 0, padding: 0, listStyleType: 'none' },
  row: {
    display: 'grid',
    gridTemplateColumns: '20px 168px 32px minmax(0, 1fr)',
    gap: '6px',
    alignItems: 'center',
    minHeight: '32px',
    '& .fui-Dropdown': { minWidth: 0, width: '100%' },
  },
  /** Where there are several pools to choose from. */
  rowOfPools: { gridTemplateColumns: '20px 168px minmax(0, 240px) 32px' },
  /** Behind the address in the row without a field. */
  rest: { gridColumn: '3 / -1' },
  head: { fontSize: '12px', fontWeight: tokens.fontWeightSemibold, color: tokens.colorNeutralForeground2 },
  number: { color: tokens.colorNeutralForeground2, textAlign: 'end' },
});

export function ExternalAddressRows({ options, form, onChange }: ConnectivityPageProps) {
  const styles = useStyles();
  const page = usePageStyles();
  const { externalAddresses } = form;
  const isFull = externalAddresses.length >= furtherAddressesOfNat;
  const set = (at: number, change: Partial<ExternalAddressForm>) => onChange({ ...form, externalAddresses: externalAddresses.map((entry, other) => (other === at ? { ...entry, ...change } : entry)) });
  const add = (
    <Button size="small" icon={<Add16Regular />} disabledFocusable={isFull} onClick={() => onChange({ ...form, externalAddresses: [...externalAddresses, emptyExternalAddress] })}>
      Add external address
    </Button>
  );
  return (
    <WizardField path="directConnection.externalAddresses" isGroup>
      <div role="group" aria-label="External addresses" className={page.wide}>
        <span className={styles.head}>External addresses</span>
        <ol className={styles.list}>
          <li className={styles.row}>
            <span className={styles.number}>1</span>
            <span className={page.mono}>{form.ipAddress.trim() === '' ? 'Automatic' : form.ipAddress}</span>
            <span className={mergeClasses(page.hint, styles.rest)}>The address of page Connectivity.</span>
          </li>
          {externalAddresses.map((entry, at) => (
            <AddressRow key={entry.id ?? `new ${at}`} at={at} entry={entry} options={options} form={form} onSet={(change) => set(at, change)} onChange={onChange} />
          ))}
        </ol>
        <div>
          {isFull ? (
            <Tooltip content={`There are ${furtherAddressesOfNat} already, the most that this console takes.`} relationship="description">
              {add}
            </Tooltip>
          ) : (
            add
          )}
        </div>
        <span className={page.hint}>
          {externalAddresses.length === 0
            ? 'With more addresses there are more ports for sessions, and rules can wait at the same port of each.'
            : 'Each machine inside keeps one of them. VMM itself knows the first; View Script adds the others on the gateway virtual machine.'}
        </span>
      </div>
    </WizardField>
  );
}

interface AddressRowProps extends ConnectivityPageProps {
  /** Place behind the first external address. */
  readonly at: number;
  readonly entry: ExternalAddressForm;
  readonly onSet: (change: Partial<ExternalAddressForm>) => void;
}

function AddressRow({ at, entry, options, form, onSet, onChange }: AddressRowProps) {
  const styles = useStyles();
  const page = usePageStyles();
  const path = `directConnection.externalAddresses.${at}`;
  const number = at + 2;
  const pools = options.gateways.find(({ id }) => id === form.gatewayDevice)?.pools ?? [];
  const users = form.rules.filter(({ externalAddress }) => externalAddress === number).map(({ name }) => (name === '' ? 'a rule without a name' : name));
  const remove = (
    <Button appearance="subtle" icon={<Dismiss16Regular />} aria-label={`Remove external address ${number}`} disabledFocusable={users.length > 0} onClick={() => onChange(withoutExternalAddress(form, at))} />
  );
  return (
    <li className={mergeClasses(styles.row, pools.length > 1 && styles.rowOfPools)}>
      <span className={styles.number}>{number}</span>
      <MarkedField path={`${path}.ipAddress`}>
        <Input
          aria-label={`External address ${number}`}
          className={mergeClasses(page.cell, page.mono)}
          placeholder="First free address"
          value={entry.ipAddress}
          autoComplete="off"
          spellCheck={false}
          onChange={(_event, { value }) => onSet({ ipAddress: value })}
        />
      </MarkedField>
      {pools.length > 1 && <PoolChoice path={path} number={number} pools={pools} entry={entry} onSet={onSet} />}
      {users.length === 0 ? (
        remove
      ) : (
        <Tooltip content={`NAT rule ${users.join(', ')} waits here. Choose another external address for it first.`} relationship="description">
          {remove}
        </Tooltip>
      )}
      <RowProblems path={path} className={page.problems} />
    </li>
  );
}

interface PoolChoiceProps {
  readonly path: string;
  readonly number: number;
  readonly pools: ConnectivityPageProps['options']['gateways'][number]['pools'];
  readonly entry: ExternalAddressForm;
  readonly onSet: (change: Partial<ExternalAddressForm>) => void;
}

/** Only where there is something to choose. */
function PoolChoice({ path, number, pools, entry, onSet }: PoolChoiceProps) {
  const usual = 'The pool that has the address';
  return (
    <MarkedField path={`${path}.ipAddressPool`}>
      <Dropdown
        aria-label={`IP address pool of external address ${number}`}
        value={pools.find(({ id }) => id === entry.ipAddressPool)?.name ?? usual}
        selectedOptions={[entry.ipAddressPool]}
        onOptionSelect={(_event, { optionValue }) => onSet({ ipAddressPool: optionValue ?? '', ipAddress: '' })}
      >
        <Option value="">{usual}</Option>
        {pools.map(({ id, name }) => (
          <Option key={id} value={id}>
            {name}
          </Option>
        ))}
      </Dropdown>
    </MarkedField>
  );
}
