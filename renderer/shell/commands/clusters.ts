/** Commands of clusters: Create on the Home tab, Destroy at a node, and Fail Over at a gateway. */
import { ArrowSwap20Regular, Delete20Regular, ServerMultiple20Regular } from '@fluentui/react-icons';
import type { OperationId } from '../../../shared/contract/operations.ts';
import type { Command } from '../command.ts';
import type { Console } from '../console.tsx';

type Open = Pick<Console, 'open'>;

export function createHostCluster({ open }: Open): Command {
  return { id: 'hostCluster.create', label: 'Create Hyper-V Cluster', icon: ServerMultiple20Regular, disabledReason: undefined, description: 'For a gateway that survives the loss of a host', run: () => open({ kind: 'createHostCluster' }) };
}

export function createGuestCluster({ open }: Open): Command {
  return { id: 'guestCluster.create', label: 'Create Guest Cluster', icon: ServerMultiple20Regular, disabledReason: undefined, description: 'Two gateway virtual machines, one active and one passive', run: () => open({ kind: 'createGuestCluster' }) };
}

/** At a host or a virtual machine; undefined where it is no node. */
export function destroyCluster(kind: 'hostCluster' | 'guestCluster', cluster: string | null, { open }: Open): readonly Command[] {
  if (cluster === null) return [];
  const operationId: OperationId = `${kind}.destroy`;
  return [
    {
      id: `${kind}.destroy`,
      label: 'Destroy Cluster',
      icon: Delete20Regular,
      disabledReason: undefined,
      description: `The nodes of ${cluster} stand alone again`,
      run: () => open({ kind: 'remove', operationId, input: { [kind]: cluster }, name: cluster, what: kind === 'hostCluster' ? 'Hyper-V cluster' : 'guest cluster', consequence: 'Its nodes stand alone again.' }),
    },
  ];
}

/** `standby`: name of the passive node; null where there is none. */
export function failOver(row: { readonly id: string; readonly name: string; readonly standby: string | null }, run: (networkServiceId: string) => void): Command {
  return {
    id: 'networkService.failOver',
    label: 'Fail Over',
    icon: ArrowSwap20Regular,
    disabledReason: row.standby === null ? `${row.name} stands alone: its connection string names no guest cluster.` : undefined,
    description: 'Move the role to the other node, as when the active one is lost',
    run: () => run(row.id),
  };
}
