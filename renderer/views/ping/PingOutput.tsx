/** Results of a ping: the lines as the machine's prompt prints them, and the path of the first packet. */
import { makeStyles, Tab, TabList, tokens } from '@fluentui/react-components';
import { useState } from 'react';
import type { ConsoleError } from '../../../shared/contract/errors.ts';
import type { PingState } from '../../../shared/contract/simulation.ts';
import { EmptyState, ErrorState } from '../shared/states.tsx';

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', flexGrow: 1, minHeight: 0 },
  tabs: { padding: '0 4px', borderBottom: `1px solid ${tokens.colorNeutralStroke2}`, flexShrink: 0 },
  scroll: { flexGrow: 1, minHeight: 0, overflow: 'auto' },
  prompt: { margin: 0, padding: '12px', fontFamily: tokens.fontFamilyMonospace, fontSize: '12px', lineHeight: '18px', whiteSpace: 'pre-wrap', minHeight: '100%', backgroundColor: tokens.colorNeutralBackground2 },
  steps: { margin: 0, padding: '8px 12px 12px', listStyleType: 'none', display: 'flex', flexDirection: 'column', gap: '2px' },
  step: { display: 'grid', gridTemplateColumns: '28px 190px minmax(0, 1fr)', gap: '2px 8px', padding: '6px 0', borderBottom: `1px solid ${tokens.colorNeutralStroke3}`, fontSize: '12px', lineHeight: '18px' },
  number: { color: tokens.colorNeutralForeground3, textAlign: 'end' },
  place: { fontWeight: tokens.fontWeightSemibold, overflowWrap: 'anywhere' },
  matched: { color: tokens.colorNeutralForeground3 },
  header: { gridColumn: '3', fontFamily: tokens.fontFamilyMonospace, fontSize: '11px', color: tokens.colorNeutralForeground2, overflowWrap: 'anywhere' },
  fate: { margin: 0, padding: '8px 12px', fontWeight: tokens.fontWeightSemibold, flexShrink: 0, borderBottom: `1px solid ${tokens.colorNeutralStroke2}` },
});

interface PingOutputProps {
  readonly state: PingState | undefined;
  readonly error: ConsoleError | undefined;
}

export function PingOutput({ state, error }: PingOutputProps) {
  const styles = useStyles();
  const [page, setPage] = useState<'replies' | 'path'>('replies');
  if (error !== undefined) return <ErrorState error={error} />;
  if (state === undefined) return <EmptyState title="No ping yet">Echo requests leave the virtual machine as real packets: encapsulated between hosts, routed in the gateway’s compartment, and translated.</EmptyState>;
  return (
    <div className={styles.root}>
      <TabList size="small" className={styles.tabs} selectedValue={page} onTabSelect={(_event, { value }) => setPage(value === 'path' ? 'path' : 'replies')}>
        <Tab value="replies">Replies</Tab>
        <Tab value="path">Packet path</Tab>
      </TabList>
      {page === 'replies' ? <Prompt state={state} /> : <PacketPath state={state} />}
    </div>
  );
}

function Prompt({ state }: { readonly state: PingState }) {
  const styles = useStyles();
  const lines = [
    `Pinging ${state.destination} from ${state.source} with ${state.size} bytes of data:`,
    ...state.replies.filter(({ status }) => status !== 'pending').map(({ text }) => text),
    ...(state.done ? ['', `Packets: Sent = ${state.sent}, Received = ${state.received}, Lost = ${state.sent - state.received}`] : []),
  ];
  return (
    <div className={styles.scroll} tabIndex={0} role="log" aria-label="Replies">
      <pre className={styles.prompt}>{lines.join('\n')}</pre>
    </div>
  );
}

function PacketPath({ state: { trace, fate } }: { readonly state: PingState }) {
  const styles = useStyles();
  if (trace.length === 0) return <EmptyState title="The first packet is on its way" />;
  return (
    <>
      <p className={styles.fate}>{fate}</p>
      <div className={styles.scroll} tabIndex={0} role="region" aria-label="Packet path">
        <ol className={styles.steps}>
          {trace.map((step, at) => (
            <li key={at} className={styles.step}>
              <span className={styles.number}>{at + 1}</span>
              <span className={styles.place}>{step.place}</span>
              <span>
                {step.action} <span className={styles.matched}>{matchText(step.table, step.matched)}</span>
              </span>
              {step.before !== null && step.after !== null && step.before !== step.after && (
                <span className={styles.header}>
                  {step.before} → {step.after}
                </span>
              )}
            </li>
          ))}
        </ol>
      </div>
    </>
  );
}

function matchText(table: string, matched: string): string {
  return matched === '' ? `[${table}]` : `[${table}: ${matched}]`;
}
