/** Properties › VPN Connections: the leg's subnet, the connections, and the sub-pages of the chosen one (fact sheet §3.3). */
import { Button, Input, makeStyles, mergeClasses, Tab, TabList, tokens } from '@fluentui/react-components';
import { Add16Regular, Dismiss16Regular, ErrorCircle16Filled } from '@fluentui/react-icons';
import { useContext, useEffect, useState } from 'react';
import type { Problem } from '../../../shared/contract/errors.ts';
import { CopyableAddress } from '../../views/shared/CopyableAddress.tsx';
import { usePageStyles } from '../frame/pageStyles.ts';
import { ShownProblemsContext, useProblem, WizardField } from '../frame/WizardField.tsx';
import { sentence } from '../frame/wizardProblems.ts';
import { newConnection, type ConnectionForm } from './connectivityForm.ts';
import type { ConnectivityPageProps } from './ConnectivityPage.tsx';
import { subPageOf, subPages, SubPage, type SubPageId } from './VpnSubPages.tsx';

const useStyles = makeStyles({
  top: { display: 'grid', gridTemplateColumns: 'minmax(0, 1fr) minmax(0, 1fr)', gap: '16px', alignItems: 'start' },
  endpoint: { display: 'flex', flexDirection: 'column', gap: '6px', fontSize: '13px' },
  main: { display: 'grid', gridTemplateColumns: '184px minmax(0, 1fr)', gridTemplateRows: 'minmax(0, 1fr)', gap: '16px', flexGrow: 1, minHeight: 0 },
  side: { display: 'flex', flexDirection: 'column', gap: '8px', minWidth: 0, minHeight: 0 },
  list: { display: 'flex', flexDirection: 'column', minHeight: '96px', flexGrow: 1, border: `1px solid ${tokens.colorNeutralStroke2}`, borderRadius: tokens.borderRadiusMedium, overflowY: 'auto' },
  entry: {
    display: 'flex',
    alignItems: 'center',
    gap: '4px',
    padding: '6px 8px',
    border: 'none',
    backgroundColor: 'transparent',
    color: tokens.colorNeutralForeground1,
    font: 'inherit',
    fontSize: '13px',
    textAlign: 'start',
    cursor: 'pointer',
    ':hover': { backgroundColor: tokens.colorNeutralBackground1Hover },
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '-2px' },
  },
  chosen: { backgroundColor: tokens.colorNeutralBackground1Selected, fontWeight: tokens.fontWeightSemibold },
  name: { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap', flexGrow: 1 },
  wrong: { color: tokens.colorStatusDangerForeground1, display: 'flex' },
  error: { color: tokens.colorStatusDangerForeground1, fontSize: '12px' },
  editor: { display: 'flex', flexDirection: 'column', gap: '8px', minWidth: 0, minHeight: 0 },
  /** Room for the ring around what has the focus. */
  subPage: { flexGrow: 1, minHeight: 0, overflowY: 'auto', margin: '0 -4px -4px', padding: '0 4px 4px' },
  tabs: { marginInlineStart: '-8px' },
});

const ofConnection = ({ path }: Problem): number | undefined => (path[0] === 'vpnTunnel' && path[1] === 'connections' && typeof path[2] === 'number' ? path[2] : undefined);

export function VpnPage({ options, form, onChange }: ConnectivityPageProps) {
  const styles = useStyles();
  const page = usePageStyles();
  const { problems, asked } = useContext(ShownProblemsContext);
  const [chosen, setChosen] = useState(0);
  const [subPage, setSubPage] = useState<SubPageId>('general');
  const wrong = problems.filter((problem) => ofConnection(problem) !== undefined);
  useEffect(() => {
    const [first] = wrong;
    if (first === undefined) return;
    setChosen(ofConnection(first) ?? 0);
    setSubPage(subPageOf(first));
    // Only an answer of main turns the pages.
  }, [asked]);
  const at = Math.min(chosen, form.connections.length - 1);
  const connection = form.connections[at];
  const set = (change: Partial<ConnectionForm>) => onChange({ ...form, connections: form.connections.map((entry, other) => (other === at ? { ...entry, ...change } : entry)) });
  const add = () => {
    onChange({ ...form, connections: [...form.connections, newConnection(form.connections, options.vmNetwork.name)] });
    setChosen(form.connections.length);
    setSubPage('general');
  };
  const nearest = useProblem('vpnTunnel.connections');
  const ofAll = nearest?.path.length === 2 ? nearest : undefined;
  const endpoint = options.gateways.find(({ id }) => id === form.gatewayDevice)?.vpnEndpoint ?? null;
  return (
    <div className={page.filling}>
      <div className={styles.top}>
        <WizardField path="vpnTunnel.subnet" label="Subnet" hint="Routes packets out of the VM network. Left empty, VMM chooses a /29.">
          <Input className={page.mono} value={form.subnet} placeholder="10.254.254.0/29" autoComplete="off" spellCheck={false} onChange={(_event, { value }) => onChange({ ...form, subnet: value })} />
        </WizardField>
        <div className={styles.endpoint}>
          <span>VM network endpoint IP address</span>
          {endpoint === null ? <span className={page.hint}>The gateway has no front end address yet.</span> : <CopyableAddress text={endpoint} what="VM network endpoint" />}
          <span className={page.hint}>The VPN device on the other side dials this address.</span>
        </div>
      </div>
      <div className={styles.main}>
        <div className={styles.side}>
          <div className={styles.list} role="group" aria-label="VPN connections">
            {form.connections.map((entry, other) => (
              <button key={entry.id ?? `new ${other}`} type="button" aria-pressed={other === at} className={mergeClasses(styles.entry, other === at && styles.chosen)} onClick={() => setChosen(other)}>
                <span className={styles.name}>{entry.name === '' ? '(no name)' : entry.name}</span>
                {wrong.some((problem) => ofConnection(problem) === other) && (
                  <span className={styles.wrong}>
                    <ErrorCircle16Filled aria-label="This connection has an error" />
                  </span>
                )}
              </button>
            ))}
          </div>
          <div className={page.row}>
            <Button size="small" icon={<Add16Regular />} onClick={add}>
              Add
            </Button>
            <Button
              size="small"
              icon={<Dismiss16Regular />}
              disabledFocusable={connection === undefined}
              onClick={() => connection !== undefined && onChange({ ...form, connections: form.connections.filter((entry) => entry !== connection) })}
            >
              Remove
            </Button>
          </div>
          {ofAll !== undefined && <span className={styles.error}>{sentence(ofAll)}</span>}
        </div>
        {connection === undefined ? (
          <span className={page.hint}>No VPN connection yet. Add one for each VPN device on the other side.</span>
        ) : (
          <div className={styles.editor}>
            <TabList size="small" className={styles.tabs} aria-label="Pages of the VPN connection" selectedValue={subPage} onTabSelect={(_event, { value }) => setSubPage(subPages.find(({ id }) => id === value)?.id ?? 'general')}>
              {subPages.map(({ id, label }) => (
                <Tab key={id} value={id}>
                  {label}
                </Tab>
              ))}
            </TabList>
            <div className={styles.subPage} key={`${at} ${subPage}`}>
              <SubPage id={subPage} connection={connection} path={`vpnTunnel.connections.${at}`} isBgp={form.isBgp} onChange={set} />
            </div>
          </div>
        )}
      </div>
    </div>
  );
}
