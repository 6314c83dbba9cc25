/** The pages IP address range, Gateway, DNS and WINS, in the wizard and in the Properties of a pool (fact sheet §2.2). */
import { Button, Checkbox, Input, makeStyles, mergeClasses, Textarea } from '@fluentui/react-components';
import { Add16Regular, Dismiss16Regular } from '@fluentui/react-icons';
import { formatNumber } from '../../views/shared/format.ts';
import { usePageStyles } from '../frame/pageStyles.ts';
import { TextRows } from '../frame/TextRows.tsx';
import { WizardField } from '../frame/WizardField.tsx';
import { emptyGateway, totalAddresses, type GatewayForm, type PoolSettingsForm } from './form.ts';

const useStyles = makeStyles({
  list: { display: 'flex', flexDirection: 'column', gap: '4px', margin: 0, padding: 0, listStyleType: 'none' },
  gateway: { display: 'grid', gridTemplateColumns: 'minmax(0, 1fr) auto 112px 32px', gap: '8px', alignItems: 'start' },
});

interface SettingsPageProps<F extends PoolSettingsForm> {
  readonly form: F;
  /** Stands before the names of the values in the input, with its dot. */
  readonly prefix: string;
  /** CIDR; empty while none is chosen. */
  readonly subnet: string;
  readonly isVmSubnet: boolean;
  readonly onChange: (form: F) => void;
}

export function settingsPages<F extends PoolSettingsForm>(props: SettingsPageProps<F>) {
  const owned = (...names: readonly string[]) => names.map((name) => `${props.prefix}${name}`);
  return [
    { id: 'range' as const, label: 'IP address range', purpose: 'Set the addresses of the pool, and which of them are kept back', owns: owned('rangeStart', 'rangeEnd', 'vips', 'reserved'), content: <RangePage {...props} /> },
    { id: 'gateway' as const, label: 'Gateway', purpose: 'Set the default gateways that go with the addresses', owns: owned('gateways'), content: <GatewayPage {...props} /> },
    { id: 'dns' as const, label: 'DNS', purpose: 'Set the DNS servers and suffixes that go with the addresses', owns: owned('dnsServers', 'dnsSuffix', 'dnsSearchSuffixes'), content: <DnsPage {...props} /> },
    { id: 'wins' as const, label: 'WINS', purpose: 'Set the WINS servers that go with the addresses', owns: owned('winsServers', 'enableNetbios'), content: <WinsPage {...props} /> },
  ];
}

function RangePage<F extends PoolSettingsForm>({ form, prefix, subnet, isVmSubnet, onChange }: SettingsPageProps<F>) {
  const styles = usePageStyles();
  const total = totalAddresses(form);
  return (
    <div className={styles.column}>
      <WizardField path={`${prefix}subnet`} label="IP subnet">
        <Input readOnly className={styles.mono} value={subnet} />
      </WizardField>
      <div className={styles.pair}>
        <WizardField path={`${prefix}rangeStart`} label="Starting IP address" required hint={isVmSubnet ? 'The first address is the distributed router.' : null}>
          <Input className={styles.mono} value={form.rangeStart} autoComplete="off" spellCheck={false} onChange={(_event, { value }) => onChange({ ...form, rangeStart: value })} />
        </WizardField>
        <WizardField path={`${prefix}rangeEnd`} label="Ending IP address" required>
          <Input className={styles.mono} value={form.rangeEnd} autoComplete="off" spellCheck={false} onChange={(_event, { value }) => onChange({ ...form, rangeEnd: value })} />
        </WizardField>
      </div>
      <p className={styles.hint}>Total addresses: {total === null ? 'none yet' : formatNumber(total)}</p>
      {!isVmSubnet && (
        <WizardField path={`${prefix}vips`} label="IP addresses reserved for load balancer VIPs" hint="Addresses and ranges with commas between, such as 10.0.0.4, 10.0.0.10-10.0.0.19">
          <Textarea className={styles.mono} value={form.vips} rows={2} onChange={(_event, { value }) => onChange({ ...form, vips: value })} />
        </WizardField>
      )}
      <WizardField path={`${prefix}reserved`} label={isVmSubnet ? 'Reserved IP addresses' : 'IP addresses to be reserved for other uses'}>
        <Textarea className={styles.mono} value={form.reserved} rows={2} onChange={(_event, { value }) => onChange({ ...form, reserved: value })} />
      </WizardField>
    </div>
  );
}

function GatewayPage<F extends PoolSettingsForm>({ form, prefix, onChange }: SettingsPageProps<F>) {
  const styles = useStyles();
  const page = usePageStyles();
  const set = (at: number, change: Partial<GatewayForm>) => onChange({ ...form, gateways: form.gateways.map((row, other) => (other === at ? { ...row, ...change } : row)) });
  return (
    <div className={page.wide} role="group" aria-label="Gateways">
      {form.gateways.length === 0 && <p className={page.hint}>No default gateway goes with the addresses.</p>}
      <ol className={styles.list}>
        {form.gateways.map(({ address, metric, isAutomatic }, at) => (
          <li key={at} className={styles.gateway}>
            <WizardField path={`${prefix}gateways.${at}.address`}>
              <Input aria-label={`Gateway address ${at + 1}`} className={mergeClasses(page.cell, page.mono)} value={address} placeholder="Gateway address" autoComplete="off" spellCheck={false} onChange={(_event, { value }) => set(at, { address: value })} />
            </WizardField>
            <Checkbox label="Automatic metric" checked={isAutomatic} onChange={(_event, { checked }) => set(at, { isAutomatic: checked === true })} />
            <WizardField path={`${prefix}gateways.${at}.metric`}>
              <Input aria-label={`Metric ${at + 1}`} className={page.cell} disabled={isAutomatic} value={isAutomatic ? '' : metric} placeholder={isAutomatic ? 'Automatic' : 'Metric'} autoComplete="off" onChange={(_event, { value }) => set(at, { metric: value })} />
            </WizardField>
            <Button appearance="subtle" icon={<Dismiss16Regular />} aria-label={`Delete gateway ${at + 1}`} onClick={() => onChange({ ...form, gateways: form.gateways.filter((_, other) => other !== at) })} />
          </li>
        ))}
      </ol>
      <div>
        <Button size="small" icon={<Add16Regular />} onClick={() => onChange({ ...form, gateways: [...form.gateways, emptyGateway] })}>
          Insert gateway
        </Button>
      </div>
      <p className={page.hint}>A gateway virtual machine has several adapters: the metric on the management network must be higher than that on the external one.</p>
    </div>
  );
}

function DnsPage<F extends PoolSettingsForm>({ form, prefix, onChange }: SettingsPageProps<F>) {
  const styles = usePageStyles();
  return (
    <div className={styles.column}>
      <TextRows label="DNS servers, in the order in which they are asked" each="DNS server" path={`${prefix}dnsServers`} values={form.dnsServers} empty="No DNS server." isMono onChange={(dnsServers) => onChange({ ...form, dnsServers })} />
      <WizardField path={`${prefix}dnsSuffix`} label="Connection-specific DNS suffix">
        <Input value={form.dnsSuffix} autoComplete="off" spellCheck={false} onChange={(_event, { value }) => onChange({ ...form, dnsSuffix: value })} />
      </WizardField>
      <TextRows label="DNS search suffixes" each="search suffix" path={`${prefix}dnsSearchSuffixes`} values={form.dnsSearchSuffixes} empty="No search suffix." onChange={(dnsSearchSuffixes) => onChange({ ...form, dnsSearchSuffixes })} />
    </div>
  );
}

function WinsPage<F extends PoolSettingsForm>({ form, prefix, onChange }: SettingsPageProps<F>) {
  const styles = usePageStyles();
  return (
    <div className={styles.column}>
      <TextRows label="WINS servers, in the order in which they are asked" each="WINS server" path={`${prefix}winsServers`} values={form.winsServers} empty="No WINS server." isMono onChange={(winsServers) => onChange({ ...form, winsServers })} />
      <WizardField path={`${prefix}enableNetbios`}>
        <Checkbox label="Enable NetBIOS over TCP/IP" checked={form.enableNetbios} onChange={(_event, { checked }) => onChange({ ...form, enableNetbios: checked === true })} />
      </WizardField>
    </div>
  );
}
