/** What differs between a snapshot and now, or another snapshot: object by object, property by property. */
import { Button, Dialog, DialogActions, DialogBody, DialogContent, DialogSurface, DialogTitle, Field, makeStyles, Select } from '@fluentui/react-components';
import { useMemo, useState } from 'react';
import type { SnapshotDifferenceRow, SnapshotRow } from '../../../shared/contract/snapshots.ts';
import { useProcedure } from '../../bridge/queries.ts';
import { ObjectList } from '../../list/ObjectList.tsx';
import type { ListColumn } from '../../list/listTypes.ts';
import { useFocusReturn } from '../../views/shared/useFocusReturn.ts';

const useStyles = makeStyles({
  surface: { maxWidth: 'min(1080px, calc(100vw - 48px))', width: '1080px' },
  content: { display: 'flex', flexDirection: 'column', gap: '8px', height: 'min(460px, calc(100vh - 220px))' },
  other: { maxWidth: '420px' },
  list: { flexGrow: 1, minHeight: 0 },
});

const changeText: Readonly<Record<SnapshotDifferenceRow['change'], string>> = { added: 'Added', removed: 'Removed', changed: 'Changed' };

const columns: readonly ListColumn<'snapshotDifference.list'>[] = [
  { id: 'change', header: 'Change', width: 90, sortBy: 'change', text: (row) => changeText[row.change] },
  { id: 'kind', header: 'Kind', width: 150, sortBy: 'kind', text: (row) => row.kind },
  { id: 'name', header: 'Name', width: 200, sortBy: 'name', text: (row) => row.name },
  { id: 'property', header: 'Property', width: 240, sortBy: 'property', text: (row) => row.property },
  { id: 'before', header: 'In the Snapshot', width: 160, text: (row) => row.before ?? '' },
  { id: 'after', header: 'Compared With', width: 160, text: (row) => row.after ?? '' },
];

const emptyState = { title: 'Nothing differs', description: 'Both have the same objects with the same properties.' };

/** Snapshots that can be chosen to compare with. */
const offered = { offset: 0, limit: 200, filter: '' };

export function CompareWindow({ snapshot, onClose }: { readonly snapshot: SnapshotRow; readonly onClose: () => void }) {
  const styles = useStyles();
  const [other, setOther] = useState('');
  const [selected, setSelected] = useState<string | null>(null);
  const { data } = useProcedure('snapshot.list', offered);
  const extraInput = useMemo(() => ({ id: snapshot.id, ...(other === '' ? {} : { other }) }), [snapshot.id, other]);
  useFocusReturn();
  return (
    <Dialog open modalType="modal" onOpenChange={(_event, { open, type }) => !open && type !== 'backdropClick' && onClose()}>
      <DialogSurface className={styles.surface}>
        <DialogBody>
          <DialogTitle>{`Compare ${snapshot.name}`}</DialogTitle>
          <DialogContent className={styles.content}>
            <Field label="With" orientation="horizontal" size="small" className={styles.other}>
              <Select size="small" value={other} onChange={(_event, { value }) => setOther(value)}>
                <option value="">The lab as it is now</option>
                {(data?.rows ?? []).filter(({ id }) => id !== snapshot.id).map(({ id, name }) => (
                  <option key={id} value={id}>
                    {name}
                  </option>
                ))}
              </Select>
            </Field>
            <div className={styles.list}>
              <ObjectList procedure="snapshotDifference.list" extraInput={extraInput} caption="Differences" columns={columns} getRowId={(row) => row.key} selectedId={selected} onSelect={(row) => setSelected(row.key)} emptyState={emptyState} />
            </div>
          </DialogContent>
          <DialogActions>
            <Button appearance="primary" autoFocus onClick={onClose}>
              Close
            </Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}
