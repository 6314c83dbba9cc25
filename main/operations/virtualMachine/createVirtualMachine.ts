/** Create Virtual Machine Wizard: a virtual machine from a VM template, with static addresses, placed on a host. */
import { z } from 'zod';
import type { CreateVirtualMachineInput } from '../../../shared/contract/libraryOperations.ts';
import { formatIpv4 } from '../../../shared/net/ipv4.ts';
import { formatMac } from '../../../shared/net/mac.ts';
import type { StepContext, StepDefinition, StepResult } from '../../jobs/plan.ts';
import type { Inventory } from '../../store/inventory/inventory.ts';
import type { NewVirtualMachine } from '../../store/inventory/virtualMachines.ts';
import { auditChanges } from '../audit.ts';
import { labels } from '../labels.ts';
import { connectionText } from '../library/connections.ts';
import type { Operation } from '../operation.ts';
import { refuseAll } from '../problems.ts';
import { grantProviderAddress } from '../providerAddressGrant.ts';
import type { AdapterTarget } from './adapterTargets.ts';
import { creationScript } from './machineScript.ts';
import { resolveMachine, type MachineTarget } from './machineTarget.ts';
import { rateHost } from './placement.ts';

export const createVirtualMachine: Operation<'virtualMachine.create'> = {
  id: 'virtualMachine.create',
  title: 'Create Virtual Machine Wizard Script',

  check(input, { inventory }) {
    const resolved = resolveMachine(input, inventory);
    return 'problems' in resolved ? resolved.problems : [];
  },

  script(input, { inventory }) {
    return creationScript(input, targetNow(input, inventory), inventory);
  },

  plan(input, { inventory }) {
    const resolved = resolveMachine(input, inventory);
    return {
      name: labels.createVirtualMachine,
      resultType: 'VM',
      resultId: null,
      resultName: input.name,
      locks: 'target' in resolved ? locksOf(resolved.target) : [],
      steps: [
        { key: 'virtualMachine', number: '1', name: `${labels.createVirtualMachine} ${input.name}` },
        { key: 'placement', number: '1.1', name: labels.checkPlacement, run: (context) => checkPlacement(context, input) },
        { key: createdKey, number: '1.2', name: labels.createOnHost, run: (context) => create(context, input) },
        ...startStep(input),
      ],
    };
  },
};

const createdKey = 'create';
const createdSchema = z.string();

/** The template, the host, and the networks and pools of the adapters. */
function locksOf({ template, host, adapters }: MachineTarget): readonly string[] {
  const networks = adapters.flatMap(({ connection, chosen }) => [...(connection.kind === 'notConnected' ? [] : [connection.network.id]), ...(chosen === null ? [] : [chosen.pool.id])]);
  return [...new Set([template.id, host.id, ...networks])];
}

function startStep(input: CreateVirtualMachineInput): readonly StepDefinition[] {
  if (!input.start) return [];
  return [
    {
      key: 'start',
      number: '1.3',
      name: labels.startVirtualMachine,
      skippable: true,
      uses: [createdKey],
      run: (context) => {
        const machine = context.inventory.virtualMachines.virtualMachine(createdSchema.parse(context.output(createdKey)));
        context.inventory.virtualMachines.setRunning(machine.id, true);
        auditChanges(context, { type: 'VM', id: machine.id, name: machine.name }, { Status: ['PowerOff', 'Running'] });
        return { message: `${machine.name} is running.` };
      },
    },
  ];
}

function targetNow(input: CreateVirtualMachineInput, inventory: Inventory): MachineTarget {
  const resolved = resolveMachine(input, inventory);
  return 'target' in resolved ? resolved.target : refuseAll(resolved.problems);
}

function checkPlacement({ inventory }: StepContext, input: CreateVirtualMachineInput): StepResult {
  const { host, adapters } = targetNow(input, inventory);
  const { stars, reasons } = rateHost(host, { role: input.role, adapters }, inventory);
  return { message: `${host.name}: ${stars} of 5 stars. ${reasons.map(({ text }) => text).join(' ')}` };
}

/** The guest is as the image has it: firewall on, no role, adapters under Windows's own names. */
function create(context: StepContext, input: CreateVirtualMachineInput): StepResult {
  const { inventory } = context;
  const target = targetNow(input, inventory);
  const { template, host, adapters } = target;
  const machine: NewVirtualMachine = {
    id: context.newId(),
    hostId: host.id,
    name: input.name,
    role: input.role,
    generation: template.generation,
    running: false,
    firewallOn: true,
    remoteAccessInstalled: false,
    vpnDeployed: false,
  };
  inventory.virtualMachines.add(machine);
  const connected = adapters.map((adapter, slot) => addAdapter(context, machine, target, adapter, slot));
  context.setResult('VM', machine.id, machine.name);
  auditChanges(context, { type: 'VM', id: machine.id, name: machine.name }, {
    Name: [null, machine.name],
    VMHost: [null, host.name],
    VMTemplate: [null, template.name],
    Generation: [null, String(machine.generation)],
    ...Object.fromEntries(connected.map((text, slot) => [`VirtualNetworkAdapters[${slot}]`, [null, text] as const])),
  });
  return { message: `${machine.name} on ${host.name}: ${connected.length === 0 ? 'no network adapter' : connected.join('; ')}.`, output: machine.id };
}

/** As Windows names the adapters it finds: Ethernet, Ethernet 2, Ethernet 3. */
function adapterName(slot: number): string {
  return slot === 0 ? 'Ethernet' : `Ethernet ${slot + 1}`;
}

/** A static address needs a static MAC address with it. Returns what was connected, in words. */
function addAdapter(context: StepContext, machine: NewVirtualMachine, { host }: MachineTarget, adapter: AdapterTarget, slot: number): string {
  const { inventory } = context;
  const { connection, subnet, chosen } = adapter;
  const id = context.newId();
  const name = adapterName(slot);
  const mac = inventory.virtualMachines.nextMac(inventory.switchFabric.macRangeFor(machine.hostId));
  const holder = { type: 'VirtualNetworkAdapter', id, description: `network adapter ${name} of ${machine.name}` } as const;
  inventory.virtualMachines.addAdapter({
    id,
    virtualMachineId: machine.id,
    slot,
    name,
    mac,
    virtualSwitchId: connection.kind === 'notConnected' ? null : (inventory.hosts.switchesOf(host.id)[0]?.id ?? null),
    vmSubnetId: subnet?.id ?? null,
    networkSiteSubnetId: chosen?.pool.networkSiteSubnetId ?? null,
    ipAddressAllocationId: chosen === null ? null : inventory.pools.allocate(context.newId(), chosen.pool.id, chosen.address, holder).id,
  });
  if (subnet !== null && connection.kind === 'vmNetwork') {
    grantProviderAddress(inventory, { host, logicalNetworkId: connection.network.logicalNetworkId }, subnet.vsid, context.newId);
  }
  const address = chosen === null ? '' : ` ${formatIpv4(chosen.address)}`;
  return `${name} ${formatMac(mac)} ${connectionText(connection)}${address}`;
}
