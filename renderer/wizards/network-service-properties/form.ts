/** Properties of a gateway device as a form, and the operations that OK starts (fact sheet §1.6). */
import type { NetworkServiceProperties } from '../../../shared/contract/inventory.ts';
import type { OperationId } from '../../../shared/contract/operations.ts';

export type ConnectionType = NetworkServiceProperties['connections'][number]['connectionType'];

export interface ConnectionForm {
  readonly isEnabled: boolean;
  /** Id, or empty. */
  readonly networkAdapter: string;
  readonly networkSite: string;
}

export interface PropertiesForm {
  readonly name: string;
  readonly description: string;
  readonly runAsAccount: string;
  readonly connectionString: string;
  readonly hostGroups: readonly string[];
  readonly connections: Readonly<Record<ConnectionType, ConnectionForm>>;
}

export interface StartedOperation {
  readonly operationId: OperationId;
  readonly input: Readonly<Record<string, unknown>>;
  /** Page on which its problems belong. */
  readonly page: 'general' | 'device' | 'hostGroup' | 'connectivity';
}

export const connectionTypes: readonly ConnectionType[] = ['FrontEnd', 'BackEnd'];

export function initialForm(properties: NetworkServiceProperties): PropertiesForm {
  const { name, description, runAsAccountId, connectionString, hostGroupIds } = properties;
  return {
    name,
    description,
    runAsAccount: runAsAccountId,
    connectionString,
    hostGroups: hostGroupIds,
    connections: { FrontEnd: connectionForm(properties, 'FrontEnd'), BackEnd: connectionForm(properties, 'BackEnd') },
  };
}

/** What is set; otherwise the only choice there is stands ready. */
function connectionForm(properties: NetworkServiceProperties, type: ConnectionType): ConnectionForm {
  const connection = properties.connections.find(({ connectionType }) => connectionType === type);
  const { current, networkAdapters = [], networkSites = [] } = connection ?? { current: null };
  if (current !== null) return { isEnabled: true, networkAdapter: current.networkAdapterId, networkSite: current.networkSiteId };
  return { isEnabled: false, networkAdapter: onlyOne(networkAdapters), networkSite: onlyOne(networkSites) };
}

function onlyOne(choices: readonly { readonly id: string; readonly unavailableReason: string | null }[]): string {
  const [first, second] = choices.filter(({ unavailableReason }) => unavailableReason === null);
  return first !== undefined && second === undefined ? first.id : '';
}

/** In the order in which they have to run: the jobs of one device wait for each other. */
export function operationsOf(form: PropertiesForm, properties: NetworkServiceProperties): readonly StartedOperation[] {
  return [...changeOf(form, initialForm(properties), properties.id), ...connectionTypes.flatMap((type) => connectionOperation(form.connections[type], properties, type))];
}

function changeOf(form: PropertiesForm, before: PropertiesForm, networkService: string): readonly StartedOperation[] {
  const isGroupsChanged = form.hostGroups.length !== before.hostGroups.length || form.hostGroups.some((id) => !before.hostGroups.includes(id));
  const changes = {
    ...(form.name === before.name ? {} : { name: form.name }),
    ...(form.description === before.description ? {} : { description: form.description }),
    ...(form.runAsAccount === before.runAsAccount ? {} : { runAsAccount: form.runAsAccount }),
    ...(form.connectionString === before.connectionString ? {} : { connectionString: form.connectionString }),
    ...(isGroupsChanged ? { hostGroups: [...form.hostGroups] } : {}),
  };
  if (Object.keys(changes).length === 0) return [];
  const page = 'name' in changes || 'description' in changes ? 'general' : 'hostGroups' in changes ? 'hostGroup' : 'device';
  return [{ operationId: 'networkService.change', input: { networkService, ...changes }, page }];
}

function connectionOperation({ isEnabled, networkAdapter, networkSite }: ConnectionForm, { id, connections }: NetworkServiceProperties, connectionType: ConnectionType): readonly StartedOperation[] {
  const isNow = connections.some((connection) => connection.connectionType === connectionType && connection.current !== null);
  if (isNow === isEnabled) return [];
  const input = { networkService: id, connectionType };
  return isEnabled
    ? [{ operationId: 'networkService.addConnection', input: { ...input, networkAdapter, networkSite }, page: 'connectivity' }]
    : [{ operationId: 'networkService.removeConnection', input, page: 'connectivity' }];
}
