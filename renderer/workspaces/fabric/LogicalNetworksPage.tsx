/** Fabric › Networking › Logical Networks: logical networks, and under each its IP pools. */
import { Cube20Regular } from '@fluentui/react-icons';
import type { LogicalNetworkRow } from '../../../shared/contract/inventory.ts';
import { ObjectList } from '../../list/ObjectList.tsx';
import type { ListColumn } from '../../list/listTypes.ts';
import { DetailsFrame, FactColumn } from '../DetailsFrame.tsx';
import { ListWithDetails } from '../ListWithDetails.tsx';
import { useObjectPage } from '../useObjectPage.ts';

const kindText = (row: LogicalNetworkRow) => (row.kind === 'logicalNetwork' ? 'Logical network' : 'IP pool');
const availableText = (row: LogicalNetworkRow) => (row.availableAddresses === null ? '' : String(row.availableAddresses));
const virtualizationText = (row: LogicalNetworkRow) => (row.networkVirtualization === null ? '' : row.networkVirtualization ? 'Yes' : 'No');

const columns: readonly ListColumn<'logicalNetwork.list'>[] = [
  { id: 'name', header: 'Name', width: 260, sortBy: 'name', text: (row) => row.name },
  { id: 'kind', header: 'Type', width: 120, text: kindText },
  { id: 'networkVirtualization', header: 'Network Virtualization', width: 150, text: virtualizationText },
  { id: 'subnet', header: 'Subnet', width: 150, isMono: true, sortBy: 'subnet', text: (row) => row.subnet },
  { id: 'beginAddress', header: 'Begin Address', width: 130, isMono: true, sortBy: 'beginAddress', text: (row) => row.beginAddress },
  { id: 'endAddress', header: 'End Address', width: 130, isMono: true, sortBy: 'endAddress', text: (row) => row.endAddress },
  { id: 'availableAddresses', header: 'Available', width: 90, align: 'end', sortBy: 'availableAddresses', text: availableText },
];

const emptyState = { title: 'No logical networks', description: 'A logical network names a network of the data centre and where it is. Make one with Create Logical Network on the Home tab.' };

export function LogicalNetworksPage() {
  const { row, ...list } = useObjectPage('logicalNetwork', 'logicalNetwork.properties');
  return (
    <ListWithDetails
      what="a logical network or an IP pool"
      list={
        <ObjectList
          procedure="logicalNetwork.list"
          caption="Logical Networks and IP Pools"
          columns={columns}
          getRowId={(item) => item.id}
          isIndented={(item) => item.parentId !== null}
          emptyState={emptyState}
          {...list}
        />
      }
      details={row === null ? null : <LogicalNetworkDetails row={row} />}
    />
  );
}

function LogicalNetworkDetails({ row }: { readonly row: LogicalNetworkRow }) {
  const facts =
    row.kind === 'logicalNetwork'
      ? [
          { label: 'Network virtualization', value: virtualizationText(row) },
          { label: 'Subnets', value: row.subnet || 'None' },
        ]
      : [
          { label: 'Subnet', value: row.subnet },
          { label: 'Range', value: `${row.beginAddress} to ${row.endAddress}` },
          { label: 'Available addresses', value: availableText(row) },
        ];
  return (
    <DetailsFrame icon={Cube20Regular} name={row.name} kind={kindText(row)}>
      <FactColumn title={kindText(row)} facts={facts} />
    </DetailsFrame>
  );
}
