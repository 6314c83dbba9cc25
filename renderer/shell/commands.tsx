/** All commands as they stand now, made once for ribbon, context menus and keys. */
import { createContext, useContext, useMemo, type ReactNode } from 'react';
import { invoke } from '../bridge/client.ts';
import { useProcedure } from '../bridge/queries.ts';
import type { Command, RibbonTab } from './command.ts';
import { folderTab } from './commands/hosts.ts';
import { useConsole } from './console.tsx';
import { contextualTab } from './contextualTab.ts';
import { homeTab } from './homeTab.ts';
import { useNotify } from './notify.tsx';
import { usePreference } from './preferences.ts';
import { setSimulationSpeed, stepSimulation, useSimulationStatus } from './simulationStatus.ts';
import { useCapture } from './useCapture.ts';
import { useRecording } from './useRecording.ts';

export interface Commands {
  readonly home: RibbonTab;
  /** The tab of the host group that is shown. */
  readonly folder: RibbonTab | undefined;
  /** The tab of the selected object. */
  readonly contextual: RibbonTab | undefined;
  /** Commands of the selected object, in the order of its tab. */
  readonly ofSelection: readonly Command[];
}

const CommandsContext = createContext<Commands | undefined>(undefined);

export function CommandsProvider({ children }: { readonly children: ReactNode }) {
  const { view, selection, navigate, open, openStarted } = useConsole();
  const notify = useNotify();
  const capture = useCapture(notify);
  const recording = useRecording(notify);
  const speed = useSimulationStatus((status) => status.speed);
  const [isGuideShown, setGuideShown] = usePreference('isGuideShown');
  const [isDetailsPaneShown, setDetailsPaneShown] = usePreference('isDetailsPaneShown');

  const home = useMemo(
    () =>
      homeTab({
        console: { view, navigate, open, selection },
        speed,
        setSpeed: (next) => void setSimulationSpeed(next).catch(notify.error),
        step: () => void stepSimulation().catch(notify.error),
        capture,
        recording,
        isDetailsPaneShown,
        setDetailsPaneShown,
        isGuideShown,
        setGuideShown,
      }),
    [view, navigate, open, selection, speed, notify, capture, recording, isDetailsPaneShown, setDetailsPaneShown, isGuideShown, setGuideShown],
  );
  const contextual = useMemo(
    () =>
      contextualTab(selection, {
        navigate,
        open,
        failOver: (id) => void invoke('gateway.failOver', { id }).catch(notify.error),
        cancelJob: (id) => void invoke('job.cancel', { id }).catch(notify.error),
        restartJob: (id, skipLastFailedStep) => void invoke('job.restart', { id, skipLastFailedStep }).catch(notify.error),
        undoJob: (id) => void invoke('job.undo', { id }).then(({ jobId }) => openStarted({ kind: 'jobs', jobId }), notify.error),
        startOperation: (operationId, input) => void invoke('operation.start', { operationId, input }).then(({ jobId }) => openStarted({ kind: 'jobs', jobId }), notify.error),
        showCompartmentsOf: (id) =>
          void invoke('vmNetwork.get', { id }).then(({ gateway }) => {
            if (gateway !== null) navigate({ kind: 'compartments', networkServiceId: gateway.networkServiceId });
          }, notify.error),
      }),
    [selection, navigate, open, openStarted, notify],
  );
  const { data: inventory } = useProcedure('inventory.tree', {});
  const folder = useMemo(() => folderTab(view, inventory?.hostGroups ?? [], { open }), [view, inventory, open]);
  const value = useMemo(() => ({ home, folder, contextual, ofSelection: contextual === undefined ? [] : commandsOf(contextual) }), [home, folder, contextual]);
  return <CommandsContext value={value}>{children}</CommandsContext>;
}

export function useCommands(): Commands {
  const value = useContext(CommandsContext);
  if (value === undefined) throw new Error('useCommands needs a CommandsProvider above it.');
  return value;
}

export function commandsOf(tab: RibbonTab): readonly Command[] {
  return tab.groups.flatMap(({ large, small }) => [...large, ...small]);
}
