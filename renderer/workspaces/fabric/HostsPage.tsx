/** Fabric › Servers: Hyper-V hosts of everything, of a group, or one. */
import { Server20Regular } from '@fluentui/react-icons';
import { useEffect, useMemo } from 'react';
import type { HostRow } from '../../../shared/contract/inventory.ts';
import { useProcedure } from '../../bridge/queries.ts';
import { ObjectList } from '../../list/ObjectList.tsx';
import type { ListColumn } from '../../list/listTypes.ts';
import { useConsole } from '../../shell/console.tsx';
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

const emptyState = { title: 'No hosts', description: 'Hosts are the Hyper-V servers on which tenants and gateways run. Add one with Add Host on the Home tab.' };

const emptyGroupState = { title: 'No hosts in this host group', description: 'Add one with Add Host, or move one here: its Properties, page General.' };

export function HostsPage({ view }: { readonly view: Extract<View, { kind: 'hosts' }> }) {
  const { row, onSelect, ...list } = useObjectPage('host', 'host.properties');
  const { hostGroupId, hostId } = view;
  const scope = useMemo(() => (hostGroupId === undefined ? {} : { hostGroupId }), [hostGroupId]);
  // A host of the tree is shown selected among its neighbours.
  const { data } = useProcedure('host.list', { limit: 500 }, { enabled: hostId !== undefined });
  useEffect(() => {
    const wanted = hostId === undefined ? undefined : data?.rows.find(({ id }) => id === hostId);
    if (wanted !== undefined) onSelect(wanted);
  }, [data, hostId, onSelect]);
  // A host group that was deleted meanwhile has nothing to show.
  const { navigate } = useConsole();
  const { data: tree } = useProcedure('inventory.tree', {});
  const isGone = hostGroupId !== undefined && tree !== undefined && !tree.hostGroups.some(({ id }) => id === hostGroupId);
  useEffect(() => {
    if (isGone) navigate({ kind: 'hosts' });
  }, [isGone, navigate]);
  return (
    <ListWithDetails
      what="a host"
      list={<ObjectList procedure="host.list" extraInput={scope} caption="Hosts" columns={columns} getRowId={(item) => item.id} emptyState={hostGroupId === undefined ? emptyState : emptyGroupState} onSelect={onSelect} {...list} />}
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
          { label: 'Cluster', value: row.cluster ?? 'None' },
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
