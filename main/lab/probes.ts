/** Probes into the running simulation: ping, and UDP datagrams that are judged in the same way. */
import { ConsoleError } from '../../shared/contract/errors.ts';
import { pingInputSchema, type PingInput, type PingState } from '../../shared/contract/simulation.ts';
import { formatIpv4, ipv4 } from '../../shared/net/ipv4.ts';
import type { Simulation } from '../simulation/engine.ts';
import type { Inventory } from '../store/inventory/inventory.ts';
import { pingLine } from './pingText.ts';

type PingSimulation = Pick<Simulation, 'startPing' | 'pingState' | 'stopPing'>;

/** As Windows's ping: one request a second, four seconds of patience. In nanoseconds. */
const pingInterval = 1e9;
const pingTimeout = 4e9;

export class Probes {
  readonly #inventory: Inventory;
  readonly #simulation: () => PingSimulation;
  /** Names of the machines that ping, by ping. */
  readonly #machines = new Map<string, string>();

  constructor(inventory: Inventory, simulation: () => PingSimulation) {
    this.#inventory = inventory;
    this.#simulation = simulation;
  }

  /** Returns the ping's id. Throws ConsoleError objectNotFound, vmNotRunning or invalidInput. */
  startPing(input: PingInput): string {
    return this.#start(input, undefined);
  }

  /** Datagrams to a port: a reply is a datagram that comes back, its state that of a ping. Throws as `startPing`. */
  startUdp(input: PingInput, port: number): string {
    return this.#start(input, port);
  }

  #start(input: PingInput, udpPort: number | undefined): string {
    const { virtualMachine, destination, count, size, timeToLive, doNotFragment } = pingInputSchema.parse(input);
    const machine = this.#inventory.virtualMachines.virtualMachine(virtualMachine);
    if (!machine.running) throw new ConsoleError('vmNotRunning', `Virtual machine ${machine.name} is not running.`, `Start ${machine.name} first.`);
    const id = this.#simulation().startPing({
      vmId: machine.id,
      destination: ipv4(destination),
      count,
      payloadSize: size,
      timeToLive,
      doNotFragment,
      intervalNs: pingInterval,
      timeoutNs: pingTimeout,
      udpPort,
    });
    if (id === undefined) {
      throw new ConsoleError(
        'invalidInput',
        `Virtual machine ${machine.name} has no network adapter with an address in a VM network.`,
        'Choose a virtual machine that is connected to a VM subnet.',
      );
    }
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

  /** Sends no more; its state stays readable. Throws ConsoleError probeNotFound. */
  stopPing(pingId: string): void {
    if (!this.#simulation().stopPing(pingId)) throw notFound(pingId);
  }
}

function notFound(pingId: string): ConsoleError {
  return new ConsoleError('probeNotFound', `There is no ping ${pingId.slice(0, 80)}.`, 'Start the ping again.');
}
