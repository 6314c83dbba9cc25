/** What a lab file or a VMM inventory holds, beside what it would replace, before anything changes. */
import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import type { ImportPreview } from '../../../shared/contract/snapshots.ts';
import { formatNumber } from '../../views/shared/format.ts';
import { OperationDialog } from '../frame/OperationDialog.tsx';
import { MadeAnewList } from './MadeAnewList.tsx';
import { NotUnderstoodList } from './NotUnderstoodList.tsx';

const useStyles = makeStyles({
  path: { overflowWrap: 'anywhere' },
  scroll: { maxHeight: '320px', overflow: 'auto' },
  short: { maxHeight: '128px' },
  table: { borderCollapse: 'collapse', width: '100%', fontSize: '13px', '& th, & td': { padding: '2px 8px', borderBottom: `1px solid ${tokens.colorNeutralStroke2}` } },
  text: { textAlign: 'start' },
  number: { textAlign: 'end', fontVariantNumeric: 'tabular-nums' },
});

interface ImportLabDialogProps {
  readonly preview: ImportPreview;
  readonly onClose: () => void;
  readonly onJobStarted: (jobId: string) => void;
}

export function ImportLabDialog({ preview, ...props }: ImportLabDialogProps) {
  const styles = useStyles();
  const { counts, current, notUnderstood, madeAnew } = preview;
  const labels = [...new Set([...counts, ...current.counts].map(({ label }) => label))];
  const countIn = (list: ImportPreview['counts'], label: string) => formatNumber(list.find((entry) => entry.label === label)?.count ?? 0);
  return (
    <OperationDialog isOpen title={`Import ${notUnderstood === null ? 'lab' : 'VMM inventory'} ${preview.labName}?`} operationId="lab.import" input={{ preparation: preview.preparation }} accept="Import" {...props}>
      <div className={styles.path}>{preview.path}</div>
      <div className={mergeClasses(styles.scroll, notUnderstood !== null && styles.short)} tabIndex={0} role="region" aria-label="Objects">
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col" className={styles.text}>Objects</th>
              <th scope="col" className={styles.number}>Now</th>
              <th scope="col" className={styles.number}>In the file</th>
            </tr>
          </thead>
          <tbody>
            {labels.map((label) => (
              <tr key={label}>
                <td>{label}</td>
                <td className={styles.number}>{countIn(current.counts, label)}</td>
                <td className={styles.number}>{countIn(counts, label)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {notUnderstood !== null && <NotUnderstoodList {...notUnderstood} />}
      <MadeAnewList madeAnew={madeAnew} />
      <div>What is in the file takes the place of everything that is there now, which is kept as a snapshot first. The job log stays.</div>
      <div>Secrets of Run As accounts are in no {notUnderstood === null ? 'lab file' : 'inventory'}: type them in again in Settings › Run As Accounts.</div>
    </OperationDialog>
  );
}
