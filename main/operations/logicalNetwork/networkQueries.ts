/** What the window asks about a logical network or an IP pool beyond the list. Changes nothing. */
import type { IpPoolProperties, LogicalNetworkProperties } from '../../../shared/contract/networking.ts';
import { formatAddressRanges } from '../../../shared/net/addressRanges.ts';
import { formatIpv4, formatPrefix } from '../../../shared/net/ipv4.ts';
import type { Inventory } from '../../store/inventory/inventory.ts';
import type { IpAddressPool } from '../../store/inventory/ipAddressPools.ts';
import type { NetworkSite } from '../../store/inventory/logicalNetworks.ts';

/** As many addresses as the window lists. */
const mostAddresses = 500;

export class NetworkQueries {
  readonly #inventory: Inventory;

  constructor(inventory: Inventory) {
    this.#inventory = inventory;
  }

  /** Everything that the Properties of a logical network show. Throws objectNotFound. */
  properties(reference: string): LogicalNetworkProperties {
    const { logicalNetworks, networkUse } = this.#inventory;
    const network = logicalNetworks.logicalNetwork(reference);
    return { ...network, sites: logicalNetworks.sitesOf(network.id).map((site) => this.#site(site)), dependants: networkUse.ofLogicalNetwork(network.id).map(({ kind, name }) => ({ kind, name })) };
  }

  #site({ id, name }: NetworkSite) {
    const { logicalNetworks, networkUse } = this.#inventory;
    return {
      id,
      name,
      hostGroupIds: [...logicalNetworks.hostGroupsOf(id)],
      subnets: logicalNetworks.subnetsOf(id).map((row) => ({
        id: row.id,
        vlan: row.vlan === 0 ? '' : String(row.vlan),
        secondaryVlan: row.secondaryVlan === null ? '' : String(row.secondaryVlan),
        subnet: formatPrefix({ address: row.address, length: row.prefixLength }),
      })),
      users: networkUse.ofSite(id).map(({ name: user }) => user),
    };
  }

  /** Everything that the Properties of an IP pool show. Throws objectNotFound. */
  pool(reference: string): IpPoolProperties {
    const { pools } = this.#inventory;
    const pool = pools.pool(reference);
    const settings = pools.settingsOf(pool.id);
    const allocations = pools.allocationsOf(pool.id);
    const inactive = new Set(pools.inactiveAddresses(pool.id).map(({ id }) => id));
    const reserved = (isVip: boolean) => formatAddressRanges(settings.reservations.filter((range) => range.isVip === isVip));
    return {
      id: pool.id,
      name: pool.name,
      description: pool.description,
      ...this.#place(pool),
      settings: {
        rangeStart: formatIpv4(pool.rangeStart),
        rangeEnd: formatIpv4(pool.rangeEnd),
        vips: reserved(true),
        reserved: reserved(false),
        gateways: settings.gateways.map(({ address, metric, isAutomatic }) => ({ address: formatIpv4(address), metric: isAutomatic ? '' : String(metric) })),
        dnsServers: settings.dnsServers.map(formatIpv4),
        dnsSuffix: settings.dnsSuffix,
        dnsSearchSuffixes: [...settings.dnsSearchSuffixes],
        winsServers: settings.winsServers.map(formatIpv4),
        enableNetbios: settings.enableNetbios,
      },
      addresses: allocations.slice(0, mostAddresses).map(({ id, address, allocatedToType, description }) => ({ address: formatIpv4(address), assignedToType: allocatedToType, description, isInactive: inactive.has(id) })),
      allocated: allocations.length,
    };
  }

  #place({ networkSiteSubnetId, vmSubnetId }: IpAddressPool): Pick<IpPoolProperties, 'place' | 'subnet' | 'isVmSubnet'> {
    const { logicalNetworks, vmNetworks } = this.#inventory;
    if (vmSubnetId !== null) {
      const subnet = vmNetworks.subnetById(vmSubnetId);
      return { place: `${vmNetworks.vmNetwork(subnet.vmNetworkId).name}, ${subnet.name}`, subnet: formatPrefix({ address: subnet.address, length: subnet.prefixLength }), isVmSubnet: true };
    }
    const site = logicalNetworks.siteOfSubnet(networkSiteSubnetId ?? '');
    const row = site && logicalNetworks.subnetsOf(site.id).find(({ id }) => id === networkSiteSubnetId);
    if (site === undefined || row === undefined) throw new Error('The pool belongs to no subnet');
    return { place: `${logicalNetworks.logicalNetwork(site.logicalNetworkId).name}, ${site.name}`, subnet: formatPrefix({ address: row.address, length: row.prefixLength }), isVmSubnet: false };
  }
}
