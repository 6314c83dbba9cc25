/** Move to Gateway Wizard: another gateway device for a VM network, with a look at what comes along before it does (fact sheet §8.1). */
import { Dropdown, Input, makeStyles, MessageBar, MessageBarBody, Option, Radio, RadioGroup, tokens } from '@fluentui/react-components';
import { ArrowSwap20Regular } from '@fluentui/react-icons';
import { useState } from 'react';
import type { Connectivity } from '../../../shared/contract/inventory.ts';
import { useProcedure } from '../../bridge/queries.ts';
import { FactList } from '../../views/shared/FactList.tsx';
import { ErrorState, LoadingState } from '../../views/shared/states.tsx';
import { Choice } from '../frame/Choice.tsx';
import { OperationWizard, type WizardPage } from '../frame/OperationWizard.tsx';
import { usePageStyles } from '../frame/pageStyles.ts';
import { WizardField } from '../frame/WizardField.tsx';
import { gatewayHint } from '../vm-network-properties/ConnectivityPage.tsx';
import { emptyForm, presentGateway, previewFacts, unavailable, type MoveFact, type MoveForm } from './form.ts';

interface MoveToGatewayWizardProps {
  readonly vmNetworkId: string;
  readonly name: string;
  readonly onClose: () => void;
  readonly onJobStarted: (jobId: string) => void;
}

export function MoveToGatewayWizard({ vmNetworkId, name, onClose, onJobStarted }: MoveToGatewayWizardProps) {
  const [form, setForm] = useState(emptyForm);
  const options = useProcedure('vmNetwork.connectivity', { id: vmNetworkId });
  const input = { vmNetwork: vmNetworkId, ...form, ipAddress: form.ipAddress.trim() };
  const preview = useProcedure('vmNetwork.movePreview', input, { enabled: form.gatewayDevice !== '' });
  const facts = form.gatewayDevice === '' || preview.data === undefined || preview.error !== null || preview.isPlaceholderData ? [] : previewFacts(preview.data);
  const content =
    options.error !== null ? <ErrorState error={options.error} /> : options.data === undefined ? <LoadingState what="the gateways" /> : <GatewayPage options={options.data} form={form} facts={facts} onChange={setForm} />;
  const pages: readonly WizardPage[] = [{ id: 'gateway', label: 'Gateway', purpose: `Choose the gateway device that shall serve ${name}`, owns: ['vmNetwork', 'gatewayDevice', 'ipAddressPool', 'ipAddress'], content }];
  const nameOf = (id: string | undefined) => options.data?.gateways.find((gateway) => gateway.id === id)?.name ?? '';
  return (
    <OperationWizard
      title="Move to Gateway Wizard"
      icon={<ArrowSwap20Regular />}
      operationId="vmNetwork.moveToGateway"
      input={input}
      pages={pages}
      summary={[
        { label: 'VM network', value: name },
        { label: 'From gateway', value: options.data === undefined ? '' : nameOf(presentGateway(options.data)) },
        { label: 'To gateway', value: nameOf(form.gatewayDevice) },
        ...facts,
        { label: 'If it fails', value: 'Everything goes back to what it was' },
      ]}
      isTyped={form.gatewayDevice !== ''}
      onClose={onClose}
      onJobStarted={onJobStarted}
    />
  );
}

const useStyles = makeStyles({
  gateways: { maxHeight: '168px', overflow: 'auto', border: `1px solid ${tokens.colorNeutralStroke2}`, borderRadius: tokens.borderRadiusMedium, padding: '4px 0' },
  title: { margin: '0 0 4px', fontSize: '13px', fontWeight: tokens.fontWeightSemibold },
});

interface GatewayPageProps {
  readonly options: Connectivity;
  readonly form: MoveForm;
  readonly facts: readonly MoveFact[];
  readonly onChange: (form: MoveForm) => void;
}

function GatewayPage({ options, form, facts, onChange }: GatewayPageProps) {
  const page = usePageStyles();
  const styles = useStyles();
  const others = options.gateways.filter(({ id }) => id !== presentGateway(options));
  const isNat = options.current.directConnection?.routing === 'NAT';
  return (
    <div className={page.wide}>
      {others.length === 0 && (
        <MessageBar intent="warning" layout="multiline">
          <MessageBarBody>There is no other gateway device. Add one in Fabric › Networking › Network Service, and connect its front end and back end.</MessageBarBody>
        </MessageBar>
      )}
      <WizardField path="gatewayDevice" label="Gateway device" required>
        <RadioGroup className={styles.gateways} value={form.gatewayDevice} onChange={(_event, { value }) => onChange({ ...emptyForm, gatewayDevice: value })}>
          {others.map((gateway) => {
            const reason = unavailable(gateway, options);
            return <Radio key={gateway.id} value={gateway.id} disabled={reason !== null} label={<Choice label={gateway.name} hint={reason ?? gatewayHint(gateway)} />} />;
          })}
        </RadioGroup>
      </WizardField>
      {isNat && form.gatewayDevice !== '' && <AddressFields options={options} form={form} onChange={onChange} />}
      {facts.length > 0 && (
        <section aria-label="What comes along" aria-live="polite">
          <h3 className={styles.title}>What comes along</h3>
          <FactList facts={facts} />
        </section>
      )}
    </div>
  );
}

/** Which external address the VM network gets on the other gateway. */
function AddressFields({ options, form, onChange }: Omit<GatewayPageProps, 'facts'>) {
  const page = usePageStyles();
  const { directConnection: direct } = options.current;
  const pools = options.gateways.find(({ id }) => id === form.gatewayDevice)?.pools ?? [];
  const present = direct?.routing === 'NAT' ? pools.find(({ id }) => id === direct.ipAddressPool) : undefined;
  const pool = pools.find(({ id }) => id === form.ipAddressPool) ?? present ?? pools[0];
  const stays = present !== undefined && pool?.id === present.id && direct?.routing === 'NAT' ? direct.ipAddress : undefined;
  return (
    <div className={page.pair}>
      <WizardField path="ipAddressPool" label="IP address pool">
        <Dropdown value={pool?.name ?? ''} selectedOptions={pool === undefined ? [] : [pool.id]} placeholder="The front end has no IP address pool" onOptionSelect={(_event, { optionValue }) => onChange({ ...form, ipAddressPool: optionValue ?? '', ipAddress: '' })}>
          {pools.map((entry) => (
            <Option key={entry.id} value={entry.id} text={entry.name}>
              <Choice label={entry.name} hint={`${entry.range}, ${entry.available} free`} />
            </Option>
          ))}
        </Dropdown>
      </WizardField>
      <WizardField path="ipAddress" label="IP address (optional)" hint={stays === undefined ? `Left empty, VMM takes a free address${pool === undefined ? '' : ` of ${pool.range}`}.` : `Left empty, ${stays} comes along.`}>
        <Input className={page.mono} value={form.ipAddress} autoComplete="off" spellCheck={false} onChange={(_event, { value }) => onChange({ ...form, ipAddress: value })} />
      </WizardField>
    </div>
  );
}
