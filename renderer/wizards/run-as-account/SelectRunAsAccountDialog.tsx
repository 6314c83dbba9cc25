/** "Select a Run As Account": the list with search, over the wizard that asks for an account (fact sheet §1.2, page Credentials). */
import { Button, Dialog, DialogActions, DialogBody, DialogContent, DialogSurface, DialogTitle, makeStyles, tokens } from '@fluentui/react-components';
import { useState } from 'react';
import type { RunAsAccountRow } from '../../../shared/contract/inventory.ts';
import { ObjectList } from '../../list/ObjectList.tsx';
import type { ListColumn } from '../../list/listTypes.ts';
import { useNestedDialog } from '../frame/useNestedDialog.ts';
import { CreateRunAsAccountDialog } from './CreateRunAsAccountDialog.tsx';
import { kindText } from './kindText.ts';

const useStyles = makeStyles({
  surface: { maxWidth: 'min(760px, calc(100vw - 48px))' },
  list: { height: 'min(320px, 50vh)', border: `1px solid ${tokens.colorNeutralStroke2}`, borderRadius: tokens.borderRadiusMedium, overflow: 'hidden' },
});

const columns: readonly ListColumn<'runAsAccount.list'>[] = [
  { id: 'name', header: 'Name', width: 220, sortBy: 'name', text: (row) => row.name },
  { id: 'userName', header: 'User Name', width: 240, sortBy: 'userName', text: (row) => row.userName },
  { id: 'kind', header: 'Type', width: 180, sortBy: 'kind', text: kindText },
];

const emptyState = { title: 'No Run As accounts', description: 'Create one here: a user name with its password, or a pre-shared key.' };

interface SelectRunAsAccountDialogProps {
  readonly isOpen: boolean;
  /** Id, or empty. */
  readonly selectedId: string;
  readonly onClose: () => void;
  readonly onSelected: (account: Pick<RunAsAccountRow, 'id' | 'name'>) => void;
}

export function SelectRunAsAccountDialog({ isOpen, onClose, ...props }: SelectRunAsAccountDialogProps) {
  const styles = useStyles();
  return (
    <Dialog open={isOpen} modalType="modal" onOpenChange={(_event, { open, type }) => !open && type !== 'backdropClick' && onClose()}>
      <DialogSurface className={styles.surface}>
        <DialogBody>
          <DialogTitle>Select a Run As Account</DialogTitle>
          <Accounts onClose={onClose} {...props} />
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}

function Accounts({ selectedId, onClose, onSelected }: Omit<SelectRunAsAccountDialogProps, 'isOpen'>) {
  const styles = useStyles();
  const creation = useNestedDialog();
  const [chosen, setChosen] = useState<Pick<RunAsAccountRow, 'id' | 'name'>>({ id: selectedId, name: '' });
  const accept = () => {
    if (chosen.id === '') return;
    onSelected(chosen);
    onClose();
  };
  return (
    <>
      <DialogContent>
        <div className={styles.list}>
          <ObjectList
            listId="runAsAccount.select"
            procedure="runAsAccount.list"
            caption="Run As Accounts"
            columns={columns}
            getRowId={(row) => row.id}
            selectedId={chosen.id === '' ? null : chosen.id}
            onSelect={setChosen}
            onOpen={accept}
            emptyState={emptyState}
          />
        </div>
        <CreateRunAsAccountDialog isOpen={creation.isOpen} onClose={creation.close} onCreated={setChosen} />
      </DialogContent>
      <DialogActions fluid>
        <Button onClick={creation.open}>Create Run As Account</Button>
        <Button appearance="primary" disabledFocusable={chosen.id === ''} onClick={accept}>
          OK
        </Button>
        <Button onClick={onClose}>Cancel</Button>
      </DialogActions>
    </>
  );
}
