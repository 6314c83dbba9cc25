/** Asks for a name and keeps the filter under it. */
import { Button, Field, Input, makeStyles, Popover, PopoverSurface, PopoverTrigger } from '@fluentui/react-components';
import { Save16Regular } from '@fluentui/react-icons';
import { useState } from 'react';
import { nameProblem, type SavedJobFilter } from './jobQuery.ts';

const useStyles = makeStyles({ form: { display: 'flex', flexDirection: 'column', gap: '12px', width: '260px' }, actions: { display: 'flex', justifyContent: 'flex-end', gap: '8px' } });

interface SaveFilterButtonProps {
  readonly disabledReason: string | undefined;
  readonly all: readonly SavedJobFilter[];
  readonly onSave: (name: string) => void;
}

export function SaveFilterButton({ disabledReason, all, onSave }: SaveFilterButtonProps) {
  const styles = useStyles();
  const [isOpen, setOpen] = useState(false);
  const [name, setName] = useState('');
  const [isTried, setTried] = useState(false);
  const problem = nameProblem(name, all);
  const save = () => {
    setTried(true);
    if (problem !== undefined) return;
    setOpen(false);
    onSave(name.trim());
  };
  return (
    <Popover
      trapFocus
      positioning="below-end"
      open={isOpen}
      onOpenChange={(_event, { open }) => {
        if (open && disabledReason !== undefined) return;
        setName('');
        setTried(false);
        setOpen(open);
      }}
    >
      <PopoverTrigger disableButtonEnhancement>
        <Button size="small" appearance="subtle" icon={<Save16Regular />} disabledFocusable={disabledReason !== undefined} title={disabledReason}>
          Save filter…
        </Button>
      </PopoverTrigger>
      <PopoverSurface aria-label="Save filter">
        <form
          className={styles.form}
          onSubmit={(event) => {
            event.preventDefault();
            save();
          }}
        >
          <Field label="Name" hint="It will stand under History in the navigation pane." {...(isTried && problem !== undefined ? { validationState: 'error' as const, validationMessage: problem } : {})}>
            <Input size="small" value={name} maxLength={80} autoComplete="off" onChange={(_event, { value }) => setName(value)} />
          </Field>
          <div className={styles.actions}>
            <Button size="small" appearance="primary" type="submit">
              Save
            </Button>
            <Button size="small" onClick={() => setOpen(false)}>
              Cancel
            </Button>
          </div>
        </form>
      </PopoverSurface>
    </Popover>
  );
}
