/** What all operations inside a virtual machine have in common: it must run, and one thing about it changes. */
import { problem, type Problem } from '../../../shared/contract/errors.ts';
import type { JobPlan, StepContext, StepResult } from '../../jobs/plan.ts';
import type { Inventory } from '../../store/inventory/inventory.ts';
import type { VirtualMachine } from '../../store/inventory/virtualMachines.ts';
import { Script } from '../powershell/script.ts';
import { findOrProblem } from '../problems.ts';

/** Problems of `reference`, or those that `check` finds with the machine. */
export function checkGuest(reference: string, inventory: Inventory, check: (machine: VirtualMachine) => readonly Problem[]): readonly Problem[] {
  const machine = findOrProblem(['virtualMachine'], () => inventory.virtualMachines.virtualMachine(reference));
  if ('problem' in machine) return [machine.problem];
  if (!machine.found.running) return [problem('vmNotRunning', ['virtualMachine'], `Virtual machine ${machine.found.name} is turned off; nothing can be done inside it.`, 'Start it first.')];
  return check(machine.found);
}

export function nothingToChange(message: string): readonly Problem[] {
  return [problem('nothingToChange', [], message, 'Nothing needs to be done.')];
}

export function guestPlan(name: string, machine: VirtualMachine, run: (context: StepContext) => StepResult): JobPlan {
  return {
    name,
    resultType: 'VM',
    resultId: machine.id,
    resultName: machine.name,
    locks: [machine.id],
    steps: [{ key: 'guest', number: '1', name: `${name} (${machine.name})`, run }],
  };
}

/** Cmdlets of Windows: they work on the computer where they run. */
export function guestScript({ name }: VirtualMachine): Script {
  return new Script().comment(`Run this inside virtual machine '${name}'`);
}
