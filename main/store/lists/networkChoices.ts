/** Networks that an adapter can be connected to: VM networks, and logical networks for their VM network without isolation. */
import type { NetworkChoices } from '../../../shared/contract/library.ts';
import type { Db } from '../database.ts';
import { likePattern } from './pageReader.ts';
import { prefixText } from './sql.ts';

/** As many as a drop-down shows; with more, the operator types a part of the name. */
const mostVmNetworks = 50;

type NetworkRecord = Omit<NetworkChoices['vmNetworks'][number], 'vmSubnets'>;

export class NetworkChoicesReader {
  readonly #statements: ReturnType<typeof prepare>;

  constructor(db: Db) {
    this.#statements = prepare(db);
  }

  /** `filter`: part of the name. */
  find(filter: string): NetworkChoices {
    const { vmNetworks, vmSubnets, logicalNetworks } = this.#statements;
    const pattern = likePattern(filter);
    const found = vmNetworks.all(pattern, mostVmNetworks + 1);
    return {
      vmNetworks: found.slice(0, mostVmNetworks).map((network) => ({ ...network, vmSubnets: vmSubnets.all(network.id) })),
      logicalNetworks: logicalNetworks.all(pattern),
      hasMore: found.length > mostVmNetworks,
    };
  }
}

function prepare(db: Db) {
  const matches = String.raw`name LIKE ? ESCAPE '\'`;
  return {
    vmNetworks: db.prepare<[string, number], NetworkRecord>(`
      SELECT n.id, n.name, l.name AS logicalNetwork FROM vm_network n JOIN logical_network l ON l.id = n.logical_network_id
      WHERE n.${matches} ORDER BY n.name LIMIT ?`),
    vmSubnets: db.prepare<[string], NetworkChoices['vmNetworks'][number]['vmSubnets'][number]>(`
      SELECT s.id, s.name, ${prefixText('s')} AS subnet FROM vm_subnet s WHERE s.vm_network_id = ? ORDER BY s.name`),
    logicalNetworks: db.prepare<[string], NetworkChoices['logicalNetworks'][number]>(`
      SELECT id, name FROM logical_network WHERE network_virtualization = 0 AND ${matches} ORDER BY name`),
  };
}
