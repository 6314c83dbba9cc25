/** Fabric › Networking › Network Service: the gateways. */
import { Router20Regular } from '@fluentui/react-icons';
import type { NetworkServiceRow } from '../../../shared/contract/inventory.ts';
import { ObjectList } from '../../list/ObjectList.tsx';
import type { ListColumn } from '../../list/listTypes.ts';
import { HeadroomBars } from '../../views/capacity/HeadroomBars.tsx';
import { GatewayHints } from '../../views/hints/GatewayHints.tsx';
import { ColumnStack, DetailsColumn, DetailsFrame, FactColumn } from '../DetailsFrame.tsx';
import { ListWithDetails } from '../ListWithDetails.tsx';
import { useObjectPage } from '../useObjectPage.ts';

const inUseText = (row: NetworkServiceRow) => `${row.vmNetworksInUse} of ${row.vmNetworksMaximum}`;

const columns: readonly ListColumn<'networkService.list'>[] = [
  { id: 'name', header: 'Name', width: 160, sortBy: 'name', text: (row) => row.name },
  { id: 'status', header: 'Status', width: 120, sortBy: 'status', text: (row) => row.status },
  { id: 'manufacturer', header: 'Manufacturer', width: 120, sortBy: 'manufacturer', text: (row) => row.manufacturer },
  { id: 'model', header: 'Model', width: 200, sortBy: 'model', text: (row) => row.model },
  { id: 'vmName', header: 'Virtual Machine', width: 130, text: (row) => row.vmName },
  { id: 'host', header: 'Host', width: 200, sortBy: 'host', text: (row) => row.host },
  { id: 'vmNetworksInUse', header: 'VM Networks', width: 110, align: 'end', sortBy: 'vmNetworksInUse', text: inUseText },
];

const emptyState = { title: 'No network service', description: 'A network service of the type gateway connects VM networks with the world outside. Add one with Home > Add > Add Network Service.' };

export function NetworkServicesPage() {
  const { row, ...list } = useObjectPage('networkService', 'networkService.properties');
  return (
    <ListWithDetails
      what="a network service"
      list={<ObjectList procedure="networkService.list" caption="Network Services" columns={columns} getRowId={(item) => item.id} emptyState={emptyState} {...list} />}
      details={row === null ? null : <NetworkServiceDetails row={row} />}
    />
  );
}

function NetworkServiceDetails({ row }: { readonly row: NetworkServiceRow }) {
  return (
    <DetailsFrame icon={Router20Regular} name={row.name} kind="Network service, gateway">
      <FactColumn
        title="Gateway"
        facts={[
          { label: 'Status', value: row.status },
          { label: 'Model', value: row.model },
          { label: 'Virtual machine', value: row.vmName || 'Not found' },
          { label: 'Host', value: row.host },
          { label: 'VM networks', value: inUseText(row) },
        ]}
      />
      <FactColumn
        title="Connections"
        facts={[
          { label: 'Front end', value: row.frontEnd ?? 'Not enabled' },
          { label: 'Back end', value: row.backEnd ?? 'Not enabled' },
          { label: 'Connection string', value: row.connectionString },
        ]}
      />
      <ColumnStack>
        <DetailsColumn title="Hints">
          <GatewayHints networkServiceId={row.id} />
        </DetailsColumn>
        <DetailsColumn title="Capacity">
          <HeadroomBars networkServiceId={row.id} />
        </DetailsColumn>
      </ColumnStack>
    </DetailsFrame>
  );
}
