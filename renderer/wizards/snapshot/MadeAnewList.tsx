/** What no inventory tells and was given anew: so that nobody takes these values for those of the VMM. */
import { makeStyles, tokens } from '@fluentui/react-components';
import type { MadeAnew } from '../../../shared/contract/snapshots.ts';
import { formatNumber } from '../../views/shared/format.ts';

const useStyles = makeStyles({
  heading: { margin: 0, fontSize: '13px', fontWeight: tokens.fontWeightSemibold },
  // What scrolls is what can be focused.
  scroll: { maxHeight: '84px', overflow: 'auto', border: `1px solid ${tokens.colorNeutralStroke2}` },
  list: { margin: 0, padding: '4px 8px', listStyleType: 'none', fontSize: '13px', userSelect: 'text', overflowWrap: 'anywhere' },
  values: { color: tokens.colorNeutralForeground2 },
});

export function MadeAnewList({ madeAnew }: { readonly madeAnew: readonly MadeAnew[] }) {
  const styles = useStyles();
  if (madeAnew.length === 0) return null;
  return (
    <section aria-label="Made anew">
      <h3 className={styles.heading}>Made anew: an inventory does not tell them</h3>
      <div className={styles.scroll} tabIndex={0} role="region" aria-label="List of what was made anew">
        <ul className={styles.list}>
          {madeAnew.map(({ what, count, values }) => (
            <li key={what}>
              {what}: {formatNumber(count)} <span className={styles.values}>({values})</span>
            </li>
          ))}
        </ul>
      </div>
    </section>
  );
}
