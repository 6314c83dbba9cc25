/** A gateway against its limits, live: a bar for each, with the numbers and a word beside it. */
import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { ErrorCircle16Filled, Warning16Filled } from '@fluentui/react-icons';
import type { Headroom } from '../../../shared/contract/liveGateway.ts';
import { useSubscription } from '../../bridge/queries.ts';
import { ErrorState, LoadingState } from '../shared/states.tsx';

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', gap: '8px', margin: 0, padding: 0, listStyleType: 'none' },
  head: { display: 'flex', justifyContent: 'space-between', gap: '12px', fontSize: '13px', lineHeight: '20px' },
  text: { display: 'inline-flex', alignItems: 'center', gap: '4px', whiteSpace: 'nowrap', fontVariantNumeric: 'tabular-nums' },
  track: { height: '6px', borderRadius: '3px', backgroundColor: tokens.colorNeutralBackground6, overflow: 'hidden' },
  fill: { height: '100%', backgroundColor: tokens.colorCompoundBrandBackground },
  warningFill: { backgroundColor: tokens.colorStatusWarningBackground3 },
  fullFill: { backgroundColor: tokens.colorStatusDangerBackground3 },
  warning: { color: tokens.colorStatusWarningForeground1 },
  full: { color: tokens.colorStatusDangerForeground1 },
  note: { fontSize: '12px', lineHeight: '16px', color: tokens.colorNeutralForeground3 },
});

export function HeadroomBars({ networkServiceId }: { readonly networkServiceId: string }) {
  const styles = useStyles();
  const { data, error } = useSubscription('gateway.capacity', { id: networkServiceId });
  if (error !== undefined) return <ErrorState error={error} />;
  if (data === undefined) return <LoadingState what="the capacity" />;
  return (
    <ul className={styles.root} aria-label={`Capacity of ${data.name}`}>
      {data.items.map((item) => (
        <Bar key={item.label} item={item} />
      ))}
    </ul>
  );
}

function Bar({ item }: { readonly item: Headroom }) {
  const styles = useStyles();
  const { label, used, limit, level, note } = item;
  const share = limit === 0 ? 0 : Math.min(1, used / limit);
  return (
    <li>
      <div className={styles.head}>
        <span>{label}</span>
        <LevelText item={item} />
      </div>
      {limit > 0 && (
        <div className={styles.track} role="meter" aria-label={label} aria-valuemin={0} aria-valuemax={limit} aria-valuenow={Math.min(used, limit)} aria-valuetext={item.text}>
          <div className={mergeClasses(styles.fill, level === 'warning' && styles.warningFill, level === 'full' && styles.fullFill)} style={{ width: `${(share * 100).toFixed(1)}%` }} />
        </div>
      )}
      <div className={styles.note}>{note}</div>
    </li>
  );
}

function LevelText({ item: { level, text } }: { readonly item: Headroom }) {
  const styles = useStyles();
  switch (level) {
    case 'none':
    case 'normal':
      return <span className={styles.text}>{text}</span>;
    case 'warning':
      return (
        <span className={mergeClasses(styles.text, styles.warning)}>
          <Warning16Filled aria-hidden /> {text}, little left
        </span>
      );
    case 'full':
      return (
        <span className={mergeClasses(styles.text, styles.full)}>
          <ErrorCircle16Filled aria-hidden /> {text}
        </span>
      );
  }
}
