/** The shell's state as a context: every part asks here where the operator is and says what to open. */
import { createContext, useCallback, useContext, useMemo, useReducer, type ReactNode } from 'react';
import { currentSelection, initialState, reduce, type ConsoleState, type ConsoleWindow, type Selection } from './consoleState.ts';
import { readPreferences, writePreferences } from './preferences.ts';
import { firstViews, type View, type Workspace } from './views.ts';

export interface Console {
  readonly view: View;
  readonly selection: Selection | null;
  readonly windows: ConsoleState['windows'];
  readonly navigate: (view: View) => void;
  /** Goes to what the workspace showed last. */
  readonly openWorkspace: (workspace: Workspace) => void;
  readonly select: (selection: Selection | null) => void;
  readonly open: (window: ConsoleWindow) => void;
  /** The same for what comes up by itself after something was started: the Jobs window only while the operator wants it to. */
  readonly openStarted: (window: ConsoleWindow) => void;
  readonly close: (number: number) => void;
}

const ConsoleContext = createContext<Console | undefined>(undefined);

export function ConsoleProvider({ children }: { readonly children: ReactNode }) {
  const [state, dispatch] = useReducer(reduce, undefined, () => initialState(readPreferences().view));
  const navigate = useCallback((view: View) => {
    dispatch({ type: 'navigate', view });
    writePreferences({ view });
  }, []);
  const select = useCallback((selection: Selection | null) => dispatch({ type: 'select', selection }), []);
  const open = useCallback((window: ConsoleWindow) => dispatch({ type: 'open', window }), []);
  const openStarted = useCallback((window: ConsoleWindow) => {
    if (window.kind !== 'jobs' || readPreferences().isJobsWindowShown) dispatch({ type: 'open', window });
  }, []);
  const close = useCallback((number: number) => dispatch({ type: 'close', number }), []);
  const { view, windows, lastViews } = state;
  const selection = currentSelection(state);
  const value = useMemo<Console>(
    () => ({
      view,
      windows,
      selection,
      navigate,
      select,
      open,
      openStarted,
      close,
      openWorkspace: (workspace) => navigate(lastViews[workspace] ?? firstViews[workspace]),
    }),
    [view, windows, selection, lastViews, navigate, select, open, openStarted, close],
  );
  return <ConsoleContext value={value}>{children}</ConsoleContext>;
}

export function useConsole(): Console {
  const value = useContext(ConsoleContext);
  if (value === undefined) throw new Error('useConsole needs a ConsoleProvider above it.');
  return value;
}
