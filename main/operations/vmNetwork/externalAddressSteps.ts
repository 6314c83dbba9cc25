/** Steps about the external addresses behind the first one of a NAT connection. */
import { formatIpv4 } from '../../../shared/net/ipv4.ts';
import type { StepContext, StepResult } from '../../jobs/plan.ts';
import type { Inventory } from '../../store/inventory/inventory.ts';
import type { IpAddressAllocation } from '../../store/inventory/ipAddressPools.ts';
import type { NatConnection } from '../../store/inventory/vmNetworkGateways.ts';
import type { VmNetwork } from '../../store/inventory/vmNetworks.ts';
import { auditChanges } from '../audit.ts';
import { listed } from '../wording.ts';
import type { ExternalAddresses } from './externalAddressTarget.ts';

/** With the allocation of its first address. */
type Nat = Pick<NatConnection, 'id' | 'name' | 'ipAddressAllocationId'>;

/** For what the pool gave an external address. */
export function natHolderText(nat: string, { name }: VmNetwork): string {
  return `NAT connection ${nat} of VM network ${name}`;
}

/** The wanted ones in their order; those that will go stand behind them, as rules may still wait there. */
export function setUpFurtherAddresses(context: StepContext, nat: Nat, wanted: readonly { readonly id: string | undefined; readonly allocation: IpAddressAllocation }[]): void {
  const { natExternalAddresses } = context.inventory;
  const before = natExternalAddresses.ofNat(nat.id);
  const rows = wanted.map(({ id, allocation }) => ({ id: id ?? context.newId(), ipAddressAllocationId: allocation.id }));
  const taken = new Set(rows.map(({ ipAddressAllocationId }) => ipAddressAllocationId));
  const leaving = before.filter(({ id, ipAddressAllocationId }) => !rows.some((row) => row.id === id) && !taken.has(ipAddressAllocationId));
  changeRows(context, nat, [...rows, ...leaving]);
}

/** What was not asked for goes back to its pool, now that no rule waits there. */
export function releaseFurtherAddresses(context: StepContext, network: VmNetwork, { further }: ExternalAddresses): StepResult {
  const { vmNetworkGateways, natExternalAddresses } = context.inventory;
  const gateway = vmNetworkGateways.ofVmNetwork(network.id);
  const nat = gateway && vmNetworkGateways.natOf(gateway.id);
  if (nat === undefined) return { message: 'There is no NAT connection.' };
  const wanted = new Set(further.map(({ id }) => id));
  const [staying, leaving] = [true, false].map((stays) => natExternalAddresses.ofNat(nat.id).filter(({ id }) => wanted.has(id) === stays));
  changeRows(context, nat, staying ?? []);
  return { message: leaving === undefined || leaving.length === 0 ? 'No external address has to go.' : `${listed(leaving.map(({ address }) => formatIpv4(address)))} can be given again.` };
}

/** All of them go, with the NAT connection. */
export function removeFurtherAddresses(context: StepContext, nat: Nat): void {
  changeRows(context, nat, []);
}

/** Addresses that nobody has any more go back to their pools. */
function changeRows(context: StepContext, nat: Nat, rows: readonly { readonly id: string; readonly ipAddressAllocationId: string }[]): void {
  const { natExternalAddresses, pools } = context.inventory;
  const before = natExternalAddresses.ofNat(nat.id);
  const previous = addressesText(context.inventory, nat);
  natExternalAddresses.replace(nat.id, rows);
  const inUse = new Set([nat.ipAddressAllocationId, ...rows.map(({ ipAddressAllocationId }) => ipAddressAllocationId)]);
  for (const { ipAddressAllocationId } of before) if (!inUse.has(ipAddressAllocationId)) pools.release(ipAddressAllocationId);
  auditChanges(context, { type: 'NATConnection', id: nat.id, name: nat.name }, { FurtherExternalIPAddresses: [previous, addressesText(context.inventory, nat)] });
}

function addressesText({ natExternalAddresses }: Inventory, nat: Nat): string | null {
  const rows = natExternalAddresses.ofNat(nat.id);
  return rows.length === 0 ? null : rows.map(({ address }) => formatIpv4(address)).join(', ');
}
