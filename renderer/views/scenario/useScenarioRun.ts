/** One run of a scenario from its window: chosen, watched, canceled, saved. */
import { useCallback, useEffect, useRef, useState } from 'react';
import { ConsoleError } from '../../../shared/contract/errors.ts';
import type { ScenarioRunState } from '../../../shared/contract/scenarios.ts';
import { invoke } from '../../bridge/client.ts';
import { useSubscription } from '../../bridge/queries.ts';

export interface ScenarioRunControl {
  /** Undefined before a file was chosen. */
  readonly state: ScenarioRunState | undefined;
  /** The system's dialog is open. */
  readonly isAsking: boolean;
  readonly failure: ConsoleError | undefined;
  /** Where the result was saved last. */
  readonly savedPath: string | undefined;
  readonly choose: () => void;
  readonly again: () => void;
  readonly cancel: () => void;
  readonly save: (format: 'json' | 'junit') => void;
}

export function useScenarioRun(): ScenarioRunControl {
  const [id, setId] = useState<string | null>(null);
  const [isAsking, setAsking] = useState(false);
  const [failure, setFailure] = useState<ConsoleError | undefined>(undefined);
  const [savedPath, setSavedPath] = useState<string | undefined>(undefined);
  const { data, error } = useSubscription('scenario.runState', id === null ? null : { id });
  useCanceledOnLeave(id);
  const ask = useCallback((work: () => Promise<void>) => {
    setAsking(true);
    setFailure(undefined);
    setSavedPath(undefined);
    work()
      .catch((thrown: unknown) => {
        if (!(thrown instanceof ConsoleError)) throw thrown;
        setFailure(thrown);
      })
      .finally(() => setAsking(false));
  }, []);
  const choose = useCallback(() => ask(async () => {
    const { runId } = await invoke('scenario.run', {});
    if (runId !== null) setId(runId);
  }), [ask]);
  const again = useCallback(() => ask(async () => { if (id !== null) setId((await invoke('scenario.runAgain', { id })).runId); }), [ask, id]);
  const cancel = useCallback(() => ask(async () => { if (id !== null) await invoke('scenario.cancelRun', { id }); }), [ask, id]);
  const save = useCallback((format: 'json' | 'junit') => ask(async () => { if (id !== null) setSavedPath((await invoke('scenario.saveResult', { id, format })).path ?? undefined); }), [ask, id]);
  return { state: id === null ? undefined : data, isAsking, failure: failure ?? error, savedPath, choose, again, cancel, save };
}

/** A run that nobody watches any more is of no use. */
function useCanceledOnLeave(id: string | null): void {
  const latest = useRef<string | null>(null);
  useEffect(() => {
    latest.current = id;
  }, [id]);
  useEffect(() => () => { if (latest.current !== null) void invoke('scenario.cancelRun', { id: latest.current }).catch(() => undefined); }, []);
}
