/** Asks before something is removed, and says what stands against it. One window for every operation that takes an object away. */
import { Button, Dialog, DialogActions, DialogBody, DialogContent, DialogSurface, DialogTitle } from '@fluentui/react-components';
import { useState } from 'react';
import { ConsoleError } from '../../../shared/contract/errors.ts';
import type { OperationId } from '../../../shared/contract/operations.ts';
import { invoke } from '../../bridge/client.ts';
import { useProcedure } from '../../bridge/queries.ts';
import { useFocusReturn } from '../../views/shared/useFocusReturn.ts';
import { sentence } from './wizardProblems.ts';

interface RemoveWindowProps {
  readonly operationId: OperationId;
  readonly input: unknown;
  readonly name: string;
  /** Kind of object, in lower case. */
  readonly what: string;
  readonly onClose: () => void;
  readonly onJobStarted: (jobId: string) => void;
}

export function RemoveWindow({ operationId, input, name, what, onClose, onJobStarted }: RemoveWindowProps) {
  const { data, error } = useProcedure('operation.check', { operationId, input });
  const [failure, setFailure] = useState<ConsoleError | undefined>(undefined);
  const problems = data?.problems ?? [];
  useFocusReturn();
  const remove = async () => {
    try {
      const { jobId } = await invoke('operation.start', { operationId, input });
      onClose();
      onJobStarted(jobId);
    } catch (thrown) {
      if (!(thrown instanceof ConsoleError)) throw thrown;
      setFailure(thrown);
    }
  };
  const refusal = failure ?? error;
  return (
    <Dialog open modalType="alert" onOpenChange={(_event, { open }) => !open && onClose()}>
      <DialogSurface>
        <DialogBody>
          <DialogTitle>{problems.length === 0 ? `Remove ${what} ${name}?` : `${name} cannot be removed`}</DialogTitle>
          <DialogContent>
            {refusal !== null && <p>{sentence(refusal)}</p>}
            {problems.length > 0 ? (
              <ul>
                {problems.map((problem) => (
                  <li key={problem.message}>{sentence(problem)}</li>
                ))}
              </ul>
            ) : (
              <p>{`This starts a job.`}</p>
            )}
          </DialogContent>
          <DialogActions>
            {problems.length === 0 && (
              <Button disabled={data === undefined} onClick={() => void remove()}>
                Remove
              </Button>
            )}
            <Button appearance="primary" autoFocus onClick={onClose}>
              {problems.length === 0 ? 'Cancel' : 'Close'}
            </Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}
