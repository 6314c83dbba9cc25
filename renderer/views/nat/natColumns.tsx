/** Columns of NAT sessions and of static mappings. "Sent" and "received" are seen from the virtual machine. */
import type { NatSessionRow } from '../../../shared/contract/liveGateway.ts';
import { formatBytes, formatNumber, formatSeconds } from '../shared/format.ts';
import type { LocalColumn } from '../shared/LocalTable.tsx';
import { Truncated } from '../shared/Truncated.tsx';

type Column = LocalColumn<NatSessionRow>;

const ends: readonly Column[] = [
  { header: 'Protocol', width: '84px', sortBy: 'protocol', render: ({ protocol }) => protocol },
  { header: 'Inside', width: 'minmax(144px, 1fr)', kind: 'address', sortBy: 'internal', render: ({ internal }) => <Truncated text={internal} /> },
  { header: 'External', width: 'minmax(152px, 1fr)', kind: 'address', sortBy: 'external', render: ({ external }) => <Truncated text={external} /> },
  { header: 'Remote', width: 'minmax(144px, 1fr)', kind: 'address', sortBy: 'remote', render: ({ remote }) => <Truncated text={remote} /> },
];

const traffic: readonly Column[] = [
  { header: 'Sent', width: '130px', kind: 'number', sortBy: 'sent', render: ({ sentPackets, sentBytes }) => trafficText(sentPackets, sentBytes) },
  { header: 'Received', width: '130px', kind: 'number', sortBy: 'received', render: ({ receivedPackets, receivedBytes }) => trafficText(receivedPackets, receivedBytes) },
];

export const ownerColumn: Column = { header: 'VM network', width: 'minmax(110px, 1fr)', sortBy: 'vmNetwork', render: ({ vmNetwork }) => <Truncated text={vmNetwork} /> };

export const sessionColumns: readonly Column[] = [
  ...ends,
  { header: 'State', width: '96px', sortBy: 'state', render: ({ state }) => state },
  { header: 'Age', width: '96px', kind: 'number', sortBy: 'age', render: ({ ageSeconds }) => formatSeconds(ageSeconds) },
  { header: 'Time to live', width: '100px', kind: 'number', sortBy: 'expires', render: ({ expiresInSeconds }) => (expiresInSeconds === null ? 'never ends' : formatSeconds(expiresInSeconds)) },
  ...traffic,
];

export const mappingColumns: readonly Column[] = [{ header: 'NAT rule', width: 'minmax(110px, 1fr)', sortBy: 'rule', render: ({ rule }) => <Truncated text={rule} /> }, ...ends, ...traffic];

/** "3 pkt, 276 B". */
function trafficText(packets: number, bytes: number): string {
  return packets === 0 ? 'none' : `${formatNumber(packets)} pkt, ${formatBytes(bytes)}`;
}
