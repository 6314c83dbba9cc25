/** Properties › Connectivity of a VM network (fact sheet §3.1). Only what a gateway can really do here is offered. */
import { Checkbox, Dropdown, Field, Input, makeStyles, MessageBar, MessageBarBody, Option, Radio, RadioGroup } from '@fluentui/react-components';
import type { Problem } from '../../../shared/contract/errors.ts';
import type { ConnectivityOptions } from '../../../shared/contract/inventory.ts';
import { Choice } from '../frame/Choice.tsx';
import { canUse, withGateway, withRouting, type ConnectivityField, type ConnectivityForm, type Routing } from './connectivityForm.ts';

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', gap: '12px' },
  nested: { display: 'flex', flexDirection: 'column', gap: '12px', paddingInlineStart: '28px', maxWidth: '520px' },
  option: { display: 'flex', flexDirection: 'column' },
});

interface ConnectivityPageProps {
  readonly options: ConnectivityOptions;
  readonly form: ConnectivityForm;
  readonly problems: Partial<Record<ConnectivityField, Problem>>;
  readonly onChange: (form: ConnectivityForm) => void;
}

export function ConnectivityPage({ options, form, problems, onChange }: ConnectivityPageProps) {
  const styles = useStyles();
  const hasGateway = options.gateways.length > 0;
  const has = (routing: Routing) => options.gateways.some((gateway) => canUse(gateway, routing)) || options.current?.routing === routing;
  return (
    <div className={styles.root}>
      {!hasGateway && (
        <MessageBar intent="warning" layout="multiline">
          <MessageBarBody>No network service that specifies a gateway has been added to VMM</MessageBarBody>
        </MessageBar>
      )}
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
        <GatewayFields options={options} form={form} problems={problems} onChange={onChange} />
      </div>
    </div>
  );
}

function GatewayFields({ options, form, problems, onChange }: ConnectivityPageProps) {
  const gateway = options.gateways.find(({ id }) => id === form.gatewayDevice);
  const isDisabled = !form.isDirect;
  return (
    <>
      <Field label="Gateway device" {...fieldState(problems.gatewayDevice)}>
        <Dropdown
          disabled={isDisabled}
          placeholder="Choose a gateway device"
          value={gateway?.name ?? ''}
          selectedOptions={[form.gatewayDevice]}
          onOptionSelect={(_event, { optionValue }) => onChange(withGateway(form, options.gateways.find(({ id }) => id === optionValue)))}
        >
          {options.gateways.map((entry) => (
            <Option key={entry.id} value={entry.id} text={entry.name} disabled={!canUse(entry, form.routing) && entry.id !== form.gatewayDevice}>
              <Choice label={entry.name} hint={gatewayHint(entry)} />
            </Option>
          ))}
        </Dropdown>
      </Field>
      {form.routing === 'NAT' && <NatFields options={options} form={form} problems={problems} onChange={onChange} />}
    </>
  );
}

/** Which external address the packets get. */
function NatFields({ options, form, problems, onChange }: ConnectivityPageProps) {
  const styles = useStyles();
  const gateway = options.gateways.find(({ id }) => id === form.gatewayDevice);
  const pool = gateway?.pools.find(({ id }) => id === form.ipAddressPool);
  const isDisabled = !form.isDirect;
  return (
    <>
      <Field label="IP address pool" {...fieldState(problems.ipAddressPool)}>
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
      </Field>
      <Field label="IP address (optional)" hint={pool === undefined ? null : `Left empty, VMM takes a free address of ${pool.range}.`} {...fieldState(problems.ipAddress)}>
        <Input className={styles.option} disabled={isDisabled} value={form.ipAddress} autoComplete="off" spellCheck={false} onChange={(_event, { value }) => onChange({ ...form, ipAddress: value })} />
      </Field>
    </>
  );
}

function gatewayHint({ unavailableReason, supportsNat, vmName, vmNetworksInUse, vmNetworksMaximum }: ConnectivityOptions['gateways'][number]): string {
  if (unavailableReason !== null) return unavailableReason;
  const capabilities = supportsNat ? 'NAT' : 'Direct routing only';
  return `${capabilities}; ${vmName}; ${vmNetworksInUse} of ${vmNetworksMaximum} VM networks`;
}

function fieldState(problem: Problem | undefined): { validationMessage?: string; validationState?: 'error' } {
  if (problem === undefined) return {};
  return { validationState: 'error', validationMessage: `${problem.message} ${problem.recommendedAction} (${problem.code})` };
}
