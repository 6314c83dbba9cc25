/** A machine with a prompt, as commands see it: what the inventory and the simulation know about it now. */
import { ConsoleError } from '../../../shared/contract/errors.ts';
import type { TerminalTarget } from '../../../shared/contract/terminal.ts';
import type { Simulation } from '../../simulation/engine.ts';
import type { CompartmentState, InterfaceState, SimulationSettings, StackState } from '../../simulation/state.ts';
import type { Inventory } from '../../store/inventory/inventory.ts';

/** Index of the first adapter. Windows gives them out as it likes. */
const firstInterfaceIndex = 12;
/** GUID of compartment 1 on every Windows machine (fact sheet §4.2). */
const defaultCompartmentGuid = 'b1062982-2b18-4b4f-b3d5-a78ddb9cdd49';

export interface IndexedInterface extends InterfaceState {
  readonly index: number;
}

export interface Compartment extends Omit<CompartmentState, 'interfaces'> {
  readonly interfaces: readonly IndexedInterface[];
}

interface Adapter {
  readonly name: string;
  readonly mac: number;
}

export interface Machine {
  readonly kind: 'virtualMachine' | 'gateway' | 'host';
  readonly name: string;
  /** By which the simulation knows what sends: a virtual machine, a gateway, a host. */
  readonly senderId: string;
  /** Why it cannot run anything now, or null. */
  readonly offBecause: string | null;
  /** As VMM connected them; none of a host. */
  readonly adapters: readonly Adapter[];
  /** By their number; none of a host. */
  readonly compartments: readonly Compartment[];
  /** Why a gateway VM shows no compartments, or null. */
  readonly emptyBecause: string | null;
  readonly simulation: Simulation;
  readonly settings: SimulationSettings;
  readonly inventory: Inventory;
}

export interface MachineSource {
  readonly inventory: Inventory;
  readonly simulation: () => Simulation;
}

/** Throws ConsoleError objectNotFound. */
export function readMachine(target: TerminalTarget, { inventory, simulation: current }: MachineSource): Machine {
  const simulation = current();
  const common = { simulation, settings: simulation.settings(), inventory };
  if (target.kind === 'host') {
    const host = inventory.hosts.host(target.id);
    return { ...common, kind: 'host', name: host.name, senderId: host.id, offBecause: null, adapters: [], compartments: [], emptyBecause: null };
  }
  const machine = inventory.virtualMachines.virtualMachine(target.id);
  const adapters = inventory.virtualMachines.adaptersOf(machine.id).map(({ name, mac }) => ({ name, mac }));
  const shared = { ...common, name: machine.name, adapters, offBecause: machine.running ? null : `${machine.name} is turned off. Start it, then type again.` };
  if (machine.role === 'tenant') {
    const stack = simulation.machineState(machine.id);
    return { ...shared, kind: 'virtualMachine', senderId: machine.id, compartments: stack === undefined ? [] : numbered([compartmentOf(stack)]), emptyBecause: null };
  }
  const gateway = gatewayOf(machine.id, inventory, simulation);
  return { ...shared, kind: 'gateway', ...gateway };
}

function gatewayOf(machineId: string, inventory: Inventory, simulation: Simulation): Pick<Machine, 'senderId' | 'compartments' | 'emptyBecause'> {
  const service = inventory.networkServices.findByMachine(machineId);
  const nothing = { senderId: '', compartments: [] };
  if (service === undefined) return { ...nothing, emptyBecause: 'This virtual machine is not a gateway of VMM yet: its network is there once it has been added as a network service.' };
  const isStandbyNode = service.standbyVirtualMachineId === machineId;
  const isActive = (simulation.gatewayRole(service.id) === 'standby') === isStandbyNode;
  const state = simulation.gatewayState(service.id);
  if (!isActive || state === undefined) return { ...nothing, emptyBecause: `This node of ${service.name} is passive: compartments, NAT and tunnels are on the active one.` };
  return { senderId: service.id, compartments: numbered(state.compartments), emptyBecause: null };
}

function compartmentOf(stack: StackState): CompartmentState {
  return { ...stack, id: 1, guid: defaultCompartmentGuid, description: 'Default Compartment', nat: null, tunnels: [], counters: { received: 0, forwarded: 0, dropped: 0 }, drops: [] };
}

function numbered(compartments: readonly CompartmentState[]): Compartment[] {
  let next = firstInterfaceIndex;
  return compartments.map((compartment) => ({ ...compartment, interfaces: compartment.interfaces.map((entry) => ({ ...entry, index: next++ })) }));
}

/** Throws ConsoleError vmNotRunning. */
export function requireRunning({ name, offBecause }: Machine): void {
  if (offBecause !== null) throw new ConsoleError('vmNotRunning', `Virtual machine ${name} is not running.`, `Start ${name} first.`);
}
