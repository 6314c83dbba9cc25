/** The console's window: sandboxed, isolated, empty until somebody loads its page, shown when ready. */
import path from 'node:path';
import { BrowserWindow, nativeTheme, screen } from 'electron';
import { readWindowState, writeWindowState } from './windowState.ts';

export interface WindowOptions {
  readonly preload: string;
  readonly stateFile: string;
  readonly icon: string | undefined;
}

export function createMainWindow(options: WindowOptions): BrowserWindow {
  const state = readWindowState(options.stateFile, screen.getAllDisplays().map((display) => display.workArea));
  const window = new BrowserWindow({
    title: 'HNV Gateway Console',
    width: state?.width ?? 1280,
    height: state?.height ?? 800,
    ...(state ? { x: state.x, y: state.y } : {}),
    minWidth: 960,
    minHeight: 600,
    show: false,
    autoHideMenuBar: true,
    backgroundColor: nativeTheme.shouldUseDarkColors ? '#1f1f1f' : '#ffffff',
    ...(options.icon === undefined ? {} : { icon: options.icon }),
    webPreferences: {
      preload: path.resolve(options.preload),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInSubFrames: false,
      webviewTag: false,
      spellcheck: false,
    },
  });
  if (state?.maximized === true) window.maximize();
  window.once('ready-to-show', () => window.show());
  window.on('close', () => {
    writeWindowState(options.stateFile, { ...window.getNormalBounds(), maximized: window.isMaximized() });
  });
  return window;
}
