/** VM subnets as rows to type: name and IP subnet. One that is there already keeps its IP subnet. */
import { Button, Input, makeStyles, mergeClasses } from '@fluentui/react-components';
import { Add16Regular, Dismiss16Regular } from '@fluentui/react-icons';
import { usePageStyles } from '../frame/pageStyles.ts';
import { WizardField } from '../frame/WizardField.tsx';

export interface SubnetRow {
  readonly name: string;
  readonly subnet: string;
}

interface SubnetRowsProps<R extends SubnetRow> {
  readonly rows: readonly R[];
  readonly empty: R;
  /** Of a VM subnet that is there already: what else there is to say of it. */
  readonly factOf?: (row: R) => string | undefined;
  readonly onChange: (rows: readonly R[]) => void;
}

const useStyles = makeStyles({
  list: { display: 'flex', flexDirection: 'column', gap: '4px', margin: 0, padding: 0, listStyleType: 'none' },
  row: { display: 'grid', gridTemplateColumns: 'minmax(0, 1fr) minmax(0, 1fr) 32px', gap: '8px', alignItems: 'start' },
  withFact: { gridTemplateColumns: 'minmax(0, 1fr) 160px minmax(0, 1fr) 32px' },
  fact: { lineHeight: '32px', overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
});

export function SubnetRows<R extends SubnetRow>({ rows, empty, factOf, onChange }: SubnetRowsProps<R>) {
  const styles = useStyles();
  const page = usePageStyles();
  const set = (at: number, change: Partial<SubnetRow>) => onChange(rows.map((row, other) => (other === at ? { ...row, ...change } : row)));
  return (
    <WizardField path="subnets" isGroup>
      <div role="group" aria-label="VM subnets" className={page.wide}>
        <ol className={styles.list}>
          {rows.map((row, at) => {
            const fact = factOf?.(row);
            return (
              <li key={at} className={mergeClasses(styles.row, factOf !== undefined && styles.withFact)}>
                <WizardField path={`subnets.${at}.name`}>
                  <Input className={page.cell} aria-label={`Name of VM subnet ${at + 1}`} placeholder="Name" value={row.name} autoComplete="off" spellCheck={false} onChange={(_event, { value }) => set(at, { name: value })} />
                </WizardField>
                <WizardField path={`subnets.${at}.subnet`}>
                  <Input className={mergeClasses(page.cell, page.mono)} aria-label={`IP subnet ${at + 1}`} placeholder="10.30.1.0/24" value={row.subnet} readOnly={fact !== undefined} autoComplete="off" spellCheck={false} onChange={(_event, { value }) => set(at, { subnet: value })} />
                </WizardField>
                {factOf !== undefined && (
                  <span className={mergeClasses(page.hint, styles.fact)} title={fact}>
                    {fact ?? 'New'}
                  </span>
                )}
                <Button appearance="subtle" icon={<Dismiss16Regular />} aria-label={`Remove VM subnet ${at + 1}`} onClick={() => onChange(rows.filter((_, other) => other !== at))} />
              </li>
            );
          })}
        </ol>
        <div>
          <Button size="small" icon={<Add16Regular />} onClick={() => onChange([...rows, empty])}>
            Add VM subnet
          </Button>
        </div>
      </div>
    </WizardField>
  );
}
