import { describe, expect, it } from 'vitest';
import type { InventoryTree } from '../../shared/contract/inventory.ts';
import { moveForKey, navigationTree, visibleRows } from './navigationTree.ts';

const tree: InventoryTree = {
  labName: 'contoso',
  hostGroups: [
    { id: 'all', parentId: null, name: 'All Hosts' },
    { id: 'dc', parentId: 'all', name: 'Contoso-DC' },
  ],
  hosts: [{ id: 'h1', hostGroupId: 'dc', name: 'HyperV01', dedicatedGateway: false }],
  counts: { vmNetworks: 2, virtualMachines: 4, logicalNetworks: 3, networkServices: 1, runAsAccounts: 1 },
};
const fabric = navigationTree('fabric', tree);
const labels = (closed: readonly string[]) => visibleRows(fabric, new Set(closed)).map(({ node, level }) => `${'  '.repeat(level - 1)}${node.label}`);

describe('the navigation tree', () => {
  it('nests host groups and hosts under Servers', () => {
    expect(labels([])).toEqual(['Servers', '  All Hosts', '    Contoso-DC', '      HyperV01', 'Networking', '  Logical Networks', '  MAC Address Pools', '  Logical Switches', '  Port Profiles', '  Network Service', 'Storage']);
  });

  it('hides what is under a closed node', () => {
    expect(labels(['servers', 'networking'])).toEqual(['Servers', 'Networking', 'Storage']);
  });

  it('counts each row among its siblings, also those that are not drawn', () => {
    const counted = visibleRows(fabric, new Set()).map(({ node, position, siblings }) => [node.label, position, siblings]);
    expect(counted).toContainEqual(['Networking', 2, 3]);
    expect(counted).toContainEqual(['HyperV01', 1, 1]);
    expect(counted).toContainEqual(['Network Service', 5, 5]);
  });

  it('asks for a group, for a host, and at the root for all', () => {
    const views = visibleRows(fabric, new Set()).map(({ node }) => node.view);
    expect(views.slice(1, 4)).toEqual([{ kind: 'hosts' }, { kind: 'hosts', hostGroupId: 'dc' }, { kind: 'hosts', hostId: 'h1' }]);
  });

  it('has templates and library servers in the library', () => {
    const rows = visibleRows(navigationTree('library', tree), new Set());
    expect(rows.map(({ node, level }) => `${'  '.repeat(level - 1)}${node.label}`)).toEqual(['Templates', '  VM Templates', '  Service Templates', 'Library Servers', '  Images']);
    expect(rows.map(({ node }) => node.view?.kind)).toEqual([undefined, 'vmTemplates', 'serviceTemplates', undefined, 'libraryImages']);
  });

  it('has the kept filters of the job list under its history', () => {
    const rows = visibleRows(navigationTree('jobs', tree, [{ id: 'f1', name: 'Failures' }]), new Set());
    expect(rows.map(({ node, level }) => [level, node.label, node.view])).toEqual([
      [1, 'Running', { kind: 'jobs', scope: 'running' }], [1, 'History', { kind: 'jobs' }], [2, 'Failures', { kind: 'jobs', filterId: 'f1' }],
    ]);
  });

  it('moves, opens and closes by keys as a tree does', () => {
    const rows = visibleRows(fabric, new Set());
    expect(moveForKey('ArrowDown', rows, 'servers')).toEqual({ go: 'servers/all' });
    expect(moveForKey('ArrowLeft', rows, 'servers/h1')).toEqual({ go: 'servers/dc' });
    expect(moveForKey('ArrowLeft', rows, 'servers/dc')).toEqual({ toggle: 'servers/dc' });
    expect(moveForKey('ArrowRight', visibleRows(fabric, new Set(['servers'])), 'servers')).toEqual({ toggle: 'servers' });
    expect(moveForKey('Enter', rows, 'logicalNetworks')).toEqual({ open: 'logicalNetworks' });
    expect(moveForKey('ArrowUp', rows, 'servers')).toEqual({ go: 'servers' });
    expect(moveForKey('x', rows, 'servers')).toBeUndefined();
  });
});
