/** A virtual machine as its console shows it: what an operator does inside, apart from VMM. */
import { Button, Dropdown, Input, makeStyles, MessageBar, MessageBarBody, Option, Switch, tokens } from '@fluentui/react-components';
import { Desktop20Regular } from '@fluentui/react-icons';
import { useState, type KeyboardEvent, type ReactNode } from 'react';
import type { Guest } from '../../../shared/contract/guest.ts';
import type { OperationId } from '../../../shared/contract/operations.ts';
import { invoke } from '../../bridge/client.ts';
import { useProcedure } from '../../bridge/queries.ts';
import { useConsole } from '../../shell/console.tsx';
import { useNotify } from '../../shell/notify.tsx';
import { useNestedDialog } from '../../wizards/frame/useNestedDialog.ts';
import { FloatingPanel } from '../shared/FloatingPanel.tsx';
import { ErrorState, LoadingState } from '../shared/states.tsx';
import { GettingStartedDialog, RoleServicesDialog } from './RemoteAccessDialogs.tsx';

const useStyles = makeStyles({
  desktop: { flexGrow: 1, minHeight: 0, overflow: 'auto', padding: '12px', display: 'flex', flexDirection: 'column', gap: '12px', backgroundColor: tokens.colorNeutralBackground3 },
  off: { flexGrow: 1, display: 'flex', flexDirection: 'column', alignItems: 'center', justifyContent: 'center', gap: '12px', backgroundColor: '#000000', color: '#ffffff' },
  pane: { backgroundColor: tokens.colorNeutralBackground1, border: `1px solid ${tokens.colorNeutralStroke2}`, borderRadius: tokens.borderRadiusMedium, padding: '8px 12px 12px' },
  heading: { margin: '0 0 8px', fontSize: '13px', lineHeight: '20px', fontWeight: tokens.fontWeightSemibold },
  adapters: { margin: 0, padding: 0, listStyle: 'none', display: 'flex', flexDirection: 'column', gap: '6px' },
  adapter: { display: 'grid', gridTemplateColumns: '130px 130px minmax(0, 1fr) 116px', gap: '12px', alignItems: 'center' },
  connection: { minWidth: 0 },
  quiet: { color: tokens.colorNeutralForeground3, fontSize: '12px', lineHeight: '16px', overflowWrap: 'anywhere' },
  row: { display: 'flex', alignItems: 'center', gap: '12px' },
  grow: { flexGrow: 1 },
  below: { marginTop: '8px' },
});

interface GuestWindowProps {
  readonly virtualMachineId: string;
  readonly onClose: () => void;
}

export function GuestWindow({ virtualMachineId, onClose }: GuestWindowProps) {
  const { data, error } = useProcedure('virtualMachine.guest', { id: virtualMachineId });
  const content = error !== null ? <ErrorState error={error} /> : data === undefined ? <LoadingState what="the virtual machine" /> : <Desktop guest={data} />;
  return (
    <FloatingPanel title={data === undefined ? 'Virtual machine' : `${data.name} on ${data.host}`} icon={<Desktop20Regular />} width={720} height={600} place="middle" onClose={onClose}>
      {content}
    </FloatingPanel>
  );
}

/** As Hyper-V says it. */
const notConnected = 'Not connected';

type Start = (operationId: OperationId, input: object) => void;

function Desktop({ guest }: { readonly guest: Guest }) {
  const styles = useStyles();
  const notify = useNotify();
  const start: Start = (operationId, input) => void invoke('operation.start', { operationId, input: { virtualMachine: guest.id, ...input } }).catch(notify.error);
  if (!guest.running) {
    return (
      <div className={styles.off}>
        <span>{`${guest.name} is turned off.`}</span>
        <Button onClick={() => start('virtualMachine.start', {})}>Start</Button>
      </div>
    );
  }
  return (
    <div className={styles.desktop}>
      <Pane title="Network Connections">
        <ul className={styles.adapters}>
          {guest.networkAdapters.map((adapter) => (
            <Adapter key={adapter.id} adapter={adapter} virtualSwitches={guest.virtualSwitches} start={start} />
          ))}
        </ul>
      </Pane>
      <CommandLine guest={guest} />
      <Pane title="Windows Firewall">
        <Switch label={guest.firewallOn ? 'On, for all profiles' : 'Off, for all profiles'} checked={guest.firewallOn} onChange={(_event, { checked }) => start('guest.setFirewall', { isOn: checked })} />
      </Pane>
      <Pane title="Integration Services">
        <Switch label={guest.dataExchangeOn ? 'Data Exchange is on' : 'Data Exchange is off: VMM cannot discover what is inside'} checked={guest.dataExchangeOn} onChange={(_event, { checked }) => start('virtualMachine.setIntegrationServices', { dataExchange: checked })} />
      </Pane>
      <RemoteAccess guest={guest} />
      <RoutingAndRemoteAccess guest={guest} start={start} />
    </div>
  );
}

function Pane({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  const styles = useStyles();
  return (
    <section className={styles.pane} aria-label={title}>
      <h3 className={styles.heading}>{title}</h3>
      {children}
    </section>
  );
}

function CommandLine({ guest }: { readonly guest: Guest }) {
  const styles = useStyles();
  const { open } = useConsole();
  return (
    <Pane title="Command line">
      <div className={styles.row}>
        <span className={styles.grow}>Commands that look: addresses, routes, neighbours, and who answers.</span>
        <Button onClick={() => open({ kind: 'terminal', target: { kind: 'virtualMachine', id: guest.id } })}>Open a terminal</Button>
      </div>
    </Pane>
  );
}

/** The name is typed over, as in Network Connections after F2; Enter keeps it, Esc takes it back. */
function Adapter({ adapter, virtualSwitches, start }: { readonly adapter: Guest['networkAdapters'][number]; readonly virtualSwitches: readonly string[]; readonly start: Start }) {
  const styles = useStyles();
  const [draft, setDraft] = useState<string | null>(null);
  const keep = () => {
    if (draft !== null && draft.trim() !== adapter.name) start('guest.renameAdapter', { networkAdapter: adapter.id, name: draft });
    setDraft(null);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter') keep();
    if (event.key !== 'Escape' || draft === null) return;
    event.preventDefault();
    setDraft(null);
  };
  return (
    <li className={styles.adapter}>
      <Input size="small" aria-label={`Name of adapter ${adapter.name}`} value={draft ?? adapter.name} onChange={(_event, { value }) => setDraft(value)} onBlur={keep} onKeyDown={onKeyDown} />
      <Dropdown
        size="small"
        className={styles.connection}
        aria-label={`Connection of adapter ${adapter.name}`}
        value={adapter.virtualSwitch ?? notConnected}
        selectedOptions={[adapter.virtualSwitch ?? '']}
        onOptionSelect={(_event, { optionValue }) => start('virtualMachine.connectAdapter', { networkAdapter: adapter.id, virtualSwitch: optionValue ?? '' })}
      >
        <Option value="">{notConnected}</Option>
        {virtualSwitches.map((name) => (
          <Option key={name} value={name}>
            {name}
          </Option>
        ))}
      </Dropdown>
      <span>{adapter.virtualSwitch === null ? 'Network cable unplugged' : [adapter.network, adapter.address].filter((text) => text !== '').join(', ') || 'No address of VMM'}</span>
      <span className={styles.quiet}>{adapter.mac}</span>
    </li>
  );
}

function RemoteAccess({ guest }: { readonly guest: Guest }) {
  const styles = useStyles();
  const { openStarted } = useConsole();
  const roles = useNestedDialog();
  const started = useNestedDialog();
  const toJobs = (jobId: string) => openStarted({ kind: 'jobs', jobId });
  return (
    <Pane title="Server Manager">
      <div className={styles.row}>
        <span className={styles.grow}>{guest.remoteAccessInstalled ? 'Remote Access is installed, with both role services.' : 'No role is installed.'}</span>
        <Button disabledFocusable={guest.remoteAccessInstalled} onClick={roles.open}>
          Add Roles and Features
        </Button>
        <Button disabledFocusable={!guest.remoteAccessInstalled || guest.vpnDeployed} onClick={started.open}>
          Open the Getting Started Wizard
        </Button>
      </div>
      <RoleServicesDialog isOpen={roles.isOpen} virtualMachineId={guest.id} onClose={roles.close} onJobStarted={toJobs} />
      <GettingStartedDialog isOpen={started.isOpen} virtualMachineId={guest.id} onClose={started.close} onJobStarted={toJobs} />
    </Pane>
  );
}

function RoutingAndRemoteAccess({ guest, start }: { readonly guest: Guest; readonly start: Start }) {
  const styles = useStyles();
  const { navigate } = useConsole();
  const { gateway } = guest;
  return (
    <Pane title="Routing and Remote Access">
      {gateway?.isMultitenant === true ? (
        <div className={styles.row}>
          <span className={styles.grow}>{`${guest.name} (local): running as a multitenant gateway.`}</span>
          <Button onClick={() => navigate({ kind: 'compartments', networkServiceId: gateway.networkServiceId })}>Compartments</Button>
        </div>
      ) : (
        <>
          <MessageBar intent={guest.vpnDeployed && !guest.remoteAccessByHand ? 'info' : 'warning'} layout="multiline">
            <MessageBarBody>{notConfigured(guest)}</MessageBarBody>
          </MessageBar>
          {guest.vpnDeployed && gateway === null && (
            <Button size="small" className={styles.below} onClick={() => start('guest.setRoutingAndRemoteAccess', { isConfigured: !guest.remoteAccessByHand })}>
              {guest.remoteAccessByHand ? 'Disable Routing and Remote Access' : 'Configure and Enable Routing and Remote Access'}
            </Button>
          )}
        </>
      )}
    </Pane>
  );
}

function notConfigured({ name, vpnDeployed, remoteAccessByHand, gateway }: Guest): string {
  if (remoteAccessByHand) return `${name} (local): configured by hand. VMM cannot make a multitenant gateway of it: disable it, and leave it to VMM.`;
  if (!vpnDeployed) return `${name} (local): Remote Access is not deployed.`;
  if (gateway !== null) return `${name} (local): not configured. ${gateway.statusText}`;
  return `${name} (local): not configured. Leave it so: VMM configures it when the gateway's connections are enabled.`;
}
