/** Every kind of object of the inventory in the words of a lab file: names in place of ids. One query gives all objects of a kind. */
import { address, flag, list, mac, object, optional, prefix, unlessUsual, words } from './expressions.ts';
import { connection, machines } from './machineParts.ts';
import { firstPoolOfSubnet, gateway, pool } from './networkParts.ts';

export interface Section {
  /** Key of the list in a lab file; nested ones with a dot. */
  readonly key: string;
  /** What one object of it is called. */
  readonly label: string;
  /** Gives `id` and `content`, a JSON object. */
  readonly sql: string;
}

const hostGroupNames = (table: string, column: string, id: string) => list('g.name', `${table} t JOIN host_group g ON g.id = t.host_group_id WHERE t.${column} = ${id}`, 'g.name');

const outsideHost = (alias: string) => object({ name: `${alias}.name`, address: address(`${alias}.address`), mac: mac(`${alias}.mac`), services: words(`${alias}.services`) });

export const sections: readonly Section[] = [
  {
    key: 'hostGroups',
    label: 'Host group',
    sql: `WITH RECURSIVE tree(id, name, parent, depth) AS (
        SELECT id, name, NULL, 0 FROM host_group WHERE parent_id IS NULL
        UNION ALL SELECT g.id, g.name, tree.name, tree.depth + 1 FROM host_group g JOIN tree ON g.parent_id = tree.id)
      SELECT id, ${object({ name: 'name', parent: 'parent' })} AS content FROM tree ORDER BY depth, name`,
  },
  {
    key: 'hosts',
    label: 'Host',
    sql: `SELECT h.id, ${object({
      name: 'h.name',
      hostGroup: 'g.name',
      runAsAccount: '(SELECT a.name FROM run_as_account a WHERE a.id = h.run_as_account_id)',
      nic: object({ name: 'h.nic_name', mac: mac('h.nic_mac') }),
      virtualSwitches: list(
        `json(iif(l.name IS NULL, json_quote(w.name), ${object({ name: 'w.name', logicalSwitch: 'l.name' })}))`,
        'virtual_switch w LEFT JOIN logical_switch l ON l.id = w.logical_switch_id WHERE w.host_id = h.id',
        'w.name',
      ),
      dedicatedGateway: flag('h.is_dedicated_gateway'),
      virtual: flag('h.is_virtual'),
    })} AS content FROM host h JOIN host_group g ON g.id = h.host_group_id ORDER BY h.name`,
  },
  {
    key: 'hostClusters',
    label: 'Host cluster',
    sql: `SELECT c.id, ${object({ name: 'c.name', hosts: list('h.name', 'host h WHERE h.host_cluster_id = c.id', 'h.name') })} AS content FROM host_cluster c ORDER BY c.name`,
  },
  {
    key: 'logicalNetworks',
    label: 'Logical network',
    sql: `SELECT l.id, ${object({
      name: 'l.name',
      description: 'l.description',
      kind: 'l.kind',
      networkVirtualization: flag('l.network_virtualization'),
      sites: list(
        object({
          name: 'site.name',
          hostGroups: hostGroupNames('network_site_host_group', 'network_site_id', 'site.id'),
          subnets: list(
            object({
              subnet: prefix('z.address', 'z.prefix_length'),
              vlan: 'z.vlan',
              secondaryVlan: 'z.secondary_vlan',
              pools: list(pool, 'ip_address_pool p WHERE p.network_site_subnet_id = z.id', 'p.name'),
            }),
            'network_site_subnet z WHERE z.network_site_id = site.id',
            'z.vlan, z.address, z.prefix_length',
          ),
        }),
        'network_site site WHERE site.logical_network_id = l.id',
        'site.name',
      ),
    })} AS content FROM logical_network l ORDER BY l.name`,
  },
  {
    key: 'macAddressPools',
    label: 'MAC address pool',
    sql: `SELECT m.id, ${object({ name: 'm.name', description: 'm.description', start: mac('m.range_start'), end: mac('m.range_end'), hostGroups: hostGroupNames('mac_address_pool_host_group', 'mac_address_pool_id', 'm.id') })} AS content
      FROM mac_address_pool m ORDER BY m.name`,
  },
  {
    key: 'uplinkPortProfiles',
    label: 'Uplink port profile',
    sql: `SELECT u.id, ${object({
      name: 'u.name',
      description: 'u.description',
      loadBalancing: 'u.load_balancing',
      teamMode: 'u.team_mode',
      networkVirtualization: flag('u.network_virtualization'),
      networkSites: list('site.name', 'uplink_port_profile_site t JOIN network_site site ON site.id = t.network_site_id WHERE t.uplink_port_profile_id = u.id', 'site.name'),
    })} AS content FROM uplink_port_profile u ORDER BY u.name`,
  },
  {
    key: 'logicalSwitches',
    label: 'Logical switch',
    sql: `SELECT w.id, ${object({ name: 'w.name', description: 'w.description', uplinkPortProfile: 'u.name' })} AS content
      FROM logical_switch w JOIN uplink_port_profile u ON u.id = w.uplink_port_profile_id ORDER BY w.name`,
  },
  {
    key: 'runAsAccounts',
    label: 'Run As account',
    sql: `SELECT a.id, ${object({ name: 'a.name', description: 'a.description', kind: 'a.kind', userName: 'a.user_name' })} AS content FROM run_as_account a ORDER BY a.name`,
  },
  {
    key: 'vmNetworks',
    label: 'VM network',
    sql: `SELECT n.id, ${object({
      name: 'n.name',
      description: 'n.description',
      logicalNetwork: 'l.name',
      routingDomainId: 'n.routing_domain_id',
      isolation: `iif(n.isolation = iif(l.network_virtualization = 1, 'WindowsNetworkVirtualization', 'NoIsolation'), NULL, n.isolation)`,
      subnets: list(
        object({
          name: 's.name',
          subnet: prefix('s.address', 's.prefix_length'),
          vsid: 's.vsid',
          pool: optional(pool, `ip_address_pool p WHERE p.id = ${firstPoolOfSubnet}`),
          furtherPools: list(pool, `ip_address_pool p WHERE p.vm_subnet_id = s.id AND p.id <> ${firstPoolOfSubnet}`, 'p.name'),
        }),
        'vm_subnet s WHERE s.vm_network_id = n.id',
        's.name',
      ),
      gateway: optional(gateway, 'vm_network_gateway w WHERE w.vm_network_id = n.id'),
    })} AS content FROM vm_network n JOIN logical_network l ON l.id = n.logical_network_id ORDER BY n.name`,
  },
  { key: 'virtualMachines', label: 'Virtual machine', sql: machines('tenant') },
  { key: 'gatewayVirtualMachines', label: 'Gateway virtual machine', sql: machines('gateway') },
  {
    key: 'guestClusters',
    label: 'Guest cluster',
    sql: `SELECT c.id, ${object({ name: 'c.name', virtualMachines: list('m.name', 'virtual_machine m WHERE m.guest_cluster_id = c.id', 'm.name') })} AS content FROM guest_cluster c ORDER BY c.name`,
  },
  {
    key: 'providerAddresses',
    label: 'Provider address',
    sql: `SELECT x.id, ${object({
      host: 'h.name',
      vsid: 'x.vsid',
      address: address('al.address'),
      pool: 'p.name',
      holder: unlessUsual('al.description', `'provider address of virtual subnet ' || x.vsid || ' on host ' || h.name`),
    })} AS content FROM provider_address x JOIN host h ON h.id = x.host_id JOIN ip_address_allocation al ON al.id = x.ip_address_allocation_id
      JOIN ip_address_pool p ON p.id = al.ip_address_pool_id ORDER BY h.name, x.vsid`,
  },
  {
    key: 'libraryImages',
    label: 'Library image',
    sql: `SELECT i.id, ${object({ name: 'i.name', libraryServer: 'i.library_server', libraryPath: 'i.library_path', operatingSystem: 'i.operating_system', generation: 'i.generation', sizeMb: 'i.size_mb' })} AS content
      FROM library_image i ORDER BY i.name`,
  },
  {
    key: 'vmTemplates',
    label: 'VM template',
    sql: `SELECT t.id, ${object({
      name: 't.name',
      description: 't.description',
      image: 'i.name',
      generation: 't.generation',
      memoryMb: 't.memory_mb',
      processors: 't.processors',
      adapters: list(
        object({ vmNetwork: 'n.name', logicalNetwork: 'l.name' }),
        'vm_template_adapter x LEFT JOIN vm_network n ON n.id = x.vm_network_id LEFT JOIN logical_network l ON l.id = x.logical_network_id WHERE x.vm_template_id = t.id',
        'x.slot',
      ),
    })} AS content FROM vm_template t JOIN library_image i ON i.id = t.library_image_id ORDER BY t.name`,
  },
  {
    key: 'serviceTemplates',
    label: 'Service template',
    sql: `SELECT x.id, ${object({ name: 'x.name', description: 'x.description', vmTemplate: 't.name' })} AS content FROM service_template x JOIN vm_template t ON t.id = x.vm_template_id ORDER BY x.name`,
  },
  {
    key: 'networkServices',
    label: 'Network service',
    sql: `SELECT d.id, ${object({
      name: 'd.name',
      description: 'd.description',
      manufacturer: 'd.manufacturer',
      model: 'd.model',
      runAsAccount: 'a.name',
      connectionString: 'd.connection_string',
      hostGroups: hostGroupNames('network_service_host_group', 'network_service_id', 'd.id'),
      host: '(SELECT h.name FROM host h WHERE h.id = d.host_id)',
      gatewayVirtualMachine: '(SELECT m.name FROM virtual_machine m WHERE m.id = d.virtual_machine_id)',
      standbyVirtualMachine: '(SELECT m.name FROM virtual_machine m WHERE m.id = d.standby_virtual_machine_id)',
      directRoutingMode: flag('d.direct_routing_mode'),
      maxVmNetworks: 'd.max_vm_networks',
      frontEnd: connection('FrontEnd', 'Front End'),
      backEnd: connection('BackEnd', 'Back End'),
    })} AS content FROM network_service d JOIN run_as_account a ON a.id = d.run_as_account_id ORDER BY d.name`,
  },
  {
    key: 'outside.routers',
    label: 'Router outside',
    // The network that the router is in, by its first address.
    sql: `SELECT r.id, ${object({ name: 'r.name', subnet: `format_ipv4(r.address & (4294967295 << (32 - r.prefix_length)) & 4294967295) || '/' || r.prefix_length`, address: address('r.address'), mac: mac('r.mac') })} AS content
      FROM external_router r ORDER BY r.name`,
  },
  { key: 'outside.hosts', label: 'Host outside', sql: `SELECT e.id, ${outsideHost('e')} AS content FROM external_host e ORDER BY e.name` },
  {
    key: 'outside.vpnDevices',
    label: 'VPN device outside',
    sql: `SELECT d.id, ${object({
      name: 'd.name',
      address: address('d.address'),
      mac: mac('d.mac'),
      lan: object({ name: 'd.lan_name', subnet: `format_ipv4(d.lan_address & (4294967295 << (32 - d.lan_prefix_length)) & 4294967295) || '/' || d.lan_prefix_length`, address: address('d.lan_address'), mac: mac('d.lan_mac') }),
      authentication: words('d.authentication_methods'),
      autonomousSystemNumber: 'd.autonomous_system_number',
      hosts: list(outsideHost('e'), 'vpn_device_host e WHERE e.vpn_device_id = d.id', 'e.name'),
    })} AS content FROM vpn_device d ORDER BY d.name`,
  },
];
