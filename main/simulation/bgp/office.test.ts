/** BGP between a gateway's compartments and the VPN devices of two tenants with equal addresses. */
import { beforeEach, describe, expect, it } from 'vitest';
import { formatPrefix, ipv4, prefix } from '../../../shared/net/ipv4.ts';
import type { SimulationConfig } from '../config.ts';
import { Simulation } from '../engine.ts';
import type { BgpPeerState, BgpRouterState, PingState } from '../state.ts';
import { bgpConfig, gatewayAsn, gatewayPlace, gatewaySpeaker, hostRoute, officeAsn, officePlace, officeSpeaker, tenantNetwork, withBgp, type BgpChange } from '../testing/bgpOffice.ts';
import { contosoConfig, gatewayId, vmId } from '../testing/contoso.ts';
import { clusterConfig, failoverNs } from '../testing/labs.ts';
import { etherType, ethernetLength } from '../wire/ethernet.ts';
import { destinationOf, sourceOf } from '../wire/ipv4.ts';
import { officeHost, officeNetwork } from '../testing/office.ts';

const second = 1_000_000_000;
const [adatum, fabrikam] = [0, 1];

let simulation: Simulation;

function start(change?: (tenant: number) => BgpChange): void {
  simulation = new Simulation(bgpConfig(change));
  simulation.advance(10 * second);
}

function gateway(tenant = fabrikam): BgpRouterState {
  const state = simulation.bgpRouterState(gatewayPlace(tenant));
  if (state === undefined) throw new Error('no BGP router in the compartment');
  return state;
}

function office(tenant = fabrikam): BgpRouterState {
  const state = simulation.bgpRouterState(officePlace(tenant));
  if (state === undefined) throw new Error('no BGP router in the office');
  return state;
}

function onlyPeer({ peers }: BgpRouterState): BgpPeerState {
  const [peer, ...others] = peers;
  if (peer === undefined || others.length > 0) throw new Error('not one peer');
  return peer;
}

/** Networks in the compartment's route table that BGP put there. */
function learned(tenant = fabrikam): string[] {
  const routes = simulation.gatewayState(gatewayId)?.compartments[tenant + 1]?.routes ?? [];
  return routes.filter(({ protocol }) => protocol === 'Bgp').map(({ destination, interfaceName }) => `${formatPrefix(destination)} ${interfaceName}`);
}

function ping(tenant = fabrikam, destination = officeHost): PingState {
  const id = simulation.startPing({ vmId: vmId(tenant, 1), destination, count: 2, payloadSize: 32, timeToLive: 128, doNotFragment: false, intervalNs: second, timeoutNs: 2 * second }) ?? '';
  simulation.advance(5 * second);
  const state = simulation.pingState(id);
  if (state === undefined) throw new Error('no ping');
  return state;
}

const tunnelOf = (tenant: number): string => `${['Adatum', 'Fabrikam'][tenant] ?? ''} tunnel`;

beforeEach(() => start());

describe('a session through the tunnel', () => {
  it('dials, connects, and both sides learn what the other advertises', () => {
    expect(onlyPeer(gateway())).toMatchObject({
      status: 'Connected', fsmState: 'Established', lastError: null, identifier: officeSpeaker, localAddress: gatewaySpeaker,
      holdTimeNs: 180 * second, keepaliveNs: 60 * second, prefixesReceived: 1, prefixesAdvertised: 1,
    });
    expect(onlyPeer(office())).toMatchObject({ status: 'Connected', identifier: gatewaySpeaker, prefixesReceived: 1, prefixesAdvertised: 1 });
    expect(gateway().routes).toEqual([
      { destination: tenantNetwork, nextHop: 0, origin: 'IGP', localPref: 100, med: null, asPath: '', learnedFrom: null, state: 'Best' },
      { destination: officeNetwork, nextHop: officeSpeaker, origin: 'IGP', localPref: 100, med: null, asPath: String(officeAsn), learnedFrom: 'Office', state: 'Best' },
    ]);
    expect(office().routes).toContainEqual({ destination: tenantNetwork, nextHop: gatewaySpeaker, origin: 'IGP', localPref: 100, med: null, asPath: String(gatewayAsn), learnedFrom: 'Gateway', state: 'Best' });
  });

  it('carries packets both ways over learned routes alone', () => {
    expect(learned()).toEqual(['10.30.50.0/24 Fabrikam tunnel']);
    expect(ping().received).toBe(2);
  });

  it('keeps the tunnel up by its keepalives, which would be hung up when idle for 300 s', () => {
    const before = onlyPeer(gateway()).statistics;
    simulation.advance(1000 * second);
    const { status, statistics, since } = onlyPeer(gateway());
    expect(status).toBe('Connected');
    expect(since).toBeLessThan(10 * second);
    expect(statistics.received.keepalive - before.received.keepalive).toBe(16);
    expect(statistics).toMatchObject({ sessionsEstablished: 1, sessionsLost: 0 });
    expect(ping().received).toBe(2);
  });

  it('the other tenant, with equal addresses and AS numbers, learns nothing of it', () => {
    start((tenant) => ({ office: { networks: [officeNetwork, prefix(tenant === adatum ? '192.168.10.0/24' : '192.168.20.0/24')] } }));
    expect(learned(adatum)).toEqual(['10.30.50.0/24 Adatum tunnel', '192.168.10.0/24 Adatum tunnel']);
    expect(learned(fabrikam)).toEqual(['10.30.50.0/24 Fabrikam tunnel', '192.168.20.0/24 Fabrikam tunnel']);
    expect([ping(adatum).received, ping(fabrikam).received]).toEqual([2, 2]);
    // A tenant's session ends: the other's stays.
    simulation.setBgpPeer(gatewayPlace(adatum), officeSpeaker, 'stopped');
    simulation.advance(5 * second);
    expect([learned(adatum), learned(fabrikam).length]).toEqual([[], 2]);
    expect([ping(adatum).received, ping(fabrikam).received]).toEqual([0, 2]);
  });
});

describe('what an operator can get wrong', () => {
  it('without the peer in the routes of the tunnel the session stays Connecting, and says why', () => {
    start((tenant) => (tenant === fabrikam ? { gatewayRoutes: [prefix('10.99.0.0/16')] } : {}));
    simulation.advance(600 * second);
    expect(onlyPeer(gateway())).toMatchObject({ status: 'Connecting', fsmState: 'Active', lastError: expect.stringMatching(/\/32/) as string, prefixesReceived: 0 });
    expect(learned()).toEqual([]);
    // Nothing of it went out by NAT.
    expect(simulation.gatewayState(gatewayId)?.compartments[fabrikam + 1]?.nat?.sessions).toEqual([]);
    expect(onlyPeer(gateway(adatum)).status).toBe('Connected');
    // Once it is there, nobody has to do anything else.
    simulation.apply(bgpConfig());
    simulation.advance(30 * second);
    expect(onlyPeer(gateway()).status).toBe('Connected');
  });

  it('without it on the other side only, no answer comes back', () => {
    start(() => ({ officeRoutes: [prefix('10.99.0.0/16')] }));
    simulation.advance(60 * second);
    expect(onlyPeer(gateway()).status).toBe('Connecting');
    expect(onlyPeer(gateway()).lastError).toMatch(/does not answer/);
  });

  it('a wrong AS number on this side is told to both', () => {
    start(() => ({ gateway: { peers: [{ name: 'Office', address: officeSpeaker, asn: 65_011 }] } }));
    simulation.advance(600 * second);
    expect(onlyPeer(gateway())).toMatchObject({ status: 'Connecting', lastError: expect.stringMatching(/autonomous system/) as string });
    expect(onlyPeer(office())).toMatchObject({ status: 'Connecting', lastError: expect.stringMatching(/The peer closed.*autonomous system/) as string });
    expect(learned()).toEqual([]);
    // It is tried again and again, ever more rarely.
    expect(onlyPeer(gateway()).statistics.sent.notification).toBeGreaterThan(2);
    expect(onlyPeer(gateway()).statistics.sent.notification).toBeLessThan(40);
  });

  it('a peer that does not know the gateway ignores it', () => {
    start(() => ({ office: { peers: [] } }));
    simulation.advance(60 * second);
    expect(onlyPeer(gateway())).toMatchObject({ status: 'Connecting', fsmState: 'Active', lastError: expect.stringMatching(/TCP port 179/) as string });
  });

  it('an address inside the tenant cannot speak to the router', () => {
    const before = simulation.gatewayState(gatewayId)?.compartments[fabrikam + 1]?.counters.dropped ?? 0;
    expect(ping(fabrikam, gatewaySpeaker).received).toBe(2);
    expect(simulation.gatewayState(gatewayId)?.compartments[fabrikam + 1]?.counters.dropped).toBe(before);
  });
});

describe('routes leave', () => {
  it('at once when the network is withdrawn, and come back when it is advertised again', () => {
    const change = (networks: string[]): SimulationConfig => bgpConfig((tenant) => (tenant === fabrikam ? { office: { networks: networks.map((text) => prefix(text)) } } : {}));
    simulation.apply(change(['10.30.60.0/24', '10.30.50.0/24']));
    simulation.advance(31 * second);
    expect(learned()).toEqual(['10.30.50.0/24 Fabrikam tunnel', '10.30.60.0/24 Fabrikam tunnel']);
    simulation.apply(change(['10.30.60.0/24']));
    simulation.advance(second);
    expect(learned()).toEqual(['10.30.60.0/24 Fabrikam tunnel']);
    expect(ping().received).toBe(0);
    simulation.apply(change(['10.30.60.0/24', '10.30.50.0/24']));
    simulation.advance(31 * second);
    expect(ping().received).toBe(2);
    expect(onlyPeer(gateway()).statistics).toMatchObject({ sessionsEstablished: 1, sessionsLost: 0 });
  });

  it('when the peer is stopped by hand, who says Cease; and come back when it is started', () => {
    simulation.setBgpPeer(gatewayPlace(fabrikam), officeSpeaker, 'stopped');
    expect(onlyPeer(gateway())).toMatchObject({ status: 'Stopped', fsmState: 'Idle', lastError: null });
    simulation.advance(second);
    expect(learned()).toEqual([]);
    expect(onlyPeer(office())).toMatchObject({ status: 'Connecting', lastError: expect.stringMatching(/administrator/) as string });
    expect(office().routes.map(({ destination }) => formatPrefix(destination))).toEqual(['10.30.50.0/24']);
    simulation.advance(1000 * second);
    expect(onlyPeer(gateway()).status).toBe('Stopped');
    simulation.setBgpPeer(gatewayPlace(fabrikam), officeSpeaker, 'started');
    simulation.advance(130 * second);
    expect(onlyPeer(gateway()).status).toBe('Connected');
    expect(ping().received).toBe(2);
    expect(simulation.setBgpPeer(gatewayPlace(fabrikam), ipv4('10.9.9.9'), 'stopped')).toBe(false);
  });

  it('in the instant in which the tunnel is hung up; then BGP itself dials anew', () => {
    simulation.setTunnel(gatewayId, tunnelOf(fabrikam), 'disconnected');
    simulation.advance(0);
    expect(learned()).toEqual([]);
    expect(onlyPeer(gateway())).toMatchObject({ status: 'Connecting', lastError: expect.stringMatching(/site-to-site/) as string });
    expect(onlyPeer(gateway(adatum)).status).toBe('Connected');
    simulation.advance(30 * second);
    expect(onlyPeer(gateway())).toMatchObject({ status: 'Connected', statistics: { sessionsEstablished: 2, sessionsLost: 1 } });
    expect(ping().received).toBe(2);
  });

  it('when the office falls silent: with the tunnel after its outage time, long before the hold time', () => {
    simulation.setFaults([{ kind: 'peerSilent', deviceId: 'Fabrikam office' }]);
    const id = simulation.startPing({ vmId: vmId(fabrikam, 1), destination: officeHost, count: 1, payloadSize: 32, timeToLive: 128, doNotFragment: false, intervalNs: second, timeoutNs: second });
    expect(id).toBeDefined();
    simulation.advance(20 * second);
    expect(learned()).toEqual([]);
    simulation.setFaults([]);
    simulation.advance(200 * second);
    expect(ping().received).toBe(2);
  });

  it('after the hold time when only the session is dead', () => {
    // The device forgets the way back: what the gateway says arrives, and nothing is answered.
    simulation.apply(bgpConfig((tenant) => (tenant === fabrikam ? { officeRoutes: [prefix('10.99.0.0/16')] } : {})));
    simulation.advance(second);
    expect(onlyPeer(office()).status).toBe('Connecting');
    simulation.advance(179 * second + 60 * second);
    expect(onlyPeer(gateway()).status).toBe('Connecting');
    expect(learned()).toEqual([]);
  });
});

describe('a change of the configuration', () => {
  it('adds a peer without a word to the others', () => {
    const since = onlyPeer(gateway()).since;
    const peers = [{ name: 'Office', address: officeSpeaker, asn: officeAsn }, { name: 'Branch', address: ipv4('10.30.70.1'), asn: 65_020 }];
    const next = bgpConfig((tenant) => (tenant === fabrikam ? { gateway: { peers } } : {}));
    simulation.apply(next);
    simulation.advance(60 * second);
    expect(gateway().peers.map(({ name, status }) => `${name} ${status}`)).toEqual(['Office Connected', 'Branch Connecting']);
    expect(gateway().peers[0]).toMatchObject({ since, statistics: { sessionsEstablished: 1, sent: { open: gateway().peers[0]?.statistics.sent.open } } });
    simulation.apply(bgpConfig());
    simulation.advance(second);
    expect(onlyPeer(gateway())).toMatchObject({ status: 'Connected', since });
  });

  it('renames a peer without a word to it, and replaces one whose AS number changed', () => {
    const { since } = onlyPeer(gateway());
    const named = (name: string, asn: number) => bgpConfig((tenant) => (tenant === fabrikam ? { gateway: { peers: [{ name, address: officeSpeaker, asn }] } } : {}));
    simulation.apply(named('Headquarters', officeAsn));
    expect(onlyPeer(gateway())).toMatchObject({ name: 'Headquarters', status: 'Connected', since });
    simulation.apply(named('Headquarters', 65_099));
    simulation.advance(second);
    expect(onlyPeer(gateway()).status).toBe('Connecting');
    expect(onlyPeer(office()).lastError).toMatch(/removed|autonomous system/);
    expect(learned()).toEqual([]);
  });

  it('removes a peer: it is told, and its routes go', () => {
    simulation.apply(bgpConfig((tenant) => (tenant === fabrikam ? { gateway: { peers: [] } } : {})));
    simulation.advance(second);
    expect(gateway().peers).toEqual([]);
    expect(learned()).toEqual([]);
    expect(onlyPeer(office()).lastError).toMatch(/removed/);
  });

  it('of the own AS number starts every session anew', () => {
    const change: BgpChange = { gateway: { asn: 64_999 }, office: { peers: [{ name: 'Gateway', address: gatewaySpeaker, asn: 64_999 }] } };
    simulation.apply(bgpConfig((tenant) => (tenant === fabrikam ? change : {})));
    simulation.advance(30 * second);
    expect(onlyPeer(gateway())).toMatchObject({ status: 'Connected' });
    expect(office().routes.find(({ learnedFrom }) => learnedFrom !== null)?.asPath).toBe('64999');
    expect(onlyPeer(gateway(adatum)).statistics.sessionsEstablished).toBe(1);
  });

  it('that takes BGP away leaves only the configured routes', () => {
    const config = bgpConfig();
    simulation.apply({ ...config, gateways: config.gateways.map((entry) => ({ ...entry, compartments: entry.compartments.map((compartment) => ({ ...compartment, bgp: null })) })) });
    simulation.advance(second);
    expect(simulation.bgpRouterState(gatewayPlace(fabrikam))).toBeUndefined();
    expect(learned()).toEqual([]);
    expect(onlyPeer(office()).status).toBe('Connecting');
    simulation.apply(config);
    simulation.advance(130 * second);
    expect(ping().received).toBe(2);
  });

  it('that takes the routing domain from the gateway ends it without a word, which would dial the tunnel of nobody', () => {
    const config = bgpConfig();
    const saidByGateway: number[] = [];
    simulation.listen('Internet', ({ bytes }) => {
      const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
      if (view.getUint16(12) === etherType.ipv4 && sourceOf(view, ethernetLength) === ipv4('203.0.113.5')) saidByGateway.push(destinationOf(view, ethernetLength));
    });
    simulation.apply({ ...config, gateways: config.gateways.map((entry) => ({ ...entry, compartments: entry.compartments.slice(0, 1) })) });
    simulation.advance(300 * second);
    const [adatumOffice, fabrikamOffice] = config.external.vpnDevices.map(({ address }) => address);
    expect(saidByGateway).toContain(adatumOffice);
    expect(saidByGateway).not.toContain(fabrikamOffice);
    expect(onlyPeer(office()).status).toBe('Connecting');
    expect(onlyPeer(gateway(adatum)).status).toBe('Connected');
  });

  it('that takes gateway and offices away leaves nothing that would ever happen again', () => {
    const config = bgpConfig();
    simulation.apply({ ...config, gateways: [], external: { ...config.external, vpnDevices: [] } });
    simulation.advance(1000 * second);
    expect(simulation.nextEventTime).toBe(Infinity);
  });

  it('that says nothing new changes nothing', () => {
    const before = [gateway(), office(), learned()];
    simulation.apply(bgpConfig());
    simulation.advance(second);
    expect([gateway(), office(), learned()]).toEqual(before);
  });
});

describe('in a hard life', () => {
  it('a tunnel that flaps a hundred times leaves no route behind while it is down, and ends connected', () => {
    for (let round = 0; round < 100; round += 1) {
      simulation.setTunnel(gatewayId, tunnelOf(fabrikam), 'disconnected');
      simulation.advance(0);
      expect(learned()).toEqual([]);
      simulation.advance((round % 7) * second * 3);
    }
    simulation.advance(200 * second);
    expect(onlyPeer(gateway()).status).toBe('Connected');
    expect(learned()).toEqual(['10.30.50.0/24 Fabrikam tunnel']);
    expect(onlyPeer(gateway(adatum)).statistics).toMatchObject({ sessionsEstablished: 1, sessionsLost: 0 });
    expect(ping().received).toBe(2);
  });

  it('a network that flaps a hundred times in a second makes few advertisements', () => {
    const config = (isThere: boolean): SimulationConfig => bgpConfig((tenant) => (tenant === fabrikam ? { office: { networks: isThere ? [officeNetwork] : [] } } : {}));
    const before = onlyPeer(gateway()).statistics.received.update;
    for (let round = 0; round < 100; round += 1) {
      simulation.apply(config(round % 2 === 1));
      simulation.advance(second / 100);
    }
    simulation.advance(40 * second);
    expect(learned()).toEqual(['10.30.50.0/24 Fabrikam tunnel']);
    expect(onlyPeer(gateway()).statistics.received.update - before).toBeLessThan(8);
  });

  it('a line that loses one frame in ten carries the session all the same', () => {
    simulation.setFaults([{ kind: 'link', segment: 'Internet', quality: { lossPerMillion: 100_000 } }]);
    simulation.setTunnel(gatewayId, tunnelOf(fabrikam), 'disconnected');
    const networks = Array.from({ length: 3000 }, (_, at) => ({ address: ipv4('172.16.0.0') + at * 256, length: 24 }));
    simulation.apply(bgpConfig((tenant) => (tenant === fabrikam ? { office: { networks } } : {})));
    simulation.advance(1000 * second);
    simulation.setFaults([]);
    simulation.advance(300 * second);
    expect(onlyPeer(gateway())).toMatchObject({ status: 'Connected', prefixesReceived: 3000 });
    expect(learned()).toHaveLength(3000);
  });

  it('the gateway fails over: the office notices by the reset of the new node, and learns everything anew', () => {
    simulation = new Simulation(withBgp(clusterConfig(), ['Adatum', 'Fabrikam']));
    simulation.advance(10 * second);
    expect(ping().received).toBe(2);
    simulation.failOver(gatewayId);
    simulation.advance(failoverNs + 200 * second);
    expect(onlyPeer(gateway()).status).toBe('Connected');
    expect(onlyPeer(office()).status).toBe('Connected');
    expect(ping().received).toBe(2);
  });

  it('the tunnel is carried by static routes where both are there', () => {
    simulation = new Simulation(bgpConfig(() => ({ gatewayRoutes: [hostRoute(officeSpeaker), officeNetwork] })));
    simulation.advance(10 * second);
    simulation.setBgpPeer(gatewayPlace(fabrikam), officeSpeaker, 'stopped');
    simulation.setBgpPeer(officePlace(fabrikam), gatewaySpeaker, 'stopped');
    simulation.advance(second);
    const routes = simulation.gatewayState(gatewayId)?.compartments[fabrikam + 1]?.routes ?? [];
    expect(routes.filter(({ destination }) => formatPrefix(destination) === '10.30.50.0/24').map(({ protocol }) => protocol)).toEqual(['Static']);
  });

  it('a peer cannot take the gateway subnet or the VM subnet over, nor the Internet where there is NAT', () => {
    start(() => ({ office: { networks: [officeNetwork, prefix('10.254.254.0/29'), tenantNetwork, prefix('0.0.0.0/0')] } }));
    expect(gateway().peers[0]).toMatchObject({ prefixesReceived: 4 });
    expect(ping(fabrikam, ipv4('192.0.2.80')).received).toBe(2);
    expect(ping(fabrikam, ipv4('10.254.254.2')).received).toBe(2);
  });

  it('the same seed gives the same bytes', () => {
    const run = (): Buffer => {
      simulation = new Simulation(bgpConfig());
      const capture = simulation.startCapture({ maximumBytes: 10_000_000 });
      simulation.advance(70 * second);
      simulation.setTunnel(gatewayId, tunnelOf(fabrikam), 'disconnected');
      simulation.advance(70 * second);
      return Buffer.concat([...(simulation.endCapture(capture, 0n) ?? [])]);
    };
    expect(run().equals(run())).toBe(true);
  });
});

it('a lab without BGP has no BGP router', () => {
  simulation = new Simulation(contosoConfig());
  expect(simulation.bgpRouterState(gatewayPlace(fabrikam))).toBeUndefined();
  expect(simulation.bgpRouterState({ kind: 'compartment', gatewayId: 'nobody', guid: '' })).toBeUndefined();
  expect(simulation.bgpRouterState({ kind: 'vpnDevice', deviceId: 'nobody' })).toBeUndefined();
  expect(simulation.setBgpPeer(officePlace(fabrikam), gatewaySpeaker, 'stopped')).toBe(false);
});
