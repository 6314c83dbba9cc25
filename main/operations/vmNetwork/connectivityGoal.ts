/** All parts of a VM network's connectivity together: they share one gateway device (fact sheet §3.1). */
import { problem, type Problem } from '../../../shared/contract/errors.ts';
import type { ConnectivityParts, SetConnectivityInput, VpnTunnelInput } from '../../../shared/contract/connectivity.ts';
import { formatIpv4 } from '../../../shared/net/ipv4.ts';
import type { Inventory } from '../../store/inventory/inventory.ts';
import type { VmNetworkGateway } from '../../store/inventory/vmNetworkGateways.ts';
import type { VmNetwork } from '../../store/inventory/vmNetworks.ts';
import { refuseAll } from '../problems.ts';
import { findGateway, resolveNat, usableGateway, type NatTarget, type UsableGateway } from './connectivityTarget.ts';
import { resolveDirect } from './directTarget.ts';
import { addressOf } from './externalAddressTarget.ts';
import { natNow } from './natNow.ts';
import { ruleText } from './natRuleTarget.ts';
import type { NetworkToConnect } from './networkToConnect.ts';
import { resolveVpn, vpnNow, type VpnTarget } from './vpnTarget.ts';

type Direct = SetConnectivityInput['directConnection'];

/** What a valid input comes to. Null: off; undefined: not there, and not asked for. */
export interface ConnectivityGoal {
  readonly gateway: UsableGateway | null;
  readonly nat: NatTarget | null;
  readonly isRouted: boolean;
  readonly vpn: VpnTarget | null;
}

/** Whether an operation that can do more says anything of the connectivity. */
export function hasConnectivity({ directConnection, vpnTunnel }: ConnectivityParts): boolean {
  return directConnection !== undefined || vpnTunnel !== undefined;
}

export function inputFor(network: VmNetwork, { directConnection, vpnTunnel }: ConnectivityParts): SetConnectivityInput {
  return { vmNetwork: network.id, ...(directConnection === undefined ? {} : { directConnection }), ...(vpnTunnel === undefined ? {} : { vpnTunnel }) };
}

export function connectivityProblems(network: VmNetwork, input: SetConnectivityInput, inventory: Inventory): readonly Problem[] {
  const resolved = resolveConnectivity(network, input, inventory);
  return 'problems' in resolved ? resolved.problems : [];
}

/** What the parts come to, of a VM network as it is now. Throws ConsoleError with what stands against them. */
export function goalOf(network: VmNetwork, input: SetConnectivityInput, inventory: Inventory): ConnectivityGoal {
  const resolved = resolveConnectivity(network, input, inventory);
  return 'goal' in resolved ? resolved.goal : refuseAll(resolved.problems);
}

/**
 * A part that is left out stays as it is. When the other part goes to another gateway device it has to come along, so it is written out.
 * Parts that do not exist stay left out.
 */
export function completed(network: VmNetwork, input: SetConnectivityInput, inventory: Inventory): SetConnectivityInput {
  return completedOn(inventory.vmNetworkGateways.ofVmNetwork(network.id), input, inventory);
}

function completedOn(gateway: VmNetworkGateway | undefined, input: SetConnectivityInput, inventory: Inventory): SetConnectivityInput {
  if (gateway === undefined) return input;
  const to = deviceOf(input, inventory);
  if (to === undefined || to === gateway.networkServiceId) return input;
  return {
    ...input,
    directConnection: input.directConnection === undefined ? directNow(gateway, to, inventory) : input.directConnection,
    vpnTunnel: input.vpnTunnel === undefined && gateway.hasVpn ? { gatewayDevice: to, subnet: '' } : input.vpnTunnel,
  };
}

/** The gateway device that an input names, if it names one that exists. */
function deviceOf({ vpnTunnel, directConnection }: SetConnectivityInput, { networkServices }: Inventory): string | undefined {
  const reference = vpnTunnel?.gatewayDevice ?? directConnection?.gatewayDevice;
  if (reference === undefined) return undefined;
  const found = findNetworkService(reference, networkServices);
  return found?.id;
}

function findNetworkService(reference: string, networkServices: Inventory['networkServices']) {
  try {
    return networkServices.networkService(reference);
  } catch {
    return undefined;
  }
}

/** NAT comes along with its rules; the address too where the other device has it. */
function directNow(gateway: VmNetworkGateway, to: string, { vmNetworkGateways }: Inventory): Direct {
  return vmNetworkGateways.natOf(gateway.id) === undefined ? undefined : { routing: 'NAT', gatewayDevice: to };
}

export function resolveConnectivity(network: NetworkToConnect, given: SetConnectivityInput, inventory: Inventory): { readonly goal: ConnectivityGoal } | { readonly problems: readonly Problem[] } {
  const gateway = inventory.vmNetworkGateways.ofVmNetwork(network.id);
  const input = completedOn(gateway, given, inventory);
  const isApart = differentDevices(input, inventory);
  if (isApart !== undefined) return { problems: [isApart] };
  const direct = resolveDirectPart(network, input.directConnection, inventory);
  const vpn = input.vpnTunnel ? resolveVpnTunnel(network, input.vpnTunnel, inventory) : undefined;
  const problems = [...(direct && 'problems' in direct ? direct.problems : []), ...(vpn && 'problems' in vpn ? vpn.problems : [])];
  if (problems.length > 0 || (direct && 'problems' in direct) || (vpn && 'problems' in vpn)) return { problems: withoutRepeats(problems) };
  const staysRouted = input.directConnection === undefined && gateway !== undefined && inventory.networkServices.networkService(gateway.networkServiceId).directRoutingMode;
  return {
    goal: {
      gateway: vpn?.gateway ?? direct?.gateway ?? null,
      nat: direct?.nat ?? null,
      isRouted: direct?.isRouted ?? staysRouted,
      vpn: vpn?.target ?? null,
    },
  };
}

interface DirectPart {
  readonly gateway: UsableGateway;
  readonly nat: NatTarget | null;
  readonly isRouted: boolean;
}

function resolveDirectPart(network: NetworkToConnect, wanted: Direct, inventory: Inventory): DirectPart | { readonly problems: readonly Problem[] } | undefined {
  if (!wanted) return undefined;
  if (wanted.routing === 'NAT') {
    const resolved = resolveNat(network, wanted, inventory);
    return 'problems' in resolved ? resolved : { gateway: resolved.target.gateway, nat: resolved.target, isRouted: false };
  }
  const resolved = resolveDirect(network, wanted, inventory);
  return 'problems' in resolved ? resolved : { gateway: resolved.usable, nat: null, isRouted: true };
}

export function resolveVpnTunnel(
  network: NetworkToConnect,
  input: VpnTunnelInput,
  inventory: Inventory,
): { readonly gateway: UsableGateway; readonly target: VpnTarget } | { readonly problems: readonly Problem[] } {
  const service = findGateway(input, 'vpnTunnel', inventory);
  if ('problem' in service) return { problems: [service.problem] };
  const gateway = usableGateway(service.found, network, 'VPN', inventory);
  if ('problems' in gateway) return gateway;
  const vpn = resolveVpn(network, input, gateway.usable, inventory);
  return 'problems' in vpn ? vpn : { gateway: gateway.usable, target: vpn.target };
}

/** Both on, but on two devices: a VM network has one gateway (fact sheet §2.4, star topology of §4.3). */
function differentDevices({ vpnTunnel, directConnection }: SetConnectivityInput, { networkServices }: Inventory): Problem | undefined {
  if (!vpnTunnel || !directConnection) return undefined;
  const [here, there] = [vpnTunnel, directConnection].map(({ gatewayDevice }) => findNetworkService(gatewayDevice, networkServices));
  if (here === undefined || there === undefined || here.id === there.id) return undefined;
  return problem('gatewayModeMismatch', ['vpnTunnel', 'gatewayDevice'], `The VPN tunnel would use ${here.name}, the direct connection ${there.name}; a VM network has one gateway device.`, `Choose ${there.name} for both, or another device for both.`);
}

/** What stands against the gateway device is found by both parts. */
function withoutRepeats(problems: readonly Problem[]): readonly Problem[] {
  const seen = new Set<string>();
  return problems.filter(({ message }) => !seen.has(message) && seen.add(message));
}

/** Whether the inventory is already as the input wants it. */
export function isAlreadySo(network: VmNetwork, input: SetConnectivityInput, { gateway, nat, isRouted, vpn }: ConnectivityGoal, inventory: Inventory): boolean {
  const current = inventory.vmNetworkGateways.ofVmNetwork(network.id);
  const device = current?.networkServiceId;
  if (gateway !== null && device !== gateway.service.id) return false;
  const { directConnection, vpnTunnel } = input;
  if (directConnection === null && (currentNat(network, inventory) !== null || inventory.pools.heldBy(network.id).length > 0 || (current !== undefined && !current.hasVpn))) return false;
  if (directConnection && (isRouted ? currentNat(network, inventory) !== null : currentNat(network, inventory) !== natText(nat))) return false;
  if (vpnTunnel === undefined) return true;
  return JSON.stringify(vpnNow(network, inventory), withoutId) === JSON.stringify(vpnTunnel === null ? null : vpn, withoutId);
}

function withoutId(key: string, value: unknown): unknown {
  return key === 'id' || key === 'vmNetworkGatewayId' ? undefined : Array.isArray(value) ? [...(value as unknown[])].map((entry) => sortedKeys(entry)).sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)) : sortedKeys(value);
}

function sortedKeys(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).filter(([key]) => key !== 'id' && key !== 'vmNetworkGatewayId').sort(([a], [b]) => (a < b ? -1 : 1)));
}

function currentNat(network: VmNetwork, inventory: Inventory): string | null {
  const { first, further, rules: all } = natNow(network, inventory);
  if (first === undefined) return null;
  const rules = all.map((rule) => ({ ...rule, externalPlace: 1 + further.findIndex(({ id }) => id === rule.natExternalAddressId) }));
  return [...[first, ...further].map(({ address }) => formatIpv4(address)), ...rulesText(rules)].join('; ');
}

function natText(nat: NatTarget | null): string | null {
  if (nat === null) return null;
  return [...[nat, ...nat.further].map(({ address }) => formatIpv4(addressOf(address))), ...rulesText(nat.rules)].join('; ');
}

function rulesText(rules: readonly ({ readonly name: string; readonly externalPlace: number } & Parameters<typeof ruleText>[0])[]): readonly string[] {
  return rules.map((rule) => `${rule.name}: ${rule.externalPlace} ${ruleText(rule)}`).sort();
}
