/** Connects an adapter of a virtual machine to a virtual switch of its host, or disconnects it, as Hyper-V's settings do. */
import { problem, type Problem } from '../../../shared/contract/errors.ts';
import type { ParsedOperationInput } from '../../../shared/contract/operations.ts';
import type { StepContext, StepResult } from '../../jobs/plan.ts';
import type { VirtualSwitch } from '../../store/inventory/hosts.ts';
import type { Inventory } from '../../store/inventory/inventory.ts';
import type { VirtualMachine, VirtualNetworkAdapter } from '../../store/inventory/virtualMachines.ts';
import { auditChanges } from '../audit.ts';
import { labels } from '../labels.ts';
import { connectionNames } from '../networkService/connectionTarget.ts';
import type { Operation } from '../operation.ts';
import { findAdapter } from '../powershell/lookups.ts';
import { Script, scriptSwitch } from '../powershell/script.ts';
import { findOrProblem, refuse, refuseAll } from '../problems.ts';

type Input = ParsedOperationInput<'virtualMachine.connectAdapter'>;

interface Target {
  readonly machine: VirtualMachine;
  readonly adapter: VirtualNetworkAdapter;
  /** Null: Not connected. */
  readonly virtualSwitch: VirtualSwitch | null;
}

export const connectAdapter: Operation<'virtualMachine.connectAdapter'> = {
  id: 'virtualMachine.connectAdapter',
  title: labels.connectAdapter,

  check(input, { inventory }) {
    const resolved = resolve(input, inventory);
    return 'problems' in resolved ? resolved.problems : [];
  },

  script(input, { inventory }) {
    const { adapter, virtualSwitch } = targetNow(input, inventory);
    const script = new Script();
    const networkAdapter = findAdapter(script, adapter, inventory);
    return script.run('Set-SCVirtualNetworkAdapter', { VirtualNetworkAdapter: networkAdapter, ...(virtualSwitch === null ? { NoConnection: scriptSwitch } : { VirtualNetwork: virtualSwitch.name }) });
  },

  plan(input, { inventory }) {
    const { id, name } = inventory.virtualMachines.virtualMachine(input.virtualMachine);
    return {
      name: labels.connectAdapter,
      resultType: 'VM',
      resultId: id,
      resultName: name,
      locks: [id],
      steps: [{ key: 'connect', number: '1', name: `${labels.connectAdapter} (${name})`, run: (context) => connect(context, input) }],
    };
  },
};

function resolve(input: Input, inventory: Inventory): { readonly target: Target } | { readonly problems: readonly Problem[] } {
  const machine = findOrProblem(['virtualMachine'], () => inventory.virtualMachines.virtualMachine(input.virtualMachine));
  if ('problem' in machine) return { problems: [machine.problem] };
  const adapter = findOrProblem(['networkAdapter'], () => inventory.virtualMachines.adapter(machine.found, input.networkAdapter));
  if ('problem' in adapter) return { problems: [adapter.problem] };
  const host = inventory.hosts.host(machine.found.hostId);
  const virtualSwitch = input.virtualSwitch === '' ? null : (inventory.hosts.findSwitch(host.id, input.virtualSwitch) ?? inventory.hosts.switchesOf(host.id).find(({ id }) => id === input.virtualSwitch));
  if (virtualSwitch === undefined) {
    const names = inventory.hosts.switchesOf(host.id).map(({ name }) => name);
    return { problems: [problem('objectNotFound', ['virtualSwitch'], `Host ${host.name} has no virtual switch ${input.virtualSwitch}.`, names.length === 0 ? 'Add a virtual switch to the host first.' : `Choose one of: ${names.join(', ')}.`)] };
  }
  const target = { machine: machine.found, adapter: adapter.found, virtualSwitch };
  const problems = obstacles(target, inventory);
  return problems.length > 0 ? { problems } : { target };
}

function obstacles({ machine, adapter, virtualSwitch }: Target, { networkServices }: Inventory): readonly Problem[] {
  if (adapter.virtualSwitchId === (virtualSwitch?.id ?? null)) {
    return [problem('nothingToChange', ['virtualSwitch'], `${adapter.name} of ${machine.name} is ${virtualSwitch === null ? 'not connected' : `connected to ${virtualSwitch.name}`} already.`, 'Nothing needs to be done.')];
  }
  const user = networkServices.connectionWithAdapter(adapter.id);
  if (user === undefined) return [];
  return [problem('objectInUse', ['networkAdapter'], `${adapter.name} of ${machine.name} is the ${connectionNames[user.connectionType]} of network service ${user.service}.`, 'Disable that connection of the network service first.')];
}

function targetNow(input: Input, inventory: Inventory): Target {
  const resolved = resolve(input, inventory);
  return 'target' in resolved ? resolved.target : refuseAll(resolved.problems);
}

function connect(context: StepContext, input: Input): StepResult {
  const { inventory } = context;
  const target = targetNow(input, inventory);
  const { machine, adapter, virtualSwitch } = target;
  refuse(obstacles(target, inventory));
  const before = inventory.hosts.switchesOf(machine.hostId).find(({ id }) => id === adapter.virtualSwitchId);
  inventory.virtualMachines.connectAdapter(adapter.id, virtualSwitch?.id ?? null);
  auditChanges(context, { type: 'VirtualNetworkAdapter', id: adapter.id, name: adapter.name }, { VirtualNetwork: [before?.name ?? null, virtualSwitch?.name ?? null] });
  return { message: virtualSwitch === null ? `${adapter.name} is not connected any more.` : `${adapter.name} is connected to ${virtualSwitch.name}.` };
}
