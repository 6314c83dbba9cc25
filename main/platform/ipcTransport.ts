/** The transport over Electron's ipcMain. Every message is checked for its sender: main frame, own origin, a window of ours. */
import { BrowserWindow, ipcMain, type IpcMainEvent, type IpcMainInvokeEvent, type WebContents } from 'electron';
import { channels } from '../../shared/contract/bridge.ts';
import { ConsoleError, type Envelope } from '../../shared/contract/errors.ts';
import type { IpcTransport } from '../ipc/transport.ts';
import { isTrustedUrl } from './origin.ts';

export function createIpcTransport(trusted: string): IpcTransport {
  const watched = new WeakSet<WebContents>();
  let ownerGone: (owner: number) => void = () => undefined;
  return {
    onInvoke(listener) {
      ipcMain.handle(channels.invoke, (event, name: unknown, input: unknown): Promise<string> => {
        if (!isOwnSender(event, trusted)) return Promise.resolve(JSON.stringify(refusal()));
        return listener(String(name), input);
      });
    },
    onSubscribe(listener) {
      ipcMain.on(channels.subscribe, (event, id: unknown, name: unknown, input: unknown) => {
        if (!isOwnSender(event, trusted) || typeof id !== 'string') return;
        const contents = event.sender;
        if (!watched.has(contents)) {
          watched.add(contents);
          watchOwner(contents, (owner) => ownerGone(owner));
        }
        listener(contents.id, id, String(name), input, (message) => {
          if (!contents.isDestroyed()) contents.send(channels.message, id, message);
        });
      });
    },
    onUnsubscribe(listener) {
      ipcMain.on(channels.unsubscribe, (event, id: unknown) => {
        if (isOwnSender(event, trusted) && typeof id === 'string') listener(event.sender.id, id);
      });
    },
    onOwnerGone(listener) {
      ownerGone = listener;
    },
    broadcastInvalidation(domains) {
      for (const window of BrowserWindow.getAllWindows()) {
        if (!window.isDestroyed()) window.webContents.send(channels.invalidate, domains);
      }
    },
  };
}

function watchOwner(contents: WebContents, gone: (owner: number) => void): void {
  const owner = contents.id;
  contents.once('destroyed', () => gone(owner));
  contents.on('did-start-loading', () => gone(owner));
  contents.on('render-process-gone', () => gone(owner));
}

/** senderFrame is null when the frame is gone (Electron 33 and later). */
function isOwnSender(event: IpcMainEvent | IpcMainInvokeEvent, trusted: string): boolean {
  const frame = event.senderFrame;
  if (frame === null || frame === undefined) return false;
  return frame === event.sender.mainFrame && isTrustedUrl(frame.url, trusted) && BrowserWindow.fromWebContents(event.sender) !== null;
}

function refusal(): Envelope<unknown> {
  return {
    ok: false,
    error: new ConsoleError('forbiddenSender', 'A page that is not part of the console asked for data.', 'Close the console and start it again.').toPayload(),
  };
}
