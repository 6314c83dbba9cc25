/** Commands of gateway devices: Add Resources on the Home tab, and what can be done with a selected one. */
import { Add24Regular, Delete20Regular, Settings24Regular, Table24Regular } from '@fluentui/react-icons';
import type { NetworkServiceRow } from '../../../shared/contract/inventory.ts';
import type { Command, RibbonGroup } from '../command.ts';
import type { Console } from '../console.tsx';

/** Home › Add, as VMM has it in Fabric (fact sheet §1.1). */
export function addResourcesGroup({ open }: Pick<Console, 'open'>, others: readonly Command[]): RibbonGroup {
  const networkService: Command = {
    id: 'add.networkService',
    label: 'Add Network Service',
    icon: Add24Regular,
    disabledReason: undefined,
    description: 'Add Resources: a gateway becomes a network service of VMM',
    run: () => open({ kind: 'addNetworkService' }),
  };
  return { caption: 'Add', large: [networkService], small: others };
}

export function networkServiceProperties(row: NetworkServiceRow, { open }: Pick<Console, 'open'>): Command {
  return {
    id: 'networkService.properties',
    label: 'Properties',
    icon: Settings24Regular,
    disabledReason: undefined,
    description: `Host groups, credentials and connectivity of ${row.name}`,
    shortcut: 'Alt+Enter',
    run: () => open({ kind: 'networkServiceProperties', networkServiceId: row.id }),
  };
}

export function removeNetworkService(row: NetworkServiceRow, { open }: Pick<Console, 'open'>): Command {
  return {
    id: 'networkService.remove',
    label: 'Remove',
    icon: Delete20Regular,
    disabledReason: row.vmNetworksInUse === 0 ? undefined : `${row.vmNetworksInUse} VM network${row.vmNetworksInUse === 1 ? ' uses' : 's use'} ${row.name}. Disconnect ${row.vmNetworksInUse === 1 ? 'it' : 'them'} first.`,
    description: `VMM no longer manages ${row.name}; its virtual machine stays`,
    shortcut: 'Delete',
    run: () => open({ kind: 'remove', operationId: 'networkService.remove', input: { networkService: row.id }, name: row.name, what: 'network service' }),
  };
}

export function natSessionsOfGateway({ id, name, vmName, vmNetworksInUse }: NetworkServiceRow, { open }: Pick<Console, 'open'>): Command {
  return {
    id: 'networkService.natSessions',
    label: 'NAT Sessions',
    icon: Table24Regular,
    disabledReason: vmName === '' ? `${name} has no virtual machine.` : vmNetworksInUse === 0 ? `No VM network uses ${name}.` : undefined,
    description: `What is translated on ${name} now, of all its VM networks`,
    run: () => open({ kind: 'natSessions', scope: { kind: 'networkService', id } }),
  };
}
