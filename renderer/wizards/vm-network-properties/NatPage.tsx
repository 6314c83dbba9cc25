/** Properties › Network Address Translation (NAT): the rules (fact sheet §3.2). */
import { Button, Dropdown, Input, makeStyles, mergeClasses, Option, tokens } from '@fluentui/react-components';
import { Add16Regular, Dismiss16Regular } from '@fluentui/react-icons';
import { natProtocols } from '../../../shared/contract/connectivity.ts';
import { usePageStyles } from '../frame/pageStyles.ts';
import { MarkedField, RowProblems, WizardField } from '../frame/WizardField.tsx';
import type { ConnectivityPageProps } from './ConnectivityPage.tsx';
import { emptyRule, type NatRuleForm } from './connectivityForm.ts';

const useStyles = makeStyles({
  head: { fontSize: '12px', fontWeight: tokens.fontWeightSemibold, color: tokens.colorNeutralForeground2 },
  list: { display: 'flex', flexDirection: 'column', gap: '4px', margin: 0, padding: 0, listStyleType: 'none' },
  row: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1.3fr) 84px 92px minmax(0, 1.2fr) 92px 32px',
    gap: '6px',
    alignItems: 'start',
    '& .fui-Dropdown': { minWidth: 0, width: '100%' },
  },
});

export function NatPage({ form, onChange }: ConnectivityPageProps) {
  const styles = useStyles();
  const page = usePageStyles();
  const set = (at: number, change: Partial<NatRuleForm>) => onChange({ ...form, rules: form.rules.map((rule, other) => (other === at ? { ...rule, ...change } : rule)) });
  return (
    <WizardField path="directConnection.rules" isGroup>
      <div role="group" aria-label="NAT rules" className={page.wide}>
        {form.rules.length === 0 ? (
          <span className={page.hint}>There is no NAT rule: machines of this VM network reach others, and nobody outside reaches them.</span>
        ) : (
          <div className={mergeClasses(styles.row, styles.head)} aria-hidden>
            <span>Name</span>
            <span>Protocol</span>
            <span>Incoming port</span>
            <span>Destination IP</span>
            <span>Dest. port</span>
          </div>
        )}
        <ol className={styles.list}>
          {form.rules.map((rule, at) => (
            <RuleRow key={rule.id ?? `new ${at}`} rule={rule} at={at} onChange={(change) => set(at, change)} onRemove={() => onChange({ ...form, rules: form.rules.filter((_, other) => other !== at) })} />
          ))}
        </ol>
        <div>
          <Button size="small" icon={<Add16Regular />} onClick={() => onChange({ ...form, rules: [...form.rules, emptyRule] })}>
            Add NAT rule
          </Button>
        </div>
        <span className={page.hint}>Incoming ports are 1 to 49151 of the external address{form.ipAddress === '' ? '' : ` ${form.ipAddress}`}.</span>
      </div>
    </WizardField>
  );
}

interface RuleRowProps {
  readonly rule: NatRuleForm;
  readonly at: number;
  readonly onChange: (change: Partial<NatRuleForm>) => void;
  readonly onRemove: () => void;
}

function RuleRow({ rule, at, onChange, onRemove }: RuleRowProps) {
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
    <li className={styles.row}>
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
      {input('incomingPort', 'Incoming port')}
      {input('destinationAddress', 'Destination IP')}
      {input('destinationPort', 'Destination port')}
      <Button appearance="subtle" icon={<Dismiss16Regular />} aria-label={`Remove NAT rule ${at + 1}`} onClick={onRemove} />
      <RowProblems path={path} className={page.problems} />
    </li>
  );
}
