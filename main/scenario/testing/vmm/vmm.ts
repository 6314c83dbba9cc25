/**
 * A small VMM: runs the cmdlets of a script on a lab. What it knows of the script is its text, as PowerShell's grammar reads it. Each
 * cmdlet becomes an operation of that lab, or a part of one that is started when the script has said all of it.
 */
import type { Lab } from '../../../lab/lab.ts';
import type { ConnectivityNow } from '../../../../shared/contract/inventory.ts';
import { readScript, type Command, type Expression } from '../../../operations/powershell/testing/scriptTree.ts';
import { Arguments, evaluate, isThing, type Thing, type Value } from './values.ts';

/** What VMM finds on a computer that becomes a host: no script tells it. */
export interface Computer {
  readonly nic: string;
  readonly virtualSwitches: readonly string[];
  readonly isVirtual: boolean;
}

/** What no cmdlet says, but somebody who runs the script knows. */
export interface World {
  /** Answers every prompt for a secret. */
  readonly secret: string;
  readonly computers: ReadonlyMap<string, Computer>;
  /** Names of virtual machines that are made to become gateways: this console asks for it when it makes them. */
  readonly gatewayMachines: ReadonlySet<string>;
}

type Direct = ConnectivityNow['directConnection'];
type Tunnel = ConnectivityNow['vpnTunnel'];

/** How a VM network is connected, while a script changes it. */
export interface Connectivity {
  direct: Direct;
  tunnel: Tunnel;
  /** Gateway device by name; null without a VM network gateway. */
  device: string | null;
}

export type Cmdlet = (args: Arguments, vmm: Vmm) => Value | undefined | Promise<Value | undefined> | Promise<void>;

export class Vmm {
  readonly lab: Lab;
  readonly world: World;
  readonly #cmdlets: Readonly<Record<string, Cmdlet>>;
  /** Virtual machine in which the script runs, for cmdlets of Windows. */
  computer = '';
  /** Names of NAT rules that become static mappings, in the order of these: a mapping has no name, the comment before it says which rule it is. */
  mappingNames: string[] = [];
  readonly #connectivity = new Map<string, { readonly before: string; readonly now: Connectivity }>();
  readonly #later: (() => Promise<void>)[] = [];

  constructor(lab: Lab, world: World, cmdlets: Readonly<Record<string, Cmdlet>>) {
    this.#cmdlets = cmdlets;
    this.lab = lab;
    this.world = world;
  }

  async execute(text: string): Promise<void> {
    this.computer = /^# Run this inside virtual machine '(.*)'$/m.exec(text)?.[1] ?? '';
    this.mappingNames = [...text.matchAll(/^# NAT rule (.*)\nAdd-NetNatStaticMapping /gm)].map(([, name = '']) => name);
    const variables = new Map<string, Value>();
    const tables = new Map<string, ReadonlyMap<string, Expression>>();
    for (const { variable, appends, value } of readScript(text)) {
      if ('expression' in value && value.expression.kind === 'table') {
        tables.set(variable ?? '', value.expression.entries);
        continue;
      }
      const result = 'expression' in value ? evaluate(value.expression, variables) : await this.#run(value.command, variables, tables);
      if (variable !== null) variables.set(variable, appends ? [...(variables.get(variable) as readonly Value[]), ...(Array.isArray(result) ? (result as readonly Value[]) : [result])] : result);
    }
    for (const work of this.#later.splice(0)) await work();
    await this.#connect();
  }

  async #run(command: Command, variables: ReadonlyMap<string, Value>, tables: ReadonlyMap<string, ReadonlyMap<string, Expression>>): Promise<Value> {
    const run = this.#cmdlets[command.cmdlet];
    if (run === undefined) throw new Error(`the interpreter does not know ${command.cmdlet}`);
    const args = new Arguments(command, variables, tables.get(command.splat ?? '') ?? new Map());
    args.ignore('RunAsynchronously');
    const result = (await run(args, this)) ?? '';
    if (args.unread.length > 0) throw new Error(`${command.cmdlet} does nothing with -${args.unread.join(', -')}`);
    return command.where === null ? result : filtered(result, command.where.property, command.where.equals);
  }

  /** Starts an operation and waits for its job. */
  async start(operationId: string, input: unknown): Promise<void> {
    const jobId = this.lab.operations.start(operationId, input);
    const status = await this.lab.jobs.waitFor(jobId);
    if (status !== 'Completed' && status !== 'SucceedWithInfo') throw new Error(`${operationId} ${JSON.stringify(input)} is ${status}: ${this.lab.lists.jobs.get(jobId).error?.message ?? ''}`);
  }

  /** When the script has been read to its end. */
  atEnd(work: () => Promise<void>): void {
    this.#later.push(work);
  }

  idOf(vmNetwork: string): string {
    const row = this.lab.lists.vmNetworks.list({ offset: 0, limit: 100, filter: vmNetwork }).rows.find(({ name }) => name === vmNetwork);
    if (row === undefined) throw new Error(`there is no VM network ${vmNetwork}`);
    return row.id;
  }

  connectivity(vmNetwork: string): Connectivity {
    const known = this.#connectivity.get(vmNetwork);
    if (known !== undefined) return known.now;
    const { directConnection, vpnTunnel } = this.lab.forms.connectivity(this.idOf(vmNetwork)).current;
    const now: Connectivity = { direct: directConnection, tunnel: vpnTunnel, device: (directConnection ?? vpnTunnel)?.gatewayDevice ?? null };
    this.#connectivity.set(vmNetwork, { before: JSON.stringify([now.direct, now.tunnel]), now });
    return now;
  }

  async #connect(): Promise<void> {
    for (const [vmNetwork, { before, now }] of this.#connectivity) {
      if (JSON.stringify([now.direct, now.tunnel]) === before) continue;
      const [direct, tunnel] = JSON.parse(before) as [Direct, Tunnel];
      await this.start('vmNetwork.setConnectivity', {
        vmNetwork,
        ...(direct === null && now.direct === null ? {} : { directConnection: now.direct }),
        ...(tunnel === null && now.tunnel === null ? {} : { vpnTunnel: now.tunnel }),
      });
    }
    this.#connectivity.clear();
  }
}

function filtered(value: Value, property: string, equals: string): Value {
  const found = (Array.isArray(value) ? (value as readonly Value[]) : [value]).filter((item) => isThing(item) && item.parts[property] === equals);
  const [only, ...others] = found;
  if (only === undefined || others.length > 0) throw new Error(`${found.length} objects have ${property} ${equals}`);
  return only;
}

export function vmNetworkOf(gateway: Thing): string {
  const network = gateway.parts['VMNetwork'];
  if (!isThing(network)) throw new Error('a gateway without its VM network');
  return network.name;
}
