/** An ordered list of values to type, insert and delete. */
import { Button, Field, Input, makeStyles, mergeClasses } from '@fluentui/react-components';
import { Add16Regular, ArrowUp16Regular, Dismiss16Regular } from '@fluentui/react-icons';
import { usePageStyles } from './pageStyles.ts';
import { useProblem, WizardField } from './WizardField.tsx';
import { sentence } from './wizardProblems.ts';

const useStyles = makeStyles({
  list: { display: 'flex', flexDirection: 'column', gap: '4px', margin: 0, padding: 0, listStyleType: 'none' },
  row: { display: 'grid', gridTemplateColumns: 'minmax(0, 1fr) auto auto', gap: '4px', alignItems: 'start' },
});

interface TextRowsProps {
  /** What all of them are. */
  readonly label: string;
  /** What one of them is, for its name: "DNS server". */
  readonly each: string;
  readonly path: string;
  readonly values: readonly string[];
  readonly empty: string;
  readonly isMono?: boolean;
  readonly onChange: (values: readonly string[]) => void;
}

export function TextRows({ label, each, path, values, empty, isMono = false, onChange }: TextRowsProps) {
  const styles = useStyles();
  const page = usePageStyles();
  const ofAll = useProblem(path);
  return (
    <Field label={label} {...(ofAll?.path.length === path.split('.').length ? { validationState: 'error', validationMessage: sentence(ofAll) } : {})}>
      {/* A group of inputs: the field's own id and label belong to none of them. */}
      <div role="group" aria-label={label} className={page.wide}>
        {values.length === 0 && <span className={page.hint}>{empty}</span>}
        <ol className={styles.list}>
          {values.map((value, at) => (
            <li key={at} className={styles.row}>
              <WizardField path={`${path}.${at}`}>
                <Input aria-label={`${each} ${at + 1}`} className={mergeClasses(page.cell, isMono && page.mono)} value={value} autoComplete="off" spellCheck={false} onChange={(_event, data) => onChange(values.map((entry, other) => (other === at ? data.value : entry)))} />
              </WizardField>
              <Button appearance="subtle" icon={<ArrowUp16Regular />} aria-label={`Move ${each} ${at + 1} up`} disabledFocusable={at === 0} onClick={() => onChange(movedUp(values, at))} />
              <Button appearance="subtle" icon={<Dismiss16Regular />} aria-label={`Delete ${each} ${at + 1}`} onClick={() => onChange(values.filter((_, other) => other !== at))} />
            </li>
          ))}
        </ol>
        <div>
          <Button size="small" icon={<Add16Regular />} onClick={() => onChange([...values, ''])}>
            Insert {each}
          </Button>
        </div>
      </div>
    </Field>
  );
}

function movedUp(values: readonly string[], at: number): readonly string[] {
  const above = values[at - 1];
  const moved = values[at];
  if (above === undefined || moved === undefined) return values;
  return [...values.slice(0, at - 1), moved, above, ...values.slice(at + 1)];
}
