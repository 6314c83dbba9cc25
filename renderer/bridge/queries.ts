/** React Query glue: main pushes invalidations, the window pulls answers. */
import { QueryClient, keepPreviousData, notifyManager, useQuery, type UseQueryResult } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { ConsoleError } from '../../shared/contract/errors.ts';
import type {
  ProcedureInput,
  ProcedureName,
  ProcedureOutput,
  SubscriptionInput,
  SubscriptionName,
  SubscriptionPayload,
} from '../../shared/contract/procedures.ts';
import { invoke, onInvalidate, subscribe } from './client.ts';

/** A client for a local process: no network, no refetch on focus, never stale until main says so. */
export function createQueryClient(): QueryClient {
  // Answers are told of at once: a timer, as by default, comes behind whatever else waits, and browsers hold timers back.
  notifyManager.setScheduler(queueMicrotask);
  return new QueryClient({
    defaultOptions: {
      queries: { networkMode: 'always', refetchOnWindowFocus: false, refetchOnReconnect: false, staleTime: Infinity, retry: false },
      mutations: { networkMode: 'always', retry: false },
    },
  });
}

/** Refetches what main says has changed. Returns the way to stop. */
export function connectInvalidation(client: QueryClient): () => void {
  return onInvalidate((domains) => {
    const changed = new Set<string>(domains);
    void client.invalidateQueries({
      predicate: (query) => {
        const [name] = query.queryKey;
        return typeof name === 'string' && changed.has(name.split('.')[0] ?? '');
      },
    });
  });
}

export function procedureKey<P extends ProcedureName>(name: P, input: ProcedureInput<P>): readonly [P, ProcedureInput<P>] {
  return [name, input];
}

/** Answer of a procedure, kept on screen while a newer one is fetched. `enabled: false` waits. */
export function useProcedure<P extends ProcedureName>(
  name: P,
  input: ProcedureInput<P>,
  options: { readonly enabled?: boolean } = {},
): UseQueryResult<ProcedureOutput<P>, ConsoleError> {
  return useQuery<ProcedureOutput<P>, ConsoleError>({
    queryKey: procedureKey(name, input),
    queryFn: () => invoke(name, input),
    enabled: options.enabled ?? true,
    placeholderData: keepPreviousData,
  });
}

/**
 * Answer of a procedure as it is when the component comes up, never an older one: what a form is filled with must not be yesterday's.
 * Data stays undefined until then.
 */
export function useFreshProcedure<P extends ProcedureName>(name: P, input: ProcedureInput<P>): Pick<UseQueryResult<ProcedureOutput<P>, ConsoleError>, 'data' | 'error'> {
  const { data, error, isFetchedAfterMount } = useQuery<ProcedureOutput<P>, ConsoleError>({ queryKey: procedureKey(name, input), queryFn: () => invoke(name, input), refetchOnMount: 'always' });
  return isFetchedAfterMount ? { data, error } : { data: undefined, error: null };
}

export interface SubscriptionResult<T> {
  readonly data: T | undefined;
  readonly error: ConsoleError | undefined;
}

/** Latest payload of a subscription while the component is mounted; null as input waits. */
export function useSubscription<S extends SubscriptionName>(
  name: S,
  input: SubscriptionInput<S> | null,
): SubscriptionResult<SubscriptionPayload<S>> {
  const [result, setResult] = useState<SubscriptionResult<SubscriptionPayload<S>>>({ data: undefined, error: undefined });
  const key = input === null ? null : JSON.stringify(input);
  useEffect(() => {
    if (key === null) return undefined;
    setResult({ data: undefined, error: undefined });
    return subscribe(
      name,
      JSON.parse(key) as SubscriptionInput<S>,
      (data) => setResult({ data, error: undefined }),
      (error) => setResult((previous) => ({ data: previous.data, error })),
    );
  }, [name, key]);
  return result;
}
