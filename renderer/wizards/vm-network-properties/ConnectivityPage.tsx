/** Properties › Connectivity of a VM network (fact sheet §3.1). Only what a gateway can really do here is offered. */
import { Checkbox, Dropdown, Input, makeStyles, MessageBar, MessageBarBody, Option, Radio, RadioGroup } from '@fluentui/react-components';
import type { Connectivity } from '../../../shared/contract/inventory.ts';
import { Choice } from '../frame/Choice.tsx';
import { WizardField } from '../frame/WizardField.tsx';
import { canUse, withGateway, withRouting, withVpn, type ConnectivityForm, type Routing } from './connectivityForm.ts';

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', gap: '12px' },
  nested: { display: 'flex', flexDirection: 'column', gap: '12px', paddingInlineStart: '28px', maxWidth: '520px' },
  option: { display: 'flex', flexDirection: 'column' },
});

export interface ConnectivityPageProps {
  readonly options: Connectivity;
  readonly form: ConnectivityForm;
  readonly onChange: (form: ConnectivityForm) => void;
}

export function ConnectivityPage({ options, form, onChange }: ConnectivityPageProps) {
  const styles = useStyles();
  const hasGateway = options.gateways.length > 0;
  const has = (routing: Routing) => options.gateways.some((gateway) => canUse(gateway, routing)) || options.current.directConnection?.routing === routing;
  const hasVpn = options.gateways.some((gateway) => gateway.supportsVpn && gateway.unavailableReason === null) || options.current.vpnTunnel !== null;
  return (
    <div className={styles.root}>
      {!hasGateway && (
        <MessageBar intent="warning" layout="multiline">
          <MessageBarBody>No network service that specifies a gateway has been added to VMM</MessageBarBody>
        </MessageBar>
      )}
      <Checkbox
        label="Connect to another network through a VPN tunnel"
        checked={form.isVpn}
        disabled={!hasVpn && !form.isVpn}
        onChange={(_event, { checked }) => onChange(withVpn(form, checked === true, options))}
      />
      <div className={styles.nested}>
        <Checkbox label="Enable the Border Gateway Protocol (BGP)" checked={form.isVpn && form.isBgp} disabled={!form.isVpn} onChange={(_event, { checked }) => onChange({ ...form, isBgp: checked === true })} />
        <DeviceField label="VPN gateway device" path="vpnTunnel.gatewayDevice" isDisabled={!form.isVpn} canChoose={(gateway) => gateway.supportsVpn && gateway.unavailableReason === null} options={options} form={form} onChange={onChange} />
      </div>
      <Checkbox
        label="Connect directly to an additional logical network"
        checked={form.isDirect}
        disabled={!hasGateway && !form.isDirect}
        onChange={(_event, { checked }) => onChange({ ...form, isDirect: checked === true })}
      />
      <div className={styles.nested}>
        <RadioGroup value={form.routing} disabled={!form.isDirect} aria-label="Routing" onChange={(_event, { value }) => onChange(withRouting(form, value === 'Direct' ? 'Direct' : 'NAT', options))}>
          <Radio
            value="Direct"
            disabled={!form.isDirect || !has('Direct')}
            label={<Choice label="Direct routing" hint="Needs a forwarding gateway (DirectRoutingMode) that serves this VM network alone." />}
          />
          <Radio value="NAT" disabled={!form.isDirect || !has('NAT')} label="Network address translation (NAT)" />
        </RadioGroup>
        <DeviceField label="Gateway device" path="directConnection.gatewayDevice" isDisabled={!form.isDirect} canChoose={(gateway) => canUse(gateway, form.routing)} options={options} form={form} onChange={onChange} />
        {form.routing === 'NAT' && <NatFields options={options} form={form} onChange={onChange} />}
      </div>
    </div>
  );
}

type Gateway = Connectivity['gateways'][number];

interface DeviceFieldProps extends ConnectivityPageProps {
  readonly label: string;
  readonly path: string;
  readonly isDisabled: boolean;
  readonly canChoose: (gateway: Gateway) => boolean;
}

/** A VM network has one gateway: chosen for one way, it is chosen for the other too. */
function DeviceField({ label, path, isDisabled, canChoose, options, form, onChange }: DeviceFieldProps) {
  const gateway = options.gateways.find(({ id }) => id === form.gatewayDevice);
  return (
    <WizardField path={path} label={label}>
      <Dropdown
        disabled={isDisabled}
        placeholder="Choose a gateway device"
        value={gateway?.name ?? ''}
        selectedOptions={[form.gatewayDevice]}
        onOptionSelect={(_event, { optionValue }) => onChange(withGateway(form, options.gateways.find(({ id }) => id === optionValue)))}
      >
        {options.gateways.map((entry) => (
          <Option key={entry.id} value={entry.id} text={entry.name} disabled={!canChoose(entry) && entry.id !== form.gatewayDevice}>
            <Choice label={entry.name} hint={gatewayHint(entry)} />
          </Option>
        ))}
      </Dropdown>
    </WizardField>
  );
}

/** Which external address the packets get. */
function NatFields({ options, form, onChange }: ConnectivityPageProps) {
  const styles = useStyles();
  const gateway = options.gateways.find(({ id }) => id === form.gatewayDevice);
  const pool = gateway?.pools.find(({ id }) => id === form.ipAddressPool);
  const isDisabled = !form.isDirect;
  return (
    <>
      <WizardField path="directConnection.ipAddressPool" label="IP address pool">
        <Dropdown
          disabled={isDisabled || gateway === undefined}
          placeholder="Choose an IP address pool"
          value={pool?.name ?? ''}
          selectedOptions={[form.ipAddressPool]}
          onOptionSelect={(_event, { optionValue }) => onChange({ ...form, ipAddressPool: optionValue ?? '', ipAddress: '' })}
        >
          {(gateway?.pools ?? []).map((entry) => (
            <Option key={entry.id} value={entry.id} text={entry.name}>
              <Choice label={entry.name} hint={`${entry.range}, ${entry.available} free`} />
            </Option>
          ))}
        </Dropdown>
      </WizardField>
      <WizardField path="directConnection.ipAddress" label="IP address (optional)" hint={pool === undefined ? null : `Left empty, VMM takes a free address of ${pool.range}.`}>
        <Input className={styles.option} disabled={isDisabled} value={form.ipAddress} autoComplete="off" spellCheck={false} onChange={(_event, { value }) => onChange({ ...form, ipAddress: value })} />
      </WizardField>
    </>
  );
}

/** What it can do, and how much room it has. */
export function gatewayHint({ unavailableReason, supportsNat, vmName, vmNetworksInUse, vmNetworksMaximum, tunnelsInUse, tunnelsMaximum }: Gateway): string {
  if (unavailableReason !== null) return unavailableReason;
  if (!supportsNat) return `Direct routing only; ${vmName}; ${vmNetworksInUse} of ${vmNetworksMaximum} VM networks`;
  return `NAT, VPN; ${vmName}; ${vmNetworksInUse} of ${vmNetworksMaximum} VM networks, ${tunnelsInUse} of ${tunnelsMaximum} tunnels`;
}
