/** One recording at a time of every tap, started and saved from the ribbon. */
import { useCallback, useState } from 'react';
import { invoke } from '../bridge/client.ts';
import type { Notify } from './notify.tsx';

export interface CaptureControl {
  readonly isRecording: boolean;
  readonly start: () => void;
  /** Asks for a file and ends the recording when it is written; a canceled dialog goes on recording. */
  readonly save: () => void;
  readonly discard: () => void;
}

export function useCapture(notify: Notify): CaptureControl {
  const [captureId, setCaptureId] = useState<string | null>(null);
  const start = useCallback(() => {
    invoke('capture.start', {}).then((started) => setCaptureId(started.captureId), notify.error);
  }, [notify]);
  const save = useCallback(() => {
    if (captureId === null) return;
    invoke('capture.save', { captureId }).then(({ path, packets }) => {
      if (path === null) return;
      setCaptureId(null);
      notify.success('Capture saved', `${packets} packets in ${path}`);
    }, notify.error);
  }, [captureId, notify]);
  const discard = useCallback(() => {
    if (captureId === null) return;
    setCaptureId(null);
    invoke('capture.discard', { captureId }).catch(notify.error);
  }, [captureId, notify]);
  return { isRecording: captureId !== null, start, save, discard };
}
