/** What the preload script puts into the window as `window.hnv`: three functions, no more. */
import type { Envelope } from './errors.ts';
import type { InvalidationDomain } from './procedures.ts';

/** Untyped at this seam on purpose: both ends check against the contract. */
export interface PreloadBridge {
  /**
   * Calls a procedure of the contract. The answer is an Envelope as JSON: an object would be rebuilt value by value on its way through Electron's
   * context bridge, which for a page of a list takes longer than to read it from the database.
   */
  invoke(name: string, input: unknown): Promise<string>;
  /** Starts a subscription; the listener gets payloads, or an error envelope when it cannot go on. Returns the way to end it. */
  subscribe(name: string, input: unknown, listener: (message: Envelope<unknown>) => void): () => void;
  /** Answers of these domains may have changed. Returns the way to stop listening. */
  onInvalidate(listener: (domains: readonly InvalidationDomain[]) => void): () => void;
}

/** Channel names; used by preload and `main/platform` only. */
export const channels = {
  invoke: 'hnv:invoke',
  subscribe: 'hnv:subscribe',
  unsubscribe: 'hnv:unsubscribe',
  message: 'hnv:message',
  invalidate: 'hnv:invalidate',
} as const;
