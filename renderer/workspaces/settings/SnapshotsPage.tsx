/** Settings › Snapshots: the whole lab as it once was. */
import { History20Regular } from '@fluentui/react-icons';
import type { SnapshotRow } from '../../../shared/contract/snapshots.ts';
import { ObjectList } from '../../list/ObjectList.tsx';
import type { ListColumn } from '../../list/listTypes.ts';
import { formatBytes, formatInstant, formatNumber } from '../../views/shared/format.ts';
import { DetailsFrame, FactColumn } from '../DetailsFrame.tsx';
import { ListWithDetails } from '../ListWithDetails.tsx';
import { useObjectPage } from '../useObjectPage.ts';

const takenBy = ({ isAutomatic }: SnapshotRow) => (isAutomatic ? 'Console' : 'Operator');

const columns: readonly ListColumn<'snapshot.list'>[] = [
  { id: 'name', header: 'Name', width: 420, sortBy: 'name', text: (row) => row.name },
  { id: 'createdAt', header: 'Created', width: 170, sortBy: 'createdAt', text: (row) => formatInstant(row.createdAt) },
  { id: 'bytes', header: 'Size', width: 90, align: 'end', sortBy: 'bytes', text: (row) => formatBytes(row.bytes) },
  { id: 'jobs', header: 'Jobs', width: 80, align: 'end', sortBy: 'jobs', text: (row) => formatNumber(row.jobs) },
  { id: 'isAutomatic', header: 'Taken By', width: 100, sortBy: 'isAutomatic', text: takenBy },
  { id: 'description', header: 'Description', width: 240, text: (row) => row.description },
];

const emptyState = { title: 'No snapshots', description: 'A snapshot keeps the whole lab under a name, to compare with and to go back to. Take one with Create Snapshot on the Home tab.' };

export function SnapshotsPage() {
  const { row, ...list } = useObjectPage('snapshot', 'snapshot.compare');
  return (
    <ListWithDetails
      what="a snapshot"
      list={<ObjectList procedure="snapshot.list" caption="Snapshots" columns={columns} getRowId={(item) => item.id} emptyState={emptyState} {...list} />}
      details={
        row === null ? null : (
          <DetailsFrame icon={History20Regular} name={row.name} kind="Snapshot of the lab">
            <FactColumn
              title="Snapshot"
              facts={[
                { label: 'Created', value: formatInstant(row.createdAt) },
                { label: 'Size', value: formatBytes(row.bytes) },
                { label: 'Jobs until then', value: formatNumber(row.jobs) },
                { label: 'Taken by', value: takenBy(row) },
                { label: 'Description', value: row.description || 'None' },
              ]}
            />
          </DetailsFrame>
        )
      }
    />
  );
}
