/** Asks before a wizard takes away what was typed. */
import { Button, Dialog, DialogActions, DialogBody, DialogContent, DialogSurface, DialogTitle } from '@fluentui/react-components';

export function LeaveQuestion({ title, onStay, onLeave }: { readonly title: string; readonly onStay: () => void; readonly onLeave: () => void }) {
  return (
    <Dialog open modalType="alert" onOpenChange={(_event, { open }) => !open && onStay()}>
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
