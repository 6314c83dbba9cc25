/** The inventory as a person reads it: names instead of ids, addresses as text, everything in a fixed order. */
import { formatIpv4, formatPrefix } from '../../shared/net/ipv4.ts';
import { formatMac } from '../../shared/net/mac.ts';
import type { InventorySnapshot } from '../store/inventory/snapshot.ts';

export function inventoryReport(snapshot: InventorySnapshot): unknown {
  const nameOf = namesOf(snapshot);
  const addressOf = new Map(snapshot.allocations.map(({ id, address }) => [id, formatIpv4(address)]));
  return {
    seed: snapshot.seed,
    hosts: snapshot.hosts.map((host) => ({
      name: host.name,
      dedicatedGateway: host.isDedicatedGateway === 1,
      virtualSwitches: snapshot.virtualSwitches.filter(({ hostId }) => hostId === host.id).map(({ name }) => name),
      providerAddresses: snapshot.providerAddresses
        .filter(({ hostId }) => hostId === host.id)
        .map(({ vsid, allocationId, mac }) => ({ vsid, address: addressOf.get(allocationId), mac: formatMac(mac) })),
    })),
    ipAddressPools: snapshot.pools.map((pool) => ({
      name: pool.name,
      range: `${formatIpv4(pool.rangeStart)} - ${formatIpv4(pool.rangeEnd)}`,
      allocations: snapshot.allocations
        .filter(({ poolId }) => poolId === pool.id)
        .sort((a, b) => a.address - b.address)
        .map(({ address, holderType, description }) => ({ address: formatIpv4(address), holderType, holder: description })),
    })),
    vmNetworks: snapshot.vmNetworks.map((network) => ({
      name: network.name,
      routingDomainId: network.routingDomainId,
      vmSubnets: snapshot.vmSubnets
        .filter(({ vmNetworkId }) => vmNetworkId === network.id)
        .map(({ name, vsid, address, prefixLength }) => ({ name, vsid, subnet: formatPrefix({ address, length: prefixLength }) })),
      gateway: gatewayReport(snapshot, network.id, nameOf, addressOf),
    })),
    virtualMachines: snapshot.virtualMachines.map((machine) => ({
      name: machine.name,
      role: machine.role,
      host: nameOf(machine.hostId),
      running: machine.running === 1,
      adapters: snapshot.adapters
        .filter(({ virtualMachineId }) => virtualMachineId === machine.id)
        .map(({ name, mac, vmSubnetId, allocationId, virtualSwitchId }) => ({
          name,
          mac: formatMac(mac),
          virtualSwitch: nameOf(virtualSwitchId),
          vmSubnet: nameOf(vmSubnetId),
          address: addressOf.get(allocationId ?? '') ?? null,
        })),
    })),
    networkServices: snapshot.networkServices.map(({ id, name, hostId, virtualMachineId }) => ({
      name,
      host: nameOf(hostId),
      virtualMachine: nameOf(virtualMachineId),
      connections: snapshot.connections.filter(({ networkServiceId }) => networkServiceId === id).map(({ type }) => type).sort(),
    })),
    external: {
      routers: snapshot.externalRouters.map(({ name, address }) => ({ name, address: formatIpv4(address) })),
      hosts: snapshot.externalHosts.map(({ name, address, services }) => ({ name, address: formatIpv4(address), services })),
    },
  };
}

function gatewayReport(
  snapshot: InventorySnapshot,
  vmNetworkId: string,
  nameOf: (id: string | null) => string | null,
  addressOf: ReadonlyMap<string, string>,
): unknown {
  const gateway = snapshot.vmNetworkGateways.find((entry) => entry.vmNetworkId === vmNetworkId);
  if (!gateway) return null;
  const nat = snapshot.natConnections.find(({ vmNetworkGatewayId }) => vmNetworkGatewayId === gateway.id);
  return {
    name: gateway.name,
    networkService: nameOf(gateway.networkServiceId),
    compartmentId: gateway.compartmentId,
    vsid: gateway.vsid,
    subnet: formatPrefix({ address: gateway.subnetAddress, length: gateway.subnetPrefixLength }),
    nat: nat ? { name: nat.name, externalAddress: addressOf.get(nat.allocationId), ports: `${nat.portStart}-${nat.portEnd}` } : null,
  };
}

function namesOf(snapshot: InventorySnapshot): (id: string | null) => string | null {
  const { hosts, virtualSwitches, vmSubnets, virtualMachines, networkServices } = snapshot;
  const names = new Map([...hosts, ...virtualSwitches, ...vmSubnets, ...virtualMachines, ...networkServices].map(({ id, name }) => [id, name]));
  return (id) => names.get(id ?? '') ?? null;
}
