/** Commands of snapshots of the lab. */
import { ArrowUndo24Regular, BranchCompare24Regular, Camera24Regular, Delete20Regular } from '@fluentui/react-icons';
import type { SnapshotRow } from '../../../shared/contract/snapshots.ts';
import type { Command, RibbonGroup } from '../command.ts';
import type { Console } from '../console.tsx';

type Opener = Pick<Console, 'open'>;

export function createSnapshotGroup({ open }: Opener): RibbonGroup {
  const create: Command = {
    id: 'create.snapshot',
    label: 'Create Snapshot',
    icon: Camera24Regular,
    disabledReason: undefined,
    description: 'Keep the whole lab as it is now under a name',
    run: () => open({ kind: 'createSnapshot' }),
  };
  return { caption: 'Lab', large: [create], small: [] };
}

export function snapshotGroups(row: SnapshotRow, { open }: Opener): readonly RibbonGroup[] {
  const compare: Command = {
    id: 'snapshot.compare',
    label: 'Compare',
    icon: BranchCompare24Regular,
    disabledReason: undefined,
    description: `What differs between ${row.name} and now, object by object`,
    run: () => open({ kind: 'compareSnapshot', snapshot: row }),
  };
  const restore: Command = {
    id: 'snapshot.restore',
    label: 'Restore',
    icon: ArrowUndo24Regular,
    disabledReason: undefined,
    description: `Bring the inventory of ${row.name} back`,
    run: () => open({ kind: 'restoreSnapshot', snapshot: row }),
  };
  const remove: Command = {
    id: 'snapshot.delete',
    label: 'Delete',
    icon: Delete20Regular,
    disabledReason: undefined,
    description: `Delete ${row.name} and its file`,
    shortcut: 'Delete',
    run: () => open({ kind: 'remove', operationId: 'snapshot.delete', input: { snapshot: row.id }, name: row.name, what: 'snapshot', consequence: 'Its file is deleted. The lab itself does not change.' }),
  };
  return [
    { caption: 'Actions', large: [compare, restore], small: [] },
    { caption: 'Delete', large: [], small: [remove] },
  ];
}
