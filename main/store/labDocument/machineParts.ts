/** Virtual machines and their network adapters in a lab file, and what a gateway device is connected with. */
import { address, flag, list, mac, object, optional, prefix, unlessUsual } from './expressions.ts';

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

/** Statement of all virtual machines of a role. */
export function machines(role: 'tenant' | 'gateway'): string {
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

/** One of the two connections of the network service `d`. */
export function connection(type: 'FrontEnd' | 'BackEnd', usualName: string): string {
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
