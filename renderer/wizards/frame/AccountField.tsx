/** Choice of the Run As account with which VMM works on a device. */
import { Button, Dropdown, Option } from '@fluentui/react-components';
import { useEffect, useState } from 'react';
import { useProcedure } from '../../bridge/queries.ts';
import { CreateRunAsAccountDialog } from '../run-as-account/CreateRunAsAccountDialog.tsx';
import { Choice } from './Choice.tsx';
import { usePageStyles } from './pageStyles.ts';
import { useNestedDialog } from './useNestedDialog.ts';
import { WizardField } from './WizardField.tsx';

const accountLimit = 500;

interface AccountFieldProps {
  /** Id. */
  readonly value: string;
  readonly onChange: (id: string) => void;
}

export function AccountField({ value, onChange }: AccountFieldProps) {
  const styles = usePageStyles();
  const { data } = useProcedure('runAsAccount.list', { limit: accountLimit });
  const creation = useNestedDialog();
  const [awaited, setAwaited] = useState<string | undefined>(undefined);
  const accounts = data?.rows ?? [];
  // The job that creates it takes a moment; then it is chosen.
  const created = accounts.find(({ name }) => name === awaited)?.id;
  useEffect(() => {
    if (created === undefined) return;
    setAwaited(undefined);
    onChange(created);
  }, [created, onChange]);
  return (
    <div className={styles.wide}>
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
      <div>
        <Button onClick={creation.open}>Create Run As Account</Button>
      </div>
      <CreateRunAsAccountDialog isOpen={creation.isOpen} onClose={creation.close} onJobStarted={(_jobId, name) => setAwaited(name)} />
    </div>
  );
}
