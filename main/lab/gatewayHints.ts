/**
 * What stands in the way of a gateway. The default compartment has one route table for all adapters of the gateway VM, so the default gateway
 * with the lowest metric wins, and it must be the one of the front end: "Infrastructure pool gateway metric must be higher than External's"
 * (fact sheet §1.7). Pure.
 */
import type { GatewayHint } from '../../shared/contract/gatewayHints.ts';
import { formatIpv4 } from '../../shared/net/ipv4.ts';
import type { GatewayAdapterFact, GatewayNodeFact } from '../store/lists/gatewayHintFacts.ts';

export interface HintFacts {
  readonly service: { readonly id: string; readonly name: string; readonly hasFrontEnd: boolean; readonly hasBackEnd: boolean };
  readonly nodes: readonly GatewayNodeFact[];
  readonly adapters: readonly GatewayAdapterFact[];
  /** Why the simulation lets nothing through, one sentence; null when it does. */
  readonly blockedBy: string | null;
}

/** Errors first. */
export function hintsOf(facts: HintFacts): GatewayHint[] {
  const causes = [...connectionHints(facts), ...facts.nodes.flatMap(nodeHints), ...routeHints(facts), ...standbyHints(facts)];
  const hints = facts.blockedBy !== null && !causes.some(({ severity }) => severity === 'error') ? [unexplained(facts.service, facts.blockedBy), ...causes] : causes;
  return [...hints.filter(({ severity }) => severity === 'error'), ...hints.filter(({ severity }) => severity === 'warning')];
}

function connectionHints({ service, nodes }: HintFacts): readonly GatewayHint[] {
  const hint = (id: string, problem: string, action: string): GatewayHint => ({ id, severity: 'error', objectName: service.name, problem, action, place: 'networkServiceProperties', objectId: service.id });
  if (nodes.length === 0) return [hint('noMachine', 'The virtual machine in its connection string does not exist.', 'Correct the connection string.')];
  return [
    ...(service.hasFrontEnd ? [] : [hint('noFrontEnd', 'Its front end connection is not enabled.', 'Enable it in the Properties, page Connectivity.')]),
    ...(service.hasBackEnd ? [] : [hint('noBackEnd', 'Its back end connection is not enabled.', 'Enable it in the Properties, page Connectivity.')]),
  ];
}

/** What the standby lacks is felt only after a fail-over. */
function nodeHints(node: GatewayNodeFact): readonly GatewayHint[] {
  const severity = node.isStandby === 1 ? 'warning' : 'error';
  const inGuest = (id: string, problem: string, action: string): GatewayHint => ({ id: `${id} ${node.name}`, severity, objectName: node.name, problem, action, place: 'guest', objectId: node.id });
  const atHost = (id: string, problem: string, action: string): GatewayHint => ({ id: `${id} ${node.name}`, severity, objectName: node.host, problem, action, place: 'hostProperties', objectId: node.hostId });
  return [
    ...(node.running === 1 ? [] : [{ ...inGuest('stopped', node.isStandby === 1 ? 'It is turned off, so no node could take over.' : 'It is turned off.', 'Turn the virtual machine on.'), place: 'virtualMachines' as const }]),
    ...(node.remoteAccessInstalled === 1 ? [] : [inGuest('noRole', 'The Remote Access role is not installed.', 'Add it in Server Manager inside the virtual machine.')]),
    ...(node.remoteAccessInstalled === 0 || node.vpnDeployed === 1 ? [] : [inGuest('noVpn', 'Remote Access is not deployed.', 'Choose Deploy VPN only in the Getting Started Wizard inside the virtual machine.')]),
    ...(node.firewallOn === 0 ? [] : [inGuest('firewall', 'Its firewall is on and blocks forwarded traffic.', 'Turn the firewall off inside the virtual machine.')]),
    ...(node.isDedicated === 1 ? [] : [atHost('notDedicated', 'The host is not a dedicated network virtualization gateway.', 'Tick the check box in its Properties, page Host Access.')]),
    ...(node.isVirtual === 0 ? [] : [atHost('virtualHost', 'The host is itself a virtual machine and cannot encapsulate.', 'Use a gateway VM on a physical host.')]),
  ];
}

/** Adapters of the node that has the front end connection: those of the other node are addressed from the same network sites. */
function routeHints({ adapters }: HintFacts): readonly GatewayHint[] {
  const frontEnd = adapters.find(({ connectionType }) => connectionType === 'FrontEnd');
  if (frontEnd === undefined) return [];
  const outside = routeOf(frontEnd);
  const inside = adapters.filter(({ machineId, connectionType }) => machineId === frontEnd.machineId && connectionType === null).flatMap((adapter) => routeOf(adapter) ?? []);
  if (outside !== undefined) return inside.flatMap((other) => metricHint(other, outside) ?? []);
  const { poolId, pool } = frontEnd;
  if (poolId === null || pool === null) return [];
  const wrongWay = inside.length === 0 ? '' : ` The default route leads to ${inside.map(({ gateway, adapter }) => `${gateway} on ${adapter}`).join(', ')}.`;
  return [{ id: 'noDefaultGateway', severity: 'error', objectName: pool, problem: `The pool of front end adapter ${frontEnd.name} has no default gateway, so nothing behind the next router is reached.${wrongWay}`, action: 'Add the address of the router outside on page Gateway.', place: 'ipPoolProperties', objectId: poolId }];
}

interface DefaultRoute {
  readonly adapter: string;
  readonly poolId: string;
  readonly pool: string;
  readonly gateway: string;
  readonly metric: number;
  /** "metric 10", "automatic metric". */
  readonly said: string;
}

function routeOf({ name, poolId, pool, gateway, metric, isAutomatic }: GatewayAdapterFact): DefaultRoute | undefined {
  if (poolId === null || pool === null || gateway === null || metric === null) return undefined;
  return { adapter: name, poolId, pool, gateway: formatIpv4(gateway), metric, said: isAutomatic === 1 ? 'automatic metric' : `metric ${metric}` };
}

function metricHint(inside: DefaultRoute, outside: DefaultRoute): GatewayHint | undefined {
  if (inside.metric > outside.metric) return undefined;
  const isEqual = inside.metric === outside.metric;
  const problem = isEqual
    ? `The default gateways of ${inside.adapter} (${inside.gateway}) and of front end adapter ${outside.adapter} (${outside.gateway}) have the same metric: which one wins is not certain.`
    : `The default route leads to ${inside.gateway} on ${inside.adapter} (${inside.said}) and not to ${outside.gateway} on front end adapter ${outside.adapter} (${outside.said}).`;
  return {
    id: `metric ${inside.pool}`, severity: isEqual ? 'warning' : 'error', objectName: inside.pool, problem,
    action: `Give it a metric higher than that of ${outside.pool} on page Gateway, or remove its default gateway.`, place: 'ipPoolProperties', objectId: inside.poolId,
  };
}

/** Adapters of the two nodes belong together by their names. */
function standbyHints({ nodes, adapters }: HintFacts): readonly GatewayHint[] {
  const [active, standby] = nodes;
  if (active === undefined || standby === undefined) return [];
  const used = adapters.filter(({ connectionType }) => connectionType !== null);
  const warning = { severity: 'warning', objectName: standby.name, place: 'guest', objectId: standby.id } as const;
  const own = (name: string) => adapters.find((adapter) => adapter.machineId === standby.id && adapter.name.toLowerCase() === name.toLowerCase());
  return used.flatMap(({ name, connectionType }): GatewayHint[] => {
    const adapter = own(name);
    if (adapter === undefined) return [{ ...warning, id: `noAdapter ${name}`, problem: `It has no adapter named ${name}, as ${active.name} has: the role cannot move there.`, action: 'Give the adapters of both nodes the same names.' }];
    // VMM connects the back end of the node that takes over by itself.
    if (adapter.isConnected === 1 || connectionType === 'BackEnd') return [];
    return [{ ...warning, id: `loose ${name}`, problem: `Its adapter ${adapter.name} is not connected to a virtual switch.`, action: 'Connect it to the virtual switch of its host.', place: 'virtualMachines' }];
  });
}

function unexplained({ id, name }: HintFacts['service'], problem: string): GatewayHint {
  return { id: 'blocked', severity: 'error', objectName: name, problem, action: 'Look at the Properties, page Connectivity.', place: 'networkServiceProperties', objectId: id };
}
