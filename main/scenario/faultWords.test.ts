/** Faults in the words of a scenario file mean the same fault when they are read again. */
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { ipv4 } from '../../shared/net/ipv4.ts';
import { TestLab } from '../lab/testing/testLab.ts';
import type { Fault } from '../simulation/faults.ts';
import { faultSteps } from './faultWords.ts';
import { runFault, faultStep } from './kinds/fault.ts';
import { runScenario } from './run.ts';

let test: TestLab;
beforeEach(async () => {
  test = new TestLab();
  // A tenant with a tunnel, a gateway with NAT, hosts with provider addresses.
  await runScenario({ file: path.resolve(import.meta.dirname, '../../resources/scenarios/contoso-story.yaml'), databasePath: test.databasePath, outputFolder: path.join(test.folder, 'out'), seed: undefined, say: () => undefined, environment: { HNV_FABRIKAM_PSK: 'correct horse', FABRIKAM_PSK: 'correct horse' } });
  await test.open();
});
afterEach(() => { test.dispose(); });

it('each kind of fault is written, injected by what was written, and taken back by it', () => {
  const { lab } = test;
  const { hosts, networkServices, vpnDevices, vpnConnections, vmNetworkGateways, vmNetworks, vmSubnets, providerAddresses, allocations, adapters } = lab.snapshot();
  const adapter = adapters.find(({ vmSubnetId }) => vmSubnetId !== null);
  const vsid = vmSubnets.find(({ id }) => id === adapter?.vmSubnetId)?.vsid ?? 0;
  const customerAddress = allocations.find(({ id }) => id === adapter?.allocationId)?.address ?? 0;
  const network = vmNetworks.find(({ id }) => id === vmNetworkGateways[0]?.vmNetworkId);
  const faults: readonly Fault[] = [
    { kind: 'hostDown', hostId: hosts[0]?.id ?? '' },
    { kind: 'providerAddressUnreachable', address: allocations.find(({ id }) => id === providerAddresses[0]?.allocationId)?.address ?? 0 },
    { kind: 'lookupRecordMissing', vsid, customerAddress },
    { kind: 'lookupRecordStale', vsid, customerAddress, providerAddress: ipv4('172.16.40.250') },
    { kind: 'gatewayFirewallOn', gatewayId: networkServices[0]?.id ?? '' },
    { kind: 'peerSilent', deviceId: vpnDevices[0]?.id ?? '' },
    { kind: 'wrongKey', tunnelId: vpnConnections[0]?.id ?? '' },
    { kind: 'natPoolExhausted', gatewayId: networkServices[0]?.id ?? '', guid: network?.routingDomainId ?? '' },
    { kind: 'link', segment: 'Internet', quality: { isDown: true, extraLatencyNs: 1_500_000, lossPerMillion: 7, bitsPerSecond: 1000, largestFrame: 900, reorderPerMillion: 3 } },
  ];
  for (const fault of faults) {
    lab.faults.set([]);
    const other: Fault = { kind: 'link', segment: 'Provider 172.16.40.0/24', quality: { lossPerMillion: 1 } };
    for (const { step } of faultSteps(lab, [other], [other, fault])) runFault(lab, faultStep.parse(step));
    expect(lab.faults.inForce).toEqual([fault]);
    lab.faults.set([other, fault]);
    for (const { step } of faultSteps(lab, [other, fault], [other])) runFault(lab, faultStep.parse(step));
    expect(lab.faults.inForce).toEqual([other]);
  }
});
