/** One page for one operation: fields, OK and Cancel. Also over a wizard, so it stays mounted while it is closed. */
import { Button, Dialog, DialogActions, DialogBody, DialogContent, DialogSurface, DialogTitle, makeStyles } from '@fluentui/react-components';
import { useState, type ReactNode } from 'react';
import type { OperationId } from '../../../shared/contract/operations.ts';
import { useFrameStyles } from './frameStyles.ts';
import { useOperationWizard } from './useOperationWizard.ts';
import { ShownProblemsContext } from './WizardField.tsx';
import { sentence } from './wizardProblems.ts';

const useStyles = makeStyles({
  surface: { maxWidth: 'min(560px, calc(100vw - 48px))' },
  content: { display: 'flex', flexDirection: 'column', gap: '12px', paddingTop: '4px' },
  notice: { minHeight: '16px' },
});

interface OperationDialogProps {
  readonly isOpen: boolean;
  readonly title: string;
  readonly operationId: OperationId;
  /** What would be started, as it is now. */
  readonly input: unknown;
  /** Name of the button that starts it. */
  readonly accept: string;
  readonly children: ReactNode;
  readonly onClose: () => void;
  readonly onJobStarted: (jobId: string) => void;
}

export function OperationDialog({ isOpen, title, operationId, input, accept, children, onClose, onJobStarted }: OperationDialogProps) {
  const styles = useStyles();
  return (
    <Dialog open={isOpen} modalType="modal" onOpenChange={(_event, { open, type }) => !open && type !== 'backdropClick' && onClose()}>
      <DialogSurface className={styles.surface}>
        <DialogBody>
          <DialogTitle>{title}</DialogTitle>
          <Fields operationId={operationId} input={input} accept={accept} onClose={onClose} onJobStarted={onJobStarted}>
            {children}
          </Fields>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}

/** Without pages: everything is checked when it is started. */
function Fields({ operationId, input, accept, children, onClose, onJobStarted }: Omit<OperationDialogProps, 'isOpen' | 'title'>) {
  const styles = useStyles();
  const frame = useFrameStyles();
  const [pages] = useState<readonly []>([]);
  const { shown, isBusy, isClaimed, failure, goOn } = useOperationWizard({ operationId, input, pages, onClose, onJobStarted });
  const unclaimed = failure ?? shown.problems.find((problem) => !isClaimed(problem));
  const start = () => {
    if (!isBusy) void goOn();
  };
  return (
    <>
      <DialogContent
        className={styles.content}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && event.target instanceof HTMLInputElement && event.target.type !== 'checkbox') start();
        }}
      >
        <ShownProblemsContext value={shown}>{children}</ShownProblemsContext>
        <div className={styles.notice} role="status">
          {unclaimed !== undefined && <span className={frame.noticeWrong}>{sentence(unclaimed)}</span>}
        </div>
      </DialogContent>
      <DialogActions>
        <Button appearance="primary" disabledFocusable={isBusy} onClick={start}>
          {accept}
        </Button>
        <Button onClick={onClose}>Cancel</Button>
      </DialogActions>
    </>
  );
}
