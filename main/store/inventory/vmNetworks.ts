/** VM networks, their VM subnets, and the virtual subnets of both VM subnets and gateway legs. */
import type { Ipv4Address } from '../../../shared/net/ipv4.ts';
import type { MacAddress } from '../../../shared/net/mac.ts';
import type { Db } from '../database.ts';
import type { Answers } from './answers.ts';
import { notFound, required } from './reference.ts';

/** VMNetworkType (fact sheet §3.6), as far as this console makes them. */
export type VmNetworkIsolation = 'WindowsNetworkVirtualization' | 'NoIsolation';

export interface VmNetwork {
  readonly id: string;
  readonly logicalNetworkId: string;
  readonly name: string;
  readonly description: string;
  /** RDID: a GUID in lower case without braces. */
  readonly routingDomainId: string;
  readonly isolation: VmNetworkIsolation;
}

export interface VmSubnet {
  readonly id: string;
  readonly vmNetworkId: string;
  readonly vsid: number;
  readonly name: string;
  readonly address: Ipv4Address;
  readonly prefixLength: number;
}

/** VSIDs that VMM may give (fact sheet §2.4): 24 bits without what is reserved. */
const vsidRange = { first: 4096, last: 16_777_214 } as const;

/**
 * MAC address with which the distributed router answers for the first address of a virtual subnet. The fact sheet (§4.3)
 * only says that it is a fake one; locally administered and made from the VSID is RECALL.
 */
function routerMacOf(vsid: number): MacAddress {
  return 0x02_00_4e_00_00_00 + vsid;
}

export class VmNetworks {
  readonly #statements: ReturnType<typeof prepare>;

  constructor(db: Db, answers: Answers) {
    this.#statements = prepare(db, answers);
  }

  add(network: VmNetwork): void {
    this.#statements.insertNetwork.run(network);
  }

  /** Name and description; the rest of it stays. */
  change({ id, name, description }: Pick<VmNetwork, 'id' | 'name' | 'description'>): void {
    this.#statements.updateNetwork.run({ id, name, description });
  }

  /** By id or name. Throws objectNotFound. */
  vmNetwork(reference: string): VmNetwork {
    return required('VM network', reference, this.#statements.networkById, this.#statements.networkByName);
  }

  findByName(name: string): VmNetwork | undefined {
    return this.#statements.networkByName.get(name);
  }

  get count(): number {
    return this.#statements.count.get()?.count ?? 0;
  }

  onLogicalNetwork(logicalNetworkId: string): readonly VmNetwork[] {
    return this.#statements.onLogicalNetwork.all(logicalNetworkId);
  }

  /** Names of the virtual machines with an adapter in one of its VM subnets; without isolation, in its logical network. */
  machinesOn(vmNetworkId: string): readonly string[] {
    return this.#statements.machines.all({ id: vmNetworkId });
  }

  /** Names of the VM templates with an adapter in it. */
  templatesWith(vmNetworkId: string): readonly string[] {
    return this.#statements.templates.all({ id: vmNetworkId });
  }

  /** With its VM subnets and virtual subnets; nothing may use them any more. */
  remove(id: string): void {
    this.#statements.deleteSubnets.run(id);
    this.#statements.deleteVirtualSubnets.run(id);
    this.#statements.deleteNetwork.run(id);
  }

  findByRoutingDomain(routingDomainId: string): VmNetwork | undefined {
    return this.#statements.networkByRoutingDomain.get(routingDomainId);
  }

  /** Takes a VSID for a VM network; without `vsid` the next one. Returns it. */
  addVirtualSubnet(vmNetworkId: string, vsid: number = this.#nextVsid()): number {
    this.#statements.insertVirtualSubnet.run({ vsid, vmNetworkId, routerMac: routerMacOf(vsid) });
    return vsid;
  }

  /** Gives a VSID back. Nothing may use it any more. */
  removeVirtualSubnet(vsid: number): void {
    this.#statements.deleteVirtualSubnet.run(vsid);
  }

  addSubnet(subnet: VmSubnet): void {
    this.#statements.insertSubnet.run(subnet);
  }

  renameSubnet(id: string, name: string): void {
    this.#statements.renameSubnet.run(name, id);
  }

  /** Its virtual subnet stays. Nothing may use it any more. */
  removeSubnet(id: string): void {
    this.#statements.deleteSubnet.run(id);
  }

  /** Names of the virtual machines with an adapter in it. */
  machinesOnSubnet(id: string): readonly string[] {
    return this.#statements.machinesOnSubnet.all(id);
  }

  /** VM subnets of a VM network, in order of name. */
  subnetsOf(vmNetworkId: string): readonly VmSubnet[] {
    return this.#statements.subnets.all(vmNetworkId);
  }

  /** Throws objectNotFound. */
  subnetById(id: string): VmSubnet {
    return required('VM subnet', id, this.#statements.subnetById, this.#statements.subnetById);
  }

  /** By id or name. Throws objectNotFound. */
  subnet(network: VmNetwork, reference: string): VmSubnet {
    const subnets = this.subnetsOf(network.id);
    const wanted = reference.toLowerCase();
    const found = subnets.find(({ id }) => id === reference) ?? subnets.find(({ name }) => name.toLowerCase() === wanted);
    if (!found) throw notFound('VM subnet', `${network.name} ${reference}`);
    return found;
  }

  /** Ascending: one more than the highest in use, and only when that end is reached the lowest free one (fact sheet §2.4, L). */
  #nextVsid(): number {
    const highest = this.#statements.highestVsid.get()?.vsid ?? null;
    if (highest === null) return vsidRange.first;
    if (highest < vsidRange.last) return highest + 1;
    return this.#statements.vsidInUse.get(vsidRange.first) ? (this.#statements.lowestFreeVsid.get()?.vsid ?? highest + 1) : vsidRange.first;
  }
}

function prepare(db: Db, answers: Answers) {
  const network = `SELECT id, logical_network_id AS logicalNetworkId, name, description, routing_domain_id AS routingDomainId, isolation FROM vm_network`;
  return {
    insertNetwork: db.prepare(`
      INSERT INTO vm_network (id, logical_network_id, name, description, routing_domain_id, isolation)
      VALUES (@id, @logicalNetworkId, @name, @description, @routingDomainId, @isolation)`),
    updateNetwork: db.prepare('UPDATE vm_network SET name = @name, description = @description WHERE id = @id'),
    networkById: answers.of(db.prepare<[string], VmNetwork>(`${network} WHERE id = ?`)),
    networkByName: answers.of(db.prepare<[string], VmNetwork>(`${network} WHERE name = ?`)),
    networkByRoutingDomain: db.prepare<[string], VmNetwork>(`${network} WHERE routing_domain_id = ?`),
    count: answers.of(db.prepare<[], { count: number }>('SELECT count(*) AS count FROM vm_network')),
    onLogicalNetwork: db.prepare<[string], VmNetwork>(`${network} WHERE logical_network_id = ? ORDER BY name`),
    machinesOnSubnet: db.prepare<[string], string>(`
      SELECT DISTINCT v.name FROM virtual_network_adapter a JOIN virtual_machine v ON v.id = a.virtual_machine_id
      WHERE a.vm_subnet_id = ? ORDER BY v.name`).pluck(),
    renameSubnet: db.prepare('UPDATE vm_subnet SET name = ? WHERE id = ?'),
    deleteSubnet: db.prepare('DELETE FROM vm_subnet WHERE id = ?'),
    machines: db.prepare<[{ id: string }], string>(`
      SELECT v.name FROM vm_subnet s JOIN virtual_network_adapter a ON a.vm_subnet_id = s.id
      JOIN virtual_machine v ON v.id = a.virtual_machine_id WHERE s.vm_network_id = @id
      UNION SELECT v.name FROM vm_network n JOIN network_site site ON site.logical_network_id = n.logical_network_id
      JOIN network_site_subnet s ON s.network_site_id = site.id JOIN virtual_network_adapter a ON a.network_site_subnet_id = s.id
      JOIN virtual_machine v ON v.id = a.virtual_machine_id WHERE n.id = @id AND n.isolation = 'NoIsolation' ORDER BY 1`).pluck(),
    templates: db.prepare<[{ id: string }], string>(`
      SELECT DISTINCT t.name FROM vm_template_adapter a JOIN vm_template t ON t.id = a.vm_template_id JOIN vm_network n ON n.id = @id
      WHERE a.vm_network_id = n.id OR (n.isolation = 'NoIsolation' AND a.logical_network_id = n.logical_network_id) ORDER BY t.name`).pluck(),
    deleteSubnets: db.prepare('DELETE FROM vm_subnet WHERE vm_network_id = ?'),
    deleteVirtualSubnets: db.prepare('DELETE FROM virtual_subnet WHERE vm_network_id = ?'),
    deleteNetwork: db.prepare('DELETE FROM vm_network WHERE id = ?'),
    insertVirtualSubnet: db.prepare('INSERT INTO virtual_subnet (vsid, vm_network_id, router_mac) VALUES (@vsid, @vmNetworkId, @routerMac)'),
    deleteVirtualSubnet: db.prepare('DELETE FROM virtual_subnet WHERE vsid = ?'),
    highestVsid: db.prepare<[], { vsid: number | null }>('SELECT max(vsid) AS vsid FROM virtual_subnet'),
    vsidInUse: db.prepare<[number], { vsid: number }>('SELECT vsid FROM virtual_subnet WHERE vsid = ?'),
    lowestFreeVsid: db.prepare<[], { vsid: number }>(`
      SELECT v.vsid + 1 AS vsid FROM virtual_subnet v
      WHERE NOT EXISTS (SELECT 1 FROM virtual_subnet w WHERE w.vsid = v.vsid + 1) ORDER BY v.vsid LIMIT 1`),
    insertSubnet: db.prepare(`
      INSERT INTO vm_subnet (id, vm_network_id, vsid, name, address, prefix_length)
      VALUES (@id, @vmNetworkId, @vsid, @name, @address, @prefixLength)`),
    subnetById: db.prepare<[string], VmSubnet>(`
      SELECT id, vm_network_id AS vmNetworkId, vsid, name, address, prefix_length AS prefixLength FROM vm_subnet WHERE id = ?`),
    subnets: answers.of(db.prepare<[string], VmSubnet>(`
      SELECT id, vm_network_id AS vmNetworkId, vsid, name, address, prefix_length AS prefixLength FROM vm_subnet
      WHERE vm_network_id = ? ORDER BY name`)),
  };
}
