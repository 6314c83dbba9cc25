/** The system's file dialogs. */
import path from 'node:path';
import { BrowserWindow, app, dialog, shell } from 'electron';

/** Asks where to save; null when canceled. Opens in Documents under the proposed name. */
export async function askSavePath(proposedName: string, kind: { name: string; extensions: string[] }): Promise<string | null> {
  const options = { defaultPath: path.join(documentsFolder(), proposedName), filters: [kind] };
  const window = BrowserWindow.getFocusedWindow() ?? BrowserWindow.getAllWindows()[0];
  const answer = window === undefined ? await dialog.showSaveDialog(options) : await dialog.showSaveDialog(window, options);
  return answer.canceled || answer.filePath === undefined || answer.filePath === '' ? null : answer.filePath;
}

/** Asks for a file to open; null when canceled. */
export async function askOpenPath(kind: { name: string; extensions: string[] }): Promise<string | null> {
  const options = { defaultPath: documentsFolder(), filters: [kind], properties: ['openFile' as const] };
  const window = BrowserWindow.getFocusedWindow() ?? BrowserWindow.getAllWindows()[0];
  const { canceled, filePaths } = window === undefined ? await dialog.showOpenDialog(options) : await dialog.showOpenDialog(window, options);
  return canceled ? null : (filePaths[0] ?? null);
}

/** Shows a file, selected, in the system's file manager. */
export function showInFolder(file: string): void {
  shell.showItemInFolder(file);
}

/** Some accounts have no Documents; then Electron throws. */
function documentsFolder(): string {
  try {
    return app.getPath('documents');
  } catch {
    return app.getPath('home');
  }
}
