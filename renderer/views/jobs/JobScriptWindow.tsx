/** *View Script* of a job: the PowerShell that would do the same, beside the PowerShell that would undo it. */
import { Button, Dialog, DialogActions, DialogBody, DialogContent, DialogSurface, DialogTitle, makeStyles, tokens } from '@fluentui/react-components';
import { Copy20Regular } from '@fluentui/react-icons';
import { useProcedure } from '../../bridge/queries.ts';
import { copyText } from '../shared/copyText.ts';
import { ScriptText } from '../shared/ScriptText.tsx';
import { ErrorState, LoadingState } from '../shared/states.tsx';

const useStyles = makeStyles({
  surface: { maxWidth: 'min(1360px, calc(100vw - 48px))', width: '1360px' },
  columns: { display: 'grid', gridTemplateColumns: 'minmax(0, 1fr) minmax(0, 1fr)', gap: '16px', '@media (max-width: 800px)': { gridTemplateColumns: 'minmax(0, 1fr)' } },
  column: { display: 'flex', flexDirection: 'column', gap: '8px', minWidth: 0 },
  head: { display: 'flex', alignItems: 'center', justifyContent: 'space-between', minHeight: '32px' },
  name: { margin: 0, fontSize: '14px', fontWeight: tokens.fontWeightSemibold },
  text: { height: 'calc(100vh - 320px)' },
  reason: { margin: 0, color: tokens.colorNeutralForeground2 },
});

interface JobScriptWindowProps {
  readonly jobId: string;
  readonly name: string;
  readonly onClose: () => void;
}

export function JobScriptWindow({ jobId, name, onClose }: JobScriptWindowProps) {
  const styles = useStyles();
  const { data, error } = useProcedure('job.script', { id: jobId });
  return (
    <Dialog open onOpenChange={(_event, { open }) => !open && onClose()}>
      <DialogSurface className={styles.surface}>
        <DialogBody>
          <DialogTitle>View Script: {name}</DialogTitle>
          <DialogContent>
            {error !== null ? (
              <ErrorState error={error} />
            ) : data === undefined ? (
              <LoadingState what="the scripts" />
            ) : (
              <div className={styles.columns}>
                <Column label="Script" script={data.script} reason={data.noScript} />
                <Column label="Reverse script" script={data.reverse} reason={data.noReverse} />
              </div>
            )}
          </DialogContent>
          <DialogActions>
            <Button appearance="primary" onClick={onClose}>
              Close
            </Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}

function Column({ label, script, reason }: { readonly label: string; readonly script: string | null; readonly reason: string | null }) {
  const styles = useStyles();
  return (
    <section className={styles.column} aria-label={label}>
      <div className={styles.head}>
        <h3 className={styles.name}>{label}</h3>
        {script !== null && (
          <Button size="small" icon={<Copy20Regular />} aria-label={`Copy ${label.toLowerCase()}`} onClick={() => void copyText(script)}>
            Copy
          </Button>
        )}
      </div>
      {script === null ? <p className={styles.reason}>{reason}</p> : <ScriptText label={`Text of the ${label.toLowerCase()}`} script={script} className={styles.text} />}
    </section>
  );
}
