/** VMs and Services › VM Networks. */
import { VirtualNetwork20Regular } from '@fluentui/react-icons';
import { useProcedure } from '../../bridge/queries.ts';
import { ObjectList } from '../../list/ObjectList.tsx';
import type { ListColumn } from '../../list/listTypes.ts';
import { LoadingState, ErrorState } from '../../views/shared/states.tsx';
import { DetailsFrame } from '../DetailsFrame.tsx';
import { ListWithDetails } from '../ListWithDetails.tsx';
import { useObjectPage } from '../useObjectPage.ts';
import { VmNetworkFacts } from './VmNetworkFacts.tsx';

const columns: readonly ListColumn<'vmNetwork.list'>[] = [
  { id: 'name', header: 'Name', width: 200, sortBy: 'name', text: (row) => row.name },
  { id: 'subnets', header: 'Subnet', width: 160, isMono: true, sortBy: 'subnets', text: (row) => row.subnets.join(', ') },
  { id: 'gatewayConnection', header: 'Gateway Connection', width: 200, sortBy: 'gatewayConnection', text: (row) => row.gatewayConnection ?? 'None' },
  { id: 'externalAddress', header: 'External NAT Address', width: 160, isMono: true, sortBy: 'externalAddress', text: (row) => row.externalAddress ?? '' },
  { id: 'logicalNetwork', header: 'Logical Network', width: 180, sortBy: 'logicalNetwork', text: (row) => row.logicalNetwork },
  { id: 'virtualMachines', header: 'Virtual Machines', width: 120, align: 'end', sortBy: 'virtualMachines', text: (row) => String(row.virtualMachines) },
];

const emptyState = { title: 'No VM networks', description: 'A VM network is a tenant’s own network. Open a lab that has some, or create one on a logical network with network virtualization.' };

export function VmNetworksPage() {
  const { row, ...list } = useObjectPage('vmNetwork', 'vmNetwork.properties');
  return (
    <ListWithDetails
      what="a VM network"
      list={<ObjectList procedure="vmNetwork.list" caption="VM Networks and IP Pools" columns={columns} getRowId={(item) => item.id} emptyState={emptyState} {...list} />}
      details={row === null ? null : <VmNetworkDetailsPane id={row.id} name={row.name} />}
    />
  );
}

function VmNetworkDetailsPane({ id, name }: { readonly id: string; readonly name: string }) {
  const { data, error, refetch } = useProcedure('vmNetwork.get', { id });
  if (error !== null && data === undefined) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (data === undefined || data.id !== id) return <LoadingState what={name} />;
  return (
    <DetailsFrame icon={VirtualNetwork20Regular} name={data.name} kind="VM network">
      <VmNetworkFacts details={data} />
    </DetailsFrame>
  );
}
