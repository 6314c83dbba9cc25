/**
 * The five steps in which a gateway is built (the seed article), each looked at in the inventory and in the running simulation. Where there
 * are several candidates the one that is farthest counts.
 */
import type { Readiness, ReadinessItem } from '../../../shared/contract/readiness.ts';
import type { GatewayVmFact, ReadinessFacts, ServiceFact } from '../../store/lists/readinessFacts.ts';
import type { LiveGateways } from '../operation.ts';

type Facts = Pick<ReadinessFacts, 'logicalNetworks' | 'hosts' | 'gatewayVms' | 'services' | 'vmNetworks'>;
type Place = ReadinessItem['place'];
type Step = Readiness['steps'][number];

/** Adapters of a gateway VM: front end, management, back end (fact sheet §1.7). */
const adaptersWanted = 3;

export function readinessOf(facts: Facts, gateways: Pick<LiveGateways, 'blockedBy'>): Readiness {
  return { steps: [networksStep(facts), hostStep(facts), machineStep(facts), gatewayStep(facts, gateways), vmNetworksStep(facts)] };
}

function step(id: string, title: string, items: readonly ReadinessItem[]): Step {
  return { id, title, isDone: items.every(({ isDone }) => isDone), items: [...items] };
}

/** `there`: names of what fulfils it; none, and `missing` is said. */
function item(id: string, text: string, place: Place, there: readonly string[], missing: string, objectId: string | null = null): ReadinessItem {
  return { id, text, isDone: there.length > 0, detail: there.length > 0 ? there.join(', ') : missing, place, objectId };
}

function networksStep({ logicalNetworks, vmNetworks }: Facts): Step {
  const withPool = logicalNetworks.filter(({ pools }) => pools > 0);
  const plain = withPool.filter(({ networkVirtualization }) => networkVirtualization === 0);
  const outside = plain.filter(({ hasGateway }) => hasGateway === 1);
  const inside = plain.filter(({ id }) => id !== outside[0]?.id);
  const names = (entries: readonly { readonly name: string }[]): readonly string[] => entries.map(({ name }) => name);
  return step('networks', 'Set up logical networks and VM networks', [
    item('external', 'A logical network to the outside, with an IP pool that has a gateway', 'logicalNetworks', names(outside), 'Create a logical network with a network site and an IP pool, and give the pool a gateway.'),
    item('management', 'A logical network for management, with an IP pool', 'logicalNetworks', names(inside), 'Create a second logical network with a network site and an IP pool.'),
    item('provider', 'A logical network that allows network virtualization, with an IP pool for provider addresses', 'logicalNetworks', names(withPool.filter(({ networkVirtualization }) => networkVirtualization === 1)), 'Create one, and tick that new VM networks on it may use network virtualization.'),
    item('vmNetworks', 'VM networks', 'vmNetworks', vmNetworks.all > 0 ? [`${vmNetworks.all} VM network${vmNetworks.all === 1 ? '' : 's'}`] : [], 'Create a VM network for each customer.'),
  ]);
}

function hostStep({ hosts }: Facts): Step {
  const physical = hosts.filter(({ isVirtual }) => isVirtual === 0);
  const [first] = physical;
  const missing = hosts.length > 0 ? `${hosts.map(({ name }) => name).join(', ')}: a host that is itself a virtual machine cannot encapsulate. Use a physical host.` : 'Tick the check box of a host: Properties, Host Access.';
  return step('host', 'Configure a host for the gateway role', [
    item('dedicated', 'A dedicated network virtualization gateway', 'hosts', physical.map(({ name }) => name), missing, first?.id ?? null),
    item('switch', 'A virtual switch on it', 'hosts', physical.filter(({ switches }) => switches > 0).map(({ name }) => name), 'Add a virtual switch to the host.', first?.id ?? null),
  ]);
}

/** How much of the preparation is done. */
function progressOf(machine: GatewayVmFact): number {
  const { running, firewallOn, remoteAccessInstalled, vpnDeployed, adapters } = machine;
  return Number(adapters >= adaptersWanted) + running + (1 - firewallOn) + remoteAccessInstalled + vpnDeployed;
}

function machineStep({ gatewayVms }: Facts): Step {
  const best = gatewayVms.reduce<GatewayVmFact | undefined>((found, machine) => (found === undefined || progressOf(machine) > progressOf(found) ? machine : found), undefined);
  const fulfilled = (isDone: boolean): readonly string[] => (best !== undefined && isDone ? [best.name] : []);
  const check = (id: string, text: string, isDone: boolean, missing: string): ReadinessItem =>
    item(id, text, 'virtualMachines', fulfilled(isDone), best === undefined ? 'There is no virtual machine on a dedicated host yet.' : missing, best?.id ?? null);
  return step('virtualMachine', 'Prepare a virtual machine for the gateway', [
    check('machine', 'A virtual machine on the dedicated host', best !== undefined, ''),
    check('adapters', 'Three network adapters: front end, management, back end', (best?.adapters ?? 0) >= adaptersWanted, 'Add network adapters; the back end may stay not connected.'),
    check('running', 'It is running', best?.running === 1, 'Start the virtual machine.'),
    check('firewall', 'Its firewall is off', best?.firewallOn === 0, 'Turn the firewall off inside the virtual machine.'),
    check('role', 'The Remote Access role with both role services', best?.remoteAccessInstalled === 1, 'Add the role in Server Manager inside the virtual machine.'),
    check('vpn', 'Deploy VPN only, in the Getting Started Wizard', best?.vpnDeployed === 1, 'Open the Getting Started Wizard inside the virtual machine, and leave RRAS not configured.'),
  ]);
}

function gatewayStep({ services }: Facts, gateways: Pick<LiveGateways, 'blockedBy'>): Step {
  const states = services.map((service) => ({ service, blocked: gateways.blockedBy(service.id) }));
  const best = states.reduce<(typeof states)[number] | undefined>((found, state) => (found === undefined || score(state.service, state.blocked) > score(found.service, found.blocked) ? state : found), undefined);
  const id = best?.service.id ?? null;
  const fulfilled = (isDone: boolean): readonly string[] => (best !== undefined && isDone ? [best.service.name] : []);
  const none = 'There is no network service yet.';
  return step('gateway', 'Add the gateway to VMM', [
    item('service', 'The gateway VM as a network service', best === undefined ? 'addNetworkService' : 'networkServices', fulfilled(true), 'Add it: Fabric, Home, Add Network Service.', id),
    item('frontEnd', 'Front end connection', 'networkServiceProperties', fulfilled(best?.service.frontEnd === 1), best === undefined ? none : 'Enable it in the Properties of the network service, page Connectivity.', id),
    item('backEnd', 'Back end connection', 'networkServiceProperties', fulfilled(best?.service.backEnd === 1), best === undefined ? none : 'Enable it in the Properties of the network service, page Connectivity.', id),
    item('multitenant', 'RRAS runs as a multitenant gateway', 'networkServices', fulfilled(best?.blocked === null), best === undefined ? none : (best.blocked ?? ''), id),
  ]);
}

function score({ frontEnd, backEnd }: ServiceFact, blocked: string | null): number {
  return frontEnd + backEnd + (blocked === null ? 1 : 0);
}

function vmNetworksStep({ vmNetworks: { all, connected } }: Facts): Step {
  return step('connectivity', 'Let VM networks use the gateway', [
    item('connected', 'A VM network with a gateway connection', 'vmNetworks', connected > 0 ? [`${connected} of ${all} VM network${all === 1 ? '' : 's'}`] : [], 'Open the Properties of a VM network, page Connectivity.'),
  ]);
}
