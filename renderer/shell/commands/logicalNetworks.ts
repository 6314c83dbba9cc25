/** Commands of logical networks and IP pools: Create on the Home tab, and what can be done with the selected one. */
import { Add24Regular, Cube24Regular, Delete20Regular, NumberSymbol20Regular, Settings24Regular } from '@fluentui/react-icons';
import type { LogicalNetworkRow, VmNetworkPoolRow, VmNetworkRow } from '../../../shared/contract/inventory.ts';
import type { Command, RibbonGroup } from '../command.ts';
import type { Console } from '../console.tsx';
import type { Selection } from '../consoleState.ts';

type Open = Pick<Console, 'open'>;

export function createLogicalNetwork({ open }: Open): Command {
  return {
    id: 'logicalNetwork.create',
    label: 'Create Logical Network',
    icon: Cube24Regular,
    disabledReason: undefined,
    description: 'A logical network names a network of the data centre and where it is',
    run: () => open({ kind: 'createLogicalNetwork' }),
  };
}

/** For the selected logical network, or for one to choose. */
export function createIpPool({ open, selection }: Open & { readonly selection: Selection | null }): Command {
  const row = selection?.kind === 'logicalNetwork' ? selection.row : undefined;
  const network = row?.parentId ?? row?.id;
  return {
    id: 'ipPool.create',
    label: 'Create IP Pool',
    icon: NumberSymbol20Regular,
    disabledReason: undefined,
    description: 'Static addresses for virtual machines, gateways and hosts',
    run: () => open({ kind: 'createIpPool', ...(network === undefined ? {} : { logicalNetworkId: network }) }),
  };
}

/** On the tab of a VM network: addresses of one of its VM subnets (fact sheet §2.3). */
export function createVmNetworkPool({ id, name, subnets }: VmNetworkRow, { open }: Open): Command {
  return {
    id: 'vmNetwork.createIpPool',
    label: 'Create IP Pool',
    icon: NumberSymbol20Regular,
    disabledReason: subnets.length === 0 ? `${name} has no VM subnet.` : undefined,
    description: `Static addresses for the virtual machines of ${name}`,
    run: () => open({ kind: 'createIpPool', vmNetworkId: id }),
  };
}

/** What can be done with a pool of a VM network; its properties have the id of the VM network's, so that a double click opens either. */
export function vmNetworkPoolGroups({ id, name }: VmNetworkPoolRow, { open }: Open): readonly RibbonGroup[] {
  const properties: Command = {
    id: 'vmNetwork.properties',
    label: 'Properties',
    icon: Settings24Regular,
    disabledReason: undefined,
    description: `Range, gateways, DNS, WINS and addresses of ${name}`,
    shortcut: 'Alt+Enter',
    run: () => open({ kind: 'ipPoolProperties', ipPoolId: id }),
  };
  const remove: Command = {
    id: 'vmNetwork.delete',
    label: 'Delete',
    icon: Delete20Regular,
    disabledReason: undefined,
    description: `Delete ${name}; what depends on it is named first`,
    shortcut: 'Delete',
    run: () => open({ kind: 'remove', operationId: 'ipPool.delete', input: { ipAddressPool: id }, name, what: 'IP pool' }),
  };
  return [
    { caption: 'Delete', large: [], small: [remove] },
    { caption: 'Properties', large: [properties], small: [] },
  ];
}

export function logicalNetworkGroups(row: LogicalNetworkRow, { open }: Open): readonly RibbonGroup[] {
  const isPool = row.kind === 'ipAddressPool';
  const properties: Command = {
    id: 'logicalNetwork.properties',
    label: 'Properties',
    icon: Settings24Regular,
    disabledReason: undefined,
    description: isPool ? `Range, gateways, DNS, WINS and addresses of ${row.name}` : `Name and network sites of ${row.name}`,
    shortcut: 'Alt+Enter',
    run: () => open(isPool ? { kind: 'ipPoolProperties', ipPoolId: row.id } : { kind: 'logicalNetworkProperties', logicalNetworkId: row.id }),
  };
  const remove: Command = {
    id: 'logicalNetwork.delete',
    label: 'Delete',
    icon: Delete20Regular,
    disabledReason: undefined,
    description: `Delete ${row.name}; what depends on it is named first`,
    shortcut: 'Delete',
    run: () =>
      open(
        isPool
          ? { kind: 'remove', operationId: 'ipPool.delete', input: { ipAddressPool: row.id }, name: row.name, what: 'IP pool' }
          : { kind: 'remove', operationId: 'logicalNetwork.delete', input: { logicalNetwork: row.id }, name: row.name, what: 'logical network', consequence: 'Its network sites go with it.' },
      ),
  };
  const pool: Command = { ...createIpPool({ open, selection: { kind: 'logicalNetwork', row } }), id: 'logicalNetwork.createIpPool', icon: Add24Regular };
  return [
    { caption: 'Create', large: [pool], small: [] },
    { caption: 'Delete', large: [], small: [remove] },
    { caption: 'Properties', large: [properties], small: [] },
  ];
}
