/** Name, Manufacturer and Model, Credentials, Certificates and Host Group of the Add Network Service Wizard (fact sheet §1.2). */
import { Checkbox, Dropdown, Input, MessageBar, MessageBarBody, Option, Textarea } from '@fluentui/react-components';
import { gatewayManufacturers, gatewayModels } from '../../../shared/contract/gatewayProviders.ts';
import { AccountField } from '../frame/AccountField.tsx';
import { Choice } from '../frame/Choice.tsx';
import { HostGroupTree } from '../frame/HostGroupTree.tsx';
import { usePageStyles } from '../frame/pageStyles.ts';
import { WizardField } from '../frame/WizardField.tsx';
import { gatewayAccountHint, withManufacturer, withModel, type AddNetworkServiceForm } from './form.ts';

export interface PageProps {
  readonly form: AddNetworkServiceForm;
  readonly onChange: (form: AddNetworkServiceForm) => void;
}

export function NamePage({ form, onChange }: PageProps) {
  const styles = usePageStyles();
  return (
    <div className={styles.column}>
      <WizardField path="name" label="Name" required>
        <Input value={form.name} autoComplete="off" onChange={(_event, { value }) => onChange({ ...form, name: value })} />
      </WizardField>
      <WizardField path="description" label="Description">
        <Textarea value={form.description} rows={3} onChange={(_event, { value }) => onChange({ ...form, description: value })} />
      </WizardField>
    </div>
  );
}

export function ModelPage({ form, onChange }: PageProps) {
  const styles = usePageStyles();
  const models = gatewayModels.filter(({ manufacturer }) => manufacturer === form.manufacturer);
  const chosen = models.find(({ model }) => model === form.model);
  return (
    <div className={styles.column}>
      <WizardField path="manufacturer" label="Manufacturer" required>
        <Dropdown value={form.manufacturer} selectedOptions={[form.manufacturer]} onOptionSelect={(_event, { optionValue }) => onChange(withManufacturer(form, optionValue ?? ''))}>
          {gatewayManufacturers.map((manufacturer) => (
            <Option key={manufacturer} value={manufacturer}>
              {manufacturer}
            </Option>
          ))}
        </Dropdown>
      </WizardField>
      <WizardField path="model" label="Model" required>
        <Dropdown value={form.model} selectedOptions={[form.model]} onOptionSelect={(_event, { optionValue }) => onChange(withModel(form, optionValue ?? ''))}>
          {models.map(({ model, provider }) => (
            <Option key={model} value={model} text={model}>
              <Choice label={model} hint={provider ?? 'No configuration provider'} />
            </Option>
          ))}
        </Dropdown>
      </WizardField>
      {chosen !== undefined && chosen.reason !== '' && (
        <MessageBar intent="warning" layout="multiline">
          <MessageBarBody>{chosen.reason}</MessageBarBody>
        </MessageBar>
      )}
    </div>
  );
}

export function CredentialsPage({ form, onChange }: PageProps) {
  const styles = usePageStyles();
  return (
    <div className={styles.column}>
      <AccountField value={form.runAsAccount} hint={gatewayAccountHint} onChange={(runAsAccount) => onChange({ ...form, runAsAccount })} />
    </div>
  );
}

export function CertificatesPage() {
  const styles = usePageStyles();
  return (
    <div className={styles.column}>
      <MessageBar intent="info" layout="multiline">
        <MessageBarBody>The device presents no certificate: a Windows Server Gateway uses none with this connection string.</MessageBarBody>
      </MessageBar>
      <Checkbox disabled label="The certificates shown may be imported to the trusted certificate store" />
    </div>
  );
}

export function HostGroupPage({ form, onChange }: PageProps) {
  const styles = usePageStyles();
  return (
    <div className={styles.column}>
      <WizardField path="hostGroups" label="Host groups that may use the gateway" required hint="Include the host groups of the network sites that you choose for its connections later.">
        <HostGroupTree chosen={form.hostGroups} onChange={(hostGroups) => onChange({ ...form, hostGroups })} />
      </WizardField>
    </div>
  );
}
