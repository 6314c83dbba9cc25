/** Mistakes with logical networks, network sites, IP pools, MAC pools, port profiles and logical switches (fact sheet §2.1, 2.2). */
import { command } from '../testing/bench.ts';
import { refused } from './testing/catalogue.ts';
import type { OperationInput } from '../../../shared/contract/operations.ts';

type Site = NonNullable<OperationInput<'logicalNetwork.create'>['sites']>[number];

const site = (change: Partial<Site> = {}): Site => ({ name: 'Storage_0', hostGroups: ['Contoso-DC'], subnets: [{ subnet: '10.50.0.0/24' }], ...change });
const network = (change: Partial<OperationInput<'logicalNetwork.create'>> = {}) => command('logicalNetwork.create', { name: 'Storage', sites: [site()], ...change });
const withSite = (change: Partial<Site>) => network({ sites: [site(change)] });
const pool = (change: Partial<OperationInput<'ipPool.create'>> = {}) =>
  command('ipPool.create', { name: 'Second', logicalNetwork: 'Contoso_Management_LN01', networkSite: 'Contoso_Management_LN01_0', subnet: '192.168.10.0/24', rangeStart: '192.168.10.210', rangeEnd: '192.168.10.230', ...change });
const external = (change: Partial<OperationInput<'ipPool.create'>>) => pool({ logicalNetwork: 'Contoso_External_LN01', networkSite: 'Contoso_External_LN01_0', subnet: '203.0.113.0/24', rangeStart: '203.0.113.110', rangeEnd: '203.0.113.120', ...change });

refused('Create Logical Network', { before: [command('hostGroup.create', { name: 'Row 1', parent: 'Contoso-DC' })] }, [
  { what: 'without a name', made: network({ name: '  ' }), code: 'invalidInput', at: 'name', says: /logical network has no name/ },
  { what: 'with a name in use, written otherwise', made: network({ name: 'CONTOSO_HNV_LN01' }), code: 'nameInUse', at: 'name', says: /Contoso_HNV_LN01/ },
  { what: 'virtualized, though its VLANs are independent', made: network({ kind: 'vlanIndependent', networkVirtualization: true, sites: [site({ subnets: [{ vlan: '7', subnet: '10.50.0.0/24' }] })] }), code: 'invalidInput', at: 'networkVirtualization', says: /VLAN-based independent networks/ },
  { what: 'with a VM network whose name is taken', made: network({ name: 'Fabrikam', createVmNetwork: true }), code: 'nameInUse', at: 'name', says: /VM network named Fabrikam/ },
  { what: 'with a site without a name', made: withSite({ name: '' }), code: 'invalidInput', at: 'sites.0.name', says: /network site has no name/ },
  { what: 'with a site whose name has 65 characters', made: withSite({ name: 's'.repeat(65) }), code: 'invalidInput', at: 'sites.0.name', says: /65 characters/ },
  { what: 'with the name of another network’s site', made: withSite({ name: 'contoso_hnv_ln01_0' }), code: 'nameInUse', at: 'sites.0.name', says: /Contoso_HNV_LN01_0/ },
  { what: 'with two sites of one name', made: network({ sites: [site(), site({ subnets: [{ subnet: '10.51.0.0/24' }] })] }), code: 'nameInUse', at: 'sites.1.name', says: /Storage_0/ },
  { what: 'with a site that no host group can use', made: withSite({ hostGroups: [] }), code: 'invalidInput', at: 'sites.0.hostGroups', says: /Storage_0/ },
  { what: 'with a host group that does not exist', made: withSite({ hostGroups: ['Woodgrove-DC'] }), code: 'objectNotFound', at: 'sites.0.hostGroups', says: /Woodgrove-DC/ },
  { what: 'with a site without VLAN and subnet', made: withSite({ subnets: [] }), code: 'invalidInput', at: 'sites.0.subnets', says: /Storage_0 has neither VLAN nor IP subnet/ },
  { what: 'with VLAN 4095', made: withSite({ subnets: [{ vlan: '4095', subnet: '10.50.0.0/24' }] }), code: 'invalidInput', at: 'sites.0.subnets.0.vlan', says: /4095/, advice: /1 to 4094/ },
  { what: 'with a word as VLAN', made: withSite({ subnets: [{ vlan: 'seven', subnet: '10.50.0.0/24' }] }), code: 'invalidInput', at: 'sites.0.subnets.0.vlan', says: /seven/ },
  { what: 'with independent VLANs, one of them missing', made: network({ kind: 'vlanIndependent' }), code: 'invalidInput', at: 'sites.0.subnets.0.vlan', says: /10\.50\.0\.0\/24 has no VLAN/ },
  { what: 'with a private VLAN whose secondary one is the primary one', made: network({ kind: 'privateVlan', sites: [site({ subnets: [{ vlan: '7', secondaryVlan: '7', subnet: '10.50.0.0/24' }] })] }), code: 'invalidInput', at: 'sites.0.subnets.0.secondaryVlan', says: /VLAN 7 is both/ },
  { what: 'with a subnet that is none', made: withSite({ subnets: [{ subnet: '10.50.0.0' }] }), code: 'invalidInput', at: 'sites.0.subnets.0.subnet', says: /10\.50\.0\.0 / },
  { what: 'with an address in place of a subnet', made: withSite({ subnets: [{ subnet: '10.50.0.9/24' }] }), code: 'invalidInput', at: 'sites.0.subnets.0.subnet', says: /10\.50\.0\.9\/24/ },
  { what: 'with overlapping subnets in one site', made: withSite({ subnets: [{ subnet: '10.50.0.0/24' }, { vlan: '9', subnet: '10.50.0.128/25' }] }), code: 'subnetOverlap', at: 'sites.0.subnets.1.subnet', says: /10\.50\.0\.128\/25 overlaps 10\.50\.0\.0\/24/ },
  { what: 'overlapping a site of the same host group', made: withSite({ subnets: [{ subnet: '172.16.0.0/16' }] }), code: 'subnetOverlap', at: 'sites.0.subnets.0.subnet', says: /172\.16\.40\.0\/24 of network site Contoso_HNV_LN01_0/ },
  { what: 'overlapping a site of the host group above', made: withSite({ hostGroups: ['Row 1'], subnets: [{ subnet: '172.16.40.0/25' }] }), code: 'subnetOverlap', at: 'sites.0.subnets.0.subnet', says: /Contoso_HNV_LN01_0/ },
  { what: 'overlapping a site of a host group below', made: withSite({ hostGroups: ['All Hosts'], subnets: [{ subnet: '192.168.0.0/16' }] }), code: 'subnetOverlap', at: 'sites.0.subnets.0.subnet', says: /Contoso_Management_LN01_0/ },
]);

refused('Create IP Pool', {}, [
  { what: 'without a name', made: pool({ name: '' }), code: 'invalidInput', at: 'name', says: /IP address pool has no name/ },
  { what: 'with a name in use', made: pool({ name: 'Contoso_Management_Pool01' }), code: 'nameInUse', at: 'name', says: /Contoso_Management_Pool01/ },
  { what: 'without a logical network', made: pool({ logicalNetwork: '' }), code: 'invalidInput', at: 'logicalNetwork', says: /No logical network is chosen/ },
  { what: 'at a site of another logical network', made: pool({ networkSite: 'Contoso_HNV_LN01_0' }), code: 'networkSiteNotUsable', at: 'networkSite', says: /Contoso_HNV_LN01_0 is no network site of Contoso_Management_LN01/ },
  { what: 'in a subnet that the site does not have', made: pool({ subnet: '192.168.11.0/24' }), code: 'networkSiteNotUsable', at: 'subnet', says: /192\.168\.11\.0\/24/ },
  { what: 'that starts outside its subnet', made: pool({ rangeStart: '192.168.9.210' }), code: 'addressOutsidePool', at: 'rangeStart', says: /192\.168\.9\.210 is not in 192\.168\.10\.0\/24/ },
  { what: 'that ends with the broadcast address', made: pool({ rangeEnd: '192.168.10.255' }), code: 'invalidInput', at: 'rangeEnd', says: /192\.168\.10\.255 is the broadcast address/ },
  { what: 'that ends before it starts', made: pool({ rangeStart: '192.168.10.230', rangeEnd: '192.168.10.210' }), code: 'invalidInput', at: 'rangeEnd', says: /192\.168\.10\.210, before it starts/ },
  { what: 'overlapping another pool of the subnet', made: pool({ rangeStart: '192.168.10.190' }), code: 'poolOverlap', at: 'rangeStart', says: /Contoso_Management_Pool01/ },
  { what: 'with a gateway outside the subnet', made: pool({ gateways: [{ address: '192.168.11.1' }] }), code: 'addressOutsidePool', at: 'gateways.0.address', says: /192\.168\.11\.1 is not in 192\.168\.10\.0\/24/ },
  { what: 'with a metric that is none', made: pool({ gateways: [{ address: '192.168.10.1', metric: '0' }] }), code: 'invalidInput', at: 'gateways.0.metric', says: /0 is no metric/ },
  { what: 'with a VIP outside the range', made: pool({ vips: '192.168.10.240' }), code: 'addressOutsidePool', at: 'vips', says: /192\.168\.10\.240/ },
  { what: 'with one address reserved twice', made: pool({ vips: '192.168.10.215', reserved: '192.168.10.214-192.168.10.216' }), code: 'invalidInput', at: 'reserved', says: /192\.168\.10\.215 is reserved twice/ },
  { what: 'with a name as DNS server', made: pool({ dnsServers: ['dns.contoso.lab'] }), code: 'invalidInput', at: 'dnsServers.0', says: /dns\.contoso\.lab/ },
  { what: 'with a DNS suffix that is none', made: pool({ dnsSuffix: 'contoso lab' }), code: 'invalidInput', at: 'dnsSuffix', says: /contoso lab/ },
  { what: 'with a WINS server twice', made: pool({ winsServers: ['192.168.10.5', '192.168.10.5'] }), code: 'invalidInput', at: 'winsServers.1', says: /WINS server 192\.168\.10\.5 stands twice/ },
  { what: 'that takes the address of a router outside', made: external({ rangeStart: '203.0.113.1', rangeEnd: '203.0.113.9' }), code: 'addressInUse', at: 'rangeStart', says: /203\.0\.113\.1 in this range belongs to Internet-Router/ },
]);

const hnvSites = [{ networkSite: 'Contoso_HNV_LN01_0', name: 'Contoso_HNV_LN01_0', hostGroups: ['Contoso-DC'], subnets: [{ subnet: '172.16.40.0/24' }] }];
const externalSite = { networkSite: 'Contoso_External_LN01_0', name: 'Contoso_External_LN01_0', hostGroups: ['Contoso-DC'], subnets: [{ subnet: '203.0.113.0/24' }] };

refused('Properties of what the gateway stands on', { gateway: 'connected', before: [command('hostGroup.create', { name: 'Elsewhere', parent: 'All Hosts' })] }, [
  { what: 'a logical network renamed to another’s name', made: command('logicalNetwork.change', { logicalNetwork: 'Contoso_External_LN01', name: 'Contoso_HNV_LN01' }), code: 'nameInUse', at: 'name', says: /Contoso_HNV_LN01/ },
  { what: 'network virtualization taken from tenants', made: command('logicalNetwork.change', { logicalNetwork: 'Contoso_HNV_LN01', networkVirtualization: false }), code: 'objectInUse', at: 'networkVirtualization', says: /Adatum and Fabrikam/ },
  { what: 'network virtualization given to the front end of a gateway', made: command('logicalNetwork.change', { logicalNetwork: 'Contoso_External_LN01', networkVirtualization: true }), code: 'objectInUse', at: 'networkVirtualization', says: /Gateway01/ },
  { what: 'a site in use removed', made: command('logicalNetwork.change', { logicalNetwork: 'Contoso_External_LN01', sites: [] }), code: 'objectInUse', at: 'sites', says: /Contoso_External_LN01_0 .*Gateway01/ },
  { what: 'a subnet in use changed', made: command('logicalNetwork.change', { logicalNetwork: 'Contoso_External_LN01', sites: [{ ...externalSite, subnets: [{ subnet: '203.0.112.0/23' }] }] }), code: 'objectInUse', at: 'sites.0.subnets', says: /203\.0\.113\.0\/24 .*Contoso_External_Pool01/ },
  { what: 'a site taken from the group of its hosts', made: command('logicalNetwork.change', { logicalNetwork: 'Contoso_HNV_LN01', sites: hnvSites.map((entry) => ({ ...entry, hostGroups: ['Elsewhere'] })) }), code: 'objectInUse', at: 'sites.0.hostGroups', says: /HyperV01.* would lose network site Contoso_HNV_LN01_0/ },
  { what: 'a pool made smaller than what is given away', made: command('ipPool.change', { ipAddressPool: 'Contoso_External_Pool01', settings: { rangeStart: '203.0.113.20', rangeEnd: '203.0.113.99' } }), code: 'addressInUse', at: 'settings.rangeStart', says: /203\.0\.113\.10 / },
  { what: 'an address in use made a reserved one', made: command('ipPool.change', { ipAddressPool: 'Fabrikam_Subnet01_Pool', settings: { rangeStart: '10.30.1.4', rangeEnd: '10.30.1.254', reserved: '10.30.1.5' } }), code: 'addressInUse', at: 'settings.reserved', says: /10\.30\.1\.5 / },
  { what: 'an address released that a machine has', made: command('ipPool.releaseAddresses', { ipAddressPool: 'Fabrikam_Subnet01_Pool', addresses: ['10.30.1.4'] }), code: 'addressInUse', at: 'addresses.0', says: /10\.30\.1\.4/ },
]);

const macPool = (change: Partial<OperationInput<'macAddressPool.create'>> = {}) => command('macAddressPool.create', { name: 'Second', hostGroups: ['Contoso-DC'], rangeStart: '00-1D-D8-B8-00-00', rangeEnd: '00-1D-D8-B8-00-FF', ...change });
const profile = (change: Partial<OperationInput<'uplinkPortProfile.create'>> = {}) => command('uplinkPortProfile.create', { name: 'Uplink', networkSites: ['Contoso_HNV_LN01_0'], networkVirtualization: true, ...change });

refused('MAC pools, uplink port profiles and logical switches', { before: [macPool({ name: 'First', rangeStart: '00-1D-D8-B9-00-00', rangeEnd: '00-1D-D8-B9-FF-FF' }), profile()] }, [
  { what: 'a MAC pool with the name of another', made: macPool({ name: 'first' }), code: 'nameInUse', at: 'name', says: /MAC address pool named First/ },
  { what: 'a MAC pool with a multicast address', made: macPool({ rangeStart: '01-00-5E-00-00-00' }), code: 'invalidInput', at: 'rangeStart', says: /01-00-5E-00-00-00 is a multicast address/ },
  { what: 'a MAC pool that reaches over to another manufacturer', made: macPool({ rangeEnd: '00-1D-D9-00-00-00' }), code: 'invalidInput', at: 'rangeEnd', says: /first three bytes/ },
  { what: 'overlapping MAC pools', made: macPool({ rangeStart: '00-1D-D8-B9-10-00', rangeEnd: '00-1D-D8-B9-20-00' }), code: 'poolOverlap', at: 'rangeStart', says: /First/ },
  { what: 'an uplink port profile without a site', made: profile({ name: 'Other', networkSites: [] }), code: 'invalidInput', at: 'networkSites', says: /no network site/ },
  { what: 'an uplink port profile with a site that does not exist', made: profile({ name: 'Other', networkSites: ['Nowhere_0'] }), code: 'objectNotFound', at: 'networkSites', says: /Nowhere_0/ },
  { what: 'an uplink port profile with the name of another', made: profile({ name: 'UPLINK' }), code: 'nameInUse', at: 'name', says: /Uplink/ },
  { what: 'a logical switch without an uplink port profile', made: command('logicalSwitch.create', { name: 'LS01' }), code: 'invalidInput', at: 'uplinkPortProfile', says: /No uplink port profile/ },
  { what: 'a logical switch with one that does not exist', made: command('logicalSwitch.create', { name: 'LS01', uplinkPortProfile: 'Downlink' }), code: 'objectNotFound', at: 'uplinkPortProfile', says: /Downlink/ },
]);
