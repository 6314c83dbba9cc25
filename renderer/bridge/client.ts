/** The typed client over the preload API. The only place that touches `window.hnv`. */
import { ConsoleError, type Envelope } from '../../shared/contract/errors.ts';
import type { PreloadBridge } from '../../shared/contract/bridge.ts';
import type {
  InvalidationDomain,
  ProcedureInput,
  ProcedureName,
  ProcedureOutput,
  SubscriptionInput,
  SubscriptionName,
  SubscriptionPayload,
} from '../../shared/contract/procedures.ts';

declare global {
  interface Window {
    readonly hnv: PreloadBridge;
  }
}

/** Calls a procedure; throws ConsoleError with the code that main gave. */
export async function invoke<P extends ProcedureName>(name: P, input: ProcedureInput<P>): Promise<ProcedureOutput<P>> {
  const envelope = JSON.parse(await window.hnv.invoke(name, input)) as Envelope<unknown>;
  if (!envelope.ok) throw ConsoleError.fromPayload(envelope.error);
  return envelope.value as ProcedureOutput<P>;
}

/** Starts a subscription and returns the way to end it. */
export function subscribe<S extends SubscriptionName>(
  name: S,
  input: SubscriptionInput<S>,
  onPayload: (payload: SubscriptionPayload<S>) => void,
  onError: (error: ConsoleError) => void,
): () => void {
  return window.hnv.subscribe(name, input, (message) => {
    if (message.ok) onPayload(message.value as SubscriptionPayload<S>);
    else onError(ConsoleError.fromPayload(message.error));
  });
}

/** Calls back with the domains whose answers may have changed. */
export function onInvalidate(listener: (domains: readonly InvalidationDomain[]) => void): () => void {
  return window.hnv.onInvalidate(listener);
}
