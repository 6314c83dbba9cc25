/** Settings › Security › Run As Accounts. A secret is never shown, because the window never has it. */
import { Key20Regular } from '@fluentui/react-icons';
import type { RunAsAccountRow } from '../../../shared/contract/inventory.ts';
import { ObjectList } from '../../list/ObjectList.tsx';
import type { ListColumn } from '../../list/listTypes.ts';
import { kindText } from '../../wizards/run-as-account/kindText.ts';
import { DetailsFrame, FactColumn } from '../DetailsFrame.tsx';
import { ListWithDetails } from '../ListWithDetails.tsx';
import { useObjectPage } from '../useObjectPage.ts';

const secretText = (row: RunAsAccountRow) => (row.hasSecret ? 'Kept sealed' : 'Not typed yet');

const columns: readonly ListColumn<'runAsAccount.list'>[] = [
  { id: 'name', header: 'Name', width: 220, sortBy: 'name', text: (row) => row.name },
  { id: 'userName', header: 'User Name', width: 220, sortBy: 'userName', text: (row) => row.userName },
  { id: 'kind', header: 'Type', width: 180, sortBy: 'kind', text: kindText },
  { id: 'hasSecret', header: 'Secret', width: 120, text: secretText },
  { id: 'description', header: 'Description', width: 240, text: (row) => row.description },
];

const emptyState = { title: 'No Run As accounts', description: 'A Run As account keeps a name and a secret under one label, so that nobody types it twice.' };

export function RunAsAccountsPage() {
  const { row, ...list } = useObjectPage('runAsAccount', 'runAsAccount.properties');
  return (
    <ListWithDetails
      what="a Run As account"
      list={<ObjectList procedure="runAsAccount.list" caption="Run As Accounts" columns={columns} getRowId={(item) => item.id} emptyState={emptyState} {...list} />}
      details={
        row === null ? null : (
          <DetailsFrame icon={Key20Regular} name={row.name} kind="Run As account">
            <FactColumn
              title="Account"
              facts={[
                { label: 'User name', value: row.userName },
                { label: 'Type', value: kindText(row) },
                { label: 'Secret', value: row.hasSecret ? 'Kept sealed' : 'Not typed yet: the account came with a lab, which holds no secrets. Type it in Properties.' },
                { label: 'Description', value: row.description || 'None' },
              ]}
            />
          </DetailsFrame>
        )
      }
    />
  );
}
