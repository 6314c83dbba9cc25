/** Properties › Name and › VM Subnets of a VM network. */
import { Input, Textarea } from '@fluentui/react-components';
import type { VmNetworkDetails } from '../../../shared/contract/inventory.ts';
import { FactList } from '../../views/shared/FactList.tsx';
import { usePageStyles } from '../frame/pageStyles.ts';
import { WizardField } from '../frame/WizardField.tsx';
import { SubnetRows } from '../vm-network/SubnetRows.tsx';
import { emptySubnet, type GeneralForm } from './generalForm.ts';

interface GeneralPageProps {
  readonly details: VmNetworkDetails;
  readonly form: GeneralForm;
  readonly onChange: (form: GeneralForm) => void;
}

export function NamePage({ details, form, onChange }: GeneralPageProps) {
  const styles = usePageStyles();
  return (
    <div className={styles.column}>
      <WizardField path="name" label="Name" required>
        <Input value={form.name} autoComplete="off" spellCheck={false} onChange={(_event, { value }) => onChange({ ...form, name: value })} />
      </WizardField>
      <WizardField path="description" label="Description">
        <Textarea value={form.description} rows={2} onChange={(_event, { value }) => onChange({ ...form, description: value })} />
      </WizardField>
      <FactList
        facts={[
          { label: 'Logical network', value: details.logicalNetwork },
          { label: 'Isolation', value: details.isolation },
          { label: 'Routing domain ID', value: details.routingDomainId },
          { label: 'Virtual machines', value: details.virtualMachines },
        ]}
      />
    </div>
  );
}

export function VmSubnetsPage({ details, form, onChange }: GeneralPageProps) {
  const factOf = ({ vmSubnet }: GeneralForm['subnets'][number]) => {
    const known = details.vmSubnets.find(({ id }) => id === vmSubnet);
    if (known === undefined) return undefined;
    return `VSID ${known.vsid}, ${known.pool === null ? 'no IP pool' : `${known.pool}, ${known.availableAddresses ?? 0} free`}`;
  };
  return <SubnetRows rows={form.subnets} empty={emptySubnet} factOf={factOf} onChange={(subnets) => onChange({ ...form, subnets })} />;
}
