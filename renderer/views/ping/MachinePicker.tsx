/** Which virtual machine sends: for the windows that send from one. */
import { useState } from 'react';
import type { VirtualMachineRow } from '../../../shared/contract/inventory.ts';
import { useProcedure } from '../../bridge/queries.ts';
import { SearchCombobox } from '../shared/SearchCombobox.tsx';

/** The first machines that can send, of one VM network or of all, with `filter` in what a list shows of them. */
function usePingMachines(vmNetworkId: string | undefined, filter: string): readonly VirtualMachineRow[] {
  const { data } = useProcedure('virtualMachine.list', { limit: 500, filter, sort: { column: 'name', direction: 'asc' }, ...(vmNetworkId === undefined ? {} : { vmNetworkId }) });
  return data?.rows.filter((row) => row.role === 'tenant' && row.running) ?? [];
}

/** The machine that was picked; before anybody picks, the wanted one, or the first that can send. */
export function useSender(vmNetworkId: string | undefined, wantedId: string | undefined): { readonly sender: VirtualMachineRow | undefined; readonly choose: (machine: VirtualMachineRow) => void } {
  const machines = usePingMachines(vmNetworkId, '');
  const [picked, choose] = useState<VirtualMachineRow | undefined>(undefined);
  const first = wantedId === undefined ? machines[0] : machines.find(({ id }) => id === wantedId);
  return { sender: picked ?? first, choose };
}

interface MachinePickerProps {
  readonly vmNetworkId: string | undefined;
  readonly chosen: VirtualMachineRow | undefined;
  readonly onChange: (machine: VirtualMachineRow) => void;
}

/** Searches in SQL. */
export function MachinePicker({ vmNetworkId, chosen, onChange, ...field }: MachinePickerProps) {
  const choiceOf = (machine: VirtualMachineRow) => ({ id: machine.id, label: `${machine.name} (${machine.vmNetwork ?? ''})` });
  const [typed, setTyped] = useState<string | undefined>(undefined);
  const machines = usePingMachines(vmNetworkId, typed?.trim() ?? '');
  return (
    <SearchCombobox
      {...field}
      typed={typed}
      onType={setTyped}
      chosen={chosen && choiceOf(chosen)}
      choices={machines.map(choiceOf)}
      placeholder={machines.length === 0 && typed === undefined ? 'No virtual machine is running' : 'Choose a virtual machine'}
      onChoose={(wanted) => {
        const machine = machines.find(({ id }) => id === wanted);
        if (machine !== undefined) onChange(machine);
      }}
    />
  );
}
