/**
 * The seam towards Electron's ipcMain, which only `main/platform` imports. A transport hands on messages
 * of senders that it has checked: main frame, own origin, a window of ours.
 */
import type { Envelope } from '../../shared/contract/errors.ts';
import type { InvalidationDomain } from '../../shared/contract/procedures.ts';
import { InvalidationGatherer, type Delay } from './invalidation.ts';
import { createRouter, type Handlers } from './router.ts';
import { SubscriptionHub, type SubscriptionReaders, type Ticker } from './subscriptions.ts';

export interface IpcTransport {
  /** The answer is an Envelope as JSON (see PreloadBridge). */
  onInvoke(listener: (name: string, input: unknown) => Promise<string>): void;
  onSubscribe(listener: (owner: number, id: string, name: string, input: unknown, send: (message: Envelope<unknown>) => void) => void): void;
  onUnsubscribe(listener: (owner: number, id: string) => void): void;
  /** A window went away or loaded anew. */
  onOwnerGone(listener: (owner: number) => void): void;
  broadcastInvalidation(domains: readonly InvalidationDomain[]): void;
}

export interface IpcParts {
  readonly handlers: Handlers;
  readonly readers: SubscriptionReaders;
  readonly onInvalidate: (listener: (domains: readonly InvalidationDomain[]) => void) => void;
  readonly timing: Ticker & Delay;
  readonly reportFault: (error: unknown, where: string) => void;
}

/** Binds the contract to a transport: the real one, or the fake bridge of the tests. */
export function bindIpc(transport: IpcTransport, parts: IpcParts): void {
  const router = createRouter(parts.handlers, parts.reportFault);
  const hub = new SubscriptionHub(parts.readers, parts.timing, parts.reportFault);
  const gatherer = new InvalidationGatherer(parts.timing, (domains) => transport.broadcastInvalidation(domains));
  transport.onInvoke(async (name, input) => JSON.stringify(await router.invoke(name, input)));
  transport.onSubscribe((owner, id, name, input, send) => hub.start(owner, id, name, input, { send }));
  transport.onUnsubscribe((owner, id) => hub.stop(owner, id));
  transport.onOwnerGone((owner) => hub.stopAllOf(owner));
  parts.onInvalidate((domains) => gatherer.add(domains));
}
