/** Keys of the console: those of the commands, of the workspaces, and F6 from pane to pane. */
import { useEffect, useMemo } from 'react';
import { runCommand, type Command } from './command.ts';
import { commandsOf, useCommands } from './commands.tsx';
import { useConsole, type Console } from './console.tsx';
import { keysOf } from './keys.ts';
import { readPreferences, writePreferences } from './preferences.ts';
import { workspaceLabels, workspaces, type Workspace } from './views.ts';

export interface KeyHint {
  readonly keys: string;
  readonly what: string;
}

/** Keys that are no command of the ribbon; for the help window. */
export const generalKeys: readonly KeyHint[] = [
  ...workspaces.map((workspace, at) => ({ keys: `Ctrl+${at + 1}`, what: workspaceLabels[workspace] })),
  { keys: 'F1', what: 'All keys of the console' },
  { keys: 'Ctrl+F', what: 'Search in the list' },
  { keys: 'Ctrl+F1', what: 'Collapse or expand the ribbon' },
  { keys: 'F6 / Shift+F6', what: 'Next or previous pane' },
  { keys: 'Enter', what: 'Open the selected object' },
  { keys: 'Shift+F10', what: 'Menu of the selected object' },
  { keys: 'Shift+Left / Right', what: 'Width of a column, on its header' },
  { keys: 'Esc', what: 'Close the window in front' },
];

/** Listens while the component is mounted. Nothing happens behind a modal dialog. */
export function useShortcuts(): void {
  const { openWorkspace, open } = useConsole();
  const { home, contextual } = useCommands();
  const commands = useMemo(() => shortcutTable([...commandsOf(home), ...(contextual === undefined ? [] : commandsOf(contextual))]), [home, contextual]);
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || document.querySelector('[aria-modal="true"]') !== null || isTyping(event)) return;
      const action = generalAction(event, { openWorkspace, open }) ?? commandAction(event, commands);
      if (action === undefined) return;
      event.preventDefault();
      action();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [commands, openWorkspace, open]);
}

/** Delete belongs to the text while one types. */
function isTyping(event: KeyboardEvent): boolean {
  return event.key === 'Delete' && event.target instanceof HTMLElement && (event.target.isContentEditable || /^(input|textarea)$/iu.test(event.target.tagName));
}

function shortcutTable(commands: readonly Command[]): ReadonlyMap<string, Command> {
  return new Map(commands.flatMap((command) => (command.shortcut === undefined ? [] : [[command.shortcut, command]])));
}

function commandAction(event: KeyboardEvent, commands: ReadonlyMap<string, Command>): (() => void) | undefined {
  const command = commands.get(keysOf(event));
  return command && (() => runCommand(command));
}

function generalAction(event: KeyboardEvent, { openWorkspace, open }: Pick<Console, 'openWorkspace' | 'open'>): (() => void) | undefined {
  const keys = keysOf(event);
  if (keys === 'F1') return () => open({ kind: 'shortcuts' });
  if (keys === 'F6' || keys === 'Shift+F6') return () => focusNextPane(event.shiftKey ? -1 : 1);
  if (keys === 'Ctrl+F1') return () => writePreferences({ isRibbonCollapsed: !readPreferences().isRibbonCollapsed });
  if (keys === 'Ctrl+F') return () => document.querySelector<HTMLInputElement>('[data-list-search] input, input[data-list-search]')?.focus();
  const workspace = /^Ctrl\+[1-9]$/.test(keys) ? workspaces[Number(keys.at(-1)) - 1] : undefined;
  return workspace && (() => goTo(workspace, openWorkspace));
}

/** The keys go on in the tree of the workspace: what had the focus before may be gone. */
function goTo(workspace: Workspace, openWorkspace: (workspace: Workspace) => void): void {
  openWorkspace(workspace);
  requestAnimationFrame(() => document.querySelector<HTMLElement>('[data-pane="navigation"] [role="tree"]')?.focus());
}

/** Panes carry `data-pane`; the focus goes to their list, or to the first thing in them that takes it. */
function focusNextPane(by: 1 | -1): void {
  const panes = [...document.querySelectorAll<HTMLElement>('[data-pane]')];
  const at = panes.findIndex((pane) => pane.contains(document.activeElement));
  for (let step = 1; step <= panes.length; step++) {
    const pane = panes[(at + by * step + panes.length * 2) % panes.length];
    const target = pane?.querySelector<HTMLElement>('[data-list-grid]') ?? pane?.querySelector<HTMLElement>('[tabindex="0"], button:not([tabindex="-1"]):not(:disabled), input');
    if (!target) continue;
    target.focus();
    return;
  }
}
