/** The commands that write and read lab files. All begin with the system's dialog; when that is canceled nothing happens. */
import { useState } from 'react';
import { invoke } from '../bridge/client.ts';
import { formatBytes } from '../views/shared/format.ts';
import { useConsole } from './console.tsx';
import { useNotify } from './notify.tsx';

export interface LabFileCommands {
  readonly exportLab: () => void;
  readonly importLab: () => void;
  readonly importVmmInventory: () => void;
  /** A file is being chosen or read. */
  readonly isReading: boolean;
  /** Breaks the reading off. */
  readonly cancelReading: () => void;
}

export function useLabFiles(): LabFileCommands {
  const { open } = useConsole();
  const notify = useNotify();
  const [isReading, setReading] = useState(false);
  const exportLab = async () => {
    const { path, bytes } = await invoke('lab.export', {});
    if (path !== null) notify.success('The lab was exported.', `${path} (${formatBytes(bytes)}). Secrets of Run As accounts are not in it.`);
  };
  const importFrom = async (procedure: 'lab.prepareImport' | 'lab.prepareVmmImport') => {
    setReading(true);
    try {
      const preview = await invoke(procedure, {});
      if (preview.preparation !== null) open({ kind: 'importLab', preview });
    } finally {
      setReading(false);
    }
  };
  return {
    exportLab: () => void exportLab().catch(notify.error),
    importLab: () => void importFrom('lab.prepareImport').catch(notify.error),
    importVmmInventory: () => void importFrom('lab.prepareVmmImport').catch(notify.error),
    isReading,
    cancelReading: () => void invoke('lab.cancelImport', {}).catch(notify.error),
  };
}
