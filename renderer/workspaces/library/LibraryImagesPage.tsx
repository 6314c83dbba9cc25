/** Library › Library Servers: the images on the library shares. */
import { HardDrive20Regular } from '@fluentui/react-icons';
import type { LibraryImageRow } from '../../../shared/contract/library.ts';
import { ObjectList } from '../../list/ObjectList.tsx';
import type { ListColumn } from '../../list/listTypes.ts';
import { CopyableAddress } from '../../views/shared/CopyableAddress.tsx';
import { formatBytes } from '../../views/shared/format.ts';
import { DetailsFrame, FactColumn } from '../DetailsFrame.tsx';
import { ListWithDetails } from '../ListWithDetails.tsx';
import { useObjectPage } from '../useObjectPage.ts';

const sizeText = (row: LibraryImageRow) => formatBytes(row.sizeMb * 1024 ** 2);

const columns: readonly ListColumn<'libraryImage.list'>[] = [
  { id: 'name', header: 'Name', width: 200, sortBy: 'name', text: (row) => row.name },
  { id: 'operatingSystem', header: 'Operating System', width: 260, sortBy: 'operatingSystem', text: (row) => row.operatingSystem },
  { id: 'generation', header: 'Generation', width: 110, align: 'end', sortBy: 'generation', text: (row) => String(row.generation) },
  { id: 'size', header: 'Size', width: 90, align: 'end', sortBy: 'sizeMb', text: sizeText },
  { id: 'libraryServer', header: 'Library Server', width: 180, sortBy: 'libraryServer', text: (row) => row.libraryServer },
];

const emptyState = { title: 'No images', description: 'Virtual hard disks on library shares stand here. Those of a lab are in its lab file.' };

export function LibraryImagesPage() {
  const { row, ...list } = useObjectPage('libraryImage', undefined);
  return (
    <ListWithDetails
      what="an image"
      list={<ObjectList procedure="libraryImage.list" caption="Images" columns={columns} getRowId={(item) => item.id} emptyState={emptyState} {...list} />}
      details={
        row === null ? null : (
          <DetailsFrame icon={HardDrive20Regular} name={row.name} kind="Virtual hard disk">
            <FactColumn
              title="Image"
              facts={[
                { label: 'Operating system', value: row.operatingSystem },
                { label: 'Boots in', value: row.generation === 1 ? 'Generation 1 (BIOS)' : 'Generation 2 (UEFI)' },
                { label: 'Size', value: sizeText(row) },
                { label: 'VM templates', value: String(row.vmTemplates) },
              ]}
            />
            <FactColumn title="Place" facts={[{ label: 'Library server', value: row.libraryServer }, { label: 'Path', value: <CopyableAddress text={row.libraryPath} what="library path" /> }]} />
          </DetailsFrame>
        )
      }
    />
  );
}
