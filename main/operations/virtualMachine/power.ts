/** Start, Shut Down and Power Off of a virtual machine. */
import { problem, type Problem } from '../../../shared/contract/errors.ts';
import type { JobPlan, StepContext, StepDefinition, StepResult } from '../../jobs/plan.ts';
import type { Inventory } from '../../store/inventory/inventory.ts';
import type { VirtualMachine } from '../../store/inventory/virtualMachines.ts';
import { auditChanges } from '../audit.ts';
import { labels } from '../labels.ts';
import type { Operation } from '../operation.ts';
import { scriptSwitch } from '../powershell/script.ts';
import { findOrProblem } from '../problems.ts';
import { machineScript } from './machineScript.ts';

export const startVirtualMachine: Operation<'virtualMachine.start'> = {
  id: 'virtualMachine.start',
  title: labels.startVirtualMachine,
  check: (input, { inventory }) => checkPower(input.virtualMachine, true, inventory),
  script: (input, { inventory }) => machineScript(input.virtualMachine, inventory, 'Start-SCVirtualMachine'),
  plan: (input, { inventory }) => powerPlan(labels.startVirtualMachine, inventory.virtualMachines.virtualMachine(input.virtualMachine), true),
};

export const stopVirtualMachine: Operation<'virtualMachine.stop'> = {
  id: 'virtualMachine.stop',
  title: labels.shutDownVirtualMachine,
  check: (input, { inventory }) => checkPower(input.virtualMachine, false, inventory),
  script: (input, { inventory }) =>
    machineScript(input.virtualMachine, inventory, 'Stop-SCVirtualMachine', input.powerOff ? { Force: scriptSwitch } : { Shutdown: scriptSwitch }),
  plan: (input, { inventory }) =>
    powerPlan(input.powerOff ? labels.powerOffVirtualMachine : labels.shutDownVirtualMachine, inventory.virtualMachines.virtualMachine(input.virtualMachine), false),
};

function checkPower(reference: string, running: boolean, inventory: Inventory): readonly Problem[] {
  const machine = findOrProblem(['virtualMachine'], () => inventory.virtualMachines.virtualMachine(reference));
  if ('problem' in machine) return [machine.problem];
  if (machine.found.running !== running) return [];
  return [problem('nothingToChange', ['virtualMachine'], `${machine.found.name} is ${running ? 'running' : 'stopped'} already.`, 'Nothing needs to be done.')];
}

function powerPlan(name: string, machine: VirtualMachine, running: boolean): JobPlan {
  return {
    name,
    resultType: 'VM',
    resultId: machine.id,
    resultName: machine.name,
    locks: [machine.id],
    steps: [{ key: 'power', number: '1', name: `${name} ${machine.name}`, run: (context) => setPower(context, machine.id, running) }],
  };
}

/** Of a job that needs the machine off; of one that is off it only says so. */
export function powerOffStep(number: string, { id, name }: VirtualMachine): StepDefinition {
  return { key: 'power', number, name: `${labels.powerOffVirtualMachine} ${name}`, run: (context) => setPower(context, id, false) };
}

function setPower(context: StepContext, id: string, running: boolean): StepResult {
  const { virtualMachines } = context.inventory;
  const machine = virtualMachines.virtualMachine(id);
  virtualMachines.setRunning(id, running);
  const text = (on: boolean) => (on ? 'Running' : 'PowerOff');
  auditChanges(context, { type: 'VM', id, name: machine.name }, { Status: [text(machine.running), text(running)] });
  const cutOff = running ? [] : servedBy(machine, context.inventory);
  if (cutOff.length > 0) return { message: `${machine.name} is stopped. It is a gateway: VM network${cutOff.length === 1 ? '' : 's'} ${cutOff.join(', ')} cannot reach anything outside until it runs again.`, withInfo: true };
  return { message: `${machine.name} is ${running ? 'running' : 'stopped'}.` };
}

/** VM networks that leave through this machine. */
function servedBy(machine: VirtualMachine, { networkServices }: Inventory): readonly string[] {
  const service = networkServices.findByMachine(machine.id);
  return service === undefined ? [] : networkServices.vmNetworksOn(service.id);
}
