/** What an MTU check found: the verdict in words, the hops with their MTUs, and the packets that were sent. */
import { makeStyles, mergeClasses, Tab, TabList, tokens } from '@fluentui/react-components';
import { CheckmarkCircle20Filled, DismissCircle20Filled, Warning20Filled } from '@fluentui/react-icons';
import { useState } from 'react';
import type { MtuCheckState, MtuHop, MtuProbe, MtuVerdict } from '../../../shared/contract/mtuCheck.ts';
import { formatNumber } from '../shared/format.ts';
import { LocalTable, type LocalColumn } from '../shared/LocalTable.tsx';
import { EmptyState } from '../shared/states.tsx';
import { Truncated } from '../shared/Truncated.tsx';

const useStyles = makeStyles({
  verdict: { display: 'flex', gap: '8px', padding: '12px', borderBottom: `1px solid ${tokens.colorNeutralStroke2}`, flexShrink: 0 },
  icon: { display: 'flex', flexShrink: 0 },
  good: { color: tokens.colorStatusSuccessForeground1 },
  known: { color: tokens.colorStatusWarningForeground1 },
  bad: { color: tokens.colorStatusDangerForeground1 },
  words: { display: 'flex', flexDirection: 'column', gap: '4px', minWidth: 0, overflowWrap: 'anywhere' },
  headline: { margin: 0, fontSize: '14px', lineHeight: '20px', fontWeight: tokens.fontWeightSemibold },
  line: { margin: 0 },
  tabs: { padding: '0 4px', borderBottom: `1px solid ${tokens.colorNeutralStroke2}`, flexShrink: 0 },
  table: { flexGrow: 1 },
});

const hopColumns: readonly LocalColumn<MtuHop & { readonly at: number }>[] = [
  { header: 'Hop', width: '44px', kind: 'number', render: ({ at }) => at + 1 },
  { header: 'Place', width: 'minmax(200px, 1.4fr)', render: ({ place }) => <Truncated text={place} /> },
  { header: 'Link', width: 'minmax(130px, 1fr)', render: ({ link }) => <Truncated text={link} /> },
  { header: 'MTU', width: '64px', kind: 'number', render: ({ mtu }) => formatNumber(mtu) },
  { header: 'Around it', width: '76px', kind: 'number', render: ({ overhead }) => (overhead === 0 ? '' : `+${overhead}`) },
  { header: '', width: '64px', render: ({ isLimit }) => (isLimit ? 'Limit' : '') },
];

const resultTexts: Readonly<Record<MtuProbe['result'], string>> = { passed: 'Passed', tooLarge: 'Too large', silent: 'No answer', unreachable: 'Unreachable' };

const probeColumns: readonly LocalColumn<MtuProbe>[] = [
  { header: 'Bytes', width: '72px', kind: 'number', render: ({ size }) => formatNumber(size) },
  { header: 'Result', width: '110px', render: ({ result }) => resultTexts[result] },
  { header: 'What happened', width: 'minmax(320px, 1fr)', render: ({ text }) => <Truncated text={text} /> },
];

export function MtuFindings({ state }: { readonly state: MtuCheckState }) {
  const styles = useStyles();
  const [page, setPage] = useState<'path' | 'packets'>('path');
  const { status, failure, verdict, hops, probes } = state;
  return (
    <>
      {status === 'canceled' && <EmptyState title="Canceled">What was found so far is under Packets. Check begins anew.</EmptyState>}
      {failure !== null && <EmptyState title="The check failed">{failure}</EmptyState>}
      {verdict !== null && <Verdict verdict={verdict} />}
      <TabList size="small" className={styles.tabs} selectedValue={page} onTabSelect={(_event, { value }) => setPage(value === 'packets' ? 'packets' : 'path')}>
        <Tab value="path">Path ({hops.length})</Tab>
        <Tab value="packets">Packets ({probes.length})</Tab>
      </TabList>
      {page === 'path' ? (
        <LocalTable label="Path" columns={hopColumns} rows={hops.map((hop, at) => ({ ...hop, at }))} rowKey={({ at }) => at} className={styles.table} />
      ) : (
        <LocalTable label="Packets" columns={probeColumns} rows={probes} rowKey={({ size }) => size} className={styles.table} />
      )}
    </>
  );
}

function Verdict({ verdict }: { readonly verdict: MtuVerdict }) {
  const styles = useStyles();
  const { kind, largest, sentence, advice } = verdict;
  return (
    <div className={styles.verdict} role="status" aria-label="Result">
      <VerdictIcon kind={kind} />
      <div className={styles.words}>
        <h3 className={styles.headline}>{largest === null ? 'Nothing passes' : `The largest packet that passes has ${formatNumber(largest)} bytes`}</h3>
        <p className={styles.line}>{sentence}</p>
        {advice.map((line) => (
          <p key={line} className={styles.line}>
            {line}
          </p>
        ))}
      </div>
    </div>
  );
}

function VerdictIcon({ kind }: Pick<MtuVerdict, 'kind'>) {
  const styles = useStyles();
  switch (kind) {
    case 'open':
      return <CheckmarkCircle20Filled className={mergeClasses(styles.icon, styles.good)} aria-hidden />;
    case 'encapsulation':
    case 'tunnel':
    case 'link':
      return <Warning20Filled className={mergeClasses(styles.icon, styles.known)} aria-hidden />;
    case 'blackHole':
    case 'unreachable':
      return <DismissCircle20Filled className={mergeClasses(styles.icon, styles.bad)} aria-hidden />;
  }
}
