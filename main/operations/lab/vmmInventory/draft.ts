/** The lab that is put together of an inventory: plain words as in a lab file, and of each object where it came from. */
import type { z } from 'zod';
import type { labShape } from '../labDefinition.ts';
import type { NotUnderstood } from './notUnderstood.ts';

export type LabInput = z.input<typeof labShape>;
type ListOf<K extends keyof LabInput> = NonNullable<LabInput[K]> extends readonly (infer T)[] ? T : never;
export type GroupInput = ListOf<'hostGroups'>;
export type HostInput = ListOf<'hosts'>;
export type LogicalNetworkInput = ListOf<'logicalNetworks'>;
export type SiteInput = NonNullable<LogicalNetworkInput['sites']>[number];
type SiteSubnetInput = NonNullable<SiteInput['subnets']>[number];
export type PoolInput = NonNullable<SiteSubnetInput['pools']>[number];
export type VmNetworkInput = ListOf<'vmNetworks'>;
export type VmSubnetInput = NonNullable<VmNetworkInput['subnets']>[number];
export type GatewayInput = NonNullable<VmNetworkInput['gateway']>;
export type VpnConnectionInput = NonNullable<GatewayInput['vpnConnections']>[number];
export type MachineInput = ListOf<'virtualMachines'>;
export type AdapterInput = NonNullable<MachineInput['adapters']>[number];
export type ServiceInput = ListOf<'networkServices'>;
export type ProviderAddressInput = ListOf<'providerAddresses'>;

export class Draft {
  readonly report: NotUnderstood;
  readonly #places = new WeakMap<object, string>();
  readonly #chosen = new WeakSet<GatewayInput>();

  constructor(report: NotUnderstood) {
    this.report = report;
  }

  /** Notes where `made` came from. */
  from<T extends object>(place: string, made: T): T {
    this.#places.set(made, place);
    return made;
  }

  placeOf(made: object): string | undefined {
    return this.#places.get(made);
  }

  /** Notes that the subnet of this gateway's leg was chosen here. */
  choose(gateway: GatewayInput): void {
    this.#chosen.add(gateway);
  }

  isChosen(gateway: GatewayInput): boolean {
    return this.#chosen.has(gateway);
  }
}

/** Objects by their ID; the first of two that have the same. */
export class ById<T> {
  readonly #known = new Map<string, T>();

  add(id: string, value: T): void {
    if (id !== '' && !this.#known.has(id)) this.#known.set(id, value);
  }

  get(id: string): T | undefined {
    return this.#known.get(id.toLowerCase());
  }
}

/** Names that must be there only once: VMM accepts the same name in two places, this console does not everywhere. */
export class UniqueNames {
  /** In lower case, each with the number with which the search for a free name goes on: thousands may have the same. */
  readonly #taken = new Map<string, number>();
  readonly #report: NotUnderstood;

  constructor(report: NotUnderstood) {
    this.#report = report;
  }

  take(name: string, place: string, limit = 256): string {
    if (name === '') return '';
    const wanted = name.toLowerCase();
    let free = name;
    let number = this.#taken.get(wanted) ?? 2;
    for (; this.#taken.has(free.toLowerCase()); number += 1) free = `${name.slice(0, limit - 12)} (${number})`;
    this.#taken.set(free.toLowerCase(), 2);
    if (free !== name) this.#taken.set(wanted, number);
    if (free !== name) this.#report.add(`${place}.Name`, `the name ${name} stands twice; it is taken over as ${free}`);
    return free;
  }
}
