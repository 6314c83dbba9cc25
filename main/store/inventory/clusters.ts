/** Host clusters (of Hyper-V hosts) and guest clusters (of gateway VMs). */
import type { Db } from '../database.ts';
import { required } from './reference.ts';

export interface Cluster {
  readonly id: string;
  readonly name: string;
}

/** A host or a virtual machine that belongs to a cluster; `clusterId` null: to none. */
export interface ClusterNode {
  readonly id: string;
  readonly name: string;
  readonly clusterId: string | null;
}

/** `host`: clusters of hosts; `guest`: clusters of virtual machines. */
export type ClusterKind = 'host' | 'guest';

const nodeTable = { host: 'host', guest: 'virtual_machine' } as const;

export class Clusters {
  readonly #statements: Readonly<Record<ClusterKind, ReturnType<typeof prepare>>>;

  constructor(db: Db) {
    this.#statements = { host: prepare(db, 'host'), guest: prepare(db, 'guest') };
  }

  /** By id or name. Throws objectNotFound. */
  cluster(kind: ClusterKind, reference: string): Cluster {
    return required(kind === 'host' ? 'host cluster' : 'guest cluster', reference, this.#statements[kind].byId, this.#statements[kind].byName);
  }

  find(kind: ClusterKind, name: string): Cluster | undefined {
    return this.#statements[kind].byName.get(name);
  }

  /** In order of name. */
  all(kind: ClusterKind): readonly Cluster[] {
    return this.#statements[kind].all.all();
  }

  /** In order of name. */
  nodesOf(kind: ClusterKind, clusterId: string): readonly ClusterNode[] {
    return this.#statements[kind].nodes.all(clusterId);
  }

  /** Cluster of a host or virtual machine. */
  of(kind: ClusterKind, nodeId: string): Cluster | undefined {
    return this.#statements[kind].ofNode.get(nodeId);
  }

  add(kind: ClusterKind, cluster: Cluster, nodeIds: readonly string[]): void {
    this.#statements[kind].insert.run(cluster);
    for (const nodeId of nodeIds) this.#statements[kind].join.run(cluster.id, nodeId);
  }

  /** Its nodes stand alone again. */
  remove(kind: ClusterKind, id: string): void {
    this.#statements[kind].leave.run(id);
    this.#statements[kind].delete.run(id);
  }
}

function prepare(db: Db, kind: ClusterKind) {
  const table = `${kind}_cluster`;
  const nodes = nodeTable[kind];
  return {
    byId: db.prepare<[string], Cluster>(`SELECT id, name FROM ${table} WHERE id = ?`),
    byName: db.prepare<[string], Cluster>(`SELECT id, name FROM ${table} WHERE name = ?`),
    all: db.prepare<[], Cluster>(`SELECT id, name FROM ${table} ORDER BY name`),
    nodes: db.prepare<[string], ClusterNode>(`SELECT id, name, ${kind}_cluster_id AS clusterId FROM ${nodes} WHERE ${kind}_cluster_id = ? ORDER BY name`),
    ofNode: db.prepare<[string], Cluster>(`SELECT c.id, c.name FROM ${table} c JOIN ${nodes} n ON n.${kind}_cluster_id = c.id WHERE n.id = ?`),
    insert: db.prepare(`INSERT INTO ${table} (id, name) VALUES (@id, @name)`),
    join: db.prepare(`UPDATE ${nodes} SET ${kind}_cluster_id = ? WHERE id = ?`),
    leave: db.prepare(`UPDATE ${nodes} SET ${kind}_cluster_id = NULL WHERE ${kind}_cluster_id = ?`),
    delete: db.prepare(`DELETE FROM ${table} WHERE id = ?`),
  };
}
