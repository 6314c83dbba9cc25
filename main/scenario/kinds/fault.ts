/** Injects a fault into the simulation, or takes one back. Objects go by name. */
import { z } from 'zod';
import { ipv4 } from '../../../shared/net/ipv4.ts';
import { faultId, isSegment } from '../../lab/faults/faultObjects.ts';
import type { Lab } from '../../lab/lab.ts';
import type { Fault } from '../../simulation/faults.ts';
import type { LinkQuality } from '../../simulation/net/linkQuality.ts';
import type { InventorySnapshot } from '../../store/inventory/snapshot.ts';
import { StepFault, type StepResult } from '../stepFault.ts';
import { address, duration, objectName, title } from '../stepParts.ts';

const perMillion = z.int().min(0).max(1_000_000);

const link = z
  .strictObject({
    kind: z.literal('link'),
    segment: objectName.describe('Internet, Provider 172.16.40.0/24, FrontEnd 203.0.113.0/24, Lan NAME: as the taps of a capture are named'),
    isDown: z.literal(true).optional(),
    extraLatency: duration.optional(),
    bitsPerSecond: z.int().min(1).optional(),
    lossPerMillion: perMillion.optional(),
    reorderPerMillion: perMillion.optional(),
    largestFrame: z.int().min(60).max(65_535).optional().describe('Bytes with the Ethernet header; longer frames vanish'),
  });

const faultSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('hostDown'), host: objectName }),
  z.strictObject({ kind: z.literal('providerAddressUnreachable'), address }),
  z.strictObject({ kind: z.literal('lookupRecordMissing'), virtualMachine: objectName }),
  z.strictObject({ kind: z.literal('lookupRecordStale'), virtualMachine: objectName, providerAddress: address.describe('Where the record points to now') }),
  z.strictObject({ kind: z.literal('gatewayFirewallOn'), gateway: objectName }),
  z.strictObject({ kind: z.literal('peerSilent'), vpnDevice: objectName }),
  z.strictObject({ kind: z.literal('wrongKey'), vmNetwork: objectName, vpnConnection: objectName }),
  z.strictObject({ kind: z.literal('natPoolExhausted'), vmNetwork: objectName }),
  link,
]);

export const faultStep = z.strictObject({
  name: title,
  fault: z.union([z.literal('none'), faultSchema], { error: 'is neither a fault with a kind that exists and what belongs to it, nor none' }).describe('none takes all faults back'),
  takeBack: z.literal(true).optional().describe('Takes this fault back instead of injecting it'),
});
type FaultStep = z.output<typeof faultStep>;
type NamedFault = z.output<typeof faultSchema>;
/** A fault as a scenario file has it. */
export type WrittenFault = z.input<typeof faultSchema>;

export function runFault(lab: Lab, step: FaultStep): StepResult {
  if (step.fault === 'none') {
    if (step.takeBack !== undefined) throw new StepFault(['takeBack'], 'fault: none takes all faults back already.');
    lab.faults.set([]);
    return resultOf(lab, step.name ?? 'take back all faults');
  }
  const fault = resolveFault(lab, step.fault);
  const others = lab.faults.inForce.filter((entry) => faultId(entry) !== faultId(fault));
  if (step.takeBack === undefined) lab.faults.set([...others, fault]);
  else if (others.length < lab.faults.inForce.length) lab.faults.set(others);
  else throw new StepFault(['takeBack'], 'No such fault is in force.');
  return resultOf(lab, step.name ?? `${step.takeBack === undefined ? 'inject' : 'take back'} ${step.fault.kind}`);
}

function resultOf(lab: Lab, stepTitle: string): StepResult {
  return { kind: 'fault', title: stepTitle, expectations: [], detail: { faultsInForce: lab.faults.inForce.length } };
}

/** Throws StepFault for names that do not exist. */
export function resolveFault(lab: Lab, fault: NamedFault): Fault {
  const snapshot = lab.snapshot();
  switch (fault.kind) {
    case 'hostDown':
      return { kind: fault.kind, hostId: named(snapshot.hosts, 'host', fault.host).id };
    case 'providerAddressUnreachable':
      return { kind: fault.kind, address: providerAddress(snapshot, 'address', fault.address) };
    case 'lookupRecordMissing':
      return { kind: fault.kind, ...recordOf(snapshot, fault.virtualMachine) };
    case 'lookupRecordStale':
      return { kind: fault.kind, ...recordOf(snapshot, fault.virtualMachine), providerAddress: ipv4(fault.providerAddress) };
    case 'gatewayFirewallOn':
      return { kind: fault.kind, gatewayId: named(snapshot.networkServices, 'gateway', fault.gateway).id };
    case 'peerSilent':
      return { kind: fault.kind, deviceId: named(snapshot.vpnDevices, 'vpnDevice', fault.vpnDevice).id };
    case 'wrongKey':
      return { kind: fault.kind, tunnelId: tunnelOf(snapshot, fault.vmNetwork, fault.vpnConnection) };
    case 'natPoolExhausted': {
      const { networkServiceId, routingDomainId } = gatewayOf(snapshot, fault.vmNetwork);
      return { kind: fault.kind, gatewayId: networkServiceId, guid: routingDomainId };
    }
    case 'link':
      return { kind: fault.kind, segment: segmentOf(lab, fault.segment), quality: qualityOf(fault) };
  }
}

/** Field of the fault, in words, and its row. */
function named<R extends { readonly name: string }>(rows: readonly R[], field: string, name: string): R {
  const row = rows.find((entry) => entry.name.toLowerCase() === name.toLowerCase());
  if (row === undefined) throw new StepFault(['fault', field], `There is no ${words[field] ?? field} ${name}.`);
  return row;
}

const words: Readonly<Record<string, string>> = {
  gateway: 'gateway device',
  vpnDevice: 'VPN device',
  virtualMachine: 'virtual machine',
  vmNetwork: 'VM network',
};

function providerAddress(snapshot: InventorySnapshot, field: string, text: string): number {
  const wanted = ipv4(text);
  const allocation = snapshot.allocations.find(({ id, address: given }) => given === wanted && snapshot.providerAddresses.some(({ allocationId }) => allocationId === id));
  if (allocation === undefined) throw new StepFault(['fault', field], `No host has the provider address ${text}.`);
  return wanted;
}

function recordOf(snapshot: InventorySnapshot, virtualMachine: string): { readonly vsid: number; readonly customerAddress: number } {
  const { id, name } = named(snapshot.virtualMachines, 'virtualMachine', virtualMachine);
  const adapter = snapshot.adapters.find(({ virtualMachineId, vmSubnetId }) => virtualMachineId === id && vmSubnetId !== null);
  const subnet = snapshot.vmSubnets.find((entry) => entry.id === adapter?.vmSubnetId);
  const allocation = snapshot.allocations.find((entry) => entry.id === adapter?.allocationId);
  if (subnet === undefined || allocation === undefined) throw new StepFault(['fault', 'virtualMachine'], `Virtual machine ${name} has no address in a VM subnet, so no lookup record is about it.`);
  return { vsid: subnet.vsid, customerAddress: allocation.address };
}

function gatewayOf(snapshot: InventorySnapshot, vmNetwork: string) {
  const network = named(snapshot.vmNetworks, 'vmNetwork', vmNetwork);
  const gateway = snapshot.vmNetworkGateways.find(({ vmNetworkId }) => vmNetworkId === network.id);
  if (gateway === undefined) throw new StepFault(['fault', 'vmNetwork'], `VM network ${network.name} is connected to no gateway.`);
  return { ...gateway, routingDomainId: network.routingDomainId };
}

function tunnelOf(snapshot: InventorySnapshot, vmNetwork: string, vpnConnection: string): string {
  const gateway = gatewayOf(snapshot, vmNetwork);
  const tunnel = snapshot.vpnConnections.find((entry) => entry.vmNetworkGatewayId === gateway.id && entry.name.toLowerCase() === vpnConnection.toLowerCase());
  if (tunnel === undefined) throw new StepFault(['fault', 'vpnConnection'], `VM network ${vmNetwork} has no VPN connection ${vpnConnection}.`);
  return tunnel.id;
}

function segmentOf(lab: Lab, name: string): string {
  const segments = lab.tapNames().filter(isSegment);
  const segment = segments.find((entry) => entry.toLowerCase() === name.toLowerCase());
  if (segment === undefined) throw new StepFault(['fault', 'segment'], `There is no segment ${name}. There are: ${segments.slice(0, 20).join(', ')}.`);
  return segment;
}

/** Only what was said: the rest stays perfect. */
function qualityOf({ isDown, extraLatency, bitsPerSecond, lossPerMillion, reorderPerMillion, largestFrame }: z.output<typeof link>): Partial<LinkQuality> {
  const quality = { isDown, extraLatencyNs: extraLatency, bitsPerSecond, lossPerMillion, reorderPerMillion, largestFrame };
  const said = Object.entries(quality).filter(([, value]) => value !== undefined);
  if (said.length === 0) throw new StepFault(['fault'], 'Say what is wrong with the link: isDown, extraLatency, bitsPerSecond, lossPerMillion, reorderPerMillion or largestFrame.');
  return Object.fromEntries(said);
}
