/** MTU Check: from a virtual machine, or from one of a VM network. */
import { ArrowAutofitWidth20Regular } from '@fluentui/react-icons';
import type { VirtualMachineRow, VmNetworkRow } from '../../../shared/contract/inventory.ts';
import type { Command } from '../command.ts';
import type { Console } from '../console.tsx';

type Open = Pick<Console, 'open'>;

const label = 'MTU Check';

export function mtuCheckFrom({ id, name, role, running, vmNetworkId }: VirtualMachineRow, { open }: Open): Command {
  return {
    id: 'virtualMachine.mtuCheck',
    label,
    icon: ArrowAutofitWidth20Regular,
    disabledReason: role === 'gateway' ? `${name} is a gateway; its packets start in its tenants.` : running ? undefined : `${name} is not running.`,
    description: `The largest packet that passes from ${name}, and what limits it`,
    run: () => open({ kind: 'mtuCheck', virtualMachineId: id, ...(vmNetworkId === null ? {} : { vmNetworkId }) }),
  };
}

export function mtuCheckOfVmNetwork({ id, name, virtualMachines }: VmNetworkRow, { open }: Open): Command {
  return {
    id: 'vmNetwork.mtuCheck',
    label,
    icon: ArrowAutofitWidth20Regular,
    disabledReason: virtualMachines === 0 ? `${name} has no virtual machine to send from.` : undefined,
    description: `The largest packet that passes from a virtual machine of ${name}, and what limits it`,
    run: () => open({ kind: 'mtuCheck', vmNetworkId: id }),
  };
}
