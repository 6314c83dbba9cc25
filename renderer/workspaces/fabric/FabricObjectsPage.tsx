/** Fabric › Networking › MAC Address Pools, Logical Switches and Port Profiles: lists of the same shape. */
import { Organization20Regular } from '@fluentui/react-icons';
import { useMemo } from 'react';
import type { FabricObjectKind, FabricObjectRow } from '../../../shared/contract/networking.ts';
import { ObjectList } from '../../list/ObjectList.tsx';
import type { ListColumn } from '../../list/listTypes.ts';
import { DetailsFrame, FactColumn } from '../DetailsFrame.tsx';
import { ListWithDetails } from '../ListWithDetails.tsx';
import { useObjectPage } from '../useObjectPage.ts';

interface KindTexts {
  readonly caption: string;
  readonly what: string;
  readonly settings: string;
  readonly usedBy: string;
  readonly empty: { readonly title: string; readonly description: string };
}

const texts: Readonly<Record<FabricObjectKind, KindTexts>> = {
  macAddressPool: {
    caption: 'MAC Address Pools',
    what: 'MAC address pool',
    settings: 'Range',
    usedBy: 'Host Groups',
    empty: { title: 'No MAC address pools of your own', description: 'Virtual machines take their addresses from the default pool. Make one for host groups with Create MAC Address Pool on the Home tab.' },
  },
  logicalSwitch: {
    caption: 'Logical Switches',
    what: 'Logical switch',
    settings: 'Uplink Port Profile',
    usedBy: 'Hosts',
    empty: { title: 'No logical switches', description: 'The virtual switches of the hosts are standard switches, which carry every network. Make one with Create Logical Switch on the Home tab.' },
  },
  uplinkPortProfile: {
    caption: 'Port Profiles',
    what: 'Uplink port profile',
    settings: 'Carries',
    usedBy: 'Logical Switches',
    empty: { title: 'No uplink port profiles', description: 'An uplink port profile says which network sites a logical switch carries, and whether with network virtualization. Make one with Create Port Profile on the Home tab.' },
  },
};

const usedByText = ({ usedBy }: FabricObjectRow) => usedBy.join(', ') || 'None';

function columnsOf({ settings, usedBy }: KindTexts, isMono: boolean): readonly ListColumn<'fabricObject.list'>[] {
  return [
    { id: 'name', header: 'Name', width: 220, sortBy: 'name', text: (row) => row.name },
    { id: 'settings', header: settings, width: 340, isMono, sortBy: 'settings', text: (row) => row.settings },
    { id: 'usedBy', header: usedBy, width: 240, text: usedByText },
    { id: 'description', header: 'Description', width: 220, text: (row) => row.description },
  ];
}

export function FabricObjectsPage({ kind }: { readonly kind: FabricObjectKind }) {
  const { row, ...list } = useObjectPage('fabricObject', undefined);
  const own = texts[kind];
  const columns = useMemo(() => columnsOf(own, kind === 'macAddressPool'), [own, kind]);
  const scope = useMemo(() => ({ kind }), [kind]);
  return (
    <ListWithDetails
      what={`an object of ${own.caption}`}
      list={<ObjectList key={kind} procedure="fabricObject.list" extraInput={scope} caption={own.caption} columns={columns} getRowId={(item) => item.id} emptyState={own.empty} {...list} />}
      details={
        row === null ? null : (
          <DetailsFrame icon={Organization20Regular} name={row.name} kind={own.what}>
            <FactColumn
              title={own.what}
              facts={[
                { label: own.settings, value: row.settings },
                { label: own.usedBy, value: usedByText(row) },
                { label: 'Description', value: row.description || 'None' },
              ]}
            />
          </DetailsFrame>
        )
      }
    />
  );
}
