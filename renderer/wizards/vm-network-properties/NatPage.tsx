/** Properties › Network Address Translation (NAT): external addresses, and the rules (fact sheet §3.2). */
import { Button, Dropdown, Input, makeStyles, mergeClasses, Option, tokens } from '@fluentui/react-components';
import { Add16Regular, Dismiss16Regular } from '@fluentui/react-icons';
import { natProtocols } from '../../../shared/contract/connectivity.ts';
import { usePageStyles } from '../frame/pageStyles.ts';
import { MarkedField, RowProblems, WizardField } from '../frame/WizardField.tsx';
import type { ConnectivityPageProps } from './ConnectivityPage.tsx';
import { ExternalAddressRows } from './ExternalAddressRows.tsx';
import { externalAddressChoices } from './externalAddressForm.ts';
import { emptyRule, type NatRuleForm } from './connectivityForm.ts';

const useStyles = makeStyles({
  head: { alignItems: 'end', fontSize: '12px', fontWeight: tokens.fontWeightSemibold, color: tokens.colorNeutralForeground2 },
  list: { display: 'flex', flexDirection: 'column', gap: '4px', margin: 0, padding: 0, listStyleType: 'none' },
  row: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1.3fr) 84px 92px minmax(0, 1.2fr) 92px 32px',
    gap: '6px',
    alignItems: 'start',
    '& .fui-Dropdown': { minWidth: 0, width: '100%' },
  },
  /** With the choice of an external address. */
  rowOfSeveral: { gridTemplateColumns: 'minmax(0, 1fr) 76px 132px 64px 130px 64px 32px', gap: '4px' },
});

export function NatPage(props: ConnectivityPageProps) {
  const page = usePageStyles();
  return (
    <div className={page.wide}>
      <ExternalAddressRows {...props} />
      <RuleRows {...props} />
    </div>
  );
}

function RuleRows({ form, onChange }: ConnectivityPageProps) {
  const styles = useStyles();
  const page = usePageStyles();
  const addresses = externalAddressChoices(form);
  const isSeveral = addresses.length > 1;
  const set = (at: number, change: Partial<NatRuleForm>) => onChange({ ...form, rules: form.rules.map((rule, other) => (other === at ? { ...rule, ...change } : rule)) });
  return (
    <WizardField path="directConnection.rules" isGroup>
      <div role="group" aria-label="NAT rules" className={page.wide}>
        {form.rules.length === 0 ? (
          <span className={page.hint}>There is no NAT rule: machines of this VM network reach others, and nobody outside reaches them.</span>
        ) : (
          <div className={mergeClasses(styles.row, isSeveral && styles.rowOfSeveral, styles.head)} aria-hidden>
            <span>Name</span>
            <span>Protocol</span>
            {isSeveral && <span>External address</span>}
            <span>Incoming port</span>
            <span>Destination IP</span>
            <span>Dest. port</span>
          </div>
        )}
        <ol className={styles.list}>
          {form.rules.map((rule, at) => (
            <RuleRow key={rule.id ?? `new ${at}`} rule={rule} at={at} addresses={addresses} onChange={(change) => set(at, change)} onRemove={() => onChange({ ...form, rules: form.rules.filter((_, other) => other !== at) })} />
          ))}
        </ol>
        <div>
          <Button size="small" icon={<Add16Regular />} onClick={() => onChange({ ...form, rules: [...form.rules, emptyRule] })}>
            Add NAT rule
          </Button>
        </div>
        <span className={page.hint}>Incoming ports are 1 to 49151 of {isSeveral ? 'each external address' : `the external address${form.ipAddress === '' ? '' : ` ${form.ipAddress}`}`}.</span>
      </div>
    </WizardField>
  );
}

interface RuleRowProps {
  readonly rule: NatRuleForm;
  readonly at: number;
  /** Those that it can wait at. */
  readonly addresses: ReturnType<typeof externalAddressChoices>;
  readonly onChange: (change: Partial<NatRuleForm>) => void;
  readonly onRemove: () => void;
}

function RuleRow({ rule, at, addresses, onChange, onRemove }: RuleRowProps) {
  const styles = useStyles();
  const page = usePageStyles();
  const path = `directConnection.rules.${at}`;
  const which = `of NAT rule ${at + 1}`;
  const input = (key: 'name' | 'incomingPort' | 'destinationAddress' | 'destinationPort', label: string, isMono = true) => (
    <MarkedField path={`${path}.${key}`}>
      <Input aria-label={`${label} ${which}`} className={mergeClasses(page.cell, isMono && page.mono)} value={rule[key]} autoComplete="off" spellCheck={false} onChange={(_event, { value }) => onChange({ [key]: value })} />
    </MarkedField>
  );
  return (
    <li className={mergeClasses(styles.row, addresses.length > 1 && styles.rowOfSeveral)}>
      {input('name', 'Name', false)}
      <MarkedField path={`${path}.protocol`}>
        <Dropdown aria-label={`Protocol ${which}`} value={rule.protocol} selectedOptions={[rule.protocol]} onOptionSelect={(_event, { optionValue }) => onChange({ protocol: optionValue === 'UDP' ? 'UDP' : 'TCP' })}>
          {natProtocols.map((protocol) => (
            <Option key={protocol} value={protocol}>
              {protocol}
            </Option>
          ))}
        </Dropdown>
      </MarkedField>
      {addresses.length > 1 && (
        <MarkedField path={`${path}.externalAddress`}>
          <Dropdown
            aria-label={`External address ${which}`}
            className={page.mono}
            value={addresses.find(({ number }) => number === rule.externalAddress)?.text ?? ''}
            selectedOptions={[String(rule.externalAddress)]}
            onOptionSelect={(_event, { optionValue }) => onChange({ externalAddress: Number(optionValue) })}
          >
            {addresses.map(({ number, text }) => (
              <Option key={number} value={String(number)}>
                {text}
              </Option>
            ))}
          </Dropdown>
        </MarkedField>
      )}
      {input('incomingPort', 'Incoming port')}
      {input('destinationAddress', 'Destination IP')}
      {input('destinationPort', 'Destination port')}
      <Button appearance="subtle" icon={<Dismiss16Regular />} aria-label={`Remove NAT rule ${at + 1}`} onClick={onRemove} />
      <RowProblems path={path} className={page.problems} />
    </li>
  );
}
