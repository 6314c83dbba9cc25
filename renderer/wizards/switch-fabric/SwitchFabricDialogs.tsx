/** Create MAC Address Pool, Create Port Profile and Create Logical Switch: one dialog each. */
import { Checkbox, Dropdown, FieldContextProvider, Input, makeStyles, Option, tokens } from '@fluentui/react-components';
import { useState } from 'react';
import { loadBalancingAlgorithms, teamModes } from '../../../shared/contract/networkingOperations.ts';
import { useProcedure } from '../../bridge/queries.ts';
import { HostGroupTree } from '../frame/HostGroupTree.tsx';
import { OperationDialog } from '../frame/OperationDialog.tsx';
import { usePageStyles } from '../frame/pageStyles.ts';
import { WizardField } from '../frame/WizardField.tsx';

interface DialogProps {
  readonly onClose: () => void;
  readonly onJobStarted: (jobId: string) => void;
}

interface NameFieldsProps {
  readonly name: string;
  readonly description: string;
  readonly onChange: (change: { readonly name?: string; readonly description?: string }) => void;
}

function NameFields({ name, description, onChange }: NameFieldsProps) {
  return (
    <>
      <WizardField path="name" label="Name" required>
        <Input value={name} autoComplete="off" spellCheck={false} onChange={(_event, { value }) => onChange({ name: value })} />
      </WizardField>
      <WizardField path="description" label="Description">
        <Input value={description} autoComplete="off" onChange={(_event, { value }) => onChange({ description: value })} />
      </WizardField>
    </>
  );
}

export function CreateMacAddressPoolDialog(props: DialogProps) {
  const page = usePageStyles();
  const [form, setForm] = useState({ name: '', description: '', hostGroups: [] as readonly string[], rangeStart: '00-1D-D8-F5-00-00', rangeEnd: '00-1D-D8-F5-FF-FF' });
  const set = (change: Partial<typeof form>) => setForm((current) => ({ ...current, ...change }));
  return (
    <OperationDialog isOpen title="Create MAC Address Pool" operationId="macAddressPool.create" input={form} accept="Create" {...props}>
      <NameFields name={form.name} description={form.description} onChange={set} />
      <WizardField path="hostGroups" label="Host groups" required>
        <HostGroupTree chosen={form.hostGroups} onChange={(hostGroups) => set({ hostGroups })} />
      </WizardField>
      <div className={page.pair}>
        <WizardField path="rangeStart" label="Starting MAC address" required>
          <Input className={page.mono} value={form.rangeStart} autoComplete="off" spellCheck={false} onChange={(_event, { value }) => set({ rangeStart: value })} />
        </WizardField>
        <WizardField path="rangeEnd" label="Ending MAC address" required>
          <Input className={page.mono} value={form.rangeEnd} autoComplete="off" spellCheck={false} onChange={(_event, { value }) => set({ rangeEnd: value })} />
        </WizardField>
      </div>
    </OperationDialog>
  );
}

interface ProfileForm {
  readonly name: string;
  readonly description: string;
  readonly loadBalancing: (typeof loadBalancingAlgorithms)[number];
  readonly teamMode: (typeof teamModes)[number];
  /** Names: they are unique. */
  readonly networkSites: readonly string[];
  readonly networkVirtualization: boolean;
}

const emptyProfile: ProfileForm = { name: '', description: '', loadBalancing: 'HostDefault', teamMode: 'SwitchIndependent', networkSites: [], networkVirtualization: false };

export function CreateUplinkPortProfileDialog(props: DialogProps) {
  const page = usePageStyles();
  const [form, setForm] = useState(emptyProfile);
  const set = (change: Partial<ProfileForm>) => setForm((current) => ({ ...current, ...change }));
  return (
    <OperationDialog isOpen title="Create Port Profile" operationId="uplinkPortProfile.create" input={form} accept="Create" {...props}>
      <NameFields name={form.name} description={form.description} onChange={set} />
      <div className={page.pair}>
        <WizardField path="loadBalancing" label="Load balancing algorithm">
          <Dropdown value={form.loadBalancing} selectedOptions={[form.loadBalancing]} onOptionSelect={(_event, { optionValue }) => set({ loadBalancing: loadBalancingAlgorithms.find((entry) => entry === optionValue) ?? form.loadBalancing })}>
            {loadBalancingAlgorithms.map((entry) => (
              <Option key={entry}>{entry}</Option>
            ))}
          </Dropdown>
        </WizardField>
        <WizardField path="teamMode" label="Teaming mode">
          <Dropdown value={form.teamMode} selectedOptions={[form.teamMode]} onOptionSelect={(_event, { optionValue }) => set({ teamMode: teamModes.find((entry) => entry === optionValue) ?? form.teamMode })}>
            {teamModes.map((entry) => (
              <Option key={entry}>{entry}</Option>
            ))}
          </Dropdown>
        </WizardField>
      </div>
      <NetworkSites chosen={form.networkSites} onChange={(networkSites) => set({ networkSites })} />
      <WizardField path="networkVirtualization">
        <Checkbox label="Enable Hyper-V Network Virtualization" checked={form.networkVirtualization} onChange={(_event, { checked }) => set({ networkVirtualization: checked === true })} />
      </WizardField>
    </OperationDialog>
  );
}

const useStyles = makeStyles({
  sites: { display: 'flex', flexDirection: 'column', maxHeight: '180px', overflow: 'auto', padding: '4px', border: `1px solid ${tokens.colorNeutralStroke1}`, borderRadius: tokens.borderRadiusMedium },
});

function NetworkSites({ chosen, onChange }: { readonly chosen: readonly string[]; readonly onChange: (chosen: readonly string[]) => void }) {
  const styles = useStyles();
  const page = usePageStyles();
  const networks = (useProcedure('logicalNetwork.list', { limit: 500 }).data?.rows ?? []).filter(({ kind }) => kind === 'logicalNetwork');
  return (
    <WizardField path="networkSites" label="Network sites" required>
      <div role="group" aria-label="Network sites" className={styles.sites}>
        {/* Each check box keeps its own id: a field would give all of them its own. */}
        <FieldContextProvider value={undefined}>
          {networks.length === 0 && <span className={page.hint}>There is no logical network.</span>}
          {networks.map(({ id }) => (
            <SitesOf key={id} logicalNetworkId={id} chosen={chosen} onChange={onChange} />
          ))}
        </FieldContextProvider>
      </div>
    </WizardField>
  );
}

function SitesOf({ logicalNetworkId, chosen, onChange }: { readonly logicalNetworkId: string; readonly chosen: readonly string[]; readonly onChange: (chosen: readonly string[]) => void }) {
  const { data } = useProcedure('logicalNetwork.get', { id: logicalNetworkId });
  return (
    <>
      {(data?.sites ?? []).map(({ id, name }) => (
        <Checkbox key={id} label={name} checked={chosen.includes(name)} onChange={(_event, { checked }) => onChange(checked === true ? [...chosen, name] : chosen.filter((other) => other !== name))} />
      ))}
    </>
  );
}

export function CreateLogicalSwitchDialog(props: DialogProps) {
  const [form, setForm] = useState({ name: '', description: '', uplinkPortProfile: '' });
  const set = (change: Partial<typeof form>) => setForm((current) => ({ ...current, ...change }));
  const profiles = useProcedure('fabricObject.list', { kind: 'uplinkPortProfile', limit: 500 }).data?.rows ?? [];
  return (
    <OperationDialog isOpen title="Create Logical Switch" operationId="logicalSwitch.create" input={form} accept="Create" {...props}>
      <NameFields name={form.name} description={form.description} onChange={set} />
      <WizardField path="uplinkPortProfile" label="Uplink port profile" required>
        <Dropdown
          value={profiles.find(({ id }) => id === form.uplinkPortProfile)?.name ?? ''}
          placeholder={profiles.length === 0 ? 'There is no uplink port profile' : 'Choose an uplink port profile'}
          selectedOptions={[form.uplinkPortProfile]}
          onOptionSelect={(_event, { optionValue }) => set({ uplinkPortProfile: optionValue ?? '' })}
        >
          {profiles.map(({ id, name }) => (
            <Option key={id} value={id}>
              {name}
            </Option>
          ))}
        </Dropdown>
      </WizardField>
    </OperationDialog>
  );
}
