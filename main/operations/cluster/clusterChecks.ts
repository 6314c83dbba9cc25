/** What a cluster must be like: two nodes at least, none of them in another cluster (fact sheet §1.7). */
import { problem, type Problem } from '../../../shared/contract/errors.ts';
import type { Host } from '../../store/inventory/hosts.ts';
import type { ClusterKind } from '../../store/inventory/clusters.ts';
import type { Inventory } from '../../store/inventory/inventory.ts';
import type { VirtualMachine } from '../../store/inventory/virtualMachines.ts';
import { findOrProblem } from '../problems.ts';

/** NetBIOS names, as cluster names are. */
const longestName = 15;

/** A cluster name can stand where a host or virtual machine could: the same name must not mean two things. */
export function checkClusterName(kind: ClusterKind, name: string, inventory: Inventory): readonly Problem[] {
  const path = ['name'];
  if (name === '') return [problem('invalidInput', path, 'The cluster has no name.', 'Type a name.')];
  const [label = '', ...domain] = name.split('.');
  if (label.length > longestName) return [problem('invalidInput', path, `The name of the cluster has ${label.length} characters.`, `Type at most ${longestName}.`)];
  if (![label, ...domain].every((part) => /^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/i.test(part))) return [problem('invalidInput', path, `${name} is no name of a cluster.`, 'Use letters, digits and hyphens.')];
  const other = inventory.clusters.find('host', name) ?? inventory.clusters.find('guest', name) ?? (kind === 'host' ? inventory.hosts.findByName(name) : inventory.virtualMachines.findByName(name));
  return other === undefined ? [] : [problem('nameInUse', path, `${other.name} is a name in use already.`, 'Type another name.')];
}

type Nodes<T> = { readonly nodes: readonly T[] } | { readonly problems: readonly Problem[] };

/** Hosts of one host group; a host that is itself a virtual machine has no Hyper-V cluster. */
export function findHosts(references: readonly string[], inventory: Inventory): Nodes<Host> {
  const path = ['hosts'];
  const found = findAll(references, path, (reference) => inventory.hosts.host(reference));
  if ('problems' in found) return found;
  const hosts = found.nodes;
  const [first] = hosts;
  const problems = [
    ...taken('host', hosts, path, inventory),
    ...hosts.filter(({ isVirtual }) => isVirtual).map(({ name }) => problem('hostNotUsable', path, `Host ${name} is itself a virtual machine and cannot be a node of a Hyper-V cluster.`, 'Choose physical hosts.')),
    ...hosts.filter(({ hostGroupId }) => hostGroupId !== first?.hostGroupId).map(({ name }) => problem('hostNotUsable', path, `${name} is in another host group than ${first?.name ?? ''}.`, 'Choose hosts of one host group.')),
  ];
  return problems.length > 0 ? { problems } : found;
}

/** Two virtual machines on two hosts of one host cluster: active and passive node. */
export function findMachines(references: readonly string[], inventory: Inventory): Nodes<VirtualMachine> {
  const path = ['virtualMachines'];
  const found = findAll(references, path, (reference) => inventory.virtualMachines.virtualMachine(reference));
  if ('problems' in found) return found;
  const [first, second, ...others] = found.nodes;
  if (first === undefined || second === undefined || others.length > 0) return { problems: [problem('invalidInput', path, `${found.nodes.length} virtual machines are chosen; a gateway pair is one active and one passive node.`, 'Choose two.')] };
  const problems = [...taken('guest', found.nodes, path, inventory), ...found.nodes.flatMap((machine) => fitness(machine, path, inventory)), ...places(first, second, path, inventory)];
  return problems.length > 0 ? { problems } : found;
}

function fitness({ id, name, running }: VirtualMachine, path: readonly string[], { networkServices }: Inventory): readonly Problem[] {
  const service = networkServices.findByMachine(id);
  return [
    ...(running ? [] : [problem('vmNotRunning', path, `Virtual machine ${name} is turned off; it cannot join a cluster.`, 'Start it first.')]),
    ...(service === undefined ? [] : [problem('objectInUse', path, `Virtual machine ${name} is the gateway VM of ${service.name}, which stands alone.`, 'Remove that network service first.')]),
  ];
}

function places(first: VirtualMachine, second: VirtualMachine, path: readonly string[], { hosts, clusters }: Inventory): readonly Problem[] {
  if (first.hostId === second.hostId) return [problem('hostNotUsable', path, `${first.name} and ${second.name} are both on ${hosts.host(first.hostId).name}: when it fails, both are gone.`, 'Put them on two hosts of a Hyper-V cluster.')];
  const [one, other] = [clusters.of('host', first.hostId), clusters.of('host', second.hostId)];
  if (one !== undefined && one.id === other?.id) return [];
  return [problem('hostNotUsable', path, `The hosts of ${first.name} and ${second.name} are not nodes of one Hyper-V cluster.`, 'Create the Hyper-V cluster of the two hosts first.')];
}

function findAll<T>(references: readonly string[], path: readonly string[], find: (reference: string) => T & { readonly id: string }): Nodes<T> {
  const nodes = new Map<string, T>();
  const problems: Problem[] = [];
  for (const reference of references) {
    const found = findOrProblem(path, () => find(reference));
    if ('problem' in found) problems.push(found.problem);
    else nodes.set(found.found.id, found.found);
  }
  if (problems.length > 0) return { problems };
  if (nodes.size < 2) return { problems: [problem('invalidInput', path, 'A cluster has at least two nodes.', 'Choose another node.')] };
  return { nodes: [...nodes.values()] };
}

function taken(kind: ClusterKind, nodes: readonly { readonly id: string; readonly name: string }[], path: readonly string[], { clusters }: Inventory): readonly Problem[] {
  return nodes.flatMap(({ id, name }) => {
    const cluster = clusters.of(kind, id);
    return cluster === undefined ? [] : [problem('objectInUse', path, `${name} is a node of cluster ${cluster.name} already.`, 'Choose another one, or destroy that cluster first.')];
  });
}
