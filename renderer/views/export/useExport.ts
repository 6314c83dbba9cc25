/** One export from the dialog: started, watched, canceled, shown. */
import { useCallback, useState } from 'react';
import { ConsoleError } from '../../../shared/contract/errors.ts';
import type { ExportRequest, ExportState } from '../../../shared/contract/jobExport.ts';
import { invoke } from '../../bridge/client.ts';
import { useSubscription } from '../../bridge/queries.ts';

export interface ExportControl {
  /** Undefined before an export has begun. */
  readonly state: ExportState | undefined;
  /** The system's dialog is open. */
  readonly isAsking: boolean;
  readonly failure: ConsoleError | undefined;
  readonly start: (request: ExportRequest) => void;
  readonly cancel: () => void;
  readonly show: () => void;
}

export function useExport(): ExportControl {
  const [id, setId] = useState<string | null>(null);
  const [isAsking, setAsking] = useState(false);
  const [failure, setFailure] = useState<ConsoleError | undefined>(undefined);
  const { data, error } = useSubscription('job.exportState', id === null ? null : { id });
  const fail = useCallback((thrown: unknown) => {
    if (!(thrown instanceof ConsoleError)) throw thrown;
    setFailure(thrown);
  }, []);
  const start = useCallback((request: ExportRequest) => {
    setAsking(true);
    setFailure(undefined);
    invoke('job.export', request)
      .then(({ exportId }) => { if (exportId !== null) setId(exportId); })
      .catch(fail)
      .finally(() => setAsking(false));
  }, [fail]);
  const cancel = useCallback(() => { if (id !== null) invoke('job.cancelExport', { id }).catch(fail); }, [id, fail]);
  const show = useCallback(() => { if (id !== null) invoke('job.showExport', { id }).catch(fail); }, [id, fail]);
  return { state: id === null ? undefined : data, isAsking, failure: failure ?? error, start, cancel, show };
}
