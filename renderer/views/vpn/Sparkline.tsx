/** Traffic of a tunnel over the last minute: received as a line, sent as a dashed one, with the rate of now in words. */
import { makeStyles, tokens } from '@fluentui/react-components';
import { useEffect, useState } from 'react';
import type { VpnStatus } from '../../../shared/contract/vpn.ts';
import { formatBytes } from '../shared/format.ts';
import { curve, peakOf, withLook, type Histories, type Rate } from './trafficHistory.ts';

const useStyles = makeStyles({
  root: { display: 'inline-flex', alignItems: 'center', gap: '8px', minWidth: 0 },
  curve: { display: 'block', flexShrink: 0, borderBottom: `1px solid ${tokens.colorNeutralStroke2}` },
  received: { fill: 'none', stroke: tokens.colorBrandForeground1, strokeWidth: '1.5px' },
  sent: { fill: 'none', stroke: tokens.colorPaletteMarigoldForeground1, strokeWidth: '1.5px', strokeDasharray: '3 2' },
  text: { fontSize: '12px', lineHeight: '16px', color: tokens.colorNeutralForeground3, whiteSpace: 'nowrap', fontVariantNumeric: 'tabular-nums' },
});

/** Histories of the tunnels of a VM network, as long as somebody looks. */
export function useTrafficHistories(status: VpnStatus | undefined): Histories {
  const [histories, setHistories] = useState<Histories>(() => new Map());
  useEffect(() => {
    if (status !== undefined) setHistories((before) => withLook(before, status.tunnels, status.now));
  }, [status]);
  return histories;
}

interface SparklineProps {
  readonly rates: readonly Rate[];
  readonly width: number;
}

const height = 24;

export function Sparkline({ rates, width }: SparklineProps) {
  const styles = useStyles();
  const { received, sent } = rates[rates.length - 1] ?? { received: 0, sent: 0 };
  const highest = peakOf(rates);
  const text = `${formatBytes(Math.round(received))}/s in, ${formatBytes(Math.round(sent))}/s out`;
  return (
    <span className={styles.root}>
      <svg width={width} height={height} className={styles.curve} role="img" aria-label={`Traffic of the last minute, now ${text}, at most ${formatBytes(Math.round(highest))} a second`}>
        <polyline className={styles.received} points={curve(rates.map((rate) => rate.received), highest, width, height)} />
        <polyline className={styles.sent} points={curve(rates.map((rate) => rate.sent), highest, width, height)} />
      </svg>
      <span className={styles.text}>{text}</span>
    </span>
  );
}
