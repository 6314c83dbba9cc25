/** Fabric › Servers: Hyper-V hosts of everything, of a group, or one. */
import { Server20Regular } from '@fluentui/react-icons';
import { useEffect, useMemo } from 'react';
import type { HostRow } from '../../../shared/contract/inventory.ts';
import { useProcedure } from '../../bridge/queries.ts';
import { ObjectList } from '../../list/ObjectList.tsx';
import type { ListColumn } from '../../list/listTypes.ts';
import type { View } from '../../shell/views.ts';
import { CopyableAddress } from '../../views/shared/CopyableAddress.tsx';
import { DetailsFrame, FactColumn } from '../DetailsFrame.tsx';
import { ListWithDetails } from '../ListWithDetails.tsx';
import { useObjectPage } from '../useObjectPage.ts';

const gatewayText = (row: HostRow) => (row.dedicatedGateway ? 'Yes' : 'No');

const columns: readonly ListColumn<'host.list'>[] = [
  { id: 'name', header: 'Name', width: 220, sortBy: 'name', text: (row) => row.name },
  { id: 'status', header: 'Host Status', width: 110, sortBy: 'status', text: (row) => row.status },
  { id: 'hostGroup', header: 'Host Group', width: 130, sortBy: 'hostGroup', text: (row) => row.hostGroup },
  { id: 'dedicatedGateway', header: 'Dedicated Gateway', width: 140, sortBy: 'dedicatedGateway', text: gatewayText },
  { id: 'virtualMachines', header: 'Virtual Machines', width: 120, align: 'end', sortBy: 'virtualMachines', text: (row) => String(row.virtualMachines) },
  { id: 'providerAddresses', header: 'Provider Addresses', width: 200, isMono: true, text: (row) => row.providerAddresses.join(', ') },
];

const emptyState = { title: 'No hosts', description: 'Hosts are the Hyper-V servers on which tenants and gateways run. Open a lab that has some.' };

export function HostsPage({ view }: { readonly view: Extract<View, { kind: 'hosts' }> }) {
  const { row, onSelect, ...list } = useObjectPage('host', 'host.virtualMachines');
  const { hostGroupId, hostId } = view;
  const scope = useMemo(() => (hostGroupId === undefined ? {} : { hostGroupId }), [hostGroupId]);
  // A host of the tree is shown selected among its neighbours.
  const { data } = useProcedure('host.list', { limit: 500 }, { enabled: hostId !== undefined });
  useEffect(() => {
    const wanted = hostId === undefined ? undefined : data?.rows.find(({ id }) => id === hostId);
    if (wanted !== undefined) onSelect(wanted);
  }, [data, hostId, onSelect]);
  return (
    <ListWithDetails
      what="a host"
      list={<ObjectList procedure="host.list" extraInput={scope} caption="Hosts" columns={columns} getRowId={(item) => item.id} emptyState={emptyState} onSelect={onSelect} {...list} />}
      details={row === null ? null : <HostDetails row={row} />}
    />
  );
}

function HostDetails({ row }: { readonly row: HostRow }) {
  return (
    <DetailsFrame icon={Server20Regular} name={row.name} kind="Host">
      <FactColumn
        title="Host"
        facts={[
          { label: 'Status', value: row.status },
          { label: 'Host group', value: row.hostGroup },
          { label: 'Dedicated gateway', value: gatewayText(row) },
          { label: 'Virtual machines', value: row.virtualMachines },
        ]}
      />
      <FactColumn
        title="Network virtualization"
        facts={[
          { label: 'Virtual switches', value: row.virtualSwitches.join(', ') || 'None' },
          {
            label: 'Provider addresses',
            value: row.providerAddresses.length === 0 ? 'None yet' : row.providerAddresses.map((address) => (
                <div key={address}>
                  <CopyableAddress text={address} what="Provider address" />
                </div>
              )),
          },
        ]}
      />
    </DetailsFrame>
  );
}
