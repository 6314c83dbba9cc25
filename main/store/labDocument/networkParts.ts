/** What belongs to networks in a lab file: IP pools, and the gateway of a VM network with NAT, VPN and BGP. */
import { address, flag, list, mac, object, optional, prefix, unlessUsual } from './expressions.ts';

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
export const pool = object({
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
export const firstPoolOfSubnet = '(SELECT q.id FROM ip_address_pool q WHERE q.vm_subnet_id = s.id ORDER BY q.name LIMIT 1)';

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

/** Connections to gateways of alias `w`, of the VM network `n`. */
export const gateway = object({
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
