/** Pages that only tell: name and subnets cannot be changed here yet. */
import { makeStyles, tokens } from '@fluentui/react-components';
import type { VmNetworkDetails } from '../../../shared/contract/inventory.ts';
import { FactList } from '../../views/shared/FactList.tsx';
import { LocalTable, type LocalColumn } from '../../views/shared/LocalTable.tsx';

const useStyles = makeStyles({ table: { height: '320px', border: `1px solid ${tokens.colorNeutralStroke2}`, borderRadius: tokens.borderRadiusMedium } });

export function NamePage({ details }: { readonly details: VmNetworkDetails }) {
  return (
    <FactList
      facts={[
        { label: 'Name', value: details.name },
        { label: 'Logical network', value: details.logicalNetwork },
        { label: 'Isolation', value: details.isolation },
        { label: 'Routing domain ID', value: details.routingDomainId },
        { label: 'Virtual machines', value: details.virtualMachines },
      ]}
    />
  );
}

const columns: readonly LocalColumn<VmNetworkDetails['vmSubnets'][number]>[] = [
  { header: 'Name', width: 'minmax(140px, 1fr)', render: ({ name }) => name },
  { header: 'Subnet', width: '140px', kind: 'address', render: ({ subnet }) => subnet },
  { header: 'VSID', width: '80px', kind: 'number', render: ({ vsid }) => vsid },
  { header: 'IP Pool', width: 'minmax(140px, 1fr)', render: ({ pool }) => pool ?? 'None' },
  { header: 'Available', width: '84px', kind: 'number', render: ({ availableAddresses }) => availableAddresses ?? '' },
];

export function VmSubnetsPage({ details }: { readonly details: VmNetworkDetails }) {
  const styles = useStyles();
  return <LocalTable label="VM subnets" columns={columns} rows={details.vmSubnets} rowKey={({ id }) => id} className={styles.table} />;
}
