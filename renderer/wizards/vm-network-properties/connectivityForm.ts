/** Connectivity, NAT, VPN Connections and BGP as one form: what is chosen, and what that means as input of `vmNetwork.setConnectivity`. */
import { vpnDefaults } from '../../../shared/contract/connectivity.ts';
import type { Connectivity } from '../../../shared/contract/inventory.ts';
import type { OperationInput } from '../../../shared/contract/operations.ts';
import { externalAddressForms, externalAddressInputs, type ExternalAddressForm } from './externalAddressForm.ts';

export type Routing = 'NAT' | 'Direct';
export type SetConnectivity = OperationInput<'vmNetwork.setConnectivity'>;
type Gateway = Connectivity['gateways'][number];
type Nat = Extract<NonNullable<Connectivity['current']['directConnection']>, { routing: 'NAT' }>;
type Tunnel = NonNullable<Connectivity['current']['vpnTunnel']>;
export type NatRuleForm = NonNullable<Nat['rules']>[number];
export type ConnectionForm = NonNullable<Tunnel['connections']>[number];
export type PeerForm = NonNullable<Tunnel['bgp']>['peers'][number];

export interface ConnectivityForm {
  readonly isVpn: boolean;
  /** Both parts go through one gateway device. */
  readonly gatewayDevice: string;
  /** Of the gateway's leg; empty: VMM chooses. */
  readonly subnet: string;
  readonly connections: readonly ConnectionForm[];
  readonly isBgp: boolean;
  readonly autonomousSystemNumber: string;
  readonly peers: readonly PeerForm[];
  readonly isDirect: boolean;
  readonly routing: Routing;
  readonly ipAddressPool: string;
  /** Empty: the first free address. */
  readonly ipAddress: string;
  /** Behind the first one. */
  readonly externalAddresses: readonly ExternalAddressForm[];
  readonly rules: readonly NatRuleForm[];
}

/** What is set now; for a VM network without a connection the first gateway that can be chosen stands ready. */
export function initialForm({ current, gateways }: Connectivity): ConnectivityForm {
  const { directConnection: direct, vpnTunnel: vpn, autonomousSystemNumber } = current;
  const first = gateways.find((gateway) => canUse(gateway, 'NAT')) ?? gateways.find((gateway) => canUse(gateway, 'Direct'));
  const present = gateways.find(({ id }) => id === (direct?.gatewayDevice ?? vpn?.gatewayDevice));
  return {
    isVpn: vpn !== null,
    subnet: vpn?.subnet ?? '',
    connections: vpn?.connections ?? [],
    isBgp: (vpn?.bgp ?? null) !== null,
    autonomousSystemNumber: vpn?.bgp?.autonomousSystemNumber ?? autonomousSystemNumber,
    peers: vpn?.bgp?.peers ?? [],
    isDirect: direct !== null,
    routing: direct?.routing ?? ((present ?? first)?.supportsDirectRouting === true ? 'Direct' : 'NAT'),
    ...choiceOf(present ?? first),
    ...(direct?.routing === 'NAT' ? { ipAddressPool: direct.ipAddressPool ?? '', ipAddress: direct.ipAddress ?? '' } : { ipAddress: '' }),
    externalAddresses: direct?.routing === 'NAT' ? externalAddressForms(direct.externalAddresses) : [],
    rules: direct?.routing === 'NAT' ? (direct.rules ?? []) : [],
  };
}

export function canUse(gateway: Gateway, routing: Routing): boolean {
  return (routing === 'NAT' ? gateway.supportsNat : gateway.supportsDirectRouting) && gateway.unavailableReason === null;
}

/** Another way brings another gateway, unless the present one does both. */
export function withRouting(form: ConnectivityForm, routing: Routing, { gateways }: Connectivity): ConnectivityForm {
  const present = gateways.find(({ id }) => id === form.gatewayDevice);
  const gateway = present !== undefined && canUse(present, routing) ? present : gateways.find((entry) => canUse(entry, routing));
  return { ...withGateway(form, gateway), routing };
}

/** A tunnel needs a gateway that makes tunnels. */
export function withVpn(form: ConnectivityForm, isVpn: boolean, { gateways }: Connectivity): ConnectivityForm {
  if (!isVpn) return { ...form, isVpn };
  const present = gateways.find(({ id }) => id === form.gatewayDevice);
  if (form.isDirect || present?.supportsVpn === true) return { ...form, isVpn };
  return { ...withGateway(form, gateways.find((entry) => entry.supportsVpn && entry.unavailableReason === null)), isVpn, routing: 'NAT' };
}

/** Another gateway brings its own pools, so pools and addresses start anew. */
export function withGateway(form: ConnectivityForm, gateway: Gateway | undefined): ConnectivityForm {
  return { ...form, ...choiceOf(gateway), ipAddress: '', externalAddresses: form.externalAddresses.map((entry) => ({ ...entry, ipAddressPool: '', ipAddress: '' })) };
}

function choiceOf(gateway: Gateway | undefined): Pick<ConnectivityForm, 'gatewayDevice' | 'ipAddressPool'> {
  return { gatewayDevice: gateway?.id ?? '', ipAddressPool: gateway?.pools[0]?.id ?? '' };
}

export const emptyRule: NatRuleForm = { name: '', protocol: 'TCP', externalAddress: 1, incomingPort: '', destinationAddress: '', destinationPort: '' };
export const emptyPeer: PeerForm = { name: '', address: '', autonomousSystemNumber: '' };

export function newConnection(taken: readonly ConnectionForm[], vmNetwork: string): ConnectionForm {
  const { bandwidthKbps, ...choices } = vpnDefaults;
  return { ...choices, name: freeName(taken, `${vmNetwork} VPN`), remoteEndpoint: '', maximumInboundKbps: bandwidthKbps, maximumOutboundKbps: bandwidthKbps, isEnabled: true, runAsAccount: '', certificate: '', routes: [] };
}

function freeName(taken: readonly ConnectionForm[], wanted: string): string {
  const isTaken = (name: string) => taken.some((entry) => entry.name.toLowerCase() === name.toLowerCase());
  if (!isTaken(wanted)) return wanted;
  let number = 2;
  while (isTaken(`${wanted} ${number}`)) number += 1;
  return `${wanted} ${number}`;
}

/** Only the parts that were changed: the others stay as they are. */
export function toInput(form: ConnectivityForm, before: ConnectivityForm, vmNetworkId: string): SetConnectivity {
  const vpn = tunnelInput(form);
  const isVpnChanged = !isSame(vpn, tunnelInput(before));
  const direct = directInput(form);
  const isDirectChanged = !isSame(direct, directInput(before));
  return {
    vmNetwork: vmNetworkId,
    ...(isVpnChanged ? { vpnTunnel: changedTunnel(vpn, tunnelInput(before)) } : {}),
    ...(isDirectChanged || !isVpnChanged ? { directConnection: changedDirect(direct, directInput(before)) } : {}),
  };
}

/** For a VM network that is not there yet: what is on. Rules and further external addresses come later, in its properties. */
export function newParts(form: ConnectivityForm): Pick<OperationInput<'vmNetwork.create'>, 'directConnection' | 'vpnTunnel'> {
  const [direct, vpn] = [changedDirect(directInput({ ...form, externalAddresses: [], rules: [] }), null), tunnelInput(form)];
  return { ...(direct === null ? {} : { directConnection: direct }), ...(vpn === null ? {} : { vpnTunnel: changedTunnel(vpn, null) ?? vpn }) };
}

function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

type TunnelInput = NonNullable<SetConnectivity['vpnTunnel']> | null;
type DirectInput = NonNullable<SetConnectivity['directConnection']> | null;

/** BGP that is as it was is not spoken of. */
function changedTunnel(vpn: TunnelInput, before: TunnelInput): TunnelInput {
  if (vpn === null || !isSame(vpn.bgp, before?.bgp ?? null)) return vpn;
  const { bgp: _same, ...rest } = vpn;
  return rest;
}

/** Nor are rules and external addresses. */
function changedDirect(direct: DirectInput, before: DirectInput): DirectInput {
  if (direct?.routing !== 'NAT') return direct;
  const { externalAddresses, rules, ...rest } = direct;
  const asBefore = before?.routing === 'NAT' ? before : { externalAddresses: [], rules: [] };
  return {
    ...rest,
    ...(externalAddresses === undefined || isSame(externalAddresses, asBefore.externalAddresses) ? {} : { externalAddresses }),
    ...(rules === undefined || isSame(rules, asBefore.rules) ? {} : { rules }),
  };
}

function tunnelInput(form: ConnectivityForm): TunnelInput {
  if (!form.isVpn) return null;
  return {
    gatewayDevice: form.gatewayDevice,
    subnet: form.subnet,
    connections: form.connections.map((connection) => ({ ...connection, routes: connection.routes.map((route) => route.trim()) })),
    bgp: form.isBgp ? { autonomousSystemNumber: form.autonomousSystemNumber, peers: form.peers.map((peer) => ({ ...peer })) } : null,
  };
}

function directInput(form: ConnectivityForm): DirectInput {
  if (!form.isDirect) return null;
  const { gatewayDevice, ipAddressPool } = form;
  if (form.routing === 'Direct') return { routing: 'Direct', gatewayDevice };
  const ipAddress = form.ipAddress.trim();
  return {
    routing: 'NAT',
    gatewayDevice,
    ...(ipAddressPool === '' ? {} : { ipAddressPool }),
    ...(ipAddress === '' ? {} : { ipAddress }),
    externalAddresses: externalAddressInputs(form.externalAddresses),
    rules: form.rules.map((rule) => ({ ...rule })),
  };
}

export function isChanged(form: ConnectivityForm, before: ConnectivityForm): boolean {
  return !isSame([tunnelInput(form), directInput(form)], [tunnelInput(before), directInput(before)]);
}
