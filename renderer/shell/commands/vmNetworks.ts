/** Commands of VM networks: Create on the Home tab, Delete on their own. */
import { ArrowSwap20Regular, Delete20Regular, ShieldKeyhole24Regular, Table24Regular, VirtualNetwork24Regular } from '@fluentui/react-icons';
import type { VmNetworkRow } from '../../../shared/contract/inventory.ts';
import type { Command } from '../command.ts';
import type { Console } from '../console.tsx';

type Open = Pick<Console, 'open'>;

export function createVmNetwork({ open }: Open): Command {
  return { id: 'vmNetwork.create', label: 'Create VM Network', icon: VirtualNetwork24Regular, disabledReason: undefined, description: "A tenant's network, isolated from the others", run: () => open({ kind: 'createVmNetwork' }) };
}

export function deleteVmNetwork({ id, name }: VmNetworkRow, { open }: Open): Command {
  return {
    id: 'vmNetwork.delete',
    label: 'Delete',
    icon: Delete20Regular,
    disabledReason: undefined,
    description: `Delete ${name}; what uses it is named first`,
    shortcut: 'Delete',
    run: () => open({ kind: 'remove', operationId: 'vmNetwork.delete', input: { vmNetwork: id }, name, what: 'VM network', consequence: 'Its VM subnets go with it.' }),
  };
}

export function moveToGateway({ id, name, gatewayConnection }: VmNetworkRow, { open }: Open): Command {
  return {
    id: 'vmNetwork.moveToGateway',
    label: 'Move to Gateway',
    icon: ArrowSwap20Regular,
    disabledReason: gatewayConnection === null ? `${name} has no gateway connection.` : undefined,
    description: `Another gateway device for ${name}, with NAT, rules, tunnels and peers`,
    run: () => open({ kind: 'moveToGateway', vmNetworkId: id, name }),
  };
}

export function vpnStatus({ id, name, gatewayConnection }: VmNetworkRow, { open }: Open): Command {
  return {
    id: 'vmNetwork.vpnStatus',
    label: 'VPN Status',
    icon: ShieldKeyhole24Regular,
    disabledReason: gatewayConnection === null ? `${name} has no gateway connection.` : undefined,
    description: `State of the tunnels of ${name}, with Connect and Disconnect`,
    run: () => open({ kind: 'vpnStatus', vmNetworkId: id }),
  };
}

export function natSessionsOfVmNetwork({ id, name, gatewayConnection, externalAddress }: VmNetworkRow, { open }: Open): Command {
  return {
    id: 'vmNetwork.natSessions',
    label: 'NAT Sessions',
    icon: Table24Regular,
    disabledReason: gatewayConnection === null ? `${name} has no gateway connection.` : externalAddress === null ? `${name} has no network address translation.` : undefined,
    description: `What is translated for ${name} now, and its static mappings`,
    run: () => open({ kind: 'natSessions', scope: { kind: 'vmNetwork', id } }),
  };
}
