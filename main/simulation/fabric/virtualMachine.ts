/** A tenant's virtual machine: one adapter on a VM subnet, a small IP stack, programs. */
import type { VirtualMachineConfig, VmAdapterConfig } from '../config.ts';
import type { Packet } from '../kernel/packet.ts';
import type { Tap } from '../kernel/tap.ts';
import type { World } from '../kernel/world.ts';
import { stackState } from '../gateway/view.ts';
import { IpNode } from '../net/ipNode.ts';
import { connectedRoute, defaultRoute } from '../net/routes.ts';
import { Programs } from '../programs/programs.ts';
import type { StackState } from '../state.ts';
import { guestMtu, type Host } from './host.ts';
import type { SwitchPort } from './switchPort.ts';

export class VirtualMachine implements SwitchPort {
  readonly programs: Programs;
  readonly #world: World;
  readonly #node: IpNode;
  readonly #tap: Tap;
  #config: VirtualMachineConfig;
  #adapter: VmAdapterConfig;
  #host: Host | undefined;
  #isConfigured = false;

  constructor(world: World, config: VirtualMachineConfig, adapter: VmAdapterConfig, tap: Tap) {
    this.#world = world;
    this.#config = config;
    this.#adapter = adapter;
    this.#tap = tap;
    this.#node = new IpNode(world, config.name, { forwards: false, deliver: (packet) => this.programs.deliver(packet) });
    this.programs = new Programs(world, this.#node, () => this.#config.running && this.#host !== undefined);
  }

  get vsid(): number {
    return this.#adapter.vsid;
  }

  get mac(): number {
    return this.#adapter.mac;
  }

  get label(): string {
    return this.#config.name;
  }

  configure(config: VirtualMachineConfig, adapter: VmAdapterConfig, host: Host | undefined): void {
    if (this.#isConfigured && config === this.#config && host === this.#host) return;
    this.#isConfigured = true;
    this.#host?.detachPort(this);
    this.#config = config;
    this.#adapter = adapter;
    this.#host = host;
    this.#node.name = config.name;
    const settings = { name: adapter.name, mac: adapter.mac, address: adapter.address, prefixLength: adapter.prefixLength, mtu: guestMtu };
    this.#node.setInterfaces([{ settings, tap: this.#tap, transmit: (packet) => this.#transmit(packet) }]);
    const routes = [connectedRoute(adapter.address, adapter.prefixLength, 0)];
    if (adapter.defaultGateway !== null) routes.push(defaultRoute(adapter.defaultGateway, 0, 256));
    this.#node.routes.replace(routes);
    host?.attachPort(this);
  }

  /** It is not there any more. */
  end(): void {
    this.#host?.detachPort(this);
  }

  /** A whole frame that did not come from this machine's own stack. Takes it over. */
  sendFrame(packet: Packet): void {
    if (this.#tap.isActive) this.#tap.record(packet, 'sent');
    this.#transmit(packet);
  }

  #transmit(packet: Packet): void {
    if (this.#host === undefined || !this.#config.running) this.#world.drop(packet, 'machineOff', this.#config.name);
    else this.#host.fromPort(packet, this);
  }

  receiveFrame(packet: Packet): void {
    const [via] = this.#node.interfaces;
    if (via === undefined || !this.#config.running) this.#world.drop(packet, 'machineOff', this.#config.name);
    else this.#node.receiveFrame(packet, via);
  }

  state(): StackState {
    return stackState(this.#node);
  }
}
