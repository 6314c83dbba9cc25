/** The one preload script: three functions over fixed channels, nothing of Electron reaches the page. */
import { contextBridge, ipcRenderer, type IpcRendererEvent } from 'electron';
import { channels, type PreloadBridge } from '../../shared/contract/bridge.ts';
import type { Envelope } from '../../shared/contract/errors.ts';
import type { InvalidationDomain } from '../../shared/contract/procedures.ts';

let nextSubscription = 1;
const listeners = new Map<string, (message: Envelope<unknown>) => void>();

ipcRenderer.on(channels.message, (_event: IpcRendererEvent, id: string, message: Envelope<unknown>) => {
  listeners.get(id)?.(message);
});

const bridge: PreloadBridge = {
  invoke: (name, input) => ipcRenderer.invoke(channels.invoke, name, input) as Promise<string>,
  subscribe(name, input, listener) {
    const id = String(nextSubscription++);
    listeners.set(id, listener);
    ipcRenderer.send(channels.subscribe, id, name, input);
    return () => {
      listeners.delete(id);
      ipcRenderer.send(channels.unsubscribe, id);
    };
  },
  onInvalidate(listener) {
    const handler = (_event: IpcRendererEvent, domains: readonly InvalidationDomain[]): void => listener(domains);
    ipcRenderer.on(channels.invalidate, handler);
    return () => ipcRenderer.removeListener(channels.invalidate, handler);
  },
};

contextBridge.exposeInMainWorld('hnv', bridge);
