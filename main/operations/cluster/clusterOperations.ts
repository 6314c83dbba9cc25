/** Host clusters and guest clusters, as far as a highly available gateway needs them. They are made with the tools of failover clustering, not with VMM, so there are no scripts. */
import { problem, type Problem } from '../../../shared/contract/errors.ts';
import type { JobPlan, StepContext } from '../../jobs/plan.ts';
import type { ClusterKind } from '../../store/inventory/clusters.ts';
import type { Inventory } from '../../store/inventory/inventory.ts';
import { auditChanges } from '../audit.ts';
import { labels } from '../labels.ts';
import type { Operation } from '../operation.ts';
import { findOrProblem, refuse } from '../problems.ts';
import { listed } from '../wording.ts';
import { checkClusterName, findHosts, findMachines } from './clusterChecks.ts';

const clusterTools = 'Clusters are made and destroyed with Failover Cluster Manager on their nodes; VMM finds them there.';

const objectTypes: Readonly<Record<ClusterKind, string>> = { host: 'VMHostCluster', guest: 'GuestCluster' };

/** What both kinds need of their nodes. */
type Nodes = { readonly nodes: readonly { readonly id: string; readonly name: string }[] } | { readonly problems: readonly Problem[] };

function createPlan(kind: ClusterKind, name: string, label: string, nodesIn: (inventory: Inventory) => Nodes): JobPlan {
  return {
    name: label,
    resultType: objectTypes[kind],
    resultId: null,
    resultName: name,
    locks: [],
    steps: [
      {
        key: 'create',
        number: '1',
        name: `${label} ${name}`,
        run: (context) => {
          const nodes = nodesIn(context.inventory);
          refuse([...checkClusterName(kind, name, context.inventory), ...('problems' in nodes ? nodes.problems : [])]);
          return { message: create(context, kind, name, 'nodes' in nodes ? nodes.nodes : []) };
        },
      },
    ],
  };
}

function create(context: StepContext, kind: ClusterKind, name: string, nodes: readonly { readonly id: string; readonly name: string }[]): string {
  const id = context.newId();
  context.inventory.clusters.add(kind, { id, name }, nodes.map((node) => node.id));
  context.setResult(objectTypes[kind], id, name);
  const names = listed(nodes.map((node) => node.name));
  auditChanges(context, { type: objectTypes[kind], id, name }, { Name: [null, name], Nodes: [null, names] });
  return `${name} has the nodes ${names}.`;
}

function checkCreate(kind: ClusterKind, name: string, nodes: Nodes, inventory: Inventory): readonly Problem[] {
  return [...checkClusterName(kind, name, inventory), ...('problems' in nodes ? nodes.problems : [])];
}

export const createHostCluster: Operation<'hostCluster.create'> = {
  id: 'hostCluster.create',
  title: labels.createHostCluster,
  noScript: clusterTools,
  check: (input, { inventory }) => checkCreate('host', input.name, findHosts(input.hosts, inventory), inventory),
  plan: (input) => createPlan('host', input.name, labels.createHostCluster, (inventory) => findHosts(input.hosts, inventory)),
};

export const createGuestCluster: Operation<'guestCluster.create'> = {
  id: 'guestCluster.create',
  title: labels.createGuestCluster,
  noScript: clusterTools,
  check: (input, { inventory }) => checkCreate('guest', input.name, findMachines(input.virtualMachines, inventory), inventory),
  plan: (input) => createPlan('guest', input.name, labels.createGuestCluster, (inventory) => findMachines(input.virtualMachines, inventory)),
};

function destroyPlan(kind: ClusterKind, reference: string, label: string, inventory: Inventory): JobPlan {
  const { id, name } = inventory.clusters.cluster(kind, reference);
  return {
    name: label,
    resultType: objectTypes[kind],
    resultId: id,
    resultName: name,
    locks: [id],
    steps: [
      {
        key: 'destroy',
        number: '1',
        name: `${label} ${name}`,
        run: (context) => {
          refuse(users(kind, reference, context.inventory));
          const nodes = listed(context.inventory.clusters.nodesOf(kind, id).map((node) => node.name));
          context.inventory.clusters.remove(kind, id);
          auditChanges(context, { type: objectTypes[kind], id, name }, { Name: [name, null], Nodes: [nodes, null] });
          return { message: `${nodes} stand alone again.` };
        },
      },
    ],
  };
}

/** What a cluster is needed for. */
function users(kind: ClusterKind, reference: string, inventory: Inventory): readonly Problem[] {
  const path = [kind === 'host' ? 'hostCluster' : 'guestCluster'];
  const found = findOrProblem(path, () => inventory.clusters.cluster(kind, reference));
  if ('problem' in found) return [found.problem];
  const nodes = inventory.clusters.nodesOf(kind, found.found.id);
  const names = kind === 'guest' ? nodes.flatMap(({ id }) => inventory.networkServices.findByMachine(id)?.name ?? []) : guestClustersOn(nodes.map(({ id }) => id), inventory);
  const distinct = [...new Set(names)];
  if (distinct.length === 0) return [];
  return [problem('objectInUse', path, `${kind === 'guest' ? 'Network service' : 'Guest cluster'} ${listed(distinct)} need${distinct.length === 1 ? 's' : ''} cluster ${found.found.name}.`, 'Remove it first.')];
}

function guestClustersOn(hostIds: readonly string[], { clusters, virtualMachines }: Inventory): readonly string[] {
  return clusters.all('guest').flatMap(({ id, name }) => (clusters.nodesOf('guest', id).some((node) => hostIds.includes(virtualMachines.virtualMachine(node.id).hostId)) ? [name] : []));
}

export const destroyHostCluster: Operation<'hostCluster.destroy'> = {
  id: 'hostCluster.destroy',
  title: labels.destroyHostCluster,
  noScript: clusterTools,
  check: (input, { inventory }) => users('host', input.hostCluster, inventory),
  plan: (input, { inventory }) => destroyPlan('host', input.hostCluster, labels.destroyHostCluster, inventory),
};

export const destroyGuestCluster: Operation<'guestCluster.destroy'> = {
  id: 'guestCluster.destroy',
  title: labels.destroyGuestCluster,
  noScript: clusterTools,
  check: (input, { inventory }) => users('guest', input.guestCluster, inventory),
  plan: (input, { inventory }) => destroyPlan('guest', input.guestCluster, labels.destroyGuestCluster, inventory),
};
