/** Binds the signals of jobs to the window and to Electron. */
import { Notification, type BrowserWindow } from 'electron';
import type { Lab } from '../lab/lab.ts';
import { JobSignals, type Desktop } from './jobSignals.ts';

/** Milliseconds for which changes are gathered. */
const gathering = 200;

export function signalJobs(window: BrowserWindow, lab: Lab): JobSignals {
  const signals = new JobSignals(() => lab.lists.jobs.signals(), desktopOf(window));
  let isWaiting = false;
  const run = (work: () => void): void => {
    if (!window.isDestroyed()) work();
  };
  lab.onInvalidate((domains) => {
    if (isWaiting || !domains.includes('job')) return;
    isWaiting = true;
    setTimeout(() => {
      isWaiting = false;
      run(() => signals.update());
    }, gathering);
  });
  window.on('focus', () => run(() => signals.seen()));
  return signals;
}

/** Notifications that are shown: one that nothing holds on to is collected, and its click with it. */
const shown = new Set<Notification>();

function desktopOf(window: BrowserWindow): Desktop {
  return {
    isInFront: () => window.isFocused(),
    showProgress: (progress) => {
      if (progress === null) window.setProgressBar(-1);
      else window.setProgressBar(progress.share, { mode: progress.isError ? 'error' : 'normal' });
    },
    notify: (title, text, onClick) => {
      if (!Notification.isSupported()) return;
      const notification = new Notification({ title, body: text });
      shown.add(notification);
      notification.on('click', () => {
        shown.delete(notification);
        onClick();
      });
      notification.on('close', () => void shown.delete(notification));
      notification.show();
    },
    comeToFront: () => {
      if (window.isMinimized()) window.restore();
      window.show();
      window.focus();
    },
  };
}
