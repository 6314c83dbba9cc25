/** What of a VMM inventory could not be taken over, to be read, scrolled and copied. */
import { Button, makeStyles, tokens } from '@fluentui/react-components';
import { Copy16Regular } from '@fluentui/react-icons';
import type { ImportRemark } from '../../../shared/contract/snapshots.ts';
import { copyText } from '../../views/shared/copyText.ts';
import { formatNumber } from '../../views/shared/format.ts';

const useStyles = makeStyles({
  head: { display: 'flex', alignItems: 'center', justifyContent: 'space-between', gap: '8px' },
  heading: { margin: 0, fontSize: '13px', fontWeight: tokens.fontWeightSemibold },
  // What scrolls is what can be focused.
  scroll: { maxHeight: '112px', overflow: 'auto', border: `1px solid ${tokens.colorNeutralStroke2}` },
  list: { margin: 0, padding: '4px 8px', listStyleType: 'none', fontSize: '13px', userSelect: 'text', overflowWrap: 'anywhere' },
  place: { fontFamily: tokens.fontFamilyMonospace, fontSize: '12px' },
});

interface NotUnderstoodListProps {
  readonly total: number;
  readonly remarks: readonly ImportRemark[];
}

export function NotUnderstoodList({ total, remarks }: NotUnderstoodListProps) {
  const styles = useStyles();
  if (total === 0) return <div>Everything in the file was understood.</div>;
  const text = remarks.map(({ place, reason }) => `${place}: ${reason}`).join('\n');
  return (
    <section aria-label="Not understood">
      <div className={styles.head}>
        <h3 className={styles.heading}>
          Not understood ({formatNumber(total)}
          {remarks.length < total && `, the first ${formatNumber(remarks.length)} are listed`})
        </h3>
        <Button size="small" appearance="subtle" icon={<Copy16Regular />} onClick={() => void copyText(text)}>
          Copy
        </Button>
      </div>
      <div className={styles.scroll} tabIndex={0} role="region" aria-label="List of what was not understood">
        <ul className={styles.list}>
          {remarks.map(({ place, reason }) => (
            <li key={`${place} ${reason}`}>
              <span className={styles.place}>{place}</span>: {reason}
            </li>
          ))}
        </ul>
      </div>
    </section>
  );
}
