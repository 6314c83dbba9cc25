import fc from 'fast-check';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { errorCodes } from '../../../shared/contract/errors.ts';
import { procedures, type ProcedureParsedInput } from '../../../shared/contract/procedures.ts';
import { ipv4 } from '../../../shared/net/ipv4.ts';
import { openStore, type Store } from '../store.ts';
import { insertTestFabric } from './testFabric.ts';
import { searchOfVmNetworks } from './vmNetworkList.ts';

let store: Store;
beforeEach(() => {
  const opened = openStore({ path: ':memory:' });
  onTestFinished(() => { opened.close(); });
  store = opened;
  insertTestFabric(store.db);
});

type ListProcedure = Extract<keyof typeof procedures, `${string}.list`>;

/** Input as it comes through the contract, defaults filled in. */
function query<P extends ListProcedure>(procedure: P, input: object = {}): ProcedureParsedInput<P> {
  return procedures[procedure].input.parse(input) as ProcedureParsedInput<P>;
}

function vmNetworkNames(input: object): readonly string[] {
  return store.lists.vmNetworks.list(query('vmNetwork.list', input)).rows.map((row) => row.name);
}

describe('VM networks and IP pools', () => {
  const names = (input: object) => store.lists.vmNetworkPools.list(query('vmNetwork.pools.list', input)).rows.map(({ name, parentId }) => `${parentId === null ? '' : '- '}${name}`);

  it('show the pools of those that are opened, below them in either direction', () => {
    const page = store.lists.vmNetworkPools.list(query('vmNetwork.pools.list', { expanded: ['fabrikam', 'adatum'] }));
    expect(procedures['vmNetwork.pools.list'].output.parse(page)).toEqual(page);
    expect(page.rows.map(({ name, hasPools }) => [name, hasPools])).toEqual([['Adatum', false], ['Fabrikam', true], ['Fabrikam pool', false], ['Lonely_100%', false]]);
    expect(page.rows[2]).toMatchObject({ kind: 'ipAddressPool', parentId: 'fabrikam', subnets: ['10.30.1.0/24'], beginAddress: '10.30.1.4', endAddress: '10.30.1.13', availableAddresses: 9 });
    expect([page.total, page.unfilteredTotal]).toEqual([4, 4]);
    expect(names({})).toEqual(['Adatum', 'Fabrikam', 'Lonely_100%']);
    expect(names({ expanded: ['fabrikam'], sort: { column: 'name', direction: 'desc' } })).toEqual(['Lonely_100%', 'Fabrikam', '- Fabrikam pool', 'Adatum']);
  });

  it('come page by page, a page may begin with a pool', () => {
    const all = names({ expanded: ['fabrikam'] });
    for (let limit = 1; limit <= 4; limit += 1) {
      const pages = [0, 1, 2, 3].filter((page) => page * limit < all.length).flatMap((page) => names({ expanded: ['fabrikam'], offset: page * limit, limit }));
      expect(pages).toEqual(all);
    }
  });

  it('a search finds pools too, and keeps their VM network', () => {
    expect(names({ filter: 'fabrikam POOL' })).toEqual(['Fabrikam', '- Fabrikam pool']);
    expect(names({ filter: '10.30.1.13' })).toEqual(['Fabrikam', '- Fabrikam pool']);
    expect(names({ filter: '1.4' })).toEqual(['Fabrikam', '- Fabrikam pool']);
    expect(names({ filter: '1.0/24' })).toContain('- Fabrikam pool');
    // A name may look like a part of an address, and an address is no name.
    expect(names({ filter: '100' })).toEqual(['Lonely_100%']);
    expect(names({ filter: '10.30.1.4x' })).toEqual([]);
    expect(names({ filter: 'adatum', expanded: ['fabrikam'] })).toEqual(['Adatum']);
    expect(store.lists.vmNetworkPools.list(query('vmNetwork.pools.list', { filter: 'pool' }))).toMatchObject({ total: 2, unfilteredTotal: 3 });
    expect(names({ filter: '%' })).toEqual(['Lonely_100%']);
  });
});

describe('VM networks', () => {
  it('show subnets in order of name, gateway connection, external address and virtual machines', () => {
    const page = store.lists.vmNetworks.list(query('vmNetwork.list'));
    expect(procedures['vmNetwork.list'].output.parse(page)).toEqual(page);
    expect(page).toEqual({
      total: 3,
      unfilteredTotal: 3,
      rows: [
        { id: 'adatum', name: 'Adatum', logicalNetwork: 'Contoso_HNV_LN01', subnets: ['10.30.1.0/24'], gatewayConnection: null, externalAddress: null, furtherExternalAddresses: [], virtualMachines: 1 },
        { id: 'fabrikam', name: 'Fabrikam', logicalNetwork: 'Contoso_HNV_LN01', subnets: ['10.30.2.0/24', '10.30.1.0/24'], gatewayConnection: 'Gateway01 (NAT)', externalAddress: '203.0.113.10', furtherExternalAddresses: [], virtualMachines: 1 },
        { id: 'lonely', name: 'Lonely_100%', logicalNetwork: 'Other_HNV_LN', subnets: [], gatewayConnection: null, externalAddress: null, furtherExternalAddresses: [], virtualMachines: 0 },
      ],
    });
  });

  it('are found by any shown text, in any case, and wildcards mean themselves', () => {
    expect(vmNetworkNames({ filter: 'fabRIKAM' })).toEqual(['Fabrikam']);
    expect(vmNetworkNames({ filter: '10.30.2.0/24' })).toEqual(['Fabrikam']);
    expect(vmNetworkNames({ filter: '203.0.113.10' })).toEqual(['Fabrikam']);
    expect(vmNetworkNames({ filter: '(nat)' })).toEqual(['Fabrikam']);
    expect(vmNetworkNames({ filter: 'hnv_ln01' })).toEqual(['Adatum', 'Fabrikam']);
    expect(vmNetworkNames({ filter: '%' })).toEqual(['Lonely_100%']);
    expect(vmNetworkNames({ filter: 'y_1' })).toEqual(['Lonely_100%']);
    expect(vmNetworkNames({ filter: 'a_a' })).toEqual([]);
    expect(vmNetworkNames({ filter: '\\' })).toEqual([]);
    expect(vmNetworkNames({ filter: `' OR 1 --` })).toEqual([]);
    expect(store.lists.vmNetworks.list(query('vmNetwork.list', { filter: 'hnv_ln01' }))).toMatchObject({ total: 2, unfilteredTotal: 3 });
  });

  it('have further external addresses in their order, each of which finds them', () => {
    store.db.exec(`
      INSERT INTO ip_address_allocation VALUES ('al-x2', 'pool-ext', ${ipv4('203.0.113.77')}, 'NATConnection', 'nat1', ''), ('al-x3', 'pool-ext', ${ipv4('198.51.100.7')}, 'NATConnection', 'nat1', '');
      INSERT INTO nat_external_address VALUES ('x3', 'nat1', 2, 'al-x3'), ('x2', 'nat1', 1, 'al-x2');`);
    const found = store.lists.vmNetworks.list(query('vmNetwork.list', { filter: '100.7' }));
    expect(procedures['vmNetwork.list'].output.parse(found)).toEqual(found);
    expect(found.rows).toMatchObject([{ name: 'Fabrikam', externalAddress: '203.0.113.10', furtherExternalAddresses: ['203.0.113.77', '198.51.100.7'] }]);
    expect(found).toMatchObject({ total: 1, unfilteredTotal: 3 });
    expect(vmNetworkNames({ filter: '203.0.113.77' })).toEqual(['Fabrikam']);
    // A name may have digits too, and no address has a wildcard.
    expect(vmNetworkNames({ filter: '100' })).toEqual(['Fabrikam', 'Lonely_100%']);
    expect(vmNetworkNames({ filter: '203.0.113._7' })).toEqual([]);
    expect(vmNetworkNames({ filter: '203.0.113.78' })).toEqual([]);
    expect(store.lists.vmNetworkPools.list(query('vmNetwork.pools.list', { filter: '198.51.100.7' })).rows.map(({ name }) => name)).toEqual(['Fabrikam']);
  });

  it('are searched in two passes, one through what is kept and one through the connections with several addresses, never through all addresses', () => {
    const condition = searchOfVmNetworks('203.0.113').condition;
    const steps = store.db.prepare<{ pattern: string }, { detail: string }>(`EXPLAIN QUERY PLAN SELECT o.key FROM vm_network_order o NOT INDEXED WHERE ${condition}`).all({ pattern: '%' }).map(({ detail }) => detail);
    expect(steps.filter((step) => step.startsWith('SCAN')).map((step) => step.split(' ')[1])).toEqual(['o', 'x']);
    expect(steps.filter((step) => step.startsWith('SEARCH'))).toEqual([expect.stringMatching(/^SEARCH further USING INDEX/), expect.stringMatching(/^SEARCH nat USING INDEX/), expect.stringMatching(/^SEARCH gateway USING INDEX/)]);
    expect(steps.some((step) => step.includes('CORRELATED'))).toBe(false);
    expect(searchOfVmNetworks('Fabrikam').condition).not.toContain('nat_external_address');
  });

  it('are sorted by every column, both ways, ties by name', () => {
    const sorted = (column: string, direction: string) => vmNetworkNames({ sort: { column, direction } });
    expect(sorted('name', 'desc')).toEqual(['Lonely_100%', 'Fabrikam', 'Adatum']);
    expect(sorted('logicalNetwork', 'asc')).toEqual(['Adatum', 'Fabrikam', 'Lonely_100%']);
    expect(sorted('subnets', 'asc')).toEqual(['Lonely_100%', 'Adatum', 'Fabrikam']);
    expect(sorted('gatewayConnection', 'desc')).toEqual(['Fabrikam', 'Lonely_100%', 'Adatum']);
    expect(sorted('externalAddress', 'asc')).toEqual(['Adatum', 'Lonely_100%', 'Fabrikam']);
    expect(sorted('virtualMachines', 'desc')).toEqual(['Fabrikam', 'Adatum', 'Lonely_100%']);
  });

  it('come page by page without gap or repetition, and new rows show at once', () => {
    const insert = store.db.prepare(`INSERT INTO vm_network (id, logical_network_id, name, description, routing_domain_id) VALUES (?, 'ln-hnv', ?, '', ?)`);
    for (let n = 0; n < 50; n++) insert.run(`n${n}`, `Net ${(n * 37) % 50}`, `rd${n}`);
    const all = vmNetworkNames({ limit: 500 });
    expect(all).toHaveLength(53);
    const paged = [0, 20, 40, 60].flatMap((offset) => vmNetworkNames({ offset, limit: 20 }));
    expect(paged).toEqual(all);
    insert.run('late', 'AAA', 'rd-late');
    expect(vmNetworkNames({ limit: 1 })).toEqual(['AAA']);
  });

  it('are told in full', () => {
    const details = store.lists.vmNetworkDetails.get('fabrikam');
    expect(procedures['vmNetwork.get'].output.parse(details)).toEqual(details);
    expect(details).toMatchObject({
      name: 'Fabrikam',
      routingDomainId: 'rd-fabrikam',
      isolation: 'Hyper-V network virtualization',
      vmSubnets: [
        { id: 'vs-fab-a', name: 'A', subnet: '10.30.2.0/24', vsid: 5003, pool: null, availableAddresses: null },
        { id: 'vs-fab-b', name: 'B', subnet: '10.30.1.0/24', vsid: 5002, pool: 'Fabrikam pool', availableAddresses: 9 },
      ],
      gateway: { networkServiceId: 'gs1', networkServiceName: 'Gateway01', vmName: 'GatewayVM01', vmNetworkGatewayName: 'Fabrikam_Gateway', compartmentId: 2, gatewaySubnet: '10.254.254.0/29', gatewayVsid: 5004 },
      nat: { id: 'nat1', name: 'Fabrikam_NatConnection', externalAddress: '203.0.113.10', pool: 'External pool', portStart: 1, portEnd: 49151 },
      virtualMachineList: [{ id: 'vm1', name: 'Fabrikam-VM01', address: '10.30.1.4', host: 'HyperV01.contoso.lab', running: true }],
      latestJob: null,
    });
    expect(store.lists.vmNetworkDetails.get('adatum')).toMatchObject({ gateway: null, nat: null });
    expect(() => store.lists.vmNetworkDetails.get('nothing')).toThrow(expect.objectContaining({ code: errorCodes.objectNotFound }));
  });
});

describe('connectivity options', () => {
  const gateways = (id: string) => Object.fromEntries(store.lists.connectivityOptions.get(id).gateways.map((gateway) => [gateway.name, gateway]));

  it('offer the gateway on the same logical network, with the pools of its front end', () => {
    const options = store.lists.connectivityOptions.get('adatum');
    expect(options).toMatchObject({ vmNetwork: { id: 'adatum', name: 'Adatum' } });
    expect(gateways('adatum')['Gateway01']).toEqual({
      id: 'gs1', name: 'Gateway01', vmName: 'GatewayVM01', unavailableReason: null, supportsNat: true, supportsVpn: true, supportsDirectRouting: false,
      vpnEndpoint: null, tunnelsInUse: 0, tunnelsMaximum: 200, vmNetworksInUse: 1, vmNetworksMaximum: 50,
      // 90 addresses - 10 reserved - 5 reserved within the range - 1 allocated; the VIP is reserved already.
      pools: [{ id: 'pool-ext', name: 'External pool', range: '203.0.113.10 - 203.0.113.99', available: 74 }],
    });
  });

  it('give the reason why a gateway cannot be chosen', () => {
    expect(gateways('adatum')['Gateway02']?.unavailableReason).toContain('does not exist');
    expect(gateways('lonely')['Gateway01']?.unavailableReason).toBe('Its back end is on logical network Contoso_HNV_LN01, but the VM network is on Other_HNV_LN.');
    store.db.exec(`UPDATE network_service SET max_vm_networks = 1`);
    expect(gateways('adatum')['Gateway01']?.unavailableReason).toContain('already serves 1');
    expect(gateways('fabrikam')['Gateway01']?.unavailableReason).toBeNull();
    store.db.exec(`DELETE FROM network_connection WHERE connection_type = 'FrontEnd'`);
    expect(gateways('fabrikam')['Gateway01']).toMatchObject({ unavailableReason: 'Its front end connection is not enabled.', pools: [] });
    store.db.exec(`DELETE FROM network_connection`);
    expect(gateways('fabrikam')['Gateway01']?.unavailableReason).toBe('Its back end connection is not enabled.');
    store.db.exec('UPDATE network_service SET direct_routing_mode = 1');
    expect(gateways('fabrikam')['Gateway01']).toMatchObject({ supportsNat: false, supportsDirectRouting: true });
  });
});

describe('the other lists', () => {
  it('virtual machines stand with their first connected adapter', () => {
    const page = store.lists.virtualMachines.list(query('virtualMachine.list'));
    expect(procedures['virtualMachine.list'].output.parse(page)).toEqual(page);
    expect(page.rows).toEqual([
      { id: 'vm2', name: 'Adatum-VM01', running: false, host: 'HyperV02.contoso.lab', vmNetwork: 'Adatum', vmNetworkId: 'adatum', address: null, mac: '00-00-00-00-00-0D', role: 'tenant', cluster: null },
      { id: 'vm1', name: 'Fabrikam-VM01', running: true, host: 'HyperV01.contoso.lab', vmNetwork: 'Fabrikam', vmNetworkId: 'fabrikam', address: '10.30.1.4', mac: '00-15-5D-01-02-03', role: 'tenant', cluster: null },
      { id: 'gw1', name: 'GatewayVM01', running: true, host: 'HyperVGW01.contoso.lab', vmNetwork: null, vmNetworkId: null, address: null, mac: '00-00-00-00-00-0E', role: 'gateway', cluster: null },
    ]);
  });

  it('virtual machines of a host, of a VM network, or of a host group with those below it', () => {
    const names = (input: object) => store.lists.virtualMachines.list(query('virtualMachine.list', input)).rows.map((row) => row.name);
    expect(names({ hostId: 'h1' })).toEqual(['Fabrikam-VM01']);
    expect(names({ vmNetworkId: 'adatum' })).toEqual(['Adatum-VM01']);
    expect(names({ vmNetworkId: 'nobody' })).toEqual([]);
    expect(names({ hostGroupId: 'dc' })).toEqual(['Adatum-VM01', 'Fabrikam-VM01']);
    expect(names({ hostGroupId: 'all' })).toHaveLength(3);
    expect(names({ hostGroupId: 'all', hostId: 'h2', filter: 'vm01' })).toEqual(['Adatum-VM01']);
    expect(names({ filter: '5d-01-02' })).toEqual(['Fabrikam-VM01']);
    expect(names({ sort: { column: 'running', direction: 'asc' } })).toEqual(['Adatum-VM01', 'Fabrikam-VM01', 'GatewayVM01']);
    expect(store.lists.virtualMachines.list(query('virtualMachine.list', { hostGroupId: 'dc', filter: 'fab' }))).toMatchObject({ total: 1, unfilteredTotal: 2 });
  });

  it('hosts with their switches and provider addresses', () => {
    const page = store.lists.hosts.list(query('host.list', { hostGroupId: 'dc' }));
    expect(procedures['host.list'].output.parse(page)).toEqual(page);
    expect(page).toMatchObject({ total: 2, unfilteredTotal: 2 });
    expect(page.rows[0]).toEqual({
      id: 'h1', name: 'HyperV01.contoso.lab', hostGroup: 'Contoso-DC', hostGroupId: 'dc', dedicatedGateway: false, virtualMachines: 1,
      providerAddresses: ['172.16.40.10'], virtualSwitches: ['Backup_Switch', 'HNV_Switch'], cluster: null, status: 'OK',
    });
    expect(store.lists.hosts.list(query('host.list', { filter: '172.16.40' })).rows.map((row) => row.id)).toEqual(['h1']);
    expect(store.lists.hosts.list(query('host.list', { sort: { column: 'dedicatedGateway', direction: 'desc' } })).rows[0]?.id).toBe('hg');
    expect(store.lists.hosts.list(query('host.list', { hostGroupId: 'empty' })).rows).toEqual([]);
  });

  it('logical networks, each followed by its pools', () => {
    const page = store.lists.logicalNetworks.list(query('logicalNetwork.list'));
    expect(procedures['logicalNetwork.list'].output.parse(page)).toEqual(page);
    expect(page.rows.map(({ id, parentId, name, availableAddresses }) => [id, parentId, name, availableAddresses])).toEqual([
      ['ln-ext', null, 'Contoso_External_LN01', null],
      ['pool-ext', 'ln-ext', 'External pool', 74],
      ['ln-hnv', null, 'Contoso_HNV_LN01', null],
      ['pool-hnv', 'ln-hnv', 'PA pool', 240],
      ['ln-other', null, 'Other_HNV_LN', null],
    ]);
    expect(page.rows[1]).toMatchObject({ kind: 'ipAddressPool', networkVirtualization: null, subnet: '203.0.113.0/24', beginAddress: '203.0.113.10', endAddress: '203.0.113.99' });
    expect(page.rows[2]).toMatchObject({ kind: 'logicalNetwork', networkVirtualization: true, subnet: '172.16.40.0/24', beginAddress: '', endAddress: '' });
    expect(page).toMatchObject({ total: 5, unfilteredTotal: 5 });
  });

  it('logical networks keep the parent of a pool that is found, and stay trees in every order', () => {
    const ids = (input: object) => store.lists.logicalNetworks.list(query('logicalNetwork.list', input)).rows.map((row) => row.id);
    expect(ids({ filter: 'pa pool' })).toEqual(['ln-hnv', 'pool-hnv']);
    expect(ids({ filter: 'other' })).toEqual(['ln-other']);
    expect(store.lists.logicalNetworks.list(query('logicalNetwork.list', { filter: 'pa pool' }))).toMatchObject({ total: 2, unfilteredTotal: 5 });
    expect(ids({ sort: { column: 'name', direction: 'desc' } })).toEqual(['ln-other', 'ln-hnv', 'pool-hnv', 'ln-ext', 'pool-ext']);
    expect(ids({ sort: { column: 'subnet', direction: 'asc' } })).toEqual(['ln-other', 'ln-hnv', 'pool-hnv', 'ln-ext', 'pool-ext']);
    expect(ids({ sort: { column: 'availableAddresses', direction: 'desc' } })).toEqual(['ln-hnv', 'pool-hnv', 'ln-ext', 'pool-ext', 'ln-other']);
    expect(ids({ offset: 1, limit: 2 })).toEqual(['pool-ext', 'ln-hnv']);
  });

  it('network services with their connections and state', () => {
    const page = store.lists.networkServices.list(query('networkService.list'));
    expect(procedures['networkService.list'].output.parse(page)).toEqual(page);
    expect(page.rows).toMatchObject([
      { name: 'Gateway01', vmName: 'GatewayVM01', host: 'HyperVGW01.contoso.lab', frontEnd: 'External (External_0)', backEnd: 'Backend (HNV_0)', vmNetworksInUse: 1, vmNetworksMaximum: 50, status: 'Responding' },
      { name: 'Gateway02', vmName: '', host: '', frontEnd: null, backEnd: null, vmNetworksInUse: 0, status: 'Gateway VM not found' },
    ]);
    const status = () => store.lists.networkServices.list(query('networkService.list', { filter: 'Gateway01' })).rows[0]?.status;
    store.db.exec(`DELETE FROM network_connection WHERE id = 'fe'`);
    expect(status()).toBe('Not connected');
    store.db.exec(`UPDATE virtual_machine SET running = 0 WHERE id = 'gw1'`);
    expect(status()).toBe('Not responding');
  });

  it('Run As accounts without their secrets', () => {
    const page = store.lists.runAsAccounts.list(query('runAsAccount.list', { sort: { column: 'kind', direction: 'desc' } }));
    expect(procedures['runAsAccount.list'].output.strict().parse(page)).toEqual(page);
    expect(page.rows).toEqual([
      { id: 'raa2', name: 'Fabrikam_PSK', userName: 'fabrikam', kind: 'preSharedKey', description: '', hasSecret: true },
      { id: 'raa1', name: 'GatewayLocalAdmin', userName: 'Administrator', kind: 'credential', description: 'Local administrator', hasSecret: false },
    ]);
  });

  it('the tree of the navigation pane', () => {
    const tree = store.lists.inventoryTree.read();
    expect(procedures['inventory.tree'].output.parse(tree)).toEqual(tree);
    expect(tree).toMatchObject({
      labName: 'Contoso',
      hostGroups: [{ id: 'all', parentId: null }, { id: 'dc', parentId: 'all' }, { id: 'empty' }],
      counts: { vmNetworks: 3, virtualMachines: 3, logicalNetworks: 3, networkServices: 2, runAsAccounts: 2 },
    });
    expect(tree.hosts.map((host) => host.dedicatedGateway)).toEqual([false, false, true]);
  });
});

describe('what lists are sorted and searched by', () => {
  /** The kept tables, and the same made again from nothing. */
  function kept(): unknown {
    const read = (table: string) => store.db.prepare(`SELECT * FROM ${table} ORDER BY id`).all().map((row) => ({ ...(row as object), key: 0 }));
    return { networks: read('vm_network_order'), machines: read('virtual_machine_order') };
  }
  function madeAgain(): unknown {
    // Every row touched once, in the order of the references.
    store.db.exec('DELETE FROM vm_network_order; DELETE FROM virtual_machine_order; UPDATE vm_network SET name = name; UPDATE virtual_machine SET name = name;');
    return kept();
  }

  /** Random changes may break a constraint; then nothing has happened. */
  function unlessRefused(work: () => void): void {
    try {
      work();
    } catch (error) {
      expect(error).toMatchObject({ code: expect.stringContaining('CONSTRAINT') as string });
    }
  }

  const statements = [
    `UPDATE vm_network SET name = name || 'x' WHERE id = 'fabrikam'`,
    `UPDATE vm_network SET logical_network_id = 'ln-other' WHERE id = 'adatum'`,
    `UPDATE logical_network SET name = 'Renamed' WHERE id = 'ln-hnv'`,
    `UPDATE vm_subnet SET address = address + 256 WHERE id = 'vs-fab-b'`,
    `DELETE FROM virtual_network_adapter WHERE id = 'ad-vm1b'`,
    `UPDATE virtual_network_adapter SET vm_subnet_id = 'vs-adatum' WHERE id = 'ad-vm1'`,
    `UPDATE virtual_network_adapter SET ip_address_allocation_id = NULL WHERE id = 'ad-vm1'`,
    `INSERT OR IGNORE INTO virtual_network_adapter (id, virtual_machine_id, slot, name, mac, virtual_switch_id, vm_subnet_id, network_site_subnet_id, ip_address_allocation_id) VALUES ('ad-gw-3', 'gw1', 5, 'New', 99, NULL, 'vs-adatum', NULL, 'al-vip')`,
    `DELETE FROM nat_connection WHERE id = 'nat1'`,
    `DELETE FROM vm_network_gateway WHERE NOT EXISTS (SELECT 1 FROM nat_connection)`,
    `UPDATE nat_connection SET ip_address_allocation_id = 'al-vip'`,
    `UPDATE ip_address_allocation SET address = address + 1 WHERE id IN ('al-nat', 'al-vm1')`,
    `UPDATE network_service SET name = name || 'y' WHERE id = 'gs1'`,
    `UPDATE vm_network_gateway SET vm_network_id = 'adatum'`,
    `UPDATE host SET name = name || 'z' WHERE id = 'h1'`,
    `UPDATE virtual_machine SET host_id = 'h2', running = 1 - running`,
    `DELETE FROM virtual_machine WHERE id = 'vm2'`,
    `DELETE FROM vm_network WHERE id = 'lonely'`,
    `INSERT OR IGNORE INTO vm_network (id, logical_network_id, name, description, routing_domain_id) VALUES ('new', 'ln-ext', 'New', '', 'rd-new')`,
    `INSERT OR IGNORE INTO virtual_subnet VALUES (6000, 'adatum', 1)`,
    `INSERT OR IGNORE INTO vm_subnet SELECT 'vs-new', 'adatum', 6000, 'New', 0, 8 WHERE EXISTS (SELECT 1 FROM virtual_subnet WHERE vsid = 6000)`,
    `DELETE FROM vm_subnet WHERE id = 'vs-new'`,
    `INSERT OR IGNORE INTO vm_network_gateway (id, vm_network_id, network_service_id, name, compartment_id, vsid, subnet_address, subnet_prefix_length, mac) SELECT 'g-new', 'adatum', 'gs1', 'New', 9, 6000, 0, 29, 302 WHERE EXISTS (SELECT 1 FROM virtual_subnet WHERE vsid = 6000)`,
    `INSERT OR IGNORE INTO nat_connection (id, vm_network_gateway_id, name, ip_address_allocation_id, port_start, port_end) SELECT 'nat-new', 'g-new', 'New', 'al-vip', 1, 2 WHERE EXISTS (SELECT 1 FROM vm_network_gateway WHERE id = 'g-new')`,
    `DELETE FROM vm_network_gateway WHERE id = 'g-new'`,
  ];

  it('is changed by each of these', () => {
    const applied = statements.filter((statement) => {
      let changed = false;
      unlessRefused(() => { changed = store.db.prepare(statement).run().changes > 0; });
      return changed;
    });
    expect(applied.length).toBeGreaterThan(statements.length * 0.8);
  });

  it('follows every change of the rows it is taken from', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...statements), { maxLength: 12 }), (changes) => {
        store.db.exec('SAVEPOINT try');
        try {
          for (const change of changes) unlessRefused(() => store.db.exec(change));
          const before = kept();
          expect(madeAgain()).toEqual(before);
        } finally {
          store.db.exec('ROLLBACK TO try; RELEASE try');
        }
      }),
      { numRuns: 150 },
    );
  });

  it('is left out where nobody looks, and there for whoever does, from then on', () => {
    const page = { offset: 0, limit: 50, filter: '' } as const;
    const looks = [
      () => store.lists.vmNetworks.list(page),
      () => store.lists.vmNetworks.row('fabrikam'),
      () => store.lists.virtualMachines.list(page),
      () => store.lists.vmNetworkPools.list({ ...page, expanded: [] }),
    ];
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.constantFrom(...statements), fc.nat(looks.length - 1), fc.constantFrom('SAVEPOINT half', 'ROLLBACK TO half')), { maxLength: 14 }), (steps) => {
        store.db.exec('SAVEPOINT try');
        try {
          store.listOrders.leaveOut();
          for (const step of steps) {
            if (typeof step === 'number') looks[step]?.();
            else if (!step.endsWith('half')) unlessRefused(() => store.db.exec(step));
            else try { store.db.exec(step); } catch { /* Nothing to go back to. */ }
          }
          looks[0]?.();
          const before = kept();
          expect(madeAgain()).toEqual(before);
          unlessRefused(() => store.db.exec(statements[0] ?? ''));
          const after = kept();
          expect(madeAgain()).toEqual(after);
        } finally {
          store.db.exec('ROLLBACK TO try; RELEASE try');
        }
      }),
      { numRuns: 100 },
    );
  });
});
