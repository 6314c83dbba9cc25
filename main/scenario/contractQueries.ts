/** The procedures of the contract that only read: what `assert` may ask. The answers are the very ones that the window gets. */
import { ConsoleError } from '../../shared/contract/errors.ts';
import { procedures, type ProcedureName } from '../../shared/contract/procedures.ts';
import { createHandlers } from '../ipc/handlers.ts';
import { createRouter } from '../ipc/router.ts';
import type { Lab } from '../lab/lab.ts';

/** Everything that starts, stops, dials, saves or depends on a window is left out. */
export const queryNames = [
  'inventory.tree',
  'vmNetwork.list',
  'vmNetwork.get',
  'vmNetwork.connectivity',
  'virtualMachine.list',
  'virtualMachine.networkChoices',
  'virtualMachine.placement',
  'virtualMachine.guest',
  'libraryImage.list',
  'vmTemplate.list',
  'vmTemplate.get',
  'serviceTemplate.list',
  'host.list',
  'host.get',
  'logicalNetwork.list',
  'logicalNetwork.get',
  'logicalNetwork.pool',
  'fabricObject.list',
  'networkService.list',
  'networkService.get',
  'networkService.testProvider',
  'runAsAccount.list',
  'guide.readiness',
  'job.list',
  'job.get',
  'job.summary',
  'job.exportSize',
  'operation.check',
  'operation.script',
  'gateway.state',
  'gateway.hints',
  'gateway.clusters',
  'vpn.status',
  'simulation.status',
] as const satisfies readonly ProcedureName[];
export type QueryName = (typeof queryNames)[number];

/** Lists in which the object of a query is found by its name, where it is not the list of the query's own noun. */
const listOf: Partial<Record<QueryName, QueryName>> = {
  'logicalNetwork.pool': 'fabricObject.list',
  'gateway.state': 'networkService.list',
  'gateway.hints': 'networkService.list',
  'vpn.status': 'vmNetwork.list',
};

type Ask = (name: QueryName, input: unknown) => Promise<unknown>;

/** Throws ConsoleError as the procedures do, and invalidInput for an input that does not fit. */
export function contractQueries(lab: Lab): Ask {
  const noWindow = () => Promise.resolve(null);
  const noDesk = (): never => {
    throw new Error('A scenario neither records nor runs scenarios.');
  };
  const scenarios = { startRecording: noDesk, recording: noDesk, recordingText: noDesk, discardRecording: noDesk, run: noDesk, runState: noDesk, cancelRun: noDesk, runResult: noDesk };
  const handlers = createHandlers(lab, { version: 'scenario', electron: '', chromium: '', databasePath: '', areSecretsProtected: false, askSavePath: noWindow, askOpenPath: noWindow, showInFolder: () => undefined, jobToShow: () => null, scenarios });
  let fault: Error | undefined;
  const router = createRouter(handlers, (error) => {
    fault = error instanceof Error ? error : new Error('A query failed.', { cause: error });
  });
  return async (name, input) => {
    const envelope = await router.invoke(name, input);
    if (envelope.ok) return envelope.value;
    if (fault !== undefined) throw fault;
    throw ConsoleError.fromPayload(envelope.error);
  };
}

/** Id of the object that a query is about, by the object's name. Undefined when no list knows it. */
export async function idByName(ask: Ask, query: QueryName, name: string): Promise<string | undefined> {
  const list = listOf[query] ?? `${query.split('.')[0] ?? ''}.list`;
  if (!isQuery(list)) return undefined;
  const page = (await ask(list, { filter: name.slice(0, 200), limit: 500 })) as { rows: readonly { readonly id: string; readonly name: string }[] };
  return page.rows.find((row) => row.name.toLowerCase() === name.toLowerCase())?.id;
}

/** Whether a query is about one object, given by `id`. */
export function isAboutOne(query: QueryName): boolean {
  return 'id' in procedures[query].input.shape;
}

function isQuery(name: string): name is QueryName {
  return queryNames.some((query) => query === name);
}
