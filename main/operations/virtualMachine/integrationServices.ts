/** Integration services of a virtual machine: Data Exchange, through which the host learns what is inside (fact sheet §1.7). */
import { problem } from '../../../shared/contract/errors.ts';
import type { StepContext, StepResult } from '../../jobs/plan.ts';
import { auditChanges } from '../audit.ts';
import { labels } from '../labels.ts';
import type { Operation } from '../operation.ts';
import { findOrProblem } from '../problems.ts';
import { findVirtualMachine } from '../powershell/lookups.ts';
import { Script } from '../powershell/script.ts';

export const setIntegrationServices: Operation<'virtualMachine.setIntegrationServices'> = {
  id: 'virtualMachine.setIntegrationServices',
  title: labels.setIntegrationServices,

  check(input, { inventory }) {
    const machine = findOrProblem(['virtualMachine'], () => inventory.virtualMachines.virtualMachine(input.virtualMachine));
    if ('problem' in machine) return [machine.problem];
    if (machine.found.dataExchangeOn !== input.dataExchange) return [];
    return [problem('nothingToChange', ['dataExchange'], `Data Exchange of ${machine.found.name} is ${input.dataExchange ? 'on' : 'off'} already.`, 'Nothing needs to be done.')];
  },

  script(input, { inventory }) {
    const script = new Script();
    const machine = findVirtualMachine(script, 'VM', input.virtualMachine, inventory);
    return script.run('Set-SCVirtualMachine', { VM: machine, EnableDataExchange: input.dataExchange });
  },

  plan(input, { inventory }) {
    const { id, name } = inventory.virtualMachines.virtualMachine(input.virtualMachine);
    return {
      name: labels.setIntegrationServices,
      resultType: 'VM',
      resultId: id,
      resultName: name,
      locks: [id],
      steps: [{ key: 'set', number: '1', name: `${labels.setIntegrationServices} (${name})`, run: (context) => set(context, id, input.dataExchange) }],
    };
  },
};

function set(context: StepContext, id: string, isOn: boolean): StepResult {
  const { virtualMachines } = context.inventory;
  const machine = virtualMachines.virtualMachine(id);
  virtualMachines.setFlag(id, 'dataExchangeOn', isOn);
  auditChanges(context, { type: 'VM', id, name: machine.name }, { DataExchangeEnabled: [String(machine.dataExchangeOn), String(isOn)] });
  return { message: `Data Exchange of ${machine.name} is ${isOn ? 'on' : 'off'}.` };
}
