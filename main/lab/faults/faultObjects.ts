/** What a fault can be about: every object of a kind that exists in the lab, with the fault that it would be. */
import type { FaultKind } from '../../../shared/contract/faults.ts';
import { formatIpv4 } from '../../../shared/net/ipv4.ts';
import type { Fault } from '../../simulation/faults.ts';
import type { InventorySnapshot } from '../../store/inventory/snapshot.ts';

export interface FaultObject {
  /** Names the object in the contract, among those of its kind. */
  readonly target: string;
  /** As the operator knows it. */
  readonly label: string;
  /** Without what is typed for it: where a stale record points to, the quality of a link. */
  readonly fault: Fault;
}

export interface FaultPlaces {
  readonly snapshot: InventorySnapshot;
  readonly segments: readonly string[];
}

/** Of the taps of a capture those that are segments, whose quality can be bad. */
export const isSegment = (tap: string): boolean => /^(Internet$|Provider |FrontEnd |Lan )/.test(tap);

/** The same for two faults exactly when they are about the same thing, so that one of them replaces or takes back the other. */
export function faultId(fault: Fault): string {
  return JSON.stringify([fault.kind, ...placeOf(fault)]);
}

function placeOf(fault: Fault): readonly (string | number)[] {
  switch (fault.kind) {
    case 'hostDown':
      return [fault.hostId];
    case 'providerAddressUnreachable':
      return [fault.address];
    case 'lookupRecordMissing':
    case 'lookupRecordStale':
      return [fault.vsid, fault.customerAddress];
    case 'gatewayFirewallOn':
      return [fault.gatewayId];
    case 'peerSilent':
      return [fault.deviceId];
    case 'wrongKey':
      return [fault.tunnelId];
    case 'natPoolExhausted':
      return [fault.gatewayId, fault.guid];
    case 'link':
      return [fault.segment];
  }
}

export function faultObjects(kind: FaultKind, { snapshot, segments }: FaultPlaces): readonly FaultObject[] {
  switch (kind) {
    case 'hostDown':
      return snapshot.hosts.map(({ id, name }) => ({ target: id, label: name, fault: { kind, hostId: id } }));
    case 'providerAddressUnreachable':
      return providerAddresses(snapshot);
    case 'lookupRecordMissing':
      return lookupRecords(snapshot).map(({ target, label, vsid, customerAddress }) => ({ target, label, fault: { kind, vsid, customerAddress } }));
    case 'lookupRecordStale':
      return lookupRecords(snapshot).map(({ target, label, vsid, customerAddress }) => ({ target, label, fault: { kind, vsid, customerAddress, providerAddress: 0 } }));
    case 'gatewayFirewallOn':
      return snapshot.networkServices.map(({ id, name }) => ({ target: id, label: name, fault: { kind, gatewayId: id } }));
    case 'peerSilent':
      return snapshot.vpnDevices.map(({ id, name }) => ({ target: id, label: name, fault: { kind, deviceId: id } }));
    case 'wrongKey':
      return tunnels(snapshot);
    case 'natPoolExhausted':
      return networksWithNat(snapshot);
    case 'link':
      return segments.map((segment) => ({ target: segment, label: segment, fault: { kind, segment, quality: {} } }));
  }
}

const byId = <R extends { readonly id: string }>(rows: readonly R[]): ReadonlyMap<string, R> => new Map(rows.map((row) => [row.id, row]));

/** A host has one for each VM network on it, all of them its own. */
function providerAddresses({ providerAddresses: rows, allocations, hosts }: InventorySnapshot): readonly FaultObject[] {
  const allocationOf = byId(allocations);
  const hostOf = byId(hosts);
  return rows.flatMap(({ hostId, allocationId }): FaultObject[] => {
    const address = allocationOf.get(allocationId)?.address;
    if (address === undefined) return [];
    const text = formatIpv4(address);
    return [{ target: text, label: `${text} (${hostOf.get(hostId)?.name ?? ''})`, fault: { kind: 'providerAddressUnreachable', address } }];
  });
}

/** One for each adapter that has an address in a VM subnet. */
function lookupRecords({ adapters, vmSubnets, allocations, virtualMachines }: InventorySnapshot) {
  const subnetOf = byId(vmSubnets);
  const allocationOf = byId(allocations);
  const machineOf = byId(virtualMachines);
  return adapters.flatMap(({ id, virtualMachineId, vmSubnetId, allocationId }) => {
    const vsid = subnetOf.get(vmSubnetId ?? '')?.vsid;
    const customerAddress = allocationOf.get(allocationId ?? '')?.address;
    if (vsid === undefined || customerAddress === undefined) return [];
    return [{ target: id, label: `${machineOf.get(virtualMachineId)?.name ?? ''} (${formatIpv4(customerAddress)})`, vsid, customerAddress }];
  });
}

function tunnels({ vpnConnections, vmNetworkGateways, vmNetworks }: InventorySnapshot): readonly FaultObject[] {
  const gatewayOf = byId(vmNetworkGateways);
  const networkOf = byId(vmNetworks);
  return vpnConnections.map(({ id, name, vmNetworkGatewayId }) => ({
    target: id,
    label: `${name} (${networkOf.get(gatewayOf.get(vmNetworkGatewayId)?.vmNetworkId ?? '')?.name ?? ''})`,
    fault: { kind: 'wrongKey', tunnelId: id },
  }));
}

function networksWithNat({ natConnections, vmNetworkGateways, vmNetworks }: InventorySnapshot): readonly FaultObject[] {
  const gatewayOf = byId(vmNetworkGateways);
  const networkOf = byId(vmNetworks);
  return natConnections.flatMap(({ vmNetworkGatewayId }): FaultObject[] => {
    const gateway = gatewayOf.get(vmNetworkGatewayId);
    const network = networkOf.get(gateway?.vmNetworkId ?? '');
    return gateway === undefined || network === undefined ? [] : [{ target: network.id, label: network.name, fault: { kind: 'natPoolExhausted', gatewayId: gateway.networkServiceId, guid: network.routingDomainId } }];
  });
}
