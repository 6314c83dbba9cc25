/** Columns of the tables of a compartment. */
import type { CompartmentView as Compartment } from '../../../shared/contract/simulation.ts';
import { CopyableAddress } from '../shared/CopyableAddress.tsx';
import { formatBytes, formatNumber, formatSeconds } from '../shared/format.ts';
import type { LocalColumn } from '../shared/LocalTable.tsx';
import { TunnelState } from '../vpn/TunnelState.tsx';
import { Truncated } from '../shared/Truncated.tsx';

type Nat = NonNullable<Compartment['nat']>;

export const interfaceColumns: readonly LocalColumn<Compartment['interfaces'][number]>[] = [
  { header: 'Interface', width: 'minmax(140px, 1fr)', render: ({ name }) => <Truncated text={name} /> },
  { header: 'Address', width: '140px', kind: 'address', render: ({ address, name }) => <CopyableAddress text={address} what={`Address of ${name}`} /> },
  { header: 'MAC Address', width: '144px', kind: 'address', render: ({ mac }) => mac },
  { header: 'MTU', width: '56px', kind: 'number', render: ({ mtu }) => mtu },
  { header: 'Received', width: '80px', kind: 'number', render: ({ rxPackets }) => formatNumber(rxPackets) },
  { header: 'Bytes', width: '80px', kind: 'number', render: ({ rxBytes }) => formatBytes(rxBytes) },
  { header: 'Sent', width: '80px', kind: 'number', render: ({ txPackets }) => formatNumber(txPackets) },
  { header: 'Bytes sent', width: '80px', kind: 'number', render: ({ txBytes }) => formatBytes(txBytes) },
];

export const routeColumns: readonly LocalColumn<Compartment['routes'][number]>[] = [
  { header: 'Destination', width: '160px', kind: 'address', render: ({ destination }) => destination },
  { header: 'Next Hop', width: '140px', kind: 'address', render: ({ nextHop }) => nextHop },
  { header: 'Interface', width: 'minmax(160px, 1fr)', render: ({ interfaceName }) => <Truncated text={interfaceName} /> },
  { header: 'Metric', width: '72px', kind: 'number', render: ({ metric }) => metric },
  { header: 'Protocol', width: '110px', render: ({ protocol }) => protocol },
];

export const neighbourColumns: readonly LocalColumn<Compartment['neighbours'][number]>[] = [
  { header: 'Address', width: '150px', kind: 'address', render: ({ address }) => address },
  { header: 'MAC Address', width: '160px', kind: 'address', render: ({ mac, state }) => (state === 'Incomplete' ? '' : mac) },
  { header: 'State', width: '120px', render: ({ state }) => state },
  { header: 'Interface', width: 'minmax(160px, 1fr)', render: ({ interfaceName }) => <Truncated text={interfaceName} /> },
];

export const sessionColumns: readonly LocalColumn<Nat['sessions'][number]>[] = [
  { header: 'Protocol', width: '80px', render: ({ protocol }) => protocol },
  { header: 'Internal', width: 'minmax(150px, 1fr)', kind: 'address', render: ({ internal }) => internal },
  { header: 'External', width: 'minmax(160px, 1fr)', kind: 'address', render: ({ external }) => external },
  { header: 'Remote', width: 'minmax(150px, 1fr)', kind: 'address', render: ({ remote }) => remote },
  { header: 'State', width: '110px', render: ({ state }) => state },
  { header: 'Idle', width: '96px', kind: 'number', render: ({ idleSeconds }) => formatSeconds(idleSeconds) },
  { header: 'Expires', width: '96px', kind: 'number', render: ({ expiresInSeconds }) => (expiresInSeconds === null ? 'never' : formatSeconds(expiresInSeconds)) },
];

export const tunnelColumns: readonly LocalColumn<Compartment['tunnels'][number]>[] = [
  { header: 'Name', width: 'minmax(130px, 1fr)', render: ({ name }) => <Truncated text={name} /> },
  { header: 'Connection State', width: '140px', render: (tunnel) => <TunnelState tunnel={tunnel} /> },
  { header: 'Destination', width: '130px', kind: 'address', render: ({ remoteEndpoint }) => remoteEndpoint },
  { header: 'IPv4 Subnet', width: 'minmax(150px, 1fr)', kind: 'address', render: ({ routes }) => <Truncated text={routes.map(({ destination, metric }) => `${destination}:${metric}`).join(', ')} /> },
  { header: 'Received', width: '80px', kind: 'number', render: ({ rxBytes }) => formatBytes(rxBytes) },
  { header: 'Sent', width: '80px', kind: 'number', render: ({ txBytes }) => formatBytes(txBytes) },
];

export const dropColumns: readonly LocalColumn<Compartment['drops'][number]>[] = [
  { header: 'Reason', width: 'minmax(320px, 1fr)', render: ({ reason }) => <Truncated text={reason} /> },
  { header: 'Packets', width: '110px', kind: 'number', render: ({ packets }) => formatNumber(packets) },
];
