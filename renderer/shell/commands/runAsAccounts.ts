/** Commands of Run As accounts. */
import { Delete20Regular, Key24Regular, Settings24Regular } from '@fluentui/react-icons';
import type { RunAsAccountRow } from '../../../shared/contract/inventory.ts';
import type { Command, RibbonGroup } from '../command.ts';
import type { Console } from '../console.tsx';

/** Settings › Home › Create (fact sheet §7). */
export function createRunAsAccountGroup({ open }: Pick<Console, 'open'>): RibbonGroup {
  const create: Command = {
    id: 'create.runAsAccount',
    label: 'Create Run As Account',
    icon: Key24Regular,
    disabledReason: undefined,
    description: 'Keep a user name with its password, or a pre-shared key, under one name',
    run: () => open({ kind: 'createRunAsAccount' }),
  };
  return { caption: 'Create', large: [create], small: [] };
}

export function runAsAccountProperties(row: RunAsAccountRow, { open }: Pick<Console, 'open'>): Command {
  return {
    id: 'runAsAccount.properties',
    label: 'Properties',
    icon: Settings24Regular,
    disabledReason: undefined,
    description: `Names of ${row.name}, and a new secret`,
    shortcut: 'Alt+Enter',
    run: () => open({ kind: 'runAsAccountProperties', account: row }),
  };
}

export function deleteRunAsAccount(row: RunAsAccountRow, { open }: Pick<Console, 'open'>): Command {
  return {
    id: 'runAsAccount.delete',
    label: 'Delete',
    icon: Delete20Regular,
    disabledReason: undefined,
    description: `Delete ${row.name} and its secret`,
    shortcut: 'Delete',
    run: () => open({ kind: 'remove', operationId: 'runAsAccount.delete', input: { runAsAccount: row.id }, name: row.name, what: 'Run As account' }),
  };
}
