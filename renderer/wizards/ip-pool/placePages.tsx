/** The pages Name and Network Site of the Create Static IP Address Pool Wizard (fact sheet §2.2). */
import { Dropdown, Input, Option, Radio, RadioGroup, Textarea } from '@fluentui/react-components';
import { useProcedure } from '../../bridge/queries.ts';
import { Choice } from '../frame/Choice.tsx';
import { usePageStyles } from '../frame/pageStyles.ts';
import { WizardField } from '../frame/WizardField.tsx';
import { newSite } from '../logical-network/form.ts';
import { SiteEditor } from '../logical-network/SiteEditor.tsx';
import { withNetwork, withSubnet, type CreatePoolForm } from './form.ts';

interface PageProps {
  readonly form: CreatePoolForm;
  readonly onChange: (form: CreatePoolForm) => void;
}

export function NamePage({ form, onChange }: PageProps) {
  const styles = usePageStyles();
  return (
    <div className={styles.column}>
      <WizardField path="name" label="Name" required>
        <Input value={form.name} autoComplete="off" spellCheck={false} onChange={(_event, { value }) => onChange({ ...form, name: value })} />
      </WizardField>
      <WizardField path="description" label="Description">
        <Textarea value={form.description} rows={2} onChange={(_event, { value }) => onChange({ ...form, description: value })} />
      </WizardField>
      {form.vmNetwork === '' ? <LogicalNetworkField form={form} onChange={onChange} /> : <VmSubnetFields form={form} onChange={onChange} />}
    </div>
  );
}

/** Logical networks, without their pools. */
function useLogicalNetworks() {
  return (useProcedure('logicalNetwork.list', { limit: 500 }).data?.rows ?? []).filter(({ kind }) => kind === 'logicalNetwork');
}

function LogicalNetworkField({ form, onChange }: PageProps) {
  const networks = useLogicalNetworks();
  return (
    <WizardField path="logicalNetwork" label="Logical network" required>
      <Dropdown
        value={networks.find(({ id }) => id === form.logicalNetwork)?.name ?? ''}
        placeholder={networks.length === 0 ? 'There is no logical network' : 'Choose a logical network'}
        selectedOptions={[form.logicalNetwork]}
        onOptionSelect={(_event, { optionValue }) => onChange(withNetwork(form, optionValue ?? ''))}
      >
        {networks.map(({ id, name, subnet }) => (
          <Option key={id} value={id} text={name}>
            <Choice label={name} hint={subnet} />
          </Option>
        ))}
      </Dropdown>
    </WizardField>
  );
}

function VmSubnetFields({ form, onChange }: PageProps) {
  const { data } = useProcedure('vmNetwork.get', { id: form.vmNetwork });
  const subnets = data?.vmSubnets ?? [];
  return (
    <>
      <WizardField path="vmNetwork" label="VM network">
        <Input readOnly value={data?.name ?? ''} />
      </WizardField>
      <WizardField path="vmSubnet" label="VM subnet" required>
        <Dropdown
          value={subnets.find(({ id }) => id === form.vmSubnet)?.name ?? ''}
          placeholder={subnets.length === 0 ? 'The VM network has no VM subnet' : 'Choose a VM subnet'}
          selectedOptions={[form.vmSubnet]}
          onOptionSelect={(_event, { optionValue }) => {
            const chosen = subnets.find(({ id }) => id === optionValue);
            onChange({ ...withSubnet(form, chosen?.subnet ?? ''), vmSubnet: chosen?.id ?? '' });
          }}
        >
          {subnets.map(({ id, name, subnet, pool }) => (
            <Option key={id} value={id} text={name}>
              <Choice label={`${name} (${subnet})`} hint={pool === null ? '' : `Has ${pool} already`} />
            </Option>
          ))}
        </Dropdown>
      </WizardField>
    </>
  );
}

export function SitePage({ form, onChange }: PageProps) {
  const styles = usePageStyles();
  const { data } = useProcedure('logicalNetwork.get', { id: form.logicalNetwork }, { enabled: form.logicalNetwork !== '' });
  const choose = (value: string) => {
    if (value === 'new') onChange({ ...withSubnet(form, ''), networkSite: '', newSite: newSite(data?.name ?? '', (data?.sites ?? []).map((site) => ({ ...site, hostGroups: site.hostGroupIds })), []) });
    else onChange({ ...withSubnet(form, ''), newSite: null });
  };
  return (
    <div className={styles.wide}>
      <RadioGroup aria-label="Network site" value={form.newSite === null ? 'existing' : 'new'} onChange={(_event, { value }) => choose(value)}>
        <Radio value="existing" label="Use an existing network site" />
        <Radio value="new" label="Create a network site" />
        <Radio value="multicast" disabled label={<Choice label="Create a multicast IP address pool" hint="Multicast in VM networks is not part of this console" />} />
      </RadioGroup>
      {form.newSite === null ? (
        <ExistingSite form={form} onChange={onChange} />
      ) : (
        <SiteEditor
          site={form.newSite}
          path="newSite"
          kind={data?.kind ?? 'oneConnected'}
          onChange={(site) => onChange({ ...withSubnet(form, site.subnets[0]?.subnet ?? ''), newSite: site })}
        />
      )}
    </div>
  );
}

function ExistingSite({ form, onChange }: PageProps) {
  const styles = usePageStyles();
  const { data } = useProcedure('logicalNetwork.get', { id: form.logicalNetwork }, { enabled: form.logicalNetwork !== '' });
  const sites = data?.sites ?? [];
  const site = sites.find(({ id }) => id === form.networkSite);
  return (
    <div className={styles.column}>
      <WizardField path="networkSite" label="Network site" required>
        <Dropdown
          value={site?.name ?? ''}
          placeholder={sites.length === 0 ? 'The logical network has no network site' : 'Choose a network site'}
          selectedOptions={[form.networkSite]}
          onOptionSelect={(_event, { optionValue }) => {
            const chosen = sites.find(({ id }) => id === optionValue);
            onChange({ ...withSubnet(form, chosen?.subnets[0]?.subnet ?? ''), networkSite: chosen?.id ?? '' });
          }}
        >
          {sites.map(({ id, name, subnets }) => (
            <Option key={id} value={id} text={name}>
              <Choice label={name} hint={subnets.map(({ subnet }) => subnet).join(', ')} />
            </Option>
          ))}
        </Dropdown>
      </WizardField>
      <WizardField path="subnet" label="IP subnet" required>
        <Dropdown value={form.subnet} selectedOptions={[form.subnet]} disabled={site === undefined} onOptionSelect={(_event, { optionValue }) => onChange(withSubnet(form, optionValue ?? ''))}>
          {(site?.subnets ?? []).map(({ id, subnet, vlan }) => (
            <Option key={id} value={subnet} text={subnet}>
              <Choice label={subnet} hint={vlan === '' ? 'No VLAN' : `VLAN ${vlan}`} />
            </Option>
          ))}
        </Dropdown>
      </WizardField>
    </div>
  );
}
