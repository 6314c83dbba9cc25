/** Virtual machines and their virtual network adapters. */
import { ConsoleError } from '../../../shared/contract/errors.ts';
import type { MacAddress } from '../../../shared/net/mac.ts';
import type { Db } from '../database.ts';
import type { Answers } from './answers.ts';
import { notFound, required } from './reference.ts';

export interface VirtualMachine {
  readonly id: string;
  readonly hostId: string;
  readonly name: string;
  readonly role: 'tenant' | 'gateway';
  readonly generation: 1 | 2;
  readonly running: boolean;
  readonly firewallOn: boolean;
  /** The Remote Access role with its two role services. */
  readonly remoteAccessInstalled: boolean;
  /** "Deploy VPN only" was chosen in the Getting Started Wizard. */
  readonly vpnDeployed: boolean;
  /** Integration service "Data Exchange": the host learns what is inside. */
  readonly dataExchangeOn: boolean;
  /** RRAS was configured in its own console, which a gateway of VMM must not be. */
  readonly remoteAccessByHand: boolean;
}

/** As it comes from its template. */
export type NewVirtualMachine = Omit<VirtualMachine, 'dataExchangeOn' | 'remoteAccessByHand'>;

export interface VirtualNetworkAdapter {
  readonly id: string;
  readonly virtualMachineId: string;
  readonly slot: number;
  /** Name inside the guest. */
  readonly name: string;
  readonly mac: MacAddress;
  /** Null: Not connected. */
  readonly virtualSwitchId: string | null;
  /** At most one of the two is set. */
  readonly vmSubnetId: string | null;
  readonly networkSiteSubnetId: string | null;
  readonly ipAddressAllocationId: string | null;
}

type Flag = 'running' | 'firewallOn' | 'remoteAccessInstalled' | 'vpnDeployed' | 'dataExchangeOn' | 'remoteAccessByHand';
export type GuestFlag = Exclude<Flag, 'running'>;
type VirtualMachineRecord = Omit<VirtualMachine, Flag> & Readonly<Record<Flag, number>>;

export class VirtualMachines {
  readonly #statements: ReturnType<typeof prepare>;

  constructor(db: Db, answers: Answers) {
    this.#statements = prepare(db, answers);
  }

  add(machine: NewVirtualMachine): void {
    this.#statements.insertMachine.run({
      ...machine,
      running: Number(machine.running),
      firewallOn: Number(machine.firewallOn),
      remoteAccessInstalled: Number(machine.remoteAccessInstalled),
      vpnDeployed: Number(machine.vpnDeployed),
    });
  }

  /** By id or name. Throws objectNotFound. */
  virtualMachine(reference: string): VirtualMachine {
    const record = required('virtual machine', reference, this.#statements.machineById, this.#statements.machineByName);
    return {
      ...record,
      running: record.running === 1,
      firewallOn: record.firewallOn === 1,
      remoteAccessInstalled: record.remoteAccessInstalled === 1,
      vpnDeployed: record.vpnDeployed === 1,
      dataExchangeOn: record.dataExchangeOn === 1,
      remoteAccessByHand: record.remoteAccessByHand === 1,
    };
  }

  /** Undefined when no virtual machine has this name. */
  findByName(name: string): { readonly name: string } | undefined {
    return this.#statements.machineByName.get(name);
  }

  countOn(hostId: string): number {
    return this.#statements.countOn.get(hostId)?.count ?? 0;
  }

  setRunning(id: string, running: boolean): void {
    this.#statements.setRunning.run(Number(running), id);
  }

  setHost(id: string, hostId: string): void {
    this.#statements.setHost.run(hostId, id);
  }

  /** With its adapters. Their addresses stay allocated. */
  remove(id: string): void {
    this.#statements.delete.run(id);
  }

  /** Whether a virtual machine on the host is connected to the VM subnet. */
  isSubnetOn(vmSubnetId: string, hostId: string): boolean {
    return this.#statements.subnetOnHost.get(vmSubnetId, hostId) !== undefined;
  }

  /** The lowest MAC address of the range that no adapter has. */
  nextMac({ rangeStart: first, rangeEnd: last }: { readonly rangeStart: MacAddress; readonly rangeEnd: MacAddress }): MacAddress {
    const mac = this.#statements.macInUse.get(first) ? this.#statements.firstFreeMac.get(first)?.mac : first;
    if (mac === undefined || mac > last) throw new ConsoleError('poolExhausted', 'The MAC address pool of the host has no free address.', 'Delete virtual machines that are no longer used.');
    return mac;
  }

  addAdapter(adapter: VirtualNetworkAdapter): void {
    this.#statements.insertAdapter.run(adapter);
  }

  /** In order of slot. */
  adaptersOf(virtualMachineId: string): readonly VirtualNetworkAdapter[] {
    return this.#statements.adapters.all(virtualMachineId);
  }

  /** By id or by name inside the guest. Throws objectNotFound. */
  adapter(machine: VirtualMachine, reference: string): VirtualNetworkAdapter {
    const adapters = this.adaptersOf(machine.id);
    const wanted = reference.toLowerCase();
    const found = adapters.find(({ id }) => id === reference) ?? adapters.find(({ name }) => name.toLowerCase() === wanted);
    if (!found) throw notFound('network adapter', `${machine.name} ${reference}`);
    return found;
  }

  connectAdapter(adapterId: string, virtualSwitchId: string | null): void {
    this.#statements.connect.run(virtualSwitchId, adapterId);
  }

  /** Gives an adapter of the default compartment its place in a network site. */
  placeAdapter(adapterId: string, networkSiteSubnetId: string | null, ipAddressAllocationId: string | null): void {
    this.#statements.place.run(networkSiteSubnetId, ipAddressAllocationId, adapterId);
  }

  /** State inside the guest. */
  setFlag(id: string, flag: GuestFlag, value: boolean): void {
    this.#statements[flag].run(Number(value), id);
  }

  renameAdapter(adapterId: string, name: string): void {
    this.#statements.renameAdapter.run(name, adapterId);
  }

  setRole(id: string, role: VirtualMachine['role']): void {
    this.#statements.setRole.run(role, id);
  }
}

function prepare(db: Db, answers: Answers) {
  const machine = `SELECT id, host_id AS hostId, name, role, generation, running, firewall_on AS firewallOn,
    remote_access_installed AS remoteAccessInstalled, vpn_deployed AS vpnDeployed, data_exchange_on AS dataExchangeOn,
    remote_access_by_hand AS remoteAccessByHand FROM virtual_machine`;
  return {
    insertMachine: db.prepare(`
      INSERT INTO virtual_machine (id, host_id, name, role, generation, running, firewall_on, remote_access_installed, vpn_deployed)
      VALUES (@id, @hostId, @name, @role, @generation, @running, @firewallOn, @remoteAccessInstalled, @vpnDeployed)`),
    machineById: answers.of(db.prepare<[string], VirtualMachineRecord>(`${machine} WHERE id = ?`)),
    machineByName: answers.of(db.prepare<[string], VirtualMachineRecord>(`${machine} WHERE name = ?`)),
    insertAdapter: db.prepare(`
      INSERT INTO virtual_network_adapter (id, virtual_machine_id, slot, name, mac, virtual_switch_id, vm_subnet_id,
        network_site_subnet_id, ip_address_allocation_id)
      VALUES (@id, @virtualMachineId, @slot, @name, @mac, @virtualSwitchId, @vmSubnetId, @networkSiteSubnetId, @ipAddressAllocationId)`),
    adapters: answers.of(db.prepare<[string], VirtualNetworkAdapter>(`
      SELECT id, virtual_machine_id AS virtualMachineId, slot, name, mac, virtual_switch_id AS virtualSwitchId, vm_subnet_id AS vmSubnetId,
        network_site_subnet_id AS networkSiteSubnetId, ip_address_allocation_id AS ipAddressAllocationId
      FROM virtual_network_adapter WHERE virtual_machine_id = ? ORDER BY slot`)),
    countOn: db.prepare<[string], { count: number }>('SELECT count(*) AS count FROM virtual_machine WHERE host_id = ?'),
    setRunning: db.prepare('UPDATE virtual_machine SET running = ? WHERE id = ?'),
    setHost: db.prepare('UPDATE virtual_machine SET host_id = ? WHERE id = ?'),
    delete: db.prepare('DELETE FROM virtual_machine WHERE id = ?'),
    subnetOnHost: db.prepare<[string, string], { id: string }>(`
      SELECT a.id FROM virtual_network_adapter a JOIN virtual_machine v ON v.id = a.virtual_machine_id
      WHERE a.vm_subnet_id = ? AND v.host_id = ? LIMIT 1`),
    macInUse: db.prepare<[number], { mac: number }>('SELECT mac FROM virtual_network_adapter WHERE mac = ?'),
    // The first hole behind a row of neighbouring addresses.
    firstFreeMac: db.prepare<[number], { mac: number }>(`
      SELECT a.mac + 1 AS mac FROM virtual_network_adapter a
      WHERE a.mac >= ? AND NOT EXISTS (SELECT 1 FROM virtual_network_adapter b WHERE b.mac = a.mac + 1) ORDER BY a.mac LIMIT 1`),
    place: db.prepare('UPDATE virtual_network_adapter SET network_site_subnet_id = ?, ip_address_allocation_id = ? WHERE id = ?'),
    firewallOn: db.prepare('UPDATE virtual_machine SET firewall_on = ? WHERE id = ?'),
    remoteAccessInstalled: db.prepare('UPDATE virtual_machine SET remote_access_installed = ? WHERE id = ?'),
    vpnDeployed: db.prepare('UPDATE virtual_machine SET vpn_deployed = ? WHERE id = ?'),
    dataExchangeOn: db.prepare('UPDATE virtual_machine SET data_exchange_on = ? WHERE id = ?'),
    remoteAccessByHand: db.prepare('UPDATE virtual_machine SET remote_access_by_hand = ? WHERE id = ?'),
    renameAdapter: db.prepare('UPDATE virtual_network_adapter SET name = ? WHERE id = ?'),
    setRole: db.prepare('UPDATE virtual_machine SET role = ? WHERE id = ?'),
    connect: db.prepare('UPDATE virtual_network_adapter SET virtual_switch_id = ? WHERE id = ?'),
  };
}
