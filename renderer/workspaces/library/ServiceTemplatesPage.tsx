/** Library › Templates › Service Templates. */
import { Apps20Regular } from '@fluentui/react-icons';
import { ObjectList } from '../../list/ObjectList.tsx';
import type { ListColumn } from '../../list/listTypes.ts';
import { DetailsFrame, FactColumn } from '../DetailsFrame.tsx';
import { ListWithDetails } from '../ListWithDetails.tsx';
import { useObjectPage } from '../useObjectPage.ts';

const columns: readonly ListColumn<'serviceTemplate.list'>[] = [
  { id: 'name', header: 'Name', width: 220, sortBy: 'name', text: (row) => row.name },
  { id: 'vmTemplate', header: 'Machine Tier', width: 220, sortBy: 'vmTemplate', text: (row) => row.vmTemplate },
  { id: 'description', header: 'Description', width: 320, text: (row) => row.description },
];

const emptyState = { title: 'No service templates', description: 'A service template makes tiers of machines from VM templates of generation 1. Create one with Home › Create Service Template.' };

export function ServiceTemplatesPage() {
  const { row, ...list } = useObjectPage('serviceTemplate', undefined);
  return (
    <ListWithDetails
      what="a service template"
      list={<ObjectList procedure="serviceTemplate.list" caption="Service Templates" columns={columns} getRowId={(item) => item.id} emptyState={emptyState} {...list} />}
      details={
        row === null ? null : (
          <DetailsFrame icon={Apps20Regular} name={row.name} kind="Service template">
            <FactColumn title="Service template" facts={[{ label: 'Description', value: row.description || 'None' }, { label: 'Machine tier', value: row.vmTemplate }]} />
          </DetailsFrame>
        )
      }
    />
  );
}
