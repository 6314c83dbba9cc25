/** Probes: pings in the running simulation, and MTU checks, which rehearse on a copy of it. */
import { ConsoleError } from '../../shared/contract/errors.ts';
import { mtuCheckInputSchema, type MtuCheckInput, type MtuCheckState } from '../../shared/contract/mtuCheck.ts';
import { pingInputSchema, type PingInput, type PingState } from '../../shared/contract/simulation.ts';
import { formatIpv4, ipv4 } from '../../shared/net/ipv4.ts';
import type { Simulation } from '../simulation/engine.ts';
import type { Inventory } from '../store/inventory/inventory.ts';
import type { VirtualMachine } from '../store/inventory/virtualMachines.ts';
import { MtuChecks } from './mtu/mtuChecks.ts';
import { pingLine } from './pingText.ts';

type PingSimulation = Pick<Simulation, 'startPing' | 'pingState' | 'stopPing' | 'rehearsal'>;

/** As Windows's ping: one request a second, four seconds of patience. In nanoseconds. */
const pingInterval = 1e9;
const pingTimeout = 4e9;

export class Probes {
  readonly #inventory: Inventory;
  readonly #simulation: () => PingSimulation;
  /** Names of the machines that ping, by ping. */
  readonly #machines = new Map<string, string>();
  readonly #mtuChecks = new MtuChecks();

  constructor(inventory: Inventory, simulation: () => PingSimulation) {
    this.#inventory = inventory;
    this.#simulation = simulation;
  }

  /** Returns the ping's id. Throws ConsoleError objectNotFound, vmNotRunning or invalidInput. */
  startPing(input: PingInput): string {
    const { virtualMachine, destination, count, size, timeToLive, doNotFragment } = pingInputSchema.parse(input);
    const machine = this.#runningMachine(virtualMachine);
    const id = this.#simulation().startPing({
      vmId: machine.id,
      destination: ipv4(destination),
      count,
      payloadSize: size,
      timeToLive,
      doNotFragment,
      intervalNs: pingInterval,
      timeoutNs: pingTimeout,
    });
    if (id === undefined) throw withoutNetwork(machine.name);
    this.#machines.set(id, machine.name);
    return id;
  }

  /** Throws ConsoleError probeNotFound. */
  pingState(pingId: string): PingState {
    const state = this.#simulation().pingState(pingId);
    const virtualMachine = this.#machines.get(pingId);
    if (!state || virtualMachine === undefined) {
      this.#machines.delete(pingId);
      throw notFound(pingId);
    }
    return {
      pingId,
      virtualMachine,
      source: formatIpv4(state.source),
      destination: formatIpv4(state.destination),
      size: state.payloadSize,
      sent: state.sent,
      received: state.received,
      done: state.done,
      replies: state.replies.map((reply) => ({
        sequence: reply.sequence,
        status: reply.status,
        from: reply.from === null ? null : formatIpv4(reply.from),
        bytes: state.payloadSize,
        timeToLive: reply.timeToLive,
        roundTripMs: reply.roundTripNs === null ? null : reply.roundTripNs / 1e6,
        text: pingLine(reply, state.payloadSize),
      })),
      trace: state.trace.map((step) => ({ ...step })),
      fate: state.fate ?? '',
    };
  }

  /** Returns the check's id. Throws ConsoleError objectNotFound, vmNotRunning or invalidInput. */
  startMtuCheck(input: MtuCheckInput): string {
    const { virtualMachine, destination, largest } = mtuCheckInputSchema.parse(input);
    const machine = this.#runningMachine(virtualMachine);
    if (!this.#inventory.virtualMachines.adaptersOf(machine.id).some(({ vmSubnetId }) => vmSubnetId !== null)) throw withoutNetwork(machine.name);
    return this.#mtuChecks.start({ vmId: machine.id, virtualMachine: machine.name, destination: ipv4(destination), largest }, () => this.#simulation().rehearsal());
  }

  /** Throws ConsoleError probeNotFound. */
  mtuCheckState(checkId: string): MtuCheckState {
    return this.#mtuChecks.state(checkId);
  }

  /** What it found so far stays readable. Throws ConsoleError probeNotFound. */
  cancelMtuCheck(checkId: string): void {
    this.#mtuChecks.cancel(checkId);
  }

  /** The check from begin to end, for scenarios. Throws as `startMtuCheck`. */
  async mtuCheck(input: MtuCheckInput): Promise<MtuCheckState> {
    return this.#mtuChecks.whenEnded(this.startMtuCheck(input));
  }

  #runningMachine(reference: string): VirtualMachine {
    const machine = this.#inventory.virtualMachines.virtualMachine(reference);
    if (machine.running) return machine;
    throw new ConsoleError('vmNotRunning', `Virtual machine ${machine.name} is not running.`, `Start ${machine.name} first.`);
  }

  /** Sends no more; its state stays readable. Throws ConsoleError probeNotFound. */
  stopPing(pingId: string): void {
    if (!this.#simulation().stopPing(pingId)) throw notFound(pingId);
  }
}

function withoutNetwork(machine: string): ConsoleError {
  return new ConsoleError('invalidInput', `Virtual machine ${machine} has no network adapter with an address in a VM network.`, 'Choose a virtual machine that is connected to a VM subnet.');
}

function notFound(pingId: string): ConsoleError {
  return new ConsoleError('probeNotFound', `There is no ping ${pingId.slice(0, 80)}.`, 'Start the ping again.');
}
