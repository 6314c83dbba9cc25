/** *View Script*: the PowerShell of what a wizard would do, to read and to take away. */
import { Button, Dialog, DialogActions, DialogBody, DialogContent, DialogSurface, DialogTitle, makeStyles } from '@fluentui/react-components';
import { Copy20Regular } from '@fluentui/react-icons';
import type { OperationId } from '../../../shared/contract/operations.ts';
import { useProcedure } from '../../bridge/queries.ts';
import { ErrorState, LoadingState } from '../../views/shared/states.tsx';
import { copyText } from '../../views/shared/copyText.ts';
import { ScriptText } from '../../views/shared/ScriptText.tsx';

const useStyles = makeStyles({
  surface: { maxWidth: 'min(920px, calc(100vw - 48px))', width: '920px' },
  text: { maxHeight: 'calc(100vh - 260px)' },
});

interface ScriptWindowProps {
  readonly isOpen: boolean;
  readonly operationId: OperationId;
  readonly input: unknown;
  readonly onClose: () => void;
}

export function ScriptWindow({ isOpen, operationId, input, onClose }: ScriptWindowProps) {
  const styles = useStyles();
  const { data, error } = useProcedure('operation.script', { operationId, input }, { enabled: isOpen });
  const script = data?.script;
  return (
    <Dialog open={isOpen} onOpenChange={(_event, { open }) => !open && onClose()}>
      <DialogSurface className={styles.surface}>
        <DialogBody>
          <DialogTitle>View Script</DialogTitle>
          <DialogContent>
            {error !== null ? <ErrorState error={error} /> : script === undefined ? <LoadingState what="the script" /> : <ScriptText label="PowerShell script" script={script} className={styles.text} />}
          </DialogContent>
          <DialogActions>
            <Button icon={<Copy20Regular />} disabled={script === undefined} onClick={() => void copyText(script ?? '')}>
              Copy
            </Button>
            <Button appearance="primary" onClick={onClose}>
              Close
            </Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}
