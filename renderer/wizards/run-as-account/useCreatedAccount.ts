/** The job that creates an account takes a moment; then the account is there to be chosen. */
import { useEffect, useState } from 'react';
import type { RunAsAccountRow } from '../../../shared/contract/inventory.ts';
import { useProcedure } from '../../bridge/queries.ts';

/** Gives a function that takes the name of the account to wait for. */
export function useCreatedAccount(onCreated: ((account: RunAsAccountRow) => void) | undefined): (name: string) => void {
  const [awaited, setAwaited] = useState('');
  const { data } = useProcedure('runAsAccount.list', { filter: awaited, limit: 500 }, { enabled: awaited !== '' });
  const wanted = awaited.toLowerCase();
  const created = awaited === '' ? undefined : data?.rows.find(({ name }) => name.toLowerCase() === wanted);
  useEffect(() => {
    if (created === undefined) return;
    setAwaited('');
    onCreated?.(created);
  }, [created, onCreated]);
  return setAwaited;
}
