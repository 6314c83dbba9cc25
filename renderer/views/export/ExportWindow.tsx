/** Exports the job log: format and jobs first, then how far it is, then where it lies. */
import { Button, Dialog, DialogActions, DialogBody, DialogContent, DialogSurface, DialogTitle, makeStyles } from '@fluentui/react-components';
import { useState } from 'react';
import { useProcedure } from '../../bridge/queries.ts';
import type { JobQuery } from '../jobs/jobQuery.ts';
import { ErrorState } from '../shared/states.tsx';
import { useFocusReturn } from '../shared/useFocusReturn.ts';
import { useSettled } from '../../list/useSettled.ts';
import { ExportFields } from './ExportFields.tsx';
import { initialForm, requestOf, scopeOf, sizeText } from './exportForm.ts';
import { ExportProgress } from './ExportProgress.tsx';
import { useExport } from './useExport.ts';

const useStyles = makeStyles({
  surface: { maxWidth: 'min(640px, calc(100vw - 48px))' },
  content: { display: 'flex', flexDirection: 'column', gap: '12px', paddingTop: '4px', fontSize: '13px' },
  size: { minHeight: '20px' },
});

interface ExportWindowProps {
  /** The job that can be exported alone. */
  readonly job: { readonly id: string; readonly name: string } | undefined;
  /** Whether that is what is offered first. */
  readonly isForJob: boolean;
  /** What the list of jobs is narrowed to; undefined when it shows all. */
  readonly list: JobQuery | undefined;
  readonly onClose: () => void;
}

export function ExportWindow({ job, isForJob, list, onClose }: ExportWindowProps) {
  const styles = useStyles();
  const [form, setForm] = useState(() => initialForm(isForJob && job !== undefined ? 'job' : list === undefined ? 'all' : 'list'));
  const control = useExport();
  const { state, isAsking, failure } = control;
  const request = requestOf(form, job?.id, list);
  const isRunning = state?.status === 'running';
  useFocusReturn();
  const leave = () => {
    if (isRunning) control.cancel();
    else onClose();
  };
  return (
    <Dialog open modalType="modal" onOpenChange={(_event, { open, type }) => !open && type !== 'backdropClick' && leave()}>
      <DialogSurface className={styles.surface}>
        <DialogBody>
          <DialogTitle>Export Job Log</DialogTitle>
          <DialogContent className={styles.content}>
            {state === undefined ? <ExportFields form={form} job={job} list={list} onChange={setForm} /> : <ExportProgress state={state} />}
            {state === undefined && <div className={styles.size} role="status"><Size scope={scopeOf(form, job?.id, list)} /></div>}
            {failure !== undefined && <ErrorState error={failure} />}
          </DialogContent>
          <DialogActions>
            {state === undefined && (
              <Button appearance="primary" disabledFocusable={isAsking || request === undefined} onClick={() => { if (request !== undefined && !isAsking) control.start(request); }}>
                Export…
              </Button>
            )}
            {state?.status === 'completed' && <Button onClick={control.show}>Show in Folder</Button>}
            {/* Made anew when the export begins: the button that began it is gone, and the keyboard must stay in the window. */}
            <Button key={state === undefined ? 'choosing' : 'writing'} autoFocus={state !== undefined} appearance={state === undefined || isRunning ? 'secondary' : 'primary'} onClick={leave}>
              {state === undefined || isRunning ? 'Cancel' : 'Close'}
            </Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}

/** Says how much it will be before anything is written. */
function Size({ scope }: { readonly scope: ReturnType<typeof scopeOf> }) {
  const settled = useSettled(scope, 200);
  const { data, error } = useProcedure('job.exportSize', { scope: settled ?? { kind: 'filter', scope: 'all' } }, { enabled: settled !== undefined });
  if (error !== null) return <>{error.message}</>;
  if (scope === undefined || data === undefined) return null;
  return <>{sizeText(data)}</>;
}
