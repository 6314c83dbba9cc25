/** Sub-pages of a VPN connection: VPN connection, Authentication, Routes, Advanced (fact sheet §3.3, 3.4). */
import { Checkbox, Dropdown, Input, makeStyles, mergeClasses, Option, Radio, RadioGroup } from '@fluentui/react-components';
import { vpnChoices } from '../../../shared/contract/connectivity.ts';
import type { Problem } from '../../../shared/contract/errors.ts';
import { AccountField } from '../frame/AccountField.tsx';
import { usePageStyles } from '../frame/pageStyles.ts';
import { TextRows } from '../frame/TextRows.tsx';
import { WizardField } from '../frame/WizardField.tsx';
import type { ConnectionForm } from './connectivityForm.ts';

const useStyles = makeStyles({ tight: { gap: '8px' } });

export const subPages = [
  { id: 'general', label: 'VPN connection' },
  { id: 'authentication', label: 'Authentication' },
  { id: 'routes', label: 'Routes' },
  { id: 'advanced', label: 'Advanced' },
] as const;
export type SubPageId = (typeof subPages)[number]['id'];

const fields: Readonly<Record<Exclude<SubPageId, 'advanced'>, readonly string[]>> = {
  general: ['name', 'remoteEndpoint', 'maximumInboundKbps', 'maximumOutboundKbps', 'isEnabled'],
  authentication: ['authenticationMethod', 'runAsAccount', 'certificate'],
  routes: ['routes'],
};

/** The sub-page on which a connection's problem is mended. */
export function subPageOf({ path }: Problem): SubPageId {
  const field = String(path[3] ?? 'name');
  return subPages.find(({ id }) => id !== 'advanced' && fields[id].includes(field))?.id ?? 'advanced';
}

interface SubPageProps {
  readonly connection: ConnectionForm;
  readonly path: string;
  readonly isBgp: boolean;
  readonly onChange: (change: Partial<ConnectionForm>) => void;
}

export function SubPage({ id, ...props }: SubPageProps & { readonly id: SubPageId }) {
  switch (id) {
    case 'general':
      return <GeneralPage {...props} />;
    case 'authentication':
      return <AuthenticationPage {...props} />;
    case 'routes':
      return <RoutesPage {...props} />;
    case 'advanced':
      return <AdvancedPage {...props} />;
  }
}

function GeneralPage({ connection, path, onChange }: SubPageProps) {
  const styles = useStyles();
  const page = usePageStyles();
  const text = (key: 'name' | 'remoteEndpoint' | 'maximumInboundKbps' | 'maximumOutboundKbps', label: string, isMono: boolean) => (
    <WizardField path={`${path}.${key}`} label={label} required={key === 'name' || key === 'remoteEndpoint'}>
      <Input className={isMono ? page.mono : ''} value={connection[key]} autoComplete="off" spellCheck={false} onChange={(_event, { value }) => onChange({ [key]: value })} />
    </WizardField>
  );
  return (
    <div className={mergeClasses(page.column, styles.tight)}>
      {text('name', 'Name', false)}
      {text('remoteEndpoint', 'Remote endpoint', true)}
      <div className={page.pair}>
        {text('maximumInboundKbps', 'Maximum inbound bandwidth (Kbps)', true)}
        {text('maximumOutboundKbps', 'Maximum outbound bandwidth (Kbps)', true)}
      </div>
      <Checkbox label="Enabled" checked={connection.isEnabled} onChange={(_event, { checked }) => onChange({ isEnabled: checked === true })} />
    </div>
  );
}

function AuthenticationPage({ connection, path, onChange }: SubPageProps) {
  const page = usePageStyles();
  const isKey = connection.authenticationMethod === 'PSKOnly';
  return (
    <div className={page.column}>
      <RadioGroup aria-label="Authenticate with" value={connection.authenticationMethod} onChange={(_event, { value }) => onChange({ authenticationMethod: value === 'PSKOnly' ? 'PSKOnly' : 'MachineCertificates' })}>
        <Radio value="PSKOnly" label="Run As account whose password is the pre-shared key" />
        <Radio value="MachineCertificates" label="Certificate" />
      </RadioGroup>
      {isKey ? (
        <AccountField path={`${path}.runAsAccount`} value={connection.runAsAccount} hint="Both sides must have the same key." onChange={(runAsAccount) => onChange({ runAsAccount })} />
      ) : (
        <WizardField path={`${path}.certificate`} label="Thumbprint of the certificate" hint="Left empty, the gateway chooses a machine certificate by itself.">
          <Input className={page.mono} value={connection.certificate} autoComplete="off" spellCheck={false} onChange={(_event, { value }) => onChange({ certificate: value })} />
        </WizardField>
      )}
    </div>
  );
}

function RoutesPage({ connection, path, isBgp, onChange }: SubPageProps) {
  return (
    <TextRows
      label="Remote subnets, in CIDR form"
      each="route"
      path={`${path}.routes`}
      values={connection.routes}
      empty={isBgp ? 'No route: BGP brings them. The address of the BGP peer needs one, with /32.' : 'No route yet: a packet to one of them dials the connection.'}
      isMono
      onChange={(routes) => onChange({ routes: [...routes] })}
    />
  );
}

const advancedLabels = {
  protocol: 'VPN protocol',
  encryptionMethod: 'Encryption method',
  integrityCheckMethod: 'Integrity check method',
  cipherTransform: 'Cipher transform',
  authenticationTransform: 'Authentication transform',
  pfsGroup: 'PFS group',
  dhGroup: 'Diffie-Hellman group',
} as const;
type AdvancedKey = keyof typeof advancedLabels;

function AdvancedPage({ connection, path, onChange }: SubPageProps) {
  const page = usePageStyles();
  const keys = Object.keys(advancedLabels) as AdvancedKey[];
  return (
    <div className={page.pair}>
      {keys.map((key) => (
        <WizardField key={key} path={`${path}.${key}`} label={advancedLabels[key]}>
          <Dropdown value={connection[key]} selectedOptions={[connection[key]]} onOptionSelect={(_event, { optionValue }) => onChange({ [key]: optionValue ?? connection[key] })}>
            {vpnChoices[key].map((value) => (
              <Option key={value} value={value}>
                {value}
              </Option>
            ))}
          </Dropdown>
        </WizardField>
      ))}
    </div>
  );
}
