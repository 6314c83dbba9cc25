/** Add Roles and Features, and the Getting Started Wizard of Remote Access (the seed article). */
import { Checkbox, FieldContextProvider, Radio, RadioGroup } from '@fluentui/react-components';
import { useState } from 'react';
import { deploymentLabels, remoteAccessDeployments, remoteAccessRoleServices } from '../../../shared/contract/guest.ts';
import { OperationDialog } from '../../wizards/frame/OperationDialog.tsx';
import { WizardField } from '../../wizards/frame/WizardField.tsx';

interface RemoteAccessDialogProps {
  readonly isOpen: boolean;
  readonly virtualMachineId: string;
  readonly onClose: () => void;
  readonly onJobStarted: (jobId: string) => void;
}

export function RoleServicesDialog({ isOpen, virtualMachineId, onClose, onJobStarted }: RemoteAccessDialogProps) {
  const [chosen, setChosen] = useState<readonly string[]>([]);
  return (
    <OperationDialog isOpen={isOpen} title="Add Roles and Features: Remote Access" operationId="guest.installRemoteAccess" input={{ virtualMachine: virtualMachineId, roleServices: chosen }} accept="Install" onClose={onClose} onJobStarted={onJobStarted}>
      <WizardField path="roleServices" label="Role services">
        <div>
          {/* Each check box keeps its own id: a field would give all of them its own. */}
          <FieldContextProvider value={undefined}>
            {remoteAccessRoleServices.map((service) => (
              <div key={service}>
                <Checkbox label={service} checked={chosen.includes(service)} onChange={(_event, { checked }) => setChosen(checked === true ? [...chosen, service] : chosen.filter((entry) => entry !== service))} />
              </div>
            ))}
          </FieldContextProvider>
        </div>
      </WizardField>
    </OperationDialog>
  );
}

export function GettingStartedDialog({ isOpen, virtualMachineId, onClose, onJobStarted }: RemoteAccessDialogProps) {
  const [deployment, setDeployment] = useState<string>(remoteAccessDeployments[0]);
  return (
    <OperationDialog isOpen={isOpen} title="Configure Remote Access: Getting Started Wizard" operationId="guest.deployRemoteAccess" input={{ virtualMachine: virtualMachineId, deployment }} accept="Deploy" onClose={onClose} onJobStarted={onJobStarted}>
      <WizardField path="deployment" label="What to deploy">
        <RadioGroup value={deployment} onChange={(_event, { value }) => setDeployment(value)}>
          {remoteAccessDeployments.map((value) => (
            <Radio key={value} value={value} label={deploymentLabels[value]} />
          ))}
        </RadioGroup>
      </WizardField>
    </OperationDialog>
  );
}
