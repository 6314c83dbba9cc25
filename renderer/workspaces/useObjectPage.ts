/** What every page with a list shares: selection in the shell's state, context menu, opening by double click or Enter. */
import { useCallback } from 'react';
import { runCommand, type Command } from '../shell/command.ts';
import { useCommands } from '../shell/commands.tsx';
import { useConsole } from '../shell/console.tsx';
import type { Selection } from '../shell/consoleState.ts';

type Kind = Selection['kind'];
type RowOfKind<K extends Kind> = Extract<Selection, { kind: K }>['row'];

interface ObjectPage<K extends Kind> {
  /** The selected row of this kind, or null. */
  readonly row: RowOfKind<K> | null;
  readonly selectedId: string | null;
  readonly onSelect: (row: RowOfKind<K>) => void;
  readonly contextCommands: readonly Command[];
  /** Runs the command `defaultCommand` of the selected object. */
  readonly onOpen: () => void;
}

export function useObjectPage<K extends Kind>(kind: K, defaultCommand: string | undefined): ObjectPage<K> {
  const { selection, select } = useConsole();
  const { ofSelection } = useCommands();
  const row = selection?.kind === kind ? (selection.row as RowOfKind<K>) : null;
  const onSelect = useCallback((selected: RowOfKind<K>) => select({ kind, row: selected } as Selection), [kind, select]);
  const onOpen = () => {
    const command = ofSelection.find(({ id }) => id === defaultCommand);
    if (command) runCommand(command);
  };
  return { row, selectedId: row?.id ?? null, onSelect, contextCommands: ofSelection, onOpen };
}
