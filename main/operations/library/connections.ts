/** What an adapter of a template or of a virtual machine is connected to. */
import { problem, type Problem } from '../../../shared/contract/errors.ts';
import type { AdapterConnectionInput } from '../../../shared/contract/libraryOperations.ts';
import type { Inventory } from '../../store/inventory/inventory.ts';
import type { VmTemplateAdapter } from '../../store/inventory/library.ts';
import type { LogicalNetwork } from '../../store/inventory/logicalNetworks.ts';
import type { VmNetwork } from '../../store/inventory/vmNetworks.ts';
import { findOrProblem } from '../problems.ts';

export type Connection =
  | { readonly kind: 'notConnected' }
  | { readonly kind: 'vmNetwork'; readonly network: VmNetwork }
  | { readonly kind: 'logicalNetwork'; readonly network: LogicalNetwork };

export type Path = readonly (string | number)[];

/** Synthetic adapters that a virtual machine may have, of either generation (Hyper-V of Windows Server 2012 R2). */
const maxAdapters = 8;

export function checkAdapterCount(count: number): readonly Problem[] {
  if (count <= maxAdapters) return [];
  return [problem('invalidInput', ['adapters'], `A virtual machine cannot have ${count} network adapters; ${maxAdapters} are the most.`, 'Remove some of them.')];
}

/** `path` of the adapter; a problem stands at its network. */
export function findConnection(input: AdapterConnectionInput, path: Path, inventory: Inventory): { readonly found: Connection } | { readonly problem: Problem } {
  const at = [...path, 'network'];
  if (input.connection === 'notConnected') return { found: { kind: 'notConnected' } };
  if (input.network === '') return { problem: problem('invalidInput', at, 'No network is chosen for this adapter.', 'Choose a network, or Not connected.') };
  if (input.connection === 'vmNetwork') {
    const network = findOrProblem(at, () => inventory.vmNetworks.vmNetwork(input.network));
    return 'problem' in network ? network : { found: ofVmNetwork(network.found, inventory) };
  }
  const network = findOrProblem(at, () => inventory.logicalNetworks.logicalNetwork(input.network));
  if ('problem' in network) return network;
  return network.found.networkVirtualization ? { problem: virtualized(network.found, at) } : { found: { kind: 'logicalNetwork', network: network.found } };
}

/** Without isolation a VM network is its logical network. */
function ofVmNetwork(network: VmNetwork, inventory: Inventory): Connection {
  if (network.isolation === 'WindowsNetworkVirtualization') return { kind: 'vmNetwork', network };
  return { kind: 'logicalNetwork', network: inventory.logicalNetworks.logicalNetwork(network.logicalNetworkId) };
}

function virtualized({ name }: LogicalNetwork, path: Path): Problem {
  return problem(
    'networkNotUsable',
    path,
    `Logical network ${name} carries network virtualization: its addresses belong to the hosts, and no VM network without isolation is on it.`,
    'Connect the adapter to a VM network, or leave it Not connected.',
  );
}

export function toTemplateAdapter(connection: Connection): VmTemplateAdapter {
  return {
    vmNetworkId: connection.kind === 'vmNetwork' ? connection.network.id : null,
    logicalNetworkId: connection.kind === 'logicalNetwork' ? connection.network.id : null,
  };
}

/** The adapters of a template, as the input of a virtual machine would name them. */
export function toConnectionInput({ vmNetworkId, logicalNetworkId }: VmTemplateAdapter): AdapterConnectionInput {
  if (vmNetworkId !== null) return { connection: 'vmNetwork', network: vmNetworkId };
  return logicalNetworkId === null ? { connection: 'notConnected', network: '' } : { connection: 'logicalNetwork', network: logicalNetworkId };
}

/** For messages and audit records. */
export function connectionText(connection: Connection): string {
  return connection.kind === 'notConnected' ? 'Not connected' : connection.network.name;
}
