/** Library › Templates › VM Templates. */
import { DocumentCopy20Regular } from '@fluentui/react-icons';
import { ObjectList } from '../../list/ObjectList.tsx';
import type { ListColumn } from '../../list/listTypes.ts';
import { formatNumber } from '../../views/shared/format.ts';
import { DetailsFrame, FactColumn } from '../DetailsFrame.tsx';
import { ListWithDetails } from '../ListWithDetails.tsx';
import { useObjectPage } from '../useObjectPage.ts';

const networkText = (network: string | null) => network ?? 'Not connected';

const columns: readonly ListColumn<'vmTemplate.list'>[] = [
  { id: 'name', header: 'Name', width: 200, sortBy: 'name', text: (row) => row.name },
  { id: 'generation', header: 'Generation', width: 110, align: 'end', sortBy: 'generation', text: (row) => String(row.generation) },
  { id: 'image', header: 'Virtual Hard Disk', width: 180, sortBy: 'image', text: (row) => row.image },
  { id: 'memory', header: 'Memory (MB)', width: 120, align: 'end', sortBy: 'memoryMb', text: (row) => formatNumber(row.memoryMb) },
  { id: 'processors', header: 'Processors', width: 110, align: 'end', sortBy: 'processors', text: (row) => String(row.processors) },
  { id: 'adapters', header: 'Network Adapters', width: 320, text: (row) => row.adapters.map(networkText).join(', ') },
];

const emptyState = { title: 'No VM templates', description: 'A VM template holds an image, hardware and network adapters to create virtual machines from. Create one with Home › Create VM Template.' };

export function VmTemplatesPage() {
  const { row, ...list } = useObjectPage('vmTemplate', 'vmTemplate.properties');
  return (
    <ListWithDetails
      what="a VM template"
      list={<ObjectList procedure="vmTemplate.list" caption="VM Templates" columns={columns} getRowId={(item) => item.id} emptyState={emptyState} {...list} />}
      details={
        row === null ? null : (
          <DetailsFrame icon={DocumentCopy20Regular} name={row.name} kind="VM template">
            <FactColumn
              title="Template"
              facts={[
                { label: 'Description', value: row.description || 'None' },
                { label: 'Generation', value: String(row.generation) },
                { label: 'Virtual hard disk', value: row.image },
                { label: 'Operating system', value: row.operatingSystem },
              ]}
            />
            <FactColumn
              title="Hardware"
              facts={[
                { label: 'Memory', value: `${formatNumber(row.memoryMb)} MB` },
                { label: 'Processors', value: String(row.processors) },
                ...row.adapters.map((network, at) => ({ label: `Network adapter ${at + 1}`, value: networkText(network) })),
              ]}
            />
          </DetailsFrame>
        )
      }
    />
  );
}
