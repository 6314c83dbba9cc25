/** Virtual machines of everything, of a host group, or of one host. */
import { Desktop20Regular } from '@fluentui/react-icons';
import { useMemo } from 'react';
import type { VirtualMachineRow } from '../../../shared/contract/inventory.ts';
import { ObjectList } from '../../list/ObjectList.tsx';
import type { ListColumn } from '../../list/listTypes.ts';
import type { View } from '../../shell/views.ts';
import { CopyableAddress } from '../../views/shared/CopyableAddress.tsx';
import { PowerState } from '../../views/shared/PowerState.tsx';
import { DetailsFrame, FactColumn } from '../DetailsFrame.tsx';
import { ListWithDetails } from '../ListWithDetails.tsx';
import { useObjectPage } from '../useObjectPage.ts';

const roleText = (row: VirtualMachineRow) => (row.role === 'gateway' ? 'Gateway' : 'Tenant');

const columns: readonly ListColumn<'virtualMachine.list'>[] = [
  { id: 'name', header: 'Name', width: 180, sortBy: 'name', text: (row) => row.name },
  { id: 'running', header: 'Status', width: 110, sortBy: 'running', text: (row) => (row.running ? 'Running' : 'Stopped'), render: (row) => <PowerState running={row.running} /> },
  { id: 'vmNetwork', header: 'VM Network', width: 150, sortBy: 'vmNetwork', text: (row) => row.vmNetwork ?? '' },
  { id: 'address', header: 'IP Address', width: 130, isMono: true, sortBy: 'address', text: (row) => row.address ?? '' },
  { id: 'mac', header: 'MAC Address', width: 150, isMono: true, text: (row) => row.mac ?? '' },
  { id: 'host', header: 'Host', width: 200, sortBy: 'host', text: (row) => row.host },
  { id: 'role', header: 'Role', width: 90, sortBy: 'role', text: roleText },
];

const emptyState = { title: 'No virtual machines', description: 'No virtual machine is placed here. Choose another host or group in the navigation pane.' };

export function VirtualMachinesPage({ view }: { readonly view: Extract<View, { kind: 'virtualMachines' }> }) {
  const { row, ...list } = useObjectPage('virtualMachine', 'virtualMachine.connect');
  const { hostGroupId, hostId } = view;
  const scope = useMemo(() => ({ ...(hostGroupId === undefined ? {} : { hostGroupId }), ...(hostId === undefined ? {} : { hostId }) }), [hostGroupId, hostId]);
  return (
    <ListWithDetails
      what="a virtual machine"
      list={<ObjectList procedure="virtualMachine.list" extraInput={scope} caption="Virtual Machines" columns={columns} getRowId={(item) => item.id} emptyState={emptyState} {...list} />}
      details={row === null ? null : <MachineDetails row={row} />}
    />
  );
}

function MachineDetails({ row }: { readonly row: VirtualMachineRow }) {
  return (
    <DetailsFrame icon={Desktop20Regular} name={row.name} kind={row.role === 'gateway' ? 'Gateway virtual machine' : 'Virtual machine'}>
      <FactColumn
        title="Placement"
        facts={[
          { label: 'Status', value: <PowerState running={row.running} /> },
          { label: 'Host', value: row.host },
          { label: 'Role', value: roleText(row) },
        ]}
      />
      <FactColumn
        title="Network"
        facts={[
          { label: 'VM network', value: row.vmNetwork ?? 'None' },
          { label: 'IP address', value: row.address === null ? 'None' : <CopyableAddress text={row.address} what="IP address" /> },
          { label: 'MAC address', value: row.mac === null ? 'None' : <CopyableAddress text={row.mac} what="MAC address" /> },
        ]}
      />
    </DetailsFrame>
  );
}
