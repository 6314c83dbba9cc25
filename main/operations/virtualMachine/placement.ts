/** Which hosts a virtual machine can be placed on, from 0 stars (not at all) to 5, and why (fact sheet §1.7). */
import type { Host } from '../../store/inventory/hosts.ts';
import type { Inventory } from '../../store/inventory/inventory.ts';
import type { VmSubnet } from '../../store/inventory/vmNetworks.ts';
import type { Connection } from '../library/connections.ts';
import { checkProviderAddress } from '../providerAddressGrant.ts';
import { placementWeights } from './placementWeights.ts';

/** What one adapter needs of a host. */
export interface AdapterNeed {
  readonly connection: Connection;
  /** Null while it is not chosen, and where there is none. */
  readonly subnet: VmSubnet | null;
}

export interface PlacementNeeds {
  readonly role: 'tenant' | 'gateway';
  readonly adapters: readonly AdapterNeed[];
}

/** `excludes`: no star is left. */
interface PlacementReason {
  readonly effect: 'excludes' | 'lowers' | 'neutral';
  readonly text: string;
}

export interface HostRating {
  readonly host: Host;
  readonly stars: number;
  readonly virtualMachines: number;
  readonly reasons: readonly PlacementReason[];
}

/** Best first, then by name. */
export function rateHosts(needs: PlacementNeeds, inventory: Inventory): readonly HostRating[] {
  return inventory.hosts
    .all()
    .map((host) => rateHost(host, needs, inventory))
    .sort((one, other) => other.stars - one.stars);
}

export function rateHost(host: Host, needs: PlacementNeeds, inventory: Inventory): HostRating {
  const virtualMachines = inventory.virtualMachines.countOn(host.id);
  const excludes = new Set([...virtualizationObstacles(host, needs, inventory), ...networkObstacles(host, needs, inventory)]);
  if (excludes.size > 0) return { host, stars: 0, virtualMachines, reasons: [...excludes].map((text) => ({ effect: 'excludes', text })) };
  const lowered = [...roleDeductions(host, needs), ...loadDeduction(host, virtualMachines)];
  const stars = lowered.reduce<number>((left, { by }) => left - by, placementWeights.best);
  const load: PlacementReason = { effect: 'neutral', text: `${host.name} has ${virtualMachines} virtual machine${virtualMachines === 1 ? '' : 's'}.` };
  return { host, stars: Math.max(placementWeights.least, stars), virtualMachines, reasons: [...lowered.map(({ text }) => ({ effect: 'lowers' as const, text })), load] };
}

function virtualizationObstacles(host: Host, { adapters }: PlacementNeeds, { hosts, switchFabric }: Inventory): readonly string[] {
  const names = [...new Set(adapters.flatMap(({ connection }) => (connection.kind === 'vmNetwork' ? [connection.network.name] : [])))];
  if (names.length === 0) return [];
  const needed = `VM network${names.length === 1 ? '' : 's'} ${names.join(', ')}`;
  const obstacles: string[] = [];
  if (host.isDedicatedGateway) obstacles.push(`${host.name} is a dedicated network virtualization gateway and takes no virtual machine that needs network virtualization (${needed}).`);
  if (host.isVirtual) obstacles.push(`${host.name} is itself a virtual machine and cannot carry network virtualization (${needed}).`);
  if (hosts.switchesOf(host.id).length > 0 && !switchFabric.virtualizes(host.id)) obstacles.push(`No virtual switch of ${host.name} does network virtualization: "Enable Hyper-V Network Virtualization" is off in its uplink port profile (${needed}).`);
  return obstacles;
}

function networkObstacles(host: Host, { adapters }: PlacementNeeds, inventory: Inventory): readonly string[] {
  const connected = adapters.filter(({ connection }) => connection.kind !== 'notConnected');
  if (connected.length === 0) return [];
  if (inventory.hosts.switchesOf(host.id).length === 0) return [`${host.name} has no virtual switch to connect the network adapters to.`];
  return connected.flatMap((need) => reachObstacles(host, need, inventory));
}

function reachObstacles(host: Host, { connection, subnet }: AdapterNeed, inventory: Inventory): readonly string[] {
  if (connection.kind === 'notConnected') return [];
  const logicalNetworkId = connection.kind === 'vmNetwork' ? connection.network.logicalNetworkId : connection.network.id;
  if (inventory.logicalNetworks.sitesAt(logicalNetworkId, host.id).length === 0) {
    return [`${host.name} has no uplink with logical network ${inventory.logicalNetworks.logicalNetwork(logicalNetworkId).name}: none of its network sites includes the host's group.`];
  }
  if (subnet === null || inventory.providerAddresses.find(host.id, subnet.vsid)) return [];
  return checkProviderAddress(inventory, { host, logicalNetworkId }, []).map(({ message }) => message);
}

interface Deduction {
  readonly by: number;
  readonly text: string;
}

function roleDeductions(host: Host, { role }: PlacementNeeds): readonly Deduction[] {
  if (role === 'tenant') {
    return host.isDedicatedGateway ? [{ by: placementWeights.dedicatedHostForTenant, text: `${host.name} is dedicated to gateways; keep its capacity for them.` }] : [];
  }
  if (host.isVirtual) return [{ by: placementWeights.virtualHostForGateway, text: `${host.name} is itself a virtual machine: it cannot encapsulate, so VMM would refuse this gateway.` }];
  if (host.isDedicatedGateway) return [];
  return [{ by: placementWeights.ordinaryHostForGateway, text: `${host.name} is not a dedicated network virtualization gateway (Host Access in its Properties); a gateway on it would carry nothing.` }];
}

function loadDeduction(host: Host, virtualMachines: number): readonly Deduction[] {
  const by = Math.floor(virtualMachines / placementWeights.machinesPerStar);
  return by === 0 ? [] : [{ by, text: `${host.name} is loaded: each ${placementWeights.machinesPerStar} virtual machines take a star.` }];
}
