/** Both halves of the console in one test worker: the real handlers over a real lab, a bridge without a window. */
import type { PreloadBridge } from '../../../shared/contract/bridge.ts';
import { ConsoleError, type Envelope } from '../../../shared/contract/errors.ts';
import type { InvalidationDomain, ProcedureInput, ProcedureName, ProcedureOutput } from '../../../shared/contract/procedures.ts';
import { Lab, type LabOptions } from '../../lab/lab.ts';
import { openDesk } from '../../scenario/desk.ts';
import { scenarioWorkerSource } from '../../scenario/testing/workerFile.ts';
import { createHandlers, createReaders } from '../handlers.ts';
import { bindIpc, type IpcTransport } from '../transport.ts';

type InvokeListener = (name: string, input: unknown) => Promise<string>;
type SubscribeListener = (owner: number, id: string, name: string, input: unknown, send: (message: Envelope<unknown>) => void) => void;

/** A transport that clones every message, as the process boundary does. */
class FakeTransport implements IpcTransport {
  invoke: InvokeListener = () => Promise.reject(new Error('not bound'));
  subscribe: SubscribeListener = () => undefined;
  unsubscribe: (owner: number, id: string) => void = () => undefined;
  readonly invalidated: ((domains: readonly InvalidationDomain[]) => void)[] = [];

  onInvoke(listener: InvokeListener): void {
    this.invoke = listener;
  }

  onSubscribe(listener: SubscribeListener): void {
    this.subscribe = listener;
  }

  onUnsubscribe(listener: (owner: number, id: string) => void): void {
    this.unsubscribe = listener;
  }

  onOwnerGone(): void {
    // A test's window stays.
  }

  broadcastInvalidation(domains: readonly InvalidationDomain[]): void {
    for (const listener of this.invalidated) listener(structuredClone(domains));
  }
}

export interface FakeConsole {
  readonly lab: Lab;
  readonly bridge: PreloadBridge;
  /** Files that the system's file manager was asked to show. */
  readonly shown: readonly string[];
  /** Faults that main would have logged. */
  readonly faults: unknown[];
  /** What the window gets. */
  invoke(name: string, input: unknown): Promise<Envelope<unknown>>;
  /** As the window's client: throws ConsoleError. */
  call<P extends ProcedureName>(name: P, input: ProcedureInput<P>): Promise<ProcedureOutput<P>>;
  close(): void;
}

/** `savePath`, `openPath`: what the operator answers in the system's dialogs. */
export async function openFakeConsole(options: LabOptions, savePath: string | null = null, openPath: string | null = null): Promise<FakeConsole> {
  const faults: unknown[] = [];
  const shown: string[] = [];
  const lab = await Lab.open({ ...options, reportFault: (error) => faults.push(error) });
  const transport = new FakeTransport();
  const desk = openDesk(lab, { workerFile: scenarioWorkerSource, labsFolder: options.labsFolder, nativeBinding: undefined, now: () => performance.now(), reportFault: (error) => faults.push(error) });
  const timers = new Set<NodeJS.Timeout>();
  bindIpc(transport, {
    handlers: desk.watching(createHandlers(lab, { version: 'test', electron: '', chromium: '', databasePath: options.databasePath,
    areSecretsProtected: true, askSavePath: () => Promise.resolve(savePath), askOpenPath: () => Promise.resolve(openPath), showInFolder: (path) => void shown.push(path), scenarios: desk, jobToShow: () => null })),
    readers: createReaders(lab, desk),
    onInvalidate: (listener) => lab.onInvalidate(listener),
    timing: {
      every: (milliseconds, callback) => {
        const timer = setInterval(callback, milliseconds);
        timers.add(timer);
        return () => clearInterval(timer);
      },
      after: (milliseconds, callback) => void timers.add(setTimeout(callback, milliseconds)),
    },
    reportFault: (error) => faults.push(error),
  });
  const bridge = bridgeOver(transport);
  const invoke = async (name: string, input: unknown) => JSON.parse(await bridge.invoke(name, input)) as Envelope<unknown>;
  return {
    lab,
    bridge,
    shown,
    faults,
    invoke,
    call: async (name, input) => {
      const envelope = await invoke(name, input);
      if (!envelope.ok) throw ConsoleError.fromPayload(envelope.error);
      return envelope.value as ProcedureOutput<typeof name>;
    },
    close: () => {
      for (const timer of timers) clearInterval(timer);
      desk.close();
      lab.close();
    },
  };
}

function bridgeOver(transport: FakeTransport): PreloadBridge {
  let nextId = 1;
  return {
    invoke: (name, input) => transport.invoke(name, structuredClone(input)),
    subscribe(name, input, listener) {
      const id = String(nextId++);
      transport.subscribe(1, id, name, structuredClone(input), (message) => listener(structuredClone(message)));
      return () => transport.unsubscribe(1, id);
    },
    onInvalidate(listener) {
      transport.invalidated.push(listener);
      return () => void transport.invalidated.splice(transport.invalidated.indexOf(listener), 1);
    },
  };
}
