/** Faults in force, in the words of a scenario file: objects by their names. */
import { isDeepStrictEqual } from 'node:util';
import { formatIpv4 } from '../../shared/net/ipv4.ts';
import { faultId } from '../lab/faults/faultObjects.ts';
import type { Lab } from '../lab/lab.ts';
import type { Fault } from '../simulation/faults.ts';
import type { LinkQuality } from '../simulation/net/linkQuality.ts';
import type { InventorySnapshot } from '../store/inventory/snapshot.ts';
import { faultStep, resolveFault, type WrittenFault } from './kinds/fault.ts';
import { StepFault } from './stepFault.ts';

/** What a scenario has to play when the faults in force change; undefined where names do not tell which object was meant. */
export function faultSteps(lab: Lab, before: readonly Fault[], now: readonly Fault[]): readonly ({ readonly kind: Fault['kind']; readonly step: object | undefined })[] {
  const isIn = (list: readonly Fault[]) => (fault: Fault) => list.some((other) => isDeepStrictEqual(other, fault));
  const added = now.filter((fault) => !isIn(before)(fault));
  const [first] = before;
  if (now.length === 0) return first === undefined ? [] : [{ kind: first.kind, step: { fault: 'none' } }];
  // A second fault about the same thing replaces the first.
  const gone = before.filter((fault) => !isIn(now)(fault) && !added.some((other) => faultId(other) === faultId(fault)));
  const stepOf = (fault: Fault, more: object) => {
    const words = faultWords(lab, fault);
    return { kind: fault.kind, step: words === undefined ? undefined : { fault: words, ...more } };
  };
  return [...gone.map((fault) => stepOf(fault, { takeBack: true })), ...added.map((fault) => stepOf(fault, {}))];
}

/** Undefined when these words would mean another fault, or none: a name may be gone, or two may have it. */
function faultWords(lab: Lab, fault: Fault): WrittenFault | undefined {
  const words = wordsOf(lab.snapshot(), fault);
  const parsed = faultStep.safeParse({ fault: words });
  if (!parsed.success || parsed.data.fault === 'none') return undefined;
  try {
    return isDeepStrictEqual(resolveFault(lab, parsed.data.fault), fault) ? words : undefined;
  } catch (error) {
    if (error instanceof StepFault) return undefined;
    throw error;
  }
}

function wordsOf(snapshot: InventorySnapshot, fault: Fault): WrittenFault {
  const nameIn = (rows: readonly { readonly id: string; readonly name: string }[], id: string | undefined): string => rows.find((row) => row.id === id)?.name ?? '';
  switch (fault.kind) {
    case 'hostDown':
      return { kind: fault.kind, host: nameIn(snapshot.hosts, fault.hostId) };
    case 'providerAddressUnreachable':
      return { kind: fault.kind, address: formatIpv4(fault.address) };
    case 'lookupRecordMissing':
      return { kind: fault.kind, virtualMachine: machineOf(snapshot, fault) };
    case 'lookupRecordStale':
      return { kind: fault.kind, virtualMachine: machineOf(snapshot, fault), providerAddress: formatIpv4(fault.providerAddress) };
    case 'gatewayFirewallOn':
      return { kind: fault.kind, gateway: nameIn(snapshot.networkServices, fault.gatewayId) };
    case 'peerSilent':
      return { kind: fault.kind, vpnDevice: nameIn(snapshot.vpnDevices, fault.deviceId) };
    case 'wrongKey': {
      const tunnel = snapshot.vpnConnections.find(({ id }) => id === fault.tunnelId);
      const gateway = snapshot.vmNetworkGateways.find(({ id }) => id === tunnel?.vmNetworkGatewayId);
      return { kind: fault.kind, vmNetwork: nameIn(snapshot.vmNetworks, gateway?.vmNetworkId), vpnConnection: tunnel?.name ?? '' };
    }
    case 'natPoolExhausted':
      return { kind: fault.kind, vmNetwork: snapshot.vmNetworks.find(({ routingDomainId }) => routingDomainId === fault.guid)?.name ?? '' };
    case 'link':
      return { kind: fault.kind, segment: fault.segment, ...qualityWords(fault.quality) };
  }
}

function machineOf(snapshot: InventorySnapshot, { vsid, customerAddress }: Extract<Fault, { readonly kind: 'lookupRecordMissing' | 'lookupRecordStale' }>): string {
  const subnets = new Set(snapshot.vmSubnets.filter((subnet) => subnet.vsid === vsid).map(({ id }) => id));
  const addresses = new Set(snapshot.allocations.filter(({ address }) => address === customerAddress).map(({ id }) => id));
  const adapter = snapshot.adapters.find(({ vmSubnetId, allocationId }) => vmSubnetId !== null && subnets.has(vmSubnetId) && allocationId !== null && addresses.has(allocationId));
  return snapshot.virtualMachines.find(({ id }) => id === adapter?.virtualMachineId)?.name ?? '';
}

function qualityWords({ isDown, extraLatencyNs, ...rest }: Partial<LinkQuality>): object {
  return { ...(isDown === true ? { isDown } : {}), ...(extraLatencyNs === undefined ? {} : { extraLatency: `${extraLatencyNs / 1e6}ms` }), ...rest };
}
