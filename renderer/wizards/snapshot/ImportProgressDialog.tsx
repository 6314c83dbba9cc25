/** How far a file is that is read to be imported. Comes only when that takes long: most files are read before anybody looks. */
import { Button, Dialog, DialogActions, DialogBody, DialogContent, DialogSurface, DialogTitle, Field, makeStyles, ProgressBar } from '@fluentui/react-components';
import { useSubscription } from '../../bridge/queries.ts';

const useStyles = makeStyles({
  surface: { maxWidth: 'min(480px, calc(100vw - 48px))' },
  title: { overflowWrap: 'anywhere' },
  content: { paddingTop: '4px' },
});

export function ImportProgressDialog({ onCancel }: { readonly onCancel: () => void }) {
  const styles = useStyles();
  const { data } = useSubscription('lab.importProgress', {});
  if (data?.isLong !== true) return null;
  return (
    <Dialog open modalType="modal" onOpenChange={(_event, { open, type }) => !open && type !== 'backdropClick' && onCancel()}>
      <DialogSurface className={styles.surface}>
        <DialogBody>
          <DialogTitle className={styles.title}>Reading {data.fileName}</DialogTitle>
          <DialogContent className={styles.content}>
            <Field validationMessage={data.stage} validationState="none">
              <ProgressBar aria-label="Reading the file" value={data.done / data.total} />
            </Field>
          </DialogContent>
          <DialogActions>
            <Button onClick={onCancel}>Cancel</Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}
