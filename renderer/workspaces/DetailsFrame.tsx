/** Frame of the details pane: name and kind on top, columns of facts below. */
import { makeStyles, tokens } from '@fluentui/react-components';
import type { ReactNode } from 'react';
import type { CommandIcon } from '../shell/command.ts';
import { FactList, type Fact } from '../views/shared/FactList.tsx';

const useStyles = makeStyles({
  root: { padding: '12px 16px', display: 'flex', flexDirection: 'column', gap: '12px' },
  head: { display: 'flex', alignItems: 'center', gap: '8px' },
  icon: { display: 'flex', color: tokens.colorBrandForeground1 },
  name: { margin: 0, fontSize: '16px', lineHeight: '22px', fontWeight: tokens.fontWeightSemibold, overflowWrap: 'anywhere' },
  kind: { color: tokens.colorNeutralForeground3 },
  columns: { display: 'flex', flexWrap: 'wrap', gap: '16px 32px' },
  column: { flexGrow: 1, flexBasis: '272px', minWidth: 0, maxWidth: '480px' },
  stack: { flexGrow: 1, flexBasis: '272px', minWidth: 0, maxWidth: '480px', display: 'flex', flexDirection: 'column', gap: '16px', '& > div': { flexBasis: 'auto', flexGrow: 0 } },
  title: { margin: '0 0 6px', fontSize: '12px', lineHeight: '16px', fontWeight: tokens.fontWeightSemibold, color: tokens.colorBrandForeground1 },
});

interface DetailsFrameProps {
  readonly icon: CommandIcon;
  readonly name: string;
  readonly kind: string;
  readonly children: ReactNode;
}

export function DetailsFrame({ icon: Icon, name, kind, children }: DetailsFrameProps) {
  const styles = useStyles();
  return (
    <div className={styles.root}>
      <header className={styles.head}>
        <span className={styles.icon} aria-hidden>
          <Icon />
        </span>
        <h3 className={styles.name}>{name}</h3>
        <span className={styles.kind}>{kind}</span>
      </header>
      <div className={styles.columns}>{children}</div>
    </div>
  );
}

export function DetailsColumn({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  const styles = useStyles();
  return (
    <div className={styles.column}>
      <h4 className={styles.title}>{title}</h4>
      {children}
    </div>
  );
}

/** Columns one above the other, in the place of one. */
export function ColumnStack({ children }: { readonly children: ReactNode }) {
  const styles = useStyles();
  return <div className={styles.stack}>{children}</div>;
}

export function FactColumn({ title, facts }: { readonly title: string; readonly facts: readonly Fact[] }) {
  return (
    <DetailsColumn title={title}>
      <FactList facts={facts} />
    </DetailsColumn>
  );
}
