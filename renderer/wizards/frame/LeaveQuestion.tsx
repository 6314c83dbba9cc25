/** Asks before a wizard takes away what was typed. */
import { Button, Dialog, DialogActions, DialogBody, DialogContent, DialogSurface, DialogTitle } from '@fluentui/react-components';

interface LeaveQuestionProps {
  readonly isOpen: boolean;
  readonly title: string;
  readonly onStay: () => void;
  readonly onLeave: () => void;
}

export function LeaveQuestion({ isOpen, title, onStay, onLeave }: LeaveQuestionProps) {
  return (
    <Dialog open={isOpen} modalType="alert" onOpenChange={(_event, { open }) => !open && onStay()}>
      <DialogSurface>
        <DialogBody>
          <DialogTitle>Close without finishing?</DialogTitle>
          <DialogContent>{`What you filled in in "${title}" is not kept.`}</DialogContent>
          <DialogActions>
            <Button appearance="primary" onClick={onStay} autoFocus>
              Go on filling in
            </Button>
            <Button onClick={onLeave}>Close</Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}
