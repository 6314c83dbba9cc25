/** Every kind of object of the inventory in the words of a lab file: names in place of ids. One query gives all objects of a kind. */
import { address, flag, list, mac, object, optional, prefix, unlessUsual, words } from './expressions.ts';

export interface Section {
  /** Key of the list in a lab file; nested ones with a dot. */
  readonly key: string;
  /** What one object of it is called. */
  readonly label: string;
  /** Gives `id` and `content`, a JSON object. */
  readonly sql: string;
}

const hostGroupNames = (table: string, column: string, id: string) => list('g.name', `${table} t JOIN host_group g ON g.id = t.host_group_id WHERE t.${column} = ${id}`, 'g.name');

/** Allocated to nothing that is there: those of network adapters, provider addresses and NAT connections stand with these. */
const held = list(
  object({ address: address('al.address'), holderType: 'al.allocated_to_type', holder: 'al.description' }),
  `ip_address_allocation al WHERE al.ip_address_pool_id = p.id
    AND NOT EXISTS (SELECT 1 FROM virtual_network_adapter x WHERE x.ip_address_allocation_id = al.id)
    AND NOT EXISTS (SELECT 1 FROM provider_address x WHERE x.ip_address_allocation_id = al.id)
    AND NOT EXISTS (SELECT 1 FROM nat_connection x WHERE x.ip_address_allocation_id = al.id)
    AND NOT EXISTS (SELECT 1 FROM nat_external_address x WHERE x.ip_address_allocation_id = al.id)`,
  'al.address',
);

const servers = (kind: 'dns' | 'wins') => list(address('s.address'), `ip_address_pool_server s WHERE s.ip_address_pool_id = p.id AND s.kind = '${kind}'`, 's.slot');

/** Pools of alias `p`. */
const pool = object({
  name: 'p.name',
  description: 'p.description',
  start: address('p.range_start'),
  end: address('p.range_end'),
  gateways: list(object({ address: address('g.address'), metric: 'iif(g.is_automatic = 1, NULL, g.metric)' }), 'ip_address_pool_gateway g WHERE g.ip_address_pool_id = p.id', 'g.metric, g.address'),
  reserved: list(object({ start: address('r.range_start'), end: address('r.range_end'), vip: flag('r.is_vip') }), 'ip_address_pool_reservation r WHERE r.ip_address_pool_id = p.id', 'r.range_start'),
  dnsServers: servers('dns'),
  dnsSuffix: 'p.dns_suffix',
  dnsSearchSuffixes: list('x.suffix', 'ip_address_pool_search_suffix x WHERE x.ip_address_pool_id = p.id', 'x.slot'),
  winsServers: servers('wins'),
  enableNetbios: flag('p.enable_netbios'),
  held,
});

/** In the order in which a host or a VM subnet asks them. */
const firstPoolOfSubnet = '(SELECT q.id FROM ip_address_pool q WHERE q.vm_subnet_id = s.id ORDER BY q.name LIMIT 1)';

const nat = object({
  name: 'c.name',
  address: address('al.address'),
  pool: 'p.name',
  holder: unlessUsual('al.description', `'NAT connection ' || c.name || ' of VM network ' || n.name`),
  portStart: 'c.port_start',
  portEnd: 'c.port_end',
  furtherAddresses: list(
    object({ address: address('xa.address'), pool: 'xp.name', holder: unlessUsual('xa.description', `'NAT connection ' || c.name || ' of VM network ' || n.name`) }),
    'nat_external_address x JOIN ip_address_allocation xa ON xa.id = x.ip_address_allocation_id JOIN ip_address_pool xp ON xp.id = xa.ip_address_pool_id WHERE x.nat_connection_id = c.id',
    'x.slot',
  ),
  rules: list(
    object({ name: 'r.name', protocol: 'r.protocol', externalAddress: '(SELECT format_ipv4(xa.address) FROM nat_external_address x JOIN ip_address_allocation xa ON xa.id = x.ip_address_allocation_id WHERE x.id = r.nat_external_address_id)', externalPort: 'r.external_port', internalAddress: address('r.internal_address'), internalPort: 'r.internal_port' }),
    'nat_rule r LEFT JOIN nat_external_address e ON e.id = r.nat_external_address_id WHERE r.nat_connection_id = c.id',
    'coalesce(e.slot, 0), r.protocol, r.external_port',
  ),
});

const vpnConnection = object({
  name: 'v.name',
  remoteAddress: address('v.remote_address'),
  enabled: flag('v.is_enabled'),
  maximumInboundKbps: 'v.maximum_inbound_kbps',
  maximumOutboundKbps: 'v.maximum_outbound_kbps',
  protocol: 'v.protocol',
  authenticationMethod: 'v.authentication_method',
  runAsAccount: '(SELECT a.name FROM run_as_account a WHERE a.id = v.run_as_account_id)',
  certificate: 'v.certificate',
  encryptionMethod: 'v.encryption_method',
  integrityCheckMethod: 'v.integrity_check_method',
  cipherTransform: 'v.cipher_transform',
  authenticationTransform: 'v.authentication_transform',
  pfsGroup: 'v.pfs_group',
  dhGroup: 'v.dh_group',
  routes: list(prefix('r.address', 'r.prefix_length'), 'vpn_route r WHERE r.vpn_connection_id = v.id', 'r.address, r.prefix_length'),
});

const gateway = object({
  networkService: '(SELECT d.name FROM network_service d WHERE d.id = w.network_service_id)',
  name: 'w.name',
  compartment: 'w.compartment_id',
  vsid: 'w.vsid',
  subnet: prefix('w.subnet_address', 'w.subnet_prefix_length'),
  mac: mac('w.mac'),
  vpn: flag('w.has_vpn'),
  vpnConnections: list(vpnConnection, 'vpn_connection v WHERE v.vm_network_gateway_id = w.id', 'v.name'),
  bgp: object({
    enabled: flag('w.enable_bgp'),
    autonomousSystemNumber: 'w.autonomous_system_number',
    peers: list(object({ name: 'b.name', address: address('b.address'), autonomousSystemNumber: 'b.autonomous_system_number' }), 'bgp_peer b WHERE b.vm_network_gateway_id = w.id', 'b.address'),
  }),
  nat: optional(nat, 'nat_connection c JOIN ip_address_allocation al ON al.id = c.ip_address_allocation_id JOIN ip_address_pool p ON p.id = al.ip_address_pool_id WHERE c.vm_network_gateway_id = w.id'),
});

/** An address that the gateway device holds stands with its front end. */
const isOfDevice = `al.allocated_to_type = 'NetworkService'`;

const adapter = object({
  name: 'a.name',
  mac: mac('a.mac'),
  virtualSwitch: 'w.name',
  vmNetwork: 'n.name',
  vmSubnet: 's.name',
  networkSite: 'site.name',
  siteSubnet: `iif(z.id IS NOT NULL AND (al.id IS NULL OR ${isOfDevice} OR p.network_site_subnet_id IS NOT z.id), ${prefix('z.address', 'z.prefix_length')}, NULL)`,
  siteVlan: `iif(z.id IS NOT NULL AND (al.id IS NULL OR ${isOfDevice} OR p.network_site_subnet_id IS NOT z.id), z.vlan, NULL)`,
  address: `iif(al.id IS NOT NULL AND NOT (${isOfDevice}), ${address('al.address')}, iif(s.id IS NOT NULL OR z.id IS NOT NULL, 'none', NULL))`,
  pool: `iif(${isOfDevice}, NULL, p.name)`,
  holder: `iif(${isOfDevice}, NULL, ${unlessUsual('al.description', `'network adapter ' || a.name || ' of ' || m.name`)})`,
});

const adapters = list(
  adapter,
  `virtual_network_adapter a
    LEFT JOIN virtual_switch w ON w.id = a.virtual_switch_id
    LEFT JOIN vm_subnet s ON s.id = a.vm_subnet_id
    LEFT JOIN vm_network n ON n.id = s.vm_network_id
    LEFT JOIN network_site_subnet z ON z.id = a.network_site_subnet_id
    LEFT JOIN network_site site ON site.id = z.network_site_id
    LEFT JOIN ip_address_allocation al ON al.id = a.ip_address_allocation_id
    LEFT JOIN ip_address_pool p ON p.id = al.ip_address_pool_id
  WHERE a.virtual_machine_id = m.id`,
  'a.slot',
);

function machines(role: 'tenant' | 'gateway'): string {
  return `SELECT m.id, ${object({
    name: 'm.name',
    host: 'h.name',
    generation: 'm.generation',
    running: flag('m.running'),
    firewallOn: flag('m.firewall_on'),
    remoteAccessInstalled: flag('m.remote_access_installed'),
    vpnDeployed: flag('m.vpn_deployed'),
    dataExchangeOn: flag('m.data_exchange_on'),
    remoteAccessByHand: flag('m.remote_access_by_hand'),
    adapters,
  })} AS content FROM virtual_machine m JOIN host h ON h.id = m.host_id WHERE m.role = '${role}' ORDER BY m.name`;
}

function connection(type: 'FrontEnd' | 'BackEnd', usualName: string): string {
  return optional(
    object({
      adapter: 'a.name',
      networkSite: 'site.name',
      name: unlessUsual('c.name', `'${usualName}'`),
      address: `iif(${isOfDevice}, ${address('al.address')}, NULL)`,
      pool: `iif(${isOfDevice}, p.name, NULL)`,
      holder: `iif(${isOfDevice}, ${unlessUsual('al.description', `'front end of network service ' || d.name`)}, NULL)`,
    }),
    `network_connection c JOIN virtual_network_adapter a ON a.id = c.virtual_network_adapter_id JOIN network_site site ON site.id = c.network_site_id
      LEFT JOIN ip_address_allocation al ON al.id = a.ip_address_allocation_id LEFT JOIN ip_address_pool p ON p.id = al.ip_address_pool_id
    WHERE c.network_service_id = d.id AND c.connection_type = '${type}'`,
  );
}

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
