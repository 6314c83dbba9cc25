/** What a list shows instead of rows: nothing there, nothing found, or an error. */
import { Button, makeStyles, tokens } from '@fluentui/react-components';
import { ErrorCircle24Regular, Search24Regular, TableSimple24Regular } from '@fluentui/react-icons';
import type { ReactNode } from 'react';
import type { ConsoleError } from '../../shared/contract/errors.ts';
import type { EmptyState } from './listTypes.ts';

const useStyles = makeStyles({
  root: {
    position: 'absolute',
    inset: '29px 0 0 0',
    display: 'flex',
    flexDirection: 'column',
    alignItems: 'center',
    justifyContent: 'center',
    gap: '8px',
    padding: '16px',
    textAlign: 'center',
    color: tokens.colorNeutralForeground2,
    backgroundColor: tokens.colorNeutralBackground1,
  },
  title: { margin: 0, fontSize: '14px', lineHeight: '20px', fontWeight: tokens.fontWeightSemibold, color: tokens.colorNeutralForeground1 },
  text: { margin: 0, maxWidth: '440px', fontSize: '13px', lineHeight: '18px' },
  code: { fontSize: '12px', color: tokens.colorNeutralForeground3 },
});

interface StateProps {
  readonly icon: ReactNode;
  readonly title: string;
  readonly children: ReactNode;
  readonly role?: 'alert' | 'status';
}

/** A centred message over the area of its nearest positioned parent. */
function State({ icon, title, children, role = 'status' }: StateProps) {
  const styles = useStyles();
  return (
    <div className={styles.root} role={role}>
      {icon}
      <p className={styles.title}>{title}</p>
      {children}
    </div>
  );
}

export function EmptyList({ empty }: { readonly empty: EmptyState }) {
  const styles = useStyles();
  return (
    <State icon={<TableSimple24Regular aria-hidden />} title={empty.title}>
      <p className={styles.text}>{empty.description}</p>
    </State>
  );
}

export function NothingFound({ filter, onClear }: { readonly filter: string; readonly onClear: () => void }) {
  const styles = useStyles();
  return (
    <State icon={<Search24Regular aria-hidden />} title="Nothing found">
      <p className={styles.text}>No row has “{filter}” in a shown column.</p>
      <Button size="small" onClick={onClear}>
        Clear search
      </Button>
    </State>
  );
}

export function ListError({ error, onRetry }: { readonly error: ConsoleError; readonly onRetry: () => void }) {
  const styles = useStyles();
  return (
    <State role="alert" icon={<ErrorCircle24Regular aria-hidden color={tokens.colorStatusDangerForeground1} />} title={error.message}>
      <p className={styles.text}>{error.recommendedAction}</p>
      <span className={styles.code}>{error.code}</span>
      <Button size="small" onClick={onRetry}>
        Try again
      </Button>
    </State>
  );
}
