/** Plays a scenario file: which one first, then its steps as they go, then what came of it. */
import { Button, Dialog, DialogActions, DialogBody, DialogContent, DialogSurface, DialogTitle, makeStyles, MessageBar, MessageBarBody, MessageBarTitle, ProgressBar, tokens } from '@fluentui/react-components';
import type { ScenarioRunState } from '../../../shared/contract/scenarios.ts';
import { EmptyState, ErrorState } from '../shared/states.tsx';
import { useFocusReturn } from '../shared/useFocusReturn.ts';
import { ScenarioSteps } from './ScenarioSteps.tsx';
import { useScenarioRun } from './useScenarioRun.ts';

const useStyles = makeStyles({
  surface: { maxWidth: 'min(820px, calc(100vw - 48px))' },
  content: { display: 'flex', flexDirection: 'column', gap: '10px', paddingTop: '4px', fontSize: '13px' },
  file: { color: tokens.colorNeutralForeground3, overflowWrap: 'anywhere' },
  note: { color: tokens.colorNeutralForeground3 },
});

export function ScenarioWindow({ onClose }: { readonly onClose: () => void }) {
  const styles = useStyles();
  const control = useScenarioRun();
  const { state, isAsking, failure, savedPath } = control;
  const isRunning = state?.status === 'running';
  const hasResult = state?.status === 'passed' || state?.status === 'failed';
  useFocusReturn();
  const leave = () => {
    if (isRunning) control.cancel();
    else onClose();
  };
  return (
    <Dialog open modalType="modal" onOpenChange={(_event, { open, type }) => !open && type !== 'backdropClick' && leave()}>
      <DialogSurface className={styles.surface}>
        <DialogBody>
          <DialogTitle>Run Scenario</DialogTitle>
          <DialogContent className={styles.content}>
            {state === undefined ? (
              <EmptyState title="Choose a scenario file">It is played on a lab of its own. The open lab stays as it is.</EmptyState>
            ) : (
              <Progress state={state} />
            )}
            {savedPath !== undefined && <div role="status" className={styles.file}>Saved: {savedPath}</div>}
            {failure !== undefined && <ErrorState error={failure} />}
          </DialogContent>
          <DialogActions>
            {hasResult && <Button disabledFocusable={isAsking} onClick={() => control.save('json')}>Save Result…</Button>}
            {hasResult && <Button disabledFocusable={isAsking} onClick={() => control.save('junit')}>Save JUnit…</Button>}
            {state !== undefined && !isRunning && <Button disabledFocusable={isAsking} onClick={control.again}>Run Again</Button>}
            {!isRunning && (
              <Button appearance={state === undefined ? 'primary' : 'secondary'} disabledFocusable={isAsking} onClick={control.choose}>
                Choose File…
              </Button>
            )}
            {/* Made anew when a run begins or ends: the button that did it is gone, and the keyboard must stay in the window. */}
            <Button key={isRunning ? 'running' : 'standing'} autoFocus={state !== undefined} appearance={state === undefined || isRunning ? 'secondary' : 'primary'} onClick={leave}>
              {isRunning || state === undefined ? 'Cancel' : 'Close'}
            </Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}

function Progress({ state }: { readonly state: ScenarioRunState }) {
  const styles = useStyles();
  const { file, title, total, done, failed, steps, status, elapsedMs } = state;
  const counts = total === 0 ? 'Reading the file' : `${done} of ${total} steps, ${failed} failed, ${(elapsedMs / 1000).toFixed(1)} s`;
  return (
    <>
      <div>
        {title !== '' && <div>{title}</div>}
        <div className={styles.file}>{file}</div>
      </div>
      <Outcome state={state} />
      {status === 'running' && <ProgressBar aria-label="Scenario" {...(total === 0 ? {} : { value: done / total })} />}
      {status !== 'invalid' && <div role="status">{counts}</div>}
      {steps.length > 0 && <ScenarioSteps steps={steps} />}
      {steps.length < total && <div className={styles.note}>Of {total} steps the failed ones and those around the present one are shown. The saved result has all of them.</div>}
    </>
  );
}

/** What came of it, in words; nothing while it runs. */
function Outcome({ state: { status, problem, failed } }: { readonly state: ScenarioRunState }) {
  switch (status) {
    case 'running':
      return null;
    case 'passed':
      return <Message intent="success" title="Passed" text="Every expectation holds." />;
    case 'failed':
      return <Message intent="error" title="Failed" text={failed === 1 ? 'One step is not as expected.' : `${failed} steps are not as expected.`} />;
    case 'invalid':
      return <Message intent="error" title="The scenario cannot be played" text={problem ?? ''} />;
    case 'canceled':
      return <Message intent="warning" title="Canceled" text="There is no result." />;
    case 'broken':
      return <Message intent="error" title="The console failed" text={problem ?? ''} />;
  }
}

function Message({ intent, title, text }: { readonly intent: 'success' | 'error' | 'warning'; readonly title: string; readonly text: string }) {
  return (
    <MessageBar intent={intent} layout="multiline">
      <MessageBarBody style={{ overflowWrap: 'anywhere' }}>
        <MessageBarTitle>{title}</MessageBarTitle> {text}
      </MessageBarBody>
    </MessageBar>
  );
}
