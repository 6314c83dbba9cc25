/** Choice of the Run As account with which VMM works on a device. */
import { Dropdown, Option } from '@fluentui/react-components';
import { useProcedure } from '../../bridge/queries.ts';
import { Choice } from './Choice.tsx';
import { WizardField } from './WizardField.tsx';

const accountLimit = 500;

export function AccountField({ value, onChange }: { readonly value: string; readonly onChange: (id: string) => void }) {
  const { data } = useProcedure('runAsAccount.list', { limit: accountLimit });
  const accounts = data?.rows ?? [];
  return (
    <WizardField path="runAsAccount" label="Run As account" required hint="It must be an administrator of the gateway VM and of its host. In a workgroup that is the local administrator of the virtual machine.">
      <Dropdown
        value={accounts.find(({ id }) => id === value)?.name ?? ''}
        placeholder={accounts.length === 0 ? 'There is no Run As account yet' : 'Choose a Run As account'}
        selectedOptions={[value]}
        onOptionSelect={(_event, { optionValue }) => onChange(optionValue ?? '')}
      >
        {accounts.map(({ id, name, kind, userName }) => (
          <Option key={id} value={id} text={name}>
            <Choice label={name} hint={kind === 'credential' ? userName : 'Pre-shared key'} />
          </Option>
        ))}
      </Dropdown>
    </WizardField>
  );
}
