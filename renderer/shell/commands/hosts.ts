/** Commands of hosts and host groups: Create and Add on the Home tab, the Folder tab of a host group, and what can be done with a selected host. */
import { Delete20Regular, FolderAdd20Regular, FolderAdd24Regular, FolderArrowRight20Regular, Rename20Regular, Server20Regular, Server24Regular, Settings24Regular, ShieldLock24Regular } from '@fluentui/react-icons';
import type { HostRow, InventoryTree } from '../../../shared/contract/inventory.ts';
import type { OperationId } from '../../../shared/contract/operations.ts';
import { hostAccessText } from '../../wizards/host/form.ts';
import type { Command, RibbonGroup, RibbonTab } from '../command.ts';
import type { Console } from '../console.tsx';
import type { View } from '../views.ts';
import { destroyCluster } from './clusters.ts';

type Open = Pick<Console, 'open'>;
type HostGroup = InventoryTree['hostGroups'][number];

/** The host group that is shown, or undefined: `inventory` may be older than the view. */
function shownGroup(view: View, groups: readonly HostGroup[]): HostGroup | undefined {
  if (view.kind !== 'hosts' || view.hostId !== undefined) return undefined;
  return groups.find(({ id, parentId }) => (view.hostGroupId === undefined ? parentId === null : id === view.hostGroupId));
}

const groupOf = (view: View): string => (view.kind === 'hosts' ? (view.hostGroupId ?? '') : '');

/** Home › Create, in Fabric. The shown group stands ready as the one above. */
export function createHostGroup({ open, view }: Open & { readonly view: View }): Command {
  return {
    id: 'hostGroup.create',
    label: 'Create Host Group',
    icon: FolderAdd20Regular,
    disabledReason: undefined,
    description: 'Host groups say which hosts can use which networks',
    run: () => open({ kind: 'createHostGroup', parentId: groupOf(view) }),
  };
}

/** Home › Add, in Fabric. */
export function addHost({ open, view }: Open & { readonly view: View }): Command {
  return {
    id: 'host.add',
    label: 'Add Host',
    icon: Server20Regular,
    disabledReason: undefined,
    description: 'Add Resources: VMM manages another Hyper-V host',
    run: () => open({ kind: 'addHost', hostGroupId: groupOf(view) }),
  };
}

/** The tab of the host group that is shown; the tree's context menu has the same commands. */
export function folderTab(view: View, groups: readonly HostGroup[], { open }: Open): RibbonTab | undefined {
  const group = shownGroup(view, groups);
  if (group === undefined) return undefined;
  const { id, name, parentId } = group;
  const topmost = (verb: string) => (parentId === null ? `${name} is the topmost host group and cannot be ${verb}.` : undefined);
  const create: Command = { ...createHostGroup({ open, view }), id: 'folder.create', icon: FolderAdd24Regular, description: `Below ${name}`, run: () => open({ kind: 'createHostGroup', parentId: id }) };
  const add: Command = { ...addHost({ open, view }), id: 'folder.addHost', icon: Server24Regular, description: `To ${name}`, run: () => open({ kind: 'addHost', hostGroupId: id }) };
  const rename: Command = { id: 'folder.rename', label: 'Rename', icon: Rename20Regular, disabledReason: undefined, description: `Give ${name} another name`, run: () => open({ kind: 'renameHostGroup', hostGroupId: id, name }) };
  const move: Command = { id: 'folder.move', label: 'Move', icon: FolderArrowRight20Regular, disabledReason: topmost('moved'), description: `Move ${name} with everything in it`, run: () => open({ kind: 'moveHostGroup', hostGroupId: id, name }) };
  const remove: Command = {
    id: 'folder.delete',
    label: 'Delete',
    icon: Delete20Regular,
    disabledReason: topmost('deleted'),
    description: `Delete ${name}, which must be empty`,
    run: () => open({ kind: 'remove', operationId: 'hostGroup.delete', input: { hostGroup: id }, name, what: 'host group', consequence: 'It is empty, so no host is lost.' }),
  };
  return {
    id: 'folder',
    label: 'Folder',
    groups: [
      { caption: 'Create', large: [create, add], small: [] },
      { caption: 'Actions', large: [], small: [rename, move, remove] },
    ],
  };
}

/** `startOperation`: at once, into the Jobs window. */
interface Start {
  readonly startOperation: (operationId: OperationId, input: unknown) => void;
}

/** Host Access, Remove and Properties of a host. */
export function hostRibbonGroups(row: HostRow, { open, startOperation }: Open & Start): readonly RibbonGroup[] {
  const access: Command = {
    id: 'host.access',
    label: 'Dedicated Gateway',
    icon: ShieldLock24Regular,
    disabledReason: undefined,
    description: hostAccessText,
    isOn: row.dedicatedGateway,
    run: () => startOperation('host.change', { host: row.id, isDedicatedGateway: !row.dedicatedGateway }),
  };
  const remove: Command = {
    id: 'host.remove',
    label: 'Remove',
    icon: Delete20Regular,
    disabledReason: row.virtualMachines === 0 ? undefined : `${row.name} has ${row.virtualMachines} virtual machine${row.virtualMachines === 1 ? '' : 's'}. Delete ${row.virtualMachines === 1 ? 'it' : 'them'} first.`,
    description: `VMM no longer manages ${row.name}`,
    shortcut: 'Delete',
    run: () => open({ kind: 'remove', operationId: 'host.remove', input: { host: row.id }, name: row.name, what: 'host' }),
  };
  const properties: Command = {
    id: 'host.properties',
    label: 'Properties',
    icon: Settings24Regular,
    disabledReason: undefined,
    description: `Host group, Host Access and virtual switches of ${row.name}`,
    shortcut: 'Alt+Enter',
    run: () => open({ kind: 'hostProperties', hostId: row.id }),
  };
  return [
    { caption: 'Host Access', large: [access], small: [] },
    { caption: 'Remove', large: [], small: [remove, ...destroyCluster('hostCluster', row.cluster, { open })] },
    { caption: 'Properties', large: [properties], small: [] },
  ];
}
