/** Connection String: VMM's one text box, and below it the same as parts that can be chosen, with live lint (fact sheet §1.4). */
import { Checkbox, Combobox, Field, Input, makeStyles, Option, SpinButton, Textarea, tokens } from '@fluentui/react-components';
import { ErrorCircle16Filled, Warning16Filled } from '@fluentui/react-icons';
import { useState } from 'react';
import { lintConnectionString, readConnectionString, vmNetworksLimit, writeConnectionString, type ConnectionSettings, type ConnectionStringFinding } from '../../../shared/net/connectionString.ts';
import { formatIpv4, parseIpv4 } from '../../../shared/net/ipv4.ts';
import { useProcedure } from '../../bridge/queries.ts';
import { usePageStyles } from '../frame/pageStyles.ts';
import { WizardField } from '../frame/WizardField.tsx';

const useStyles = makeStyles({
  findings: { listStyle: 'none', margin: 0, padding: 0, display: 'flex', flexDirection: 'column', gap: '4px', fontSize: '12px', lineHeight: '16px' },
  finding: { display: 'flex', gap: '6px', alignItems: 'start' },
  error: { color: tokens.colorStatusDangerForeground1, display: 'flex' },
  warning: { color: tokens.colorStatusWarningForeground1, display: 'flex' },
  parts: { border: `1px solid ${tokens.colorNeutralStroke2}`, borderRadius: tokens.borderRadiusMedium, padding: '8px 12px 12px', margin: 0, display: 'grid', gridTemplateColumns: '1fr 1fr', gap: '8px 16px' },
  legend: { padding: '0 4px', fontSize: '12px', color: tokens.colorNeutralForeground2 },
});

interface ConnectionStringFieldsProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
}

export function ConnectionStringFields({ value, onChange }: ConnectionStringFieldsProps) {
  const page = usePageStyles();
  return (
    <div className={page.wide}>
      <WizardField path="connectionString" label="Connection string" required>
        <Textarea className={page.mono} value={value} rows={2} spellCheck={false} onChange={(_event, { value: text }) => onChange(text)} />
      </WizardField>
      {value.trim() !== '' && <Findings findings={lintConnectionString(value)} />}
      <Parts value={value} onChange={onChange} />
    </div>
  );
}

function Findings({ findings }: { readonly findings: readonly ConnectionStringFinding[] }) {
  const styles = useStyles();
  return (
    <ul className={styles.findings} aria-label="Remarks on the connection string" aria-live="polite">
      {findings.map(({ severity, message, action, start }) => (
        <li key={`${start} ${message}`} className={styles.finding}>
          <span className={severity === 'error' ? styles.error : styles.warning}>
            {severity === 'error' ? <ErrorCircle16Filled aria-label="Error" /> : <Warning16Filled aria-label="Warning" />}
          </span>
          <span>{`${message} ${action}`}</span>
        </li>
      ))}
    </ul>
  );
}

const nameLimit = 500;

/** Every change writes the whole string anew, without what it did not understand. */
function Parts({ value, onChange }: ConnectionStringFieldsProps) {
  const styles = useStyles();
  const settings = readConnectionString(value);
  const change = (next: Partial<ConnectionSettings>) => onChange(writeConnectionString({ ...settings, ...next }));
  const hosts = useProcedure('host.list', { limit: nameLimit }).data?.rows ?? [];
  const machines = useProcedure('virtualMachine.list', { limit: nameLimit, filter: settings.gatewayVm ?? '' }).data?.rows ?? [];
  const { hostClusters, guestClusters } = useProcedure('gateway.clusters', {}).data ?? { hostClusters: [], guestClusters: [] };
  const isCluster = hostClusters.some((name) => name.toLowerCase() === settings.vmHost?.toLowerCase());
  // The switch has the same name on every node.
  const host = hosts.find(({ cluster }) => isCluster && cluster?.toLowerCase() === settings.vmHost?.toLowerCase()) ?? hosts.find(({ name }) => name.toLowerCase() === settings.vmHost?.toLowerCase());
  return (
    <fieldset className={styles.parts}>
      <legend className={styles.legend}>Built from its parts</legend>
      <NameField label="VMHost" value={settings.vmHost} names={[...hosts.map(({ name }) => name), ...hostClusters]} onChange={(vmHost) => change({ vmHost })} />
      <NameField
        label="GatewayVM"
        value={settings.gatewayVm}
        names={isCluster ? guestClusters : machines.filter((machine) => machine.vmNetworkId === null && (host === undefined || machine.host === host.name)).map(({ name }) => name)}
        onChange={(gatewayVm) => change({ gatewayVm })}
      />
      <NameField label="BackendSwitch" value={settings.backendSwitch} names={host?.virtualSwitches ?? []} onChange={(backendSwitch) => change({ backendSwitch })} />
      <Field label="MaxVMNetworksSupported" size="small">
        <SpinButton
          size="small"
          min={1}
          max={vmNetworksLimit}
          disabled={settings.directRoutingMode}
          value={settings.maxVmNetworks}
          onChange={(_event, data) => change({ maxVmNetworks: data.value ?? (Number(data.displayValue) || settings.maxVmNetworks) })}
        />
      </Field>
      <AddressField label="VPNServerAddress" value={settings.vpnServerAddress} onChange={(vpnServerAddress) => change({ vpnServerAddress })} />
      <AddressField label="FrontEndServerAddress" value={settings.frontEndServerAddress} onChange={(frontEndServerAddress) => change({ frontEndServerAddress })} />
      <Checkbox label="DirectRoutingMode: a forwarding gateway for one VM network" checked={settings.directRoutingMode} onChange={(_event, { checked }) => change({ directRoutingMode: checked === true })} />
    </fieldset>
  );
}

interface NameFieldProps {
  readonly label: string;
  readonly value: string | null;
  readonly names: readonly string[];
  readonly onChange: (value: string | null) => void;
}

function NameField({ label, value, names, onChange }: NameFieldProps) {
  return (
    <Field label={label} size="small">
      <Combobox
        size="small"
        freeform
        placeholder="Choose or type a name"
        value={value ?? ''}
        selectedOptions={value === null ? [] : [value]}
        onOptionSelect={(_event, { optionValue }) => onChange(optionValue ?? null)}
        onChange={(event) => onChange(event.target.value.replaceAll(/[\s;=]/gu, '') || null)}
      >
        {names.map((name) => (
          <Option key={name} value={name}>
            {name}
          </Option>
        ))}
      </Combobox>
    </Field>
  );
}

/** Keeps what is typed until it is an address. */
function AddressField({ label, value, onChange }: { readonly label: string; readonly value: number | null; readonly onChange: (value: number | null) => void }) {
  const shown = value === null ? '' : formatIpv4(value);
  const [draft, setDraft] = useState<string | null>(null);
  return (
    <Field label={label} size="small">
      <Input
        size="small"
        placeholder="Not given"
        value={draft ?? shown}
        onChange={(_event, { value: text }) => {
          const address = parseIpv4(text.trim());
          setDraft(address === undefined && text.trim() !== '' ? text : null);
          if (address !== undefined || text.trim() === '') onChange(address ?? null);
        }}
        onBlur={() => setDraft(null)}
      />
    </Field>
  );
}
