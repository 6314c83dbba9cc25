/** The tree of each workspace as plain values, and its rows as they are seen with some nodes closed. */
import {
  Apps20Regular,
  Box20Regular,
  ClipboardTaskListLtr20Regular,
  Cube20Regular,
  Database20Regular,
  Desktop20Regular,
  DocumentCopy20Regular,
  Filter20Regular,
  FolderOpen20Regular,
  HardDrive20Regular,
  History20Regular,
  Key20Regular,
  Library20Regular,
  NumberSymbolSquare20Regular,
  Organization20Regular,
  PlayCircle20Regular,
  PlugConnected20Regular,
  Router20Regular,
  Server20Regular,
  ServerMultiple20Regular,
  Settings20Regular,
  ShieldKeyhole20Regular,
  VirtualNetwork20Regular,
} from '@fluentui/react-icons';
import type { InventoryTree } from '../../shared/contract/inventory.ts';
import type { CommandIcon } from './command.ts';
import type { View, Workspace } from './views.ts';

export interface NavigationNode {
  readonly id: string;
  readonly label: string;
  readonly icon: CommandIcon;
  /** Where it leads; left out, it only holds others. */
  readonly view?: View;
  /** Why it leads nowhere. */
  readonly disabledReason?: string;
  readonly children: readonly NavigationNode[];
}

export interface NavigationRow {
  readonly node: NavigationNode;
  /** 1 for the roots, as `aria-level` counts. */
  readonly level: number;
  readonly isOpen: boolean;
  readonly parentId: string | undefined;
  /** Among those with the same parent, as `aria-posinset` counts, and how many these are. */
  readonly position: number;
  readonly siblings: number;
}

type HostGroupView = (target: { readonly hostGroupId?: string; readonly hostId?: string }) => View;

/** `jobFilters`: kept filters of the job list. */
export function navigationTree(workspace: Workspace, tree: InventoryTree, jobFilters: readonly { readonly id: string; readonly name: string }[] = []): readonly NavigationNode[] {
  switch (workspace) {
    case 'vmsAndServices':
      return [
        leaf('vmNetworks', 'VM Networks', VirtualNetwork20Regular, { kind: 'vmNetworks' }),
        { ...leaf('virtualMachines', 'Virtual Machines', Desktop20Regular, { kind: 'virtualMachines' }), children: hostGroups(tree, undefined, (target) => ({ kind: 'virtualMachines', ...target }), 'virtualMachines') },
      ];
    case 'fabric':
      return fabricTree(tree);
    case 'library':
      return [
        branch('templates', 'Templates', FolderOpen20Regular, [
          leaf('vmTemplates', 'VM Templates', DocumentCopy20Regular, { kind: 'vmTemplates' }),
          leaf('serviceTemplates', 'Service Templates', Apps20Regular, { kind: 'serviceTemplates' }),
        ]),
        branch('libraryServers', 'Library Servers', Library20Regular, [leaf('libraryImages', 'Images', HardDrive20Regular, { kind: 'libraryImages' })]),
      ];
    case 'jobs':
      return [
        leaf('jobs/running', 'Running', PlayCircle20Regular, { kind: 'jobs', scope: 'running' }),
        { ...leaf('jobs', 'History', ClipboardTaskListLtr20Regular, { kind: 'jobs' }), children: jobFilters.map(({ id, name }) => leaf(`jobs/${id}`, name, Filter20Regular, { kind: 'jobs', filterId: id })) },
      ];
    case 'settings':
      return [
        leaf('general', 'General', Settings20Regular, { kind: 'general' }),
        leaf('snapshots', 'Snapshots', History20Regular, { kind: 'snapshots' }),
        branch('security', 'Security', ShieldKeyhole20Regular, [leaf('runAsAccounts', 'Run As Accounts', Key20Regular, { kind: 'runAsAccounts' })]),
      ];
  }
}

function fabricTree(tree: InventoryTree): readonly NavigationNode[] {
  return [
    branch('servers', 'Servers', ServerMultiple20Regular, hostGroups(tree, undefined, (target) => ({ kind: 'hosts', ...target }), 'servers')),
    branch('networking', 'Networking', Organization20Regular, [
      leaf('logicalNetworks', 'Logical Networks', Cube20Regular, { kind: 'logicalNetworks' }),
      leaf('macAddressPools', 'MAC Address Pools', NumberSymbolSquare20Regular, { kind: 'fabricObjects', list: 'macAddressPool' }),
      leaf('logicalSwitches', 'Logical Switches', Organization20Regular, { kind: 'fabricObjects', list: 'logicalSwitch' }),
      leaf('portProfiles', 'Port Profiles', PlugConnected20Regular, { kind: 'fabricObjects', list: 'uplinkPortProfile' }),
      leaf('networkServices', 'Network Service', Router20Regular, { kind: 'networkServices' }),
    ]),
    { id: 'storage', label: 'Storage', icon: Database20Regular, disabledReason: 'Storage is not part of this console.', children: [] },
  ];
}

function leaf(id: string, label: string, icon: CommandIcon, view: View): NavigationNode {
  return { id, label, icon, view, children: [] };
}

function branch(id: string, label: string, icon: CommandIcon, children: readonly NavigationNode[]): NavigationNode {
  return { id, label, icon, children };
}

/** Host groups under `parentId` with their groups and hosts. */
function hostGroups(tree: InventoryTree, parentId: string | undefined, viewOf: HostGroupView, prefix: string): readonly NavigationNode[] {
  return tree.hostGroups
    .filter((group) => (group.parentId ?? undefined) === parentId)
    .map((group) => ({
      id: `${prefix}/${group.id}`,
      label: group.name,
      icon: parentId === undefined ? Box20Regular : FolderOpen20Regular,
      // The root holds every host, so it asks for all of them.
      view: viewOf(parentId === undefined ? {} : { hostGroupId: group.id }),
      children: [
        ...hostGroups(tree, group.id, viewOf, prefix),
        ...tree.hosts
          .filter((host) => host.hostGroupId === group.id)
          .map((host) => leaf(`${prefix}/${host.id}`, host.name, Server20Regular, viewOf({ hostId: host.id }))),
      ],
    }));
}

/** The rows that are seen, top to bottom. */
export function visibleRows(nodes: readonly NavigationNode[], closed: ReadonlySet<string>, level = 1, parentId?: string): readonly NavigationRow[] {
  return nodes.flatMap((node, at) => {
    const isOpen = node.children.length > 0 && !closed.has(node.id);
    const row: NavigationRow = { node, level, isOpen, parentId, position: at + 1, siblings: nodes.length };
    return isOpen ? [row, ...visibleRows(node.children, closed, level + 1, node.id)] : [row];
  });
}

export type TreeMove = { readonly go: string } | { readonly toggle: string } | { readonly open: string };

/** What a key does on the row `currentId`, as the ARIA tree pattern has it; undefined for keys that are not the tree's. */
export function moveForKey(key: string, rows: readonly NavigationRow[], currentId: string | undefined): TreeMove | undefined {
  const at = rows.findIndex(({ node }) => node.id === currentId);
  const row = rows[at];
  const go = (target: NavigationRow | undefined): TreeMove | undefined => target && { go: target.node.id };
  switch (key) {
    case 'ArrowDown':
      return go(rows[at + 1]);
    case 'ArrowUp':
      return go(rows[Math.max(0, at - 1)]);
    case 'Home':
      return go(rows[0]);
    case 'End':
      return go(rows.at(-1));
    case 'ArrowRight':
      if (row === undefined || row.node.children.length === 0) return undefined;
      return row.isOpen ? go(rows[at + 1]) : { toggle: row.node.id };
    case 'ArrowLeft':
      if (row?.isOpen === true) return { toggle: row.node.id };
      return row?.parentId === undefined ? undefined : { go: row.parentId };
    case 'Enter':
    case ' ':
      return row && { open: row.node.id };
    default:
      return undefined;
  }
}
