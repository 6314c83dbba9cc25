/** The recording of what the operator does, started and saved from the ribbon. Main keeps it, so that a window that loads anew still knows. */
import { useCallback, useEffect, useState } from 'react';
import { invoke } from '../bridge/client.ts';
import type { Notify } from './notify.tsx';
import { usePreference } from './preferences.ts';

export interface RecordingControl {
  readonly isRecording: boolean;
  /** The file says how everything ended, so that it fails where that changes. */
  readonly withExpectations: boolean;
  readonly setWithExpectations: (value: boolean) => void;
  readonly start: () => void;
  /** Asks for a file and ends the recording when it is written; a canceled dialog goes on recording. */
  readonly save: () => void;
  readonly discard: () => void;
}

export function useRecording(notify: Notify): RecordingControl {
  const [isRecording, setRecording] = useState(false);
  const [withExpectations, setWithExpectations] = usePreference('recordsExpectations');
  useEffect(() => {
    invoke('scenario.recording', {}).then((state) => setRecording(state.isRecording), notify.error);
  }, [notify]);
  const start = useCallback(() => {
    invoke('scenario.startRecording', {}).then((state) => setRecording(state.isRecording), notify.error);
  }, [notify]);
  const save = useCallback(() => {
    invoke('scenario.saveRecording', { withExpectations }).then(({ path, steps }) => {
      if (path === null) return;
      setRecording(false);
      notify.success('Scenario saved', `${steps} step${steps === 1 ? '' : 's'} in ${path}`);
    }, notify.error);
  }, [notify, withExpectations]);
  const discard = useCallback(() => {
    invoke('scenario.discardRecording', {}).then(() => setRecording(false), notify.error);
  }, [notify]);
  return { isRecording, withExpectations, setWithExpectations, start, save, discard };
}
