/** Rows of a snapshot, found by what refers to them. */
import type {
  AdapterRow, AllocationRow, BgpPeerRow, ConnectionRow, InventorySnapshot, NatConnectionRow, NatExternalAddressRow, NatRuleRow, NetworkServiceRow, PoolGatewayRow, PoolRow, ProviderAddressRow, SiteSubnetRow, VirtualMachineRow, VirtualSwitchRow, VmNetworkGatewayRow, VmNetworkRow, VmSubnetRow, VpnConnectionRow, VpnDeviceHostRow, VpnRouteRow,
} from '../store/inventory/snapshot.ts';
import { Maker } from './parts.ts';
import { RowGroups, RowIndex } from './rowIndex.ts';

/** Follows one snapshot after the other: what it costs goes with what is different. */
export class SnapshotIndex {
  readonly maker = new Maker();
  readonly allocations = new RowIndex(this.maker, (row: AllocationRow) => row.id);
  readonly pools = new RowIndex(this.maker, (row: PoolRow) => row.id);
  readonly poolGateways = new RowGroups(this.maker, (row: PoolGatewayRow) => row.poolId);
  readonly siteSubnets = new RowIndex(this.maker, (row: SiteSubnetRow) => row.id);
  readonly switches = new RowIndex(this.maker, (row: VirtualSwitchRow) => row.id);
  readonly switchesOfHost = new RowGroups(this.maker, (row: VirtualSwitchRow) => row.hostId);
  readonly vmNetworks = new RowIndex(this.maker, (row: VmNetworkRow) => row.id);
  readonly vmSubnets = new RowIndex(this.maker, (row: VmSubnetRow) => row.id);
  readonly vmSubnetOfVsid = new RowIndex(this.maker, (row: VmSubnetRow) => row.vsid);
  readonly subnetsOfNetwork = new RowGroups(this.maker, (row: VmSubnetRow) => row.vmNetworkId);
  readonly virtualMachines = new RowIndex(this.maker, (row: VirtualMachineRow) => row.id);
  readonly adapters = new RowIndex(this.maker, (row: AdapterRow) => row.id);
  readonly adaptersOfMachine = new RowGroups(this.maker, (row: AdapterRow) => row.virtualMachineId);
  readonly providerAddressesOfHost = new RowGroups(this.maker, (row: ProviderAddressRow) => row.hostId);
  readonly providerAddressesOfVsid = new RowGroups(this.maker, (row: ProviderAddressRow) => row.vsid);
  readonly connectionsOfService = new RowGroups(this.maker, (row: ConnectionRow) => row.networkServiceId);
  readonly gateways = new RowIndex(this.maker, (row: VmNetworkGatewayRow) => row.id);
  readonly gatewayOfVsid = new RowIndex(this.maker, (row: VmNetworkGatewayRow) => row.vsid);
  readonly gatewaysOfService = new RowGroups(this.maker, (row: VmNetworkGatewayRow) => row.networkServiceId);
  /** All of them, under one key. */
  readonly everyService = new RowGroups(this.maker, (_row: NetworkServiceRow) => 'every');
  readonly services = new RowIndex(this.maker, (row: NetworkServiceRow) => row.id);
  readonly natOfGateway = new RowIndex(this.maker, (row: NatConnectionRow) => row.vmNetworkGatewayId);
  readonly furtherAddressesOfNat = new RowGroups(this.maker, (row: NatExternalAddressRow) => row.natConnectionId);
  readonly rulesOfNat = new RowGroups(this.maker, (row: NatRuleRow) => row.natConnectionId);
  readonly tunnelsOfGateway = new RowGroups(this.maker, (row: VpnConnectionRow) => row.vmNetworkGatewayId);
  readonly tunnelsOfRemote = new RowGroups(this.maker, (row: VpnConnectionRow) => row.remoteAddress);
  readonly routesOfTunnel = new RowGroups(this.maker, (row: VpnRouteRow) => row.vpnConnectionId);
  readonly peersOfGateway = new RowGroups(this.maker, (row: BgpPeerRow) => row.vmNetworkGatewayId);
  readonly hostsOfDevice = new RowGroups(this.maker, (row: VpnDeviceHostRow) => row.vpnDeviceId);

  follow(snapshot: InventorySnapshot): void {
    this.allocations.follow(snapshot.allocations);
    this.pools.follow(snapshot.pools);
    this.poolGateways.follow(snapshot.poolGateways);
    this.siteSubnets.follow(snapshot.siteSubnets);
    this.switches.follow(snapshot.virtualSwitches);
    this.switchesOfHost.follow(snapshot.virtualSwitches);
    this.vmNetworks.follow(snapshot.vmNetworks);
    for (const index of [this.vmSubnets, this.vmSubnetOfVsid, this.subnetsOfNetwork]) index.follow(snapshot.vmSubnets);
    this.virtualMachines.follow(snapshot.virtualMachines);
    for (const index of [this.adapters, this.adaptersOfMachine]) index.follow(snapshot.adapters);
    for (const index of [this.providerAddressesOfHost, this.providerAddressesOfVsid]) index.follow(snapshot.providerAddresses);
    this.connectionsOfService.follow(snapshot.connections);
    for (const index of [this.gateways, this.gatewayOfVsid, this.gatewaysOfService]) index.follow(snapshot.vmNetworkGateways);
    for (const index of [this.services, this.everyService]) index.follow(snapshot.networkServices);
    this.natOfGateway.follow(snapshot.natConnections);
    this.furtherAddressesOfNat.follow(snapshot.natExternalAddresses);
    this.rulesOfNat.follow(snapshot.natRules);
    for (const index of [this.tunnelsOfGateway, this.tunnelsOfRemote]) index.follow(snapshot.vpnConnections);
    this.routesOfTunnel.follow(snapshot.vpnRoutes);
    this.peersOfGateway.follow(snapshot.bgpPeers);
    this.hostsOfDevice.follow(snapshot.vpnDeviceHosts);
  }
}
