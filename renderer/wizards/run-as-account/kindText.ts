import type { RunAsAccountRow } from '../../../shared/contract/inventory.ts';

/** What an account holds, as lists show it. */
export function kindText({ kind }: Pick<RunAsAccountRow, 'kind'>): string {
  return kind === 'preSharedKey' ? 'Pre-shared key' : 'User name and password';
}
