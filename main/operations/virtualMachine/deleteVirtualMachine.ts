/** Deletes a virtual machine and gives back what it held: its addresses, and on its host the provider addresses that nobody else uses. */
import { problem, type Problem } from '../../../shared/contract/errors.ts';
import { formatIpv4 } from '../../../shared/net/ipv4.ts';
import type { StepContext, StepDefinition, StepResult } from '../../jobs/plan.ts';
import type { Inventory } from '../../store/inventory/inventory.ts';
import type { VirtualMachine } from '../../store/inventory/virtualMachines.ts';
import { auditChanges } from '../audit.ts';
import { labels } from '../labels.ts';
import type { Operation } from '../operation.ts';
import { findVirtualMachine } from '../powershell/lookups.ts';
import { Script, scriptSwitch } from '../powershell/script.ts';
import { findOrProblem, refuse } from '../problems.ts';
import { releaseProviderAddresses } from '../providerAddressGrant.ts';
import { machineScript } from './machineScript.ts';
import { powerOffStep } from './power.ts';

const path = ['virtualMachine'];

export const deleteVirtualMachine: Operation<'virtualMachine.delete'> = {
  id: 'virtualMachine.delete',
  title: labels.deleteVirtualMachine,

  check(input, { inventory }) {
    const machine = findOrProblem(path, () => inventory.virtualMachines.virtualMachine(input.virtualMachine));
    return 'problem' in machine ? [machine.problem] : obstacles(machine.found, inventory, input.powerOff);
  },

  script(input, { inventory }) {
    const { id, running } = inventory.virtualMachines.virtualMachine(input.virtualMachine);
    if (!input.powerOff || !running) return machineScript(id, inventory, 'Remove-SCVirtualMachine');
    const script = new Script();
    const vm = findVirtualMachine(script, 'vm', id, inventory);
    return script.run('Stop-SCVirtualMachine', { VM: vm, Force: scriptSwitch }).run('Remove-SCVirtualMachine', { VM: vm });
  },

  plan(input, { inventory }) {
    const machine = inventory.virtualMachines.virtualMachine(input.virtualMachine);
    const { id, name, hostId } = machine;
    const stepName = `${labels.deleteVirtualMachine} ${name}`;
    const deletion = (number: string): StepDefinition => ({ key: 'delete', number, name: stepName, run: (context) => remove(context, id) });
    return {
      name: labels.deleteVirtualMachine,
      resultType: 'VM',
      resultId: id,
      resultName: name,
      locks: [id, hostId],
      steps: input.powerOff ? [{ key: 'whole', number: '1', name: stepName }, powerOffStep('1.1', machine), deletion('1.2')] : [deletion('1')],
    };
  },
};

function obstacles(machine: VirtualMachine, inventory: Inventory, isPoweredOffFirst = false): readonly Problem[] {
  const service = inventory.networkServices.findByMachine(machine.id);
  const cluster = inventory.clusters.of('guest', machine.id);
  return [
    ...(service === undefined
      ? []
      : [problem('objectInUse', path, `${machine.name} is the gateway VM of network service ${service.name}.`, `Remove ${service.name} first (Fabric > Networking > Network Service).`)]),
    ...(cluster === undefined ? [] : [problem('objectInUse', path, `${machine.name} is a node of guest cluster ${cluster.name}.`, 'Destroy the cluster first.')]),
    ...(machine.running && !isPoweredOffFirst ? [problem('machineRunning', path, `${machine.name} is running.`, 'Shut it down first.')] : []),
  ];
}

function remove(context: StepContext, id: string): StepResult {
  const { virtualMachines, pools, vmNetworks } = context.inventory;
  const machine = virtualMachines.virtualMachine(id);
  refuse(obstacles(machine, context.inventory));
  const adapters = virtualMachines.adaptersOf(id);
  virtualMachines.remove(id);
  const released = adapters.flatMap(({ id: adapterId }) => pools.heldBy(adapterId));
  for (const allocation of released) pools.release(allocation.id);
  for (const vmSubnetId of new Set(adapters.map((adapter) => adapter.vmSubnetId))) {
    if (vmSubnetId === null || virtualMachines.isSubnetOn(vmSubnetId, machine.hostId)) continue;
    releaseProviderAddresses(context.inventory, vmNetworks.subnetById(vmSubnetId).vsid, machine.hostId);
  }
  const addresses = released.map(({ address }) => formatIpv4(address)).join(', ');
  auditChanges(context, { type: 'VM', id, name: machine.name }, { Name: [machine.name, null], IPv4Addresses: [addresses === '' ? null : addresses, null] });
  return { message: addresses === '' ? `${machine.name} is deleted.` : `${machine.name} is deleted; ${addresses} can be given again.` };
}
