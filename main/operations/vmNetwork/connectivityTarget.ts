/** What a NAT connectivity input asks for, as objects of the inventory, or everything that stands against it. */
import { problem, type Problem } from '../../../shared/contract/errors.ts';
import type { SetConnectivityInput } from '../../../shared/contract/connectivity.ts';
import type { Host } from '../../store/inventory/hosts.ts';
import type { Inventory } from '../../store/inventory/inventory.ts';
import type { NetworkService } from '../../store/inventory/networkServices.ts';
import type { VirtualNetworkAdapter } from '../../store/inventory/virtualMachines.ts';
import { findOrProblem } from '../problems.ts';
import { checkProviderAddress } from '../providerAddressGrant.ts';
import { claimExternalAddresses, resolveExternalAddresses, type ExternalAddresses } from './externalAddressTarget.ts';
import { gatewayLimits } from './limits.ts';
import { subnetsToConnect, type NetworkToConnect } from './networkToConnect.ts';
import { natNow } from './natNow.ts';
import { resolveNatRules, rulesThatStay, type WantedRule } from './natRuleTarget.ts';

export type NatInput = Extract<NonNullable<SetConnectivityInput['directConnection']>, { routing: 'NAT' }>;

/** A gateway device that can take VM networks of one logical network. */
export interface UsableGateway {
  readonly service: NetworkService;
  readonly host: Host;
  /** Host of the passive node, which needs provider addresses too; null for a gateway that stands alone. */
  readonly standbyHost: Host | null;
  readonly backEndAdapter: VirtualNetworkAdapter;
  readonly frontEndSiteId: string;
}

export interface NatTarget extends ExternalAddresses {
  readonly gateway: UsableGateway;
  readonly rules: readonly WantedRule[];
}

export type Resolved = { readonly target: NatTarget } | { readonly problems: readonly Problem[] };

type DevicePart = 'directConnection' | 'vpnTunnel';
const pathOf = (part: DevicePart) => [part, 'gatewayDevice'];

/** Only which gateway device it goes to. */
export function resolveNatGateway(network: NetworkToConnect, input: NatInput, inventory: Inventory): { readonly usable: UsableGateway } | { readonly problems: readonly Problem[] } {
  const service = findGateway(input, 'directConnection', inventory);
  return 'problem' in service ? { problems: [service.problem] } : usableGateway(service.found, network, 'NAT', inventory);
}

export function resolveNat(network: NetworkToConnect, input: NatInput, inventory: Inventory): Resolved {
  const service = findGateway(input, 'directConnection', inventory);
  if ('problem' in service) return { problems: [service.problem] };
  const gateway = usableGateway(service.found, network, 'NAT', inventory);
  const now = natNow(network, inventory);
  const claims = claimExternalAddresses(now, input, inventory);
  const rules = input.rules === undefined ? rulesThatStay(now, claims) : resolveNatRules(network, now, input.rules, claims.length, inventory);
  const ofRules = 'problems' in rules ? rules.problems : [];
  if ('problems' in gateway) return { problems: [...gateway.problems, ...ofRules] };
  const addresses = resolveExternalAddresses(now, input, claims, gateway.usable, inventory);
  if ('problems' in addresses) return { problems: [...addresses.problems, ...ofRules] };
  if ('problems' in rules) return rules;
  return { target: { gateway: gateway.usable, ...addresses.target, rules: rules.rules } };
}

export function findGateway(input: { readonly gatewayDevice: string }, part: DevicePart, inventory: Inventory): { readonly found: NetworkService } | { readonly problem: Problem } {
  if (inventory.networkServices.count > 0) return findOrProblem(pathOf(part), () => inventory.networkServices.networkService(input.gatewayDevice));
  return {
    problem: problem(
      'noGateway',
      pathOf(part),
      'No network service that specifies a gateway has been added to VMM.',
      'Add a gateway in Fabric > Networking > Network Service, and connect its front end and back end.',
    ),
  };
}

/** Whether the gateway device can take the VM network in this way. */
export function usableGateway(
  service: NetworkService,
  network: NetworkToConnect,
  routing: 'NAT' | 'Direct' | 'VPN',
  inventory: Inventory,
): { readonly usable: UsableGateway } | { readonly problems: readonly Problem[] } {
  const gatewayPath = pathOf(routing === 'VPN' ? 'vpnTunnel' : 'directConnection');
  if (service.directRoutingMode !== (routing === 'Direct')) return { problems: [service.directRoutingMode ? forwardingOnly(service, gatewayPath) : notForwarding(service, gatewayPath)] };
  const frontEnd = inventory.networkServices.connection(service.id, 'FrontEnd');
  const backEnd = inventory.networkServices.connection(service.id, 'BackEnd');
  const notConnected = (message: string, action: string) => ({ problems: [problem('gatewayNotConnected', gatewayPath, message, action)] });
  const enable = 'Enable both connections in the Properties of the gateway, page Connectivity.';
  if (service.virtualMachineId === null) {
    return notConnected(`The virtual machine in the connection string of ${service.name} does not exist.`, 'Correct the connection string of the gateway.');
  }
  if (!frontEnd) return notConnected(`The front end connection of ${service.name} is not enabled.`, enable);
  if (!backEnd) return notConnected(`The back end connection of ${service.name} is not enabled.`, enable);
  const machine = inventory.virtualMachines.virtualMachine(service.virtualMachineId);
  const backEndAdapter = inventory.virtualMachines.adaptersOf(machine.id).find(({ id }) => id === backEnd.virtualNetworkAdapterId);
  if (!backEndAdapter) return notConnected(`The back end adapter of ${service.name} is no longer part of ${machine.name}.`, enable);
  if (!machine.running) return notConnected(`The gateway virtual machine ${machine.name} is not running.`, `Start ${machine.name}.`);
  const backEndSite = inventory.logicalNetworks.site(backEnd.networkSiteId);
  if (backEndSite.logicalNetworkId !== network.logicalNetworkId) {
    const [there, here] = [backEndSite.logicalNetworkId, network.logicalNetworkId].map((id) => inventory.logicalNetworks.logicalNetwork(id).name);
    return notConnected(
      `The back end of ${service.name} is on logical network ${there}, but VM network ${network.name} is on ${here}.`,
      'Choose a gateway whose back end is on the logical network of the VM network.',
    );
  }
  const usable = { service, host: inventory.hosts.host(machine.hostId), standbyHost: standbyHostOf(service, inventory), backEndAdapter, frontEndSiteId: frontEnd.networkSiteId };
  const problems = checkRoom(usable, network, gatewayPath, inventory);
  return problems.length > 0 ? { problems } : { usable };
}

function standbyHostOf({ standbyVirtualMachineId }: NetworkService, { hosts, virtualMachines }: Inventory): Host | null {
  return standbyVirtualMachineId === null ? null : hosts.host(virtualMachines.virtualMachine(standbyVirtualMachineId).hostId);
}

function forwardingOnly(service: NetworkService, gatewayPath: readonly string[]): Problem {
  return problem(
    'gatewayModeMismatch',
    gatewayPath,
    `${service.name} runs with DirectRoutingMode=True and offers direct routing only, no NAT and no VPN tunnel.`,
    'Choose a gateway device without DirectRoutingMode.',
  );
}

function notForwarding(service: NetworkService, gatewayPath: readonly string[]): Problem {
  return problem(
    'gatewayModeMismatch',
    gatewayPath,
    `${service.name} is no forwarding gateway: without DirectRoutingMode=True it does not route directly.`,
    'Choose a gateway device with DirectRoutingMode, or network address translation (NAT).',
  );
}

export function tooManySubnets(device: string, here: number, others: number, path: readonly (string | number)[], action: string): Problem {
  return problem('tooMany', path, `${device} carries ${others} VM subnet${others === 1 ? '' : 's'} of other VM networks; ${here} more would pass its limit of ${gatewayLimits.virtualSubnets}.`, action);
}

/** A VM network that is on the gateway already needs no further room. */
function checkRoom({ service, host, standbyHost }: UsableGateway, network: NetworkToConnect, gatewayPath: readonly string[], inventory: Inventory): readonly Problem[] {
  const current = inventory.vmNetworkGateways.ofVmNetwork(network.id);
  if (current?.networkServiceId === service.id) return [];
  const problems: Problem[] = [];
  const inUse = inventory.vmNetworkGateways.countOn(service.id);
  if (inUse >= service.maxVmNetworks) {
    problems.push(
      problem(
        'gatewayFull',
        gatewayPath,
        `${service.name} already serves ${inUse} VM network${inUse === 1 ? '' : 's'}, the most that it may.`,
        service.directRoutingMode ? 'A forwarding gateway serves one VM network. Add another one.' : 'Choose another gateway device, or raise MaxVMNetworksSupported in its connection string (at most 100).',
      ),
    );
  }
  const [here, others] = [subnetsToConnect(network, inventory).length, inventory.vmNetworkGateways.subnetsOn(service.id, network.id)];
  if (here + others > gatewayLimits.virtualSubnets) problems.push(tooManySubnets(service.name, here, others, gatewayPath, 'Choose another gateway device.'));
  const hosts = standbyHost === null ? [host] : [host, standbyHost];
  return [...problems, ...hosts.flatMap((place) => checkProviderAddress(inventory, { host: place, logicalNetworkId: network.logicalNetworkId }, gatewayPath))];
}
