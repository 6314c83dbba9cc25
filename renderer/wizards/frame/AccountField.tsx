/** The Run As account with which VMM works on something: its name, Browse, and Create. */
import { Button, Input, makeStyles } from '@fluentui/react-components';
import { useCallback } from 'react';
import { useProcedure } from '../../bridge/queries.ts';
import { CreateRunAsAccountDialog } from '../run-as-account/CreateRunAsAccountDialog.tsx';
import { SelectRunAsAccountDialog } from '../run-as-account/SelectRunAsAccountDialog.tsx';
import { useNestedDialog } from './useNestedDialog.ts';
import { WizardField } from './WizardField.tsx';

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', gap: '12px', maxWidth: '520px' },
  buttons: { display: 'flex', gap: '8px' },
});

interface AccountFieldProps {
  readonly path?: string;
  /** Id, or empty. */
  readonly value: string;
  readonly hint: string;
  readonly onChange: (id: string) => void;
}

export function AccountField({ path = 'runAsAccount', value, hint, onChange }: AccountFieldProps) {
  const styles = useStyles();
  const { data } = useProcedure('runAsAccount.list', { limit: 500 });
  const selection = useNestedDialog();
  const creation = useNestedDialog();
  const choose = useCallback(({ id }: { readonly id: string }) => onChange(id), [onChange]);
  return (
    <div className={styles.root}>
      <WizardField path={path} label="Run As account" required hint={hint}>
        <Input readOnly value={data?.rows.find(({ id }) => id === value)?.name ?? ''} placeholder="None is chosen" onClick={selection.open} />
      </WizardField>
      <div className={styles.buttons}>
        <Button onClick={selection.open}>Browse</Button>
        <Button onClick={creation.open}>Create Run As Account</Button>
      </div>
      <SelectRunAsAccountDialog isOpen={selection.isOpen} selectedId={value} onClose={selection.close} onSelected={choose} />
      <CreateRunAsAccountDialog isOpen={creation.isOpen} onClose={creation.close} onCreated={choose} />
    </div>
  );
}
