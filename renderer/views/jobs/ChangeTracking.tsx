import { makeStyles } from '@fluentui/react-components';
import type { AuditRecord } from '../../../shared/contract/jobs.ts';
import { LocalTable, type LocalColumn } from '../shared/LocalTable.tsx';
import { EmptyState } from '../shared/states.tsx';
import { Truncated } from '../shared/Truncated.tsx';

const useStyles = makeStyles({ table: { flexGrow: 1 } });

const columns: readonly LocalColumn<AuditRecord>[] = [
  { header: 'Step', width: '64px', render: (record) => record.stepNumber },
  { header: 'Object', width: 'minmax(160px, 1fr)', render: (record) => <Truncated text={`${record.objectName} (${record.objectType})`} /> },
  { header: 'Property', width: 'minmax(120px, 1fr)', render: (record) => <Truncated text={record.property} /> },
  { header: 'Previous Value', width: 'minmax(120px, 1fr)', render: (record) => <Truncated text={record.previousValue ?? '(none)'} /> },
  { header: 'New Value', width: 'minmax(120px, 1fr)', render: (record) => <Truncated text={record.newValue ?? '(none)'} /> },
];

/** Every property that the job changed, old beside new. */
export function ChangeTracking({ records }: { readonly records: readonly AuditRecord[] }) {
  const styles = useStyles();
  if (records.length === 0) return <EmptyState title="No changes">This job has not changed any object.</EmptyState>;
  return <LocalTable label="Changes" columns={columns} rows={records} rowKey={(record) => record.sequence} className={styles.table} />;
}
