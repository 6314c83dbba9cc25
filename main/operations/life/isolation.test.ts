/** At the end of issue D's story, with NAT, VPN and BGP on one gateway: two tenants with the same addresses reach nothing of each other. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { formatIpv4, ipv4 } from '../../../shared/net/ipv4.ts';
import { project } from '../../projection/project.ts';
import { Simulation } from '../../simulation/engine.ts';
import { Bench, command, type StartState } from '../testing/bench.ts';
import { office, officePeer, typeKey, vpn } from '../testing/tenants.ts';

const second = 1e9;
const external = { Fabrikam: '203.0.113.20', Adatum: '203.0.113.30' } as const;
/** Behind them. */
const further = { Fabrikam: '203.0.113.21', Adatum: '203.0.113.31' } as const;
const addressesOf = (name: 'Fabrikam' | 'Adatum'): readonly string[] => [external[name], further[name]];
/** Adatum's office has the same subnet as Fabrikam's, behind another device. */
const adatumOffice = `    - name: vpn.adatum.example
      address: 198.51.100.40
      mac: 00-00-5E-00-53-40
      lan: { name: Adatum office, subnet: 10.30.50.0/24, address: 10.30.50.1, mac: 00-00-5E-00-53-41 }
      autonomousSystemNumber: 65060
      hosts:
        - { name: ADA-PC01, address: 10.30.50.101, mac: 00-00-5E-00-53-42, services: [icmp-echo] }
`;

const nat = (vmNetwork: 'Fabrikam' | 'Adatum', rules: { name: string; incomingPort: number; destinationAddress: string; destinationPort: number }[] = []) =>
  command('vmNetwork.setConnectivity', { vmNetwork, directConnection: { routing: 'NAT', gatewayDevice: 'Gateway01', ipAddress: external[vmNetwork], externalAddresses: [{ ipAddress: further[vmNetwork] }], rules } });

const fabrikamOnly: StartState = {
  gateway: 'connected',
  before: [typeKey, nat('Fabrikam', [{ name: 'HTTPS', incomingPort: 443, destinationAddress: '10.30.1.4', destinationPort: 443 }]), nat('Adatum'), vpn({ connections: [{ ...office, routes: ['10.30.50.1/32'] }], bgp: { autonomousSystemNumber: 64_600, peers: [officePeer] } })],
};

const both: StartState = {
  ...fabrikamOnly,
  replacements: [['        - { name: FAB-PC01, address: 10.30.50.101, mac: 00-00-5E-00-53-22, services: [icmp-echo, http] }\n', `        - { name: FAB-PC01, address: 10.30.50.101, mac: 00-00-5E-00-53-22, services: [icmp-echo, http] }\n${adatumOffice}`]],
  before: [
    ...(fabrikamOnly.before ?? []),
    command('runAsAccount.create', { name: 'Adatum_PSK', kind: 'preSharedKey', userName: 'Adatum', secret: 'another secret 987' }),
    vpn({ connections: [{ ...office, name: 'Adatum office', remoteEndpoint: '198.51.100.40', runAsAccount: 'Adatum_PSK', routes: ['10.30.50.1/32'] }], bgp: { autonomousSystemNumber: 64_700, peers: [{ ...officePeer, autonomousSystemNumber: 65_060 }] } }, 'Adatum'),
  ],
};

/** Replies to two pings. */
function pings(bench: Bench, virtualMachine: string, destination: string): number {
  const { lab } = bench.test;
  const id = lab.probes.startPing({ virtualMachine, destination, count: 2 });
  lab.advance(12 * second);
  return lab.probes.pingState(id).received;
}

describe('With NAT for both and a tunnel with BGP for Fabrikam', () => {
  let bench: Bench;
  beforeAll(async () => {
    bench = await Bench.open(fabrikamOnly);
    bench.test.lab.advance(120 * second);
  });
  afterAll(() => bench.dispose());

  it.each([
    ['Fabrikam', 'the Internet', 'Fabrikam-VM01', '192.0.2.80', 2],
    ['Fabrikam', 'its neighbour', 'Fabrikam-VM01', '10.30.1.5', 2],
    ['Fabrikam', 'its office', 'Fabrikam-VM01', '10.30.50.101', 2],
    ['Adatum', 'the Internet', 'Adatum-VM01', '192.0.2.80', 2],
    ['Adatum', 'its own neighbour', 'Adatum-VM01', '10.30.1.5', 2],
    ['Adatum', 'Fabrikam’s office', 'Adatum-VM01', '10.30.50.101', 0],
    ['Adatum', 'Fabrikam’s VPN device from within', 'Adatum-VM02', '10.30.50.1', 0],
    ['Adatum', 'the external address of Fabrikam', 'Adatum-VM01', external.Fabrikam, 0],
    ['Adatum', 'the second external address of Fabrikam', 'Adatum-VM02', further.Fabrikam, 0],
    ['Fabrikam', 'the external address of Adatum', 'Fabrikam-VM01', external.Adatum, 0],
    ['Adatum', 'a host’s provider address', 'Adatum-VM01', '172.16.40.10', 0],
    ['Adatum', 'the gateway’s management address', 'Adatum-VM01', '192.168.10.50', 0],
  ] as const)('%s reaches %s, or does not', (_who, _what, from, to, replies) => {
    expect(pings(bench, from, to)).toBe(replies);
  });

  it('the compartment of Adatum has neither tunnel nor route nor session of Fabrikam', () => {
    const compartments = bench.test.lab.gatewayState('Gateway01').compartments;
    const of = (name: string) => compartments.find(({ vmNetwork }) => vmNetwork === name);
    expect(of('Fabrikam')?.tunnels).toHaveLength(1);
    expect(of('Adatum')?.tunnels).toEqual([]);
    expect(of('Adatum')?.routes.map(({ destination }) => destination)).not.toContain('10.30.50.0/24');
    for (const name of ['Fabrikam', 'Adatum'] as const) for (const session of of(name)?.nat?.sessions ?? []) expect(addressesOf(name)).toContain(session.external.split(':')[0]);
  });

  it('Fabrikam’s tunnel does not answer to what Adatum sends, even when it is up', () => {
    expect(pings(bench, 'Fabrikam-VM02', '10.30.50.101')).toBe(2);
    const packets = () => bench.test.lab.vpn.status('Fabrikam').tunnels.map(({ rxPackets, txPackets }) => [rxPackets, txPackets]);
    const before = packets();
    // Shorter than the time between two BGP keepalives would allow to tell apart: the count of echo requests is what matters.
    expect(pings(bench, 'Adatum-VM01', '10.30.50.101')).toBe(0);
    const [[rx = 0, tx = 0] = []] = packets();
    const [[rxBefore = 0, txBefore = 0] = []] = before;
    expect([rx - rxBefore <= 2, tx - txBefore <= 2]).toEqual([true, true]);
  });
});

describe('With equal offices behind two tunnels', () => {
  let bench: Bench;
  beforeAll(async () => {
    bench = await Bench.open(both);
    bench.test.lab.advance(120 * second);
  });
  afterAll(() => bench.dispose());

  it('each reaches its own office only, which the other’s tunnel would show', () => {
    const packets = (vmNetwork: string) => bench.test.lab.vpn.status(vmNetwork).tunnels[0]?.txBytes ?? 0;
    for (const [tenant, other] of [['Fabrikam', 'Adatum'], ['Adatum', 'Fabrikam']] as const) {
      const [own, foreign] = [packets(tenant), packets(other)];
      const id = bench.test.lab.probes.startPing({ virtualMachine: `${tenant}-VM01`, destination: '10.30.50.101', count: 4, size: 1000 });
      bench.test.lab.advance(10 * second);
      expect(bench.test.lab.probes.pingState(id).received).toBe(4);
      expect(packets(tenant) - own).toBeGreaterThanOrEqual(4 * 1028);
      expect(packets(other) - foreign).toBeLessThan(1028);
    }
  });

  /**
   * The law: when one tenant alone talks, whatever it sends, no frame is recorded at a machine, in the office or at the external address of the other.
   * From configuration, so that nothing talks that was not asked to: BGP is off in it.
   */
  it('no frame of one tenant appears at anything of the other, whoever is pinged with whatever', () => {
    const snapshot = bench.test.lab.snapshot();
    const config = project({ ...snapshot, bgpPeers: [], vmNetworkGateways: snapshot.vmNetworkGateways.map((gateway) => ({ ...gateway, enableBgp: 0 })), vpnRoutes: snapshot.vpnRoutes.map((route) => ({ ...route, address: ipv4('10.30.50.0'), length: 24 })), vpnDevices: snapshot.vpnDevices.map((device) => ({ ...device, autonomousSystemNumber: null })) }, () => 'agreed upon');
    const idOf = (name: string) => snapshot.virtualMachines.find((machine) => machine.name === name)?.id ?? '';
    const places = ['192.0.2.80', '10.30.1.1', '10.30.1.4', '10.30.1.5', '10.30.50.1', '10.30.50.101', '10.30.50.255', '10.254.254.1', '10.254.254.2', '203.0.113.1', '203.0.113.10', ...addressesOf('Fabrikam'), ...addressesOf('Adatum'), '198.51.100.20', '198.51.100.40', '172.16.40.10', '192.168.10.50'];
    const request = fc.record({ machine: fc.constantFrom('VM01', 'VM02'), destination: fc.constantFrom(...places), payloadSize: fc.constantFrom(0, 32, 1430, 3000), timeToLive: fc.constantFrom(1, 2, 128) });
    let answered = 0;
    fc.assert(
      fc.property(fc.constantFrom(['Fabrikam', 'Adatum'] as const, ['Adatum', 'Fabrikam'] as const), fc.array(request, { minLength: 1, maxLength: 8 }), ([talker, quiet], requests) => {
        // The other's external addresses and VPN device stand in the open: what is sent to them is no breach.
        const inside = requests.filter(({ destination }) => !addressesOf(quiet).includes(destination) && destination !== (quiet === 'Fabrikam' ? '198.51.100.20' : '198.51.100.40'));
        const simulation = new Simulation(config);
        const names = simulation.tapNames().filter((name) => name.includes(quiet));
        expect(names.filter((name) => name.startsWith('VM ')).sort()).toEqual([`VM ${quiet}-VM01`, `VM ${quiet}-VM02`]);
        expect(names).toContain(`Lan ${quiet} office`);
        const capture = simulation.startCapture({ taps: names, maximumBytes: 1_000_000 });
        const ids = inside.map(({ machine, destination, payloadSize, timeToLive }) =>
          simulation.startPing({ vmId: idOf(`${talker}-${machine}`), destination: ipv4(destination), count: 2, payloadSize, timeToLive, doNotFragment: false, intervalNs: second, timeoutNs: 3 * second }),
        );
        simulation.advance(20 * second);
        expect(simulation.captureState(capture)?.frames).toBe(0);
        const compartments = simulation.gatewayState(config.gateways[0]?.id ?? '')?.compartments ?? [];
        const guid = snapshot.vmNetworks.find(({ name }) => name === quiet)?.routingDomainId;
        const own = compartments.find((compartment) => compartment.guid === guid);
        expect(own?.counters).toEqual({ received: 0, forwarded: 0, dropped: 0 });
        // Static mappings of its rules stand there from the beginning.
        expect(own?.nat?.sessions.filter(({ state }) => state !== 'Static')).toEqual([]);
        expect(own?.tunnels.map(({ txPackets, rxPackets, state }) => [txPackets, rxPackets, state])).toEqual([[0, 0, 'Disconnected']]);
        for (const { nat: table } of compartments) for (const session of (table?.sessions ?? []).filter(({ state }) => state !== 'Static')) expect(addressesOf(talker)).toContain(formatIpv4(session.externalAddress));
        answered += ids.reduce((sum, id) => sum + (simulation.pingState(id ?? '')?.received ?? 0), 0);
      }),
      { numRuns: 120 },
    );
    // The law would hold for a network in which nothing moves at all.
    expect(answered).toBeGreaterThan(100);
  });
});
