/** Host Access: whether a host is set aside for gateways. */
import { ShieldLock24Regular } from '@fluentui/react-icons';
import type { HostRow } from '../../../shared/contract/inventory.ts';
import type { OperationId } from '../../../shared/contract/operations.ts';
import type { Command } from '../command.ts';

/** `startOperation`: at once, into the Jobs window. */
export function hostAccess(row: HostRow, { startOperation }: { readonly startOperation: (operationId: OperationId, input: unknown) => void }): Command {
  return {
    id: 'host.access',
    label: 'Dedicated Gateway',
    icon: ShieldLock24Regular,
    disabledReason: undefined,
    // The check box of the documented Host Access page (fact sheet §1.7).
    description: 'This host is a dedicated network virtualization gateway, as a result it is not available for placement of virtual machines requiring network virtualization',
    isOn: row.dedicatedGateway,
    run: () => startOperation('host.change', { host: row.id, isDedicatedGateway: !row.dedicatedGateway }),
  };
}
