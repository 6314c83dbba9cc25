/** Goes through a long list page by page: which rows stand here, of how many, and the way to the others. */
import { Button, makeStyles, tokens, Tooltip } from '@fluentui/react-components';
import { ChevronLeft20Regular, ChevronRight20Regular } from '@fluentui/react-icons';
import { formatNumber } from './format.ts';

const useStyles = makeStyles({
  root: { display: 'flex', alignItems: 'center', gap: '4px', flexShrink: 0, fontSize: '12px', lineHeight: '16px', color: tokens.colorNeutralForeground2, whiteSpace: 'nowrap' },
  button: { minWidth: '24px', height: '24px', padding: 0 },
});

interface PagerProps {
  /** What is listed, for the buttons' names: "tenants". */
  readonly what: string;
  readonly offset: number;
  readonly size: number;
  readonly total: number;
  readonly onChange: (offset: number) => void;
}

export function Pager({ what, offset, size, total, onChange }: PagerProps) {
  const styles = useStyles();
  const last = Math.min(offset + size, total);
  return (
    <div className={styles.root} role="group" aria-label={`Pages of ${what}`}>
      <Tooltip content={`Previous ${what}`} relationship="label">
        <Button appearance="subtle" size="small" className={styles.button} icon={<ChevronLeft20Regular />} disabledFocusable={offset === 0} onClick={() => onChange(Math.max(0, offset - size))} />
      </Tooltip>
      <span aria-live="polite">{total === 0 ? `No ${what}` : `${formatNumber(offset + 1)} to ${formatNumber(last)} of ${formatNumber(total)}`}</span>
      <Tooltip content={`Next ${what}`} relationship="label">
        <Button appearance="subtle" size="small" className={styles.button} icon={<ChevronRight20Regular />} disabledFocusable={last >= total} onClick={() => onChange(offset + size)} />
      </Tooltip>
    </div>
  );
}
