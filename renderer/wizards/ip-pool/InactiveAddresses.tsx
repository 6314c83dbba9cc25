/** Inactive addresses of a pool: select and Release, which is a job of its own. */
import { Button, Checkbox } from '@fluentui/react-components';
import { useState } from 'react';
import { ConsoleError } from '../../../shared/contract/errors.ts';
import type { IpPoolProperties } from '../../../shared/contract/networking.ts';
import { invoke } from '../../bridge/client.ts';
import { ErrorState } from '../../views/shared/states.tsx';
import { usePageStyles } from '../frame/pageStyles.ts';

interface InactiveAddressesProps {
  readonly properties: IpPoolProperties;
  readonly onClose: () => void;
  readonly onJobStarted: (jobId: string) => void;
}

export function InactiveAddresses({ properties, onClose, onJobStarted }: InactiveAddressesProps) {
  const styles = usePageStyles();
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [refusal, setRefusal] = useState<ConsoleError | null>(null);
  const inactive = properties.addresses.filter(({ isInactive }) => isInactive);
  if (inactive.length === 0) return <p className={styles.hint}>Every allocated address is held by something.</p>;
  const release = async () => {
    try {
      const { jobId } = await invoke('operation.start', { operationId: 'ipPool.releaseAddresses', input: { ipAddressPool: properties.id, addresses: chosen } });
      onClose();
      onJobStarted(jobId);
    } catch (error) {
      if (!(error instanceof ConsoleError)) throw error;
      setRefusal(error);
    }
  };
  return (
    <div className={styles.wide}>
      <div role="group" aria-label="Inactive addresses" className={styles.option}>
        {inactive.map(({ address, description }) => (
          <Checkbox
            key={address}
            label={`${address}: ${description}`}
            checked={chosen.includes(address)}
            onChange={(_event, { checked }) => setChosen(checked === true ? [...chosen, address] : chosen.filter((other) => other !== address))}
          />
        ))}
      </div>
      <div>
        <Button disabledFocusable={chosen.length === 0} onClick={() => void release()}>
          Release
        </Button>
      </div>
      {refusal !== null && <ErrorState error={refusal} />}
    </div>
  );
}
