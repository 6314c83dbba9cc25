/** Migrate Virtual Machine Wizard: to another host that fits, with the machine running or not. */
import { ArrowSwap20Regular } from '@fluentui/react-icons';
import { useState } from 'react';
import { useProcedure } from '../../bridge/queries.ts';
import { OperationWizard, type WizardPage } from '../frame/OperationWizard.tsx';
import { HostChoice } from './HostPage.tsx';

interface MigrateVirtualMachineWizardProps {
  readonly machine: { readonly id: string; readonly name: string; readonly host: string };
  readonly onClose: () => void;
  readonly onJobStarted: (jobId: string) => void;
}

export function MigrateVirtualMachineWizard({ machine, onClose, onJobStarted }: MigrateVirtualMachineWizardProps) {
  const [host, setHost] = useState('');
  const targets = useProcedure('virtualMachine.migrationTargets', { id: machine.id });
  const pages: readonly WizardPage[] = [
    { id: 'host', label: 'Select Host', purpose: `Choose the host that ${machine.name} moves to`, owns: ['virtualMachine', 'host'], content: <HostChoice data={targets.data} error={targets.error} host={host} onChange={setHost} /> },
  ];
  return (
    <OperationWizard
      title="Migrate Virtual Machine Wizard"
      icon={<ArrowSwap20Regular />}
      operationId="virtualMachine.migrate"
      input={{ virtualMachine: machine.id, host }}
      pages={pages}
      summary={[
        { label: 'Virtual machine', value: machine.name },
        { label: 'From host', value: machine.host },
        { label: 'To host', value: targets.data?.hosts.find(({ id }) => id === host)?.name ?? '' },
      ]}
      isTyped={host !== ''}
      onClose={onClose}
      onJobStarted={onJobStarted}
    />
  );
}
