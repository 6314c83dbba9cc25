/** What the forms of operations offer, start from and show beforehand. */
import type { Connectivity } from '../../shared/contract/inventory.ts';
import type { PlacementInput } from '../../shared/contract/library.ts';
import type { ProcedureOutput, ProcedureParsedInput } from '../../shared/contract/procedures.ts';
import type { LiveGateways } from '../operations/operation.ts';
import { migrationRatings } from '../operations/virtualMachine/migrate.ts';
import { readPlacement } from '../operations/virtualMachine/placementQuery.ts';
import { connectivityNow } from '../operations/vmNetwork/connectivityQueries.ts';
import { movePreview } from '../operations/vmNetwork/move/movePreview.ts';
import type { Inventory } from '../store/inventory/inventory.ts';
import type { Lists } from '../store/lists/lists.ts';

export class FormQuestions {
  readonly #inventory: Inventory;
  readonly #options: Lists['connectivityOptions'];
  readonly #gateways: LiveGateways;

  constructor(inventory: Inventory, lists: Pick<Lists, 'connectivityOptions'>, gateways: LiveGateways) {
    this.#inventory = inventory;
    this.#options = lists.connectivityOptions;
    this.#gateways = gateways;
  }

  /** Every host rated for a virtual machine with these adapters. */
  placement(input: PlacementInput): ProcedureOutput<'virtualMachine.placement'> {
    return readPlacement(input, this.#inventory);
  }

  /** Every host rated for a virtual machine that is there. Throws objectNotFound. */
  migrationTargets(virtualMachine: string): ProcedureOutput<'virtualMachine.migrationTargets'> {
    return migrationRatings(virtualMachine, this.#inventory);
  }

  /** What the pages of a VM network's properties offer and start from. Throws ConsoleError objectNotFound. */
  connectivity(vmNetworkId: string): Connectivity {
    return { ...this.#options.get(vmNetworkId), current: connectivityNow(vmNetworkId, this.#inventory) };
  }

  /** What would come along with a VM network to another gateway device. Throws objectNotFound. */
  movePreview(input: ProcedureParsedInput<'vmNetwork.movePreview'>): ProcedureOutput<'vmNetwork.movePreview'> {
    return movePreview(input, this.#inventory, this.#gateways);
  }

  /** For a VM network that is not there yet. Throws objectNotFound. */
  newConnectivity(logicalNetworkId: string): ProcedureOutput<'logicalNetwork.connectivity'> {
    const { gateways } = this.#options.forNew(logicalNetworkId);
    return { vmNetwork: { id: '', name: '' }, gateways, current: { directConnection: null, vpnTunnel: null, autonomousSystemNumber: '' } };
  }

  /** Names of all clusters. */
  clusters(): { hostClusters: string[]; guestClusters: string[] } {
    const { clusters } = this.#inventory;
    return { hostClusters: clusters.all('host').map(({ name }) => name), guestClusters: clusters.all('guest').map(({ name }) => name) };
  }
}
