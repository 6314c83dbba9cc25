/** VMs and Services › VM Networks: VM networks, and under those that are opened their IP pools. */
import { NumberSymbol20Regular, VirtualNetwork20Regular } from '@fluentui/react-icons';
import { useMemo, useState } from 'react';
import type { VmNetworkPoolRow } from '../../../shared/contract/inventory.ts';
import { useProcedure } from '../../bridge/queries.ts';
import { ObjectList } from '../../list/ObjectList.tsx';
import type { ListColumn } from '../../list/listTypes.ts';
import { CopyableAddress } from '../../views/shared/CopyableAddress.tsx';
import { LoadingState, ErrorState } from '../../views/shared/states.tsx';
import { DetailsFrame, FactColumn } from '../DetailsFrame.tsx';
import { ListWithDetails } from '../ListWithDetails.tsx';
import { useObjectPage } from '../useObjectPage.ts';
import { VmNetworkFacts } from './VmNetworkFacts.tsx';

const isPool = ({ kind }: VmNetworkPoolRow) => kind === 'ipAddressPool';

function externalAddresses({ externalAddress, furtherExternalAddresses }: VmNetworkPoolRow): readonly string[] {
  return externalAddress === null ? [] : [externalAddress, ...furtherExternalAddresses];
}

/** One line has room for one; the tooltip has all. */
function externalAddressText([first = '', ...others]: readonly string[]): string {
  return others.length === 0 ? first : `${first} and ${others.length} more`;
}

const columns: readonly ListColumn<'vmNetwork.pools.list'>[] = [
  { id: 'name', header: 'Name', width: 200, sortBy: 'name', text: (row) => row.name },
  { id: 'subnets', header: 'Subnet', width: 160, isMono: true, sortBy: 'subnets', text: (row) => row.subnets.join(', ') },
  { id: 'gatewayConnection', header: 'Gateway Connection', width: 200, sortBy: 'gatewayConnection', text: (row) => (isPool(row) ? '' : (row.gatewayConnection ?? 'None')) },
  { id: 'externalAddress', header: 'External NAT Address', width: 190, isMono: true, sortBy: 'externalAddress', text: (row) => externalAddresses(row).join(', '), render: (row) => externalAddressText(externalAddresses(row)) },
  { id: 'logicalNetwork', header: 'Logical Network', width: 180, sortBy: 'logicalNetwork', text: (row) => row.logicalNetwork },
  { id: 'virtualMachines', header: 'Virtual Machines', width: 120, align: 'end', sortBy: 'virtualMachines', text: (row) => (isPool(row) ? '' : String(row.virtualMachines)) },
  { id: 'beginAddress', header: 'Begin Address', width: 120, isMono: true, text: (row) => row.beginAddress },
  { id: 'endAddress', header: 'End Address', width: 120, isMono: true, text: (row) => row.endAddress },
  { id: 'availableAddresses', header: 'Available', width: 84, align: 'end', text: (row) => row.availableAddresses?.toString() ?? '' },
];

const emptyState = { title: 'No VM networks', description: 'A VM network is a tenant’s own network. Open a lab that has some, or create one on a logical network with network virtualization.' };

/** As many as the contract takes; the first that were opened close again. */
const mostOpen = 500;

export function VmNetworksPage() {
  const { row, ...list } = useObjectPage('vmNetwork', 'vmNetwork.properties');
  const [expanded, setExpanded] = useState<readonly string[]>([]);
  const extraInput = useMemo(() => ({ expanded: [...expanded] }), [expanded]);
  const expansion = useMemo(
    () => ({
      isOpen: (item: VmNetworkPoolRow) => (item.hasPools ? expanded.includes(item.id) : undefined),
      toggle: ({ id }: VmNetworkPoolRow) => setExpanded(expanded.includes(id) ? expanded.filter((other) => other !== id) : [...expanded, id].slice(-mostOpen)),
    }),
    [expanded],
  );
  return (
    <ListWithDetails
      what="a VM network or an IP pool"
      list={
        <ObjectList
          listId="vmNetwork.list"
          procedure="vmNetwork.pools.list"
          extraInput={extraInput}
          caption="VM Networks and IP Pools"
          columns={columns}
          getRowId={(item) => item.id}
          isIndented={isPool}
          expansion={expansion}
          emptyState={emptyState}
          {...list}
        />
      }
      details={row === null ? null : isPool(row) ? <PoolDetails row={row} /> : <VmNetworkDetailsPane id={row.id} name={row.name} />}
    />
  );
}

function PoolDetails({ row }: { readonly row: VmNetworkPoolRow }) {
  return (
    <DetailsFrame icon={NumberSymbol20Regular} name={row.name} kind="IP pool">
      <FactColumn
        title="IP pool"
        facts={[
          { label: 'VM subnet', value: <CopyableAddress text={row.subnets.join(', ')} what="Subnet" /> },
          { label: 'Range', value: `${row.beginAddress} to ${row.endAddress}` },
          { label: 'Available addresses', value: row.availableAddresses ?? 0 },
        ]}
      />
    </DetailsFrame>
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
