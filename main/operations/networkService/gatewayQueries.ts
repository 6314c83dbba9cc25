/** What the window asks about gateway devices beyond their list. Changes nothing. */
import type { NetworkServiceProperties, ProviderTestResult } from '../../../shared/contract/inventory.ts';
import type { Inventory } from '../../store/inventory/inventory.ts';
import type { ConnectionType, NetworkService } from '../../store/inventory/networkServices.ts';
import type { VirtualNetworkAdapter } from '../../store/inventory/virtualMachines.ts';
import { checkAccount } from './checks.ts';
import { adapterObstacle, siteObstacle } from './connectionTarget.ts';
import { findDevice } from './device.ts';
import { testProvider } from './providerTest.ts';

type Connection = NetworkServiceProperties['connections'][number];

export class GatewayQueries {
  readonly #inventory: Inventory;

  constructor(inventory: Inventory) {
    this.#inventory = inventory;
  }

  /** The *Test* button of the Provider page: with what was typed so far. `networkService`: the device, when it exists already. */
  testProvider(input: { readonly runAsAccount: string; readonly connectionString: string; readonly networkService?: string | undefined }): ProviderTestResult {
    const account = checkAccount(input.runAsAccount, this.#inventory);
    const device = findDevice(input.connectionString, this.#inventory, input.networkService);
    const problems = [...account, ...('problems' in device ? device.problems : [])];
    if ('problems' in device || account.length > 0) return { problems, rows: [] };
    const { machine, standby } = device.device;
    const runAsAccount = this.#inventory.runAsAccounts.runAsAccount(input.runAsAccount);
    if (standby === null) return { problems: [], rows: [...testProvider(machine, runAsAccount)] };
    // Every node of a cluster must be fit to take the role.
    return { problems: [], rows: [machine, standby].flatMap((node) => testProvider(node, runAsAccount).map((row) => ({ ...row, name: `${row.name} (${node.name})` }))) };
  }

  /** Everything that the Properties of a gateway device show and offer. Throws objectNotFound. */
  properties(reference: string): NetworkServiceProperties {
    const service = this.#inventory.networkServices.networkService(reference);
    const { id, name, description, manufacturer, model, connectionString, virtualMachineId } = service;
    const machine = virtualMachineId === null ? undefined : this.#inventory.virtualMachines.virtualMachine(virtualMachineId);
    return {
      id,
      name,
      description,
      manufacturer,
      model,
      connectionString,
      runAsAccountId: service.runAsAccountId,
      hostGroupIds: [...this.#inventory.networkServices.hostGroupsOf(id)],
      vmName: machine?.name ?? null,
      vmNetworks: [...this.#inventory.networkServices.vmNetworksOn(id)],
      connections: (['FrontEnd', 'BackEnd'] as const).map((type) => this.#connection(service, type)),
    };
  }

  #connection(service: NetworkService, type: ConnectionType): Connection {
    const { networkServices, virtualMachines } = this.#inventory;
    const current = networkServices.connection(service.id, type);
    const adapters = service.virtualMachineId === null ? [] : virtualMachines.adaptersOf(service.virtualMachineId);
    const hostId = service.virtualMachineId === null ? null : virtualMachines.virtualMachine(service.virtualMachineId).hostId;
    return {
      connectionType: type,
      current: current === undefined ? null : { networkAdapterId: current.virtualNetworkAdapterId, networkSiteId: current.networkSiteId },
      networkAdapters: adapters.map((adapter) => ({ id: adapter.id, name: adapter.name, place: this.#placeOf(adapter), unavailableReason: adapterObstacle(adapter, type, service, this.#inventory) ?? null })),
      networkSites: (hostId === null ? [] : networkServices.sitesFor(hostId)).map((site) => ({
        id: site.id,
        name: site.name,
        logicalNetwork: site.logicalNetwork,
        unavailableReason: siteObstacle(site, type, service, this.#inventory) ?? null,
      })),
    };
  }

  /** Site of the adapter, for the list of adapters as they were discovered inside the VM. */
  #placeOf(adapter: VirtualNetworkAdapter): string {
    if (adapter.virtualSwitchId === null) return 'Not connected';
    const site = adapter.networkSiteSubnetId === null ? undefined : this.#inventory.logicalNetworks.siteOfSubnet(adapter.networkSiteSubnetId);
    return site?.name ?? 'Connected';
  }
}
