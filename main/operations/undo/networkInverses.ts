/** What undoes operations on logical networks, pools, VM networks and gateway devices. */
import type { ParsedOperationInput } from '../../../shared/contract/operations.ts';
import { formatAddressRanges } from '../../../shared/net/addressRanges.ts';
import { formatIpv4, formatPrefix } from '../../../shared/net/ipv4.ts';
import type { Inventory } from '../../store/inventory/inventory.ts';
import type { IpAddressPool } from '../../store/inventory/ipAddressPools.ts';
import { connectivityNow } from '../vmNetwork/connectivityQueries.ts';
import { noWayBack, undoneBy, undoneByRemoving, type InverseOf } from './inverse.ts';

export const createLogicalNetworkInverse: InverseOf<'logicalNetwork.create'> = ({ createVmNetwork, name }) =>
  createVmNetwork ? noWayBack(`A VM network was made with it. Delete VM network ${name} first, then the logical network.`) : undoneByRemoving('logicalNetwork.delete', 'logicalNetwork');

export const changeLogicalNetworkInverse: InverseOf<'logicalNetwork.change'> = (input, inventory) => {
  const { id, name, description, networkVirtualization } = inventory.logicalNetworks.logicalNetwork(input.logicalNetwork);
  const kept = new Set((input.sites ?? []).flatMap(({ networkSite }) => (networkSite === '' ? [] : [inventory.logicalNetworks.site(networkSite).id])));
  return undoneBy('logicalNetwork.change', {
    logicalNetwork: id,
    ...(input.name === undefined ? {} : { name }),
    ...(input.description === undefined ? {} : { description }),
    ...(input.networkVirtualization === undefined ? {} : { networkVirtualization }),
    ...(input.sites === undefined ? {} : { sites: sitesNow(id, inventory).map(({ siteId, ...site }) => ({ ...site, networkSite: kept.has(siteId) ? siteId : '' })) }),
  });
};

export const deleteLogicalNetworkInverse: InverseOf<'logicalNetwork.delete'> = (input, inventory) => {
  const { id, name, description, kind, networkVirtualization } = inventory.logicalNetworks.logicalNetwork(input.logicalNetwork);
  return undoneBy('logicalNetwork.create', { name, description, kind, networkVirtualization, sites: sitesNow(id, inventory).map(({ siteId: _gone, ...site }) => site) });
};

function sitesNow(logicalNetworkId: string, { logicalNetworks }: Inventory) {
  return logicalNetworks.sitesOf(logicalNetworkId).map(({ id, name }) => ({
    siteId: id,
    name,
    hostGroups: [...logicalNetworks.hostGroupsOf(id)],
    subnets: logicalNetworks.subnetsOf(id).map(({ vlan, secondaryVlan, address, prefixLength }) => ({
      vlan: vlan === 0 ? '' : String(vlan),
      secondaryVlan: secondaryVlan === null ? '' : String(secondaryVlan),
      subnet: formatPrefix({ address, length: prefixLength }),
    })),
  }));
}

export const createIpPoolInverse: InverseOf<'ipPool.create'> = ({ newSite }) =>
  newSite === undefined ? undoneByRemoving('ipPool.delete', 'ipAddressPool') : noWayBack(`Network site ${newSite.name} was made with it. Delete the pool, then the site in the Properties of the logical network.`);

export const changeIpPoolInverse: InverseOf<'ipPool.change'> = (input, inventory) => {
  const pool = inventory.pools.pool(input.ipAddressPool);
  return undoneBy('ipPool.change', {
    ipAddressPool: pool.id,
    ...(input.name === undefined ? {} : { name: pool.name }),
    ...(input.description === undefined ? {} : { description: pool.description }),
    ...(input.settings === undefined ? {} : { settings: settingsNow(pool, inventory) }),
  });
};

export const deleteIpPoolInverse: InverseOf<'ipPool.delete'> = (input, inventory) => {
  const pool = inventory.pools.pool(input.ipAddressPool);
  return undoneBy('ipPool.create', { name: pool.name, description: pool.description, ...placeNow(pool, inventory), ...settingsNow(pool, inventory) });
};

function placeNow({ id, networkSiteSubnetId, vmSubnetId }: IpAddressPool, { pools, vmNetworks, logicalNetworks }: Inventory) {
  const siteId = pools.siteIdOf(id);
  if (siteId !== undefined) {
    const site = logicalNetworks.site(siteId);
    const row = logicalNetworks.subnetsOf(siteId).find((subnet) => subnet.id === networkSiteSubnetId);
    return { logicalNetwork: site.logicalNetworkId, networkSite: siteId, ...(row === undefined ? {} : { subnet: formatPrefix({ address: row.address, length: row.prefixLength }) }) };
  }
  return vmSubnetId === null ? {} : { vmNetwork: vmNetworks.subnetById(vmSubnetId).vmNetworkId, vmSubnet: vmSubnetId };
}

function settingsNow({ id, rangeStart, rangeEnd }: IpAddressPool, { pools }: Inventory) {
  const settings = pools.settingsOf(id);
  const reserved = (isVip: boolean) => formatAddressRanges(settings.reservations.filter((range) => range.isVip === isVip));
  return {
    rangeStart: formatIpv4(rangeStart),
    rangeEnd: formatIpv4(rangeEnd),
    vips: reserved(true),
    reserved: reserved(false),
    gateways: settings.gateways.map(({ address, metric, isAutomatic }) => ({ address: formatIpv4(address), metric: isAutomatic ? '' : String(metric) })),
    dnsServers: settings.dnsServers.map(formatIpv4),
    dnsSuffix: settings.dnsSuffix,
    dnsSearchSuffixes: [...settings.dnsSearchSuffixes],
    winsServers: settings.winsServers.map(formatIpv4),
    enableNetbios: settings.enableNetbios,
  };
}

export const createVmNetworkInverse: InverseOf<'vmNetwork.create'> = () => undoneByRemoving('vmNetwork.delete', 'vmNetwork');

/** VM subnets that the change keeps are named by their id; those that it removes come again. */
export const changeVmNetworkInverse: InverseOf<'vmNetwork.change'> = (input, inventory) => {
  const network = inventory.vmNetworks.vmNetwork(input.vmNetwork);
  const kept = new Set((input.subnets ?? []).flatMap(({ vmSubnet }) => (vmSubnet === '' ? [] : [inventory.vmNetworks.subnet(network, vmSubnet).id])));
  const subnets = inventory.vmNetworks.subnetsOf(network.id).map(({ id, name, address, prefixLength }) => ({ vmSubnet: kept.has(id) ? id : '', name, subnet: formatPrefix({ address, length: prefixLength }) }));
  return undoneBy('vmNetwork.change', {
    vmNetwork: network.id,
    ...(input.name === undefined ? {} : { name: network.name }),
    ...(input.description === undefined ? {} : { description: network.description }),
    ...(input.subnets === undefined ? {} : { subnets }),
    ...connectivityBefore(input, network.id, inventory),
  });
};

/** Routing domain and virtual subnet IDs will be new ones. */
export const deleteVmNetworkInverse: InverseOf<'vmNetwork.delete'> = (input, { vmNetworks }) => {
  const { id, name, description, logicalNetworkId, isolation } = vmNetworks.vmNetwork(input.vmNetwork);
  const subnets = vmNetworks.subnetsOf(id).map((subnet) => ({ name: subnet.name, subnet: formatPrefix({ address: subnet.address, length: subnet.prefixLength }) }));
  return undoneBy('vmNetwork.create', { name, description, logicalNetwork: logicalNetworkId, isolation, subnets });
};

/** Only what the job touches goes back to what it was. */
export const setConnectivityInverse: InverseOf<'vmNetwork.setConnectivity'> = (input, inventory) => {
  const { id } = inventory.vmNetworks.vmNetwork(input.vmNetwork);
  return undoneBy('vmNetwork.setConnectivity', { vmNetwork: id, ...connectivityBefore(input, id, inventory) });
};

function connectivityBefore(input: Pick<ParsedOperationInput<'vmNetwork.setConnectivity'>, 'directConnection' | 'vpnTunnel'>, vmNetworkId: string, inventory: Inventory) {
  const { directConnection, vpnTunnel } = connectivityNow(vmNetworkId, inventory);
  return {
    ...(input.directConnection === undefined ? {} : { directConnection: withoutRuleIds(directConnection) }),
    ...(input.vpnTunnel === undefined ? {} : { vpnTunnel: withoutConnectionIds(vpnTunnel) }),
  };
}

/** With the external address that it had. */
export const moveToGatewayInverse: InverseOf<'vmNetwork.moveToGateway'> = (input, inventory) => {
  const { id, name } = inventory.vmNetworks.vmNetwork(input.vmNetwork);
  const gateway = inventory.vmNetworkGateways.ofVmNetwork(id);
  if (gateway === undefined) return noWayBack(`${name} had no gateway before.`);
  const { directConnection } = connectivityNow(id, inventory);
  const address = directConnection?.routing === 'NAT' ? { ipAddressPool: directConnection.ipAddressPool ?? '', ipAddress: directConnection.ipAddress ?? '' } : {};
  return undoneBy('vmNetwork.moveToGateway', { vmNetwork: id, gatewayDevice: gateway.networkServiceId, ...address });
};

type Now = ReturnType<typeof connectivityNow>;

/** What the job removes has no id any more; what it keeps is found by its properties. */
function withoutRuleIds(direct: Now['directConnection']): Now['directConnection'] {
  if (direct?.routing !== 'NAT') return direct;
  const { externalAddresses = [], rules = [], ...rest } = direct;
  return { ...rest, externalAddresses: externalAddresses.map(({ id: _id, ...address }) => address), rules: rules.map(({ id: _id, ...rule }) => rule) };
}

function withoutConnectionIds(tunnel: Now['vpnTunnel']): Now['vpnTunnel'] {
  if (tunnel === null) return null;
  const { connections, bgp, ...rest } = tunnel;
  return {
    ...rest,
    connections: (connections ?? []).map(({ id: _id, ...connection }) => connection),
    bgp: bgp ? { ...bgp, peers: bgp.peers.map(({ id: _id, ...peer }) => peer) } : null,
  };
}

export const addNetworkServiceInverse: InverseOf<'networkService.add'> = () => undoneByRemoving('networkService.remove', 'networkService');

export const changeNetworkServiceInverse: InverseOf<'networkService.change'> = (input, { networkServices }) => {
  const { id, name, description, runAsAccountId, connectionString } = networkServices.networkService(input.networkService);
  return undoneBy('networkService.change', {
    networkService: id,
    ...(input.name === undefined ? {} : { name }),
    ...(input.description === undefined ? {} : { description }),
    ...(input.runAsAccount === undefined ? {} : { runAsAccount: runAsAccountId }),
    ...(input.connectionString === undefined ? {} : { connectionString }),
    ...(input.hostGroups === undefined ? {} : { hostGroups: [...networkServices.hostGroupsOf(id)] }),
  });
};

export const removeNetworkServiceInverse: InverseOf<'networkService.remove'> = (input, { networkServices }) => {
  const service = networkServices.networkService(input.networkService);
  const isConnected = (['FrontEnd', 'BackEnd'] as const).some((type) => networkServices.connection(service.id, type) !== undefined);
  if (isConnected) return noWayBack(`${service.name} went with its connections. Add it again, then enable its front end and back end connections in its Properties.`);
  const { name, description, manufacturer, model, runAsAccountId, connectionString, id } = service;
  return undoneBy('networkService.add', { name, description, manufacturer, model, runAsAccount: runAsAccountId, connectionString, configurationProvider: `${model} Provider`, hostGroups: [...networkServices.hostGroupsOf(id)] });
};

export const addConnectionInverse: InverseOf<'networkService.addConnection'> = ({ networkService, connectionType }, { networkServices }) =>
  undoneBy('networkService.removeConnection', { networkService: networkServices.networkService(networkService).id, connectionType });

export const removeConnectionInverse: InverseOf<'networkService.removeConnection'> = ({ networkService, connectionType }, { networkServices }) => {
  const { id, name } = networkServices.networkService(networkService);
  const connection = networkServices.connection(id, connectionType);
  if (connection === undefined) return noWayBack(`${name} had no such connection.`);
  return undoneBy('networkService.addConnection', { networkService: id, connectionType, networkAdapter: connection.virtualNetworkAdapterId, networkSite: connection.networkSiteId });
};
