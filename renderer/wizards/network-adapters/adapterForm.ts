/** Network adapters as they are filled in: of a template, and with subnet and address of a virtual machine. */
import type { NetworkChoices, VmTemplateDetails } from '../../../shared/contract/library.ts';
import type { AdapterConnectionInput, MachineAdapterInput } from '../../../shared/contract/libraryOperations.ts';

export interface AdapterForm {
  readonly connection: AdapterConnectionInput['connection'];
  /** Id; empty for Not connected. */
  readonly network: string;
  readonly networkName: string;
  /** Id; empty where there is no choice. */
  readonly vmSubnet: string;
  readonly ipAddress: string;
}

export const notConnected: AdapterForm = { connection: 'notConnected', network: '', networkName: 'Not connected', vmSubnet: '', ipAddress: '' };

export function adaptersOf(template: VmTemplateDetails): readonly AdapterForm[] {
  return template.adapters.map(({ connection, network, networkName }) => (connection === 'notConnected' ? notConnected : { connection, network, networkName, vmSubnet: '', ipAddress: '' }));
}

export const toConnections = (adapters: readonly AdapterForm[]): AdapterConnectionInput[] => adapters.map(({ connection, network }) => ({ connection, network }));

export const toMachineAdapters = (adapters: readonly AdapterForm[]): MachineAdapterInput[] => adapters.map(({ networkName: _, ...adapter }) => adapter);

/** What a choice of the drop-down means. Another network has other subnets and addresses. */
export function withNetwork(value: string, choices: NetworkChoices): AdapterForm {
  const [connection, network] = value.split('/');
  const known = connection === 'vmNetwork' ? choices.vmNetworks : choices.logicalNetworks;
  const found = known.find(({ id }) => id === network);
  if (found === undefined || (connection !== 'vmNetwork' && connection !== 'logicalNetwork')) return notConnected;
  return { ...notConnected, connection, network: found.id, networkName: found.name };
}

/** `place` counts from 0. */
export const adapterName = (place: number): string => `Network adapter ${place + 1}`;

/** Value of the drop-down for what is chosen. */
export function choiceOf({ connection, network }: AdapterForm): string {
  return `${connection}/${network}`;
}

/** For the summary. */
export function adapterText({ connection, networkName, ipAddress }: AdapterForm): string {
  return connection === 'notConnected' ? 'Not connected' : `${networkName}, ${ipAddress.trim() === '' ? 'next free address' : ipAddress.trim()}`;
}
