import { beforeEach, describe, expect, it } from 'vitest';
import { formatIpv4, ipv4 } from '../../../shared/net/ipv4.ts';
import type { SimulationConfig } from '../config.ts';
import { Simulation } from '../engine.ts';
import type { PingRequest, PingState, SiteToSiteState } from '../state.ts';
import { contosoConfig, gatewayId, udpFrame, vmId, webServer } from '../testing/contoso.ts';
import { deviceId, office, officeHost, tunnelConfig, tunnelId, withOffice } from '../testing/office.ts';

const second = 1_000_000_000;
const fabrikam = 1;

let simulation: Simulation;

const lab = (change: Parameters<typeof withOffice>[2] = {}): SimulationConfig => withOffice(contosoConfig(), fabrikam, change);

beforeEach(() => {
  simulation = new Simulation(lab());
});

function request(change: Partial<PingRequest> = {}): PingRequest {
  return { vmId: vmId(fabrikam, 1), destination: officeHost, count: 4, payloadSize: 32, timeToLive: 128, doNotFragment: false, intervalNs: second, timeoutNs: 4 * second, ...change };
}

function ping(change: Partial<PingRequest> = {}, wait = 20): PingState {
  const id = simulation.startPing(request(change)) ?? '';
  simulation.advance(wait * second);
  const state = simulation.pingState(id);
  if (state === undefined) throw new Error('no ping');
  return state;
}

function tunnel(): SiteToSiteState {
  const compartments = simulation.gatewayState(gatewayId)?.compartments ?? [];
  const found = compartments.flatMap(({ tunnels }) => tunnels)[0];
  if (found === undefined) throw new Error('no tunnel');
  return found;
}

function device(): SiteToSiteState {
  const [found] = simulation.vpnDeviceState(deviceId) ?? [];
  if (found === undefined) throw new Error('no device');
  return found;
}

describe('dial on demand', () => {
  it('the first packet dials, waits and arrives; nothing is lost', () => {
    expect(tunnel()).toMatchObject({ state: 'Disconnected', lastError: null, association: null });
    const state = ping();
    expect(state).toMatchObject({ sent: 4, received: 4 });
    expect(state.replies.map(({ from }) => formatIpv4(from ?? 0))).toEqual(Array(4).fill('10.30.50.101'));
    expect(tunnel()).toMatchObject({ state: 'Connected', txPackets: 4, rxPackets: 4, waiting: 0, tries: 1 });
    expect(device()).toMatchObject({ state: 'Connected', txPackets: 4, rxPackets: 4 });
    // Each end's way out is the other one's way in.
    expect(tunnel().association?.inboundSpi).toBe(device().association?.outboundSpi);
    expect(tunnel().association?.outboundSpi).toBe(device().association?.inboundSpi);
    // The first reply had to wait for two exchanges over the Internet, the others for nothing.
    const [first, ...others] = state.replies.map(({ roundTripNs }) => roundTripNs ?? 0);
    for (const other of others) expect(first).toBeGreaterThan(other * 2);
  });

  it('counts both gateways as hops, and tells whose time to live ran out', () => {
    // Distributed router, compartment, VPN device on the way there and back: 128 - 3.
    expect(ping({ count: 1 }).replies[0]?.timeToLive).toBe(125);
    expect(ping({ count: 1, timeToLive: 2 }).replies[0]).toMatchObject({ status: 'ttlExpired', from: ipv4('10.254.254.2') });
    expect(ping({ count: 1, timeToLive: 3 }).replies[0]).toMatchObject({ status: 'ttlExpired', from: ipv4('10.30.50.1') });
  });

  it('explains the way through the tunnel', () => {
    const { trace } = ping({ count: 1 });
    const actions = trace.map(({ action }) => action);
    const order = ['hand over to the site-to-site interface', 'dial, and wait for the tunnel', 'encrypt in ESP to 198.51.100.20', 'decrypt ESP', 'answered the echo request', 'encrypt in ESP to 203.0.113.5', 'decrypt ESP', 'received the echo reply'];
    let at = -1;
    for (const action of order) {
      at = actions.indexOf(action, at + 1);
      expect(at, action).toBeGreaterThanOrEqual(0);
    }
  });

  it('the other end may dial as well, and hears when this one hangs up', () => {
    simulation = new Simulation(lab({ device: { tunnels: office().tunnels.map((entry) => ({ ...entry, isPersistent: true })) } }));
    simulation.advance(second);
    expect(tunnel()).toMatchObject({ state: 'Connected', tries: 0 });
    expect(device()).toMatchObject({ state: 'Connected', tries: 1 });
    expect(ping({ count: 2 }).received).toBe(2);
    simulation.setTunnel(gatewayId, tunnelId, 'disconnected');
    simulation.advance(second);
    expect(device()).toMatchObject({ state: 'Disconnected', lastError: expect.stringMatching(/ended the connection/) as string });
    // It wants to be connected always.
    simulation.advance(70 * second);
    expect([tunnel().state, device().state]).toEqual(['Connected', 'Connected']);
  });

  it('both at the same time make one tunnel', () => {
    const persistent = { isPersistent: true };
    simulation = new Simulation(lab({ tunnel: persistent, device: { tunnels: office().tunnels.map((entry) => ({ ...entry, ...persistent })) } }));
    simulation.advance(10 * second);
    expect(tunnel().association?.inboundSpi).toBe(device().association?.outboundSpi);
    expect(tunnel().association?.outboundSpi).toBe(device().association?.inboundSpi);
    expect(ping({ count: 4 }, 60).received).toBe(4);
  });

  it('a network that is not listed does not dial, and leaves through NAT as before', () => {
    expect(ping({ destination: webServer, count: 1 }).received).toBe(1);
    expect(tunnel().state).toBe('Disconnected');
  });

  it('keeps a bounded number of packets while it dials', () => {
    simulation.setFaults([{ kind: 'peerSilent', deviceId }]);
    for (let sent = 0; sent < 100; sent += 1) {
      simulation.inject(vmId(fabrikam, 1), udpFrame(fabrikam, officeHost));
      simulation.advance(second / 100);
    }
    expect(tunnel()).toMatchObject({ state: 'Dialing', waiting: 64 });
    const drops = simulation.gatewayState(gatewayId)?.compartments[2]?.drops.find(({ reason }) => reason === 'tunnelQueueFull');
    expect(drops?.packets).toBe(36);
  });

  it('is dialed and hung up by hand', () => {
    expect(simulation.setTunnel(gatewayId, tunnelId, 'connected')).toBe(true);
    simulation.advance(second);
    expect(tunnel().state).toBe('Connected');
    simulation.setTunnel(gatewayId, tunnelId, 'disconnected');
    expect(tunnel().state).toBe('Disconnected');
    expect(simulation.setTunnel(gatewayId, 'another', 'connected')).toBe(false);
  });

  it('a disabled interface carries nothing', () => {
    simulation = new Simulation(lab({ tunnel: { isEnabled: false } }));
    expect(ping({ count: 1 })).toMatchObject({ received: 0, fate: expect.stringMatching(/disabled/) as string });
  });
});

describe('when it does not work', () => {
  it('a silent peer is tried three times, 60 s apart, and then given up with the reason', () => {
    simulation.setFaults([{ kind: 'peerSilent', deviceId }]);
    ping({ count: 1 }, 29);
    expect(tunnel()).toMatchObject({ state: 'Dialing', tries: 1, lastError: null });
    simulation.advance(30 * second);
    expect(tunnel()).toMatchObject({ state: 'Dialing', tries: 1, waiting: 1, lastError: expect.stringMatching(/does not answer/) as string });
    simulation.advance(2 * second);
    expect(tunnel().tries).toBe(2);
    simulation.advance(60 * second);
    expect(tunnel()).toMatchObject({ state: 'Dialing', tries: 3 });
    simulation.advance(60 * second);
    expect(tunnel()).toMatchObject({ state: 'Disconnected', waiting: 0, lastError: expect.stringMatching(/does not answer/) as string });
    // Taken back, the next packet dials anew.
    simulation.setFaults([]);
    expect(ping({ count: 1 }).received).toBe(1);
    expect(tunnel().lastError).toBeNull();
  });

  it('a wrong key is told by the peer, and never lets a packet through', () => {
    simulation.setFaults([{ kind: 'wrongKey', tunnelId }]);
    expect(ping({ count: 1 }, 1).received).toBe(0);
    expect(tunnel()).toMatchObject({ state: 'Dialing', lastError: expect.stringMatching(/pre-shared key/) as string });
    expect(device()).toMatchObject({ state: 'Disconnected', lastError: expect.stringMatching(/pre-shared key/) as string });
    simulation.advance(200 * second);
    expect(tunnel().state).toBe('Disconnected');
    simulation.setFaults([]);
    expect(ping({ count: 1 }).received).toBe(1);
  });

  it('a change of the key ends the connection that was made with the old one', () => {
    ping({ count: 1 });
    simulation.apply(lab({ tunnel: { preSharedKey: 'new' } }));
    expect(tunnel().state).toBe('Disconnected');
    expect(ping({ count: 1 }, 3).received).toBe(0);
  });

  it('a peer that goes silent is found out after the outage time, and dialed again when it is back', () => {
    ping({ count: 1 });
    simulation.setFaults([{ kind: 'peerSilent', deviceId }]);
    const at = simulation.now;
    simulation.startPing(request({ count: 1 }));
    simulation.advance(14 * second);
    expect(tunnel().state).toBe('Connected');
    simulation.advance(1.1 * second);
    expect(tunnel()).toMatchObject({ state: 'Disconnected', lastError: expect.stringMatching(/stopped answering/) as string });
    expect((tunnel().since - at) / second).toBeCloseTo(15, 1);
    simulation.setFaults([]);
    simulation.advance(30 * second);
    expect(ping({ count: 2 }, 60).received).toBe(2);
  });

  it('a line that loses one frame in five still connects', () => {
    simulation.setFaults([{ kind: 'link', segment: 'Internet', quality: { lossPerMillion: 200_000 } }]);
    simulation.setTunnel(gatewayId, tunnelId, 'connected');
    simulation.advance(200 * second);
    expect(tunnel().lastError).toBeNull();
    expect(ping({ count: 20 }, 60).received).toBeGreaterThan(5);
  });

  it('a gateway whose firewall is on sends and takes nothing', () => {
    simulation.setFaults([{ kind: 'gatewayFirewallOn', gatewayId }]);
    simulation.setTunnel(gatewayId, tunnelId, 'connected');
    simulation.advance(5 * second);
    expect(tunnel().state).toBe('Dialing');
    expect(device().state).toBe('Disconnected');
  });

  it('a device that the gateway does not know gets no answer', () => {
    const stranger = office({ id: 'stranger', name: 'Stranger', address: ipv4('198.51.100.21'), mac: 0x001dd8f00011, lan: { ...office().lan, name: 'Elsewhere', mac: 0x001dd8f00012 }, hosts: [], tunnels: [tunnelConfig({ id: 's', localAddress: ipv4('198.51.100.21'), destination: ipv4('203.0.113.5'), to: [], isPersistent: true })] });
    const config = lab();
    simulation = new Simulation({ ...config, external: { ...config.external, vpnDevices: [...config.external.vpnDevices, stranger] } });
    simulation.advance(10 * second);
    expect(simulation.vpnDeviceState('stranger')?.[0]?.state).toBe('Dialing');
    expect(simulation.gatewayState(gatewayId)?.compartments[0]?.drops.map(({ reason }) => reason)).toContain('tunnelUnknownPeer');
  });
});

describe('in time', () => {
  it('hangs up after 300 s without traffic, unless it is persistent', () => {
    ping({ count: 1 }, 10);
    simulation.advance(285 * second);
    expect(tunnel().state).toBe('Connected');
    simulation.advance(15 * second);
    expect(tunnel()).toMatchObject({ state: 'Disconnected', lastError: null });
    expect(device().state).toBe('Disconnected');
    simulation = new Simulation(lab({ tunnel: { isPersistent: true }, device: { tunnels: office().tunnels.map((entry) => ({ ...entry, isPersistent: true })) } }));
    simulation.advance(1000 * second);
    expect(tunnel().state).toBe('Connected');
  });

  it('renews its keys before the life time ends, without a packet lost', () => {
    const first = ping({ count: 1 });
    expect(first.received).toBe(1);
    const spi = tunnel().association?.inboundSpi;
    const state = ping({ count: 3600, intervalNs: second, timeoutNs: 2 * second }, 3605);
    expect(state).toMatchObject({ sent: 3600, received: 3600 });
    expect(tunnel().association?.inboundSpi).not.toBe(spi);
    expect(tunnel().association?.inboundSpi).toBe(device().association?.outboundSpi);
    expect(tunnel()).toMatchObject({ state: 'Connected', since: expect.any(Number) as number, tries: 1 });
  });
});

describe('sizes', () => {
  it.each([
    ['1372 bytes of data fit', 1372, true, 'reply'],
    ['1373 bytes and DF are told "fragmentation needed"', 1373, true, 'fragNeeded'],
    ['1373 bytes are cut', 1373, false, 'reply'],
    ['9000 bytes are cut', 9000, false, 'reply'],
  ])('%s', (_what, payloadSize, doNotFragment, status) => {
    ping({ count: 1 });
    expect(ping({ count: 1, payloadSize, doNotFragment }).replies[0]?.status).toBe(status);
  });
});

describe('who reaches whom', () => {
  it('another tenant with equal addresses reaches nothing of the office', () => {
    ping({ count: 1 });
    const state = ping({ vmId: vmId(0, 1) });
    expect(state.received).toBe(0);
    expect(tunnel().rxPackets).toBe(1);
  });

  it('nothing of the tunnel is seen at the other tenant', () => {
    const capture = simulation.startCapture({ maximumBytes: 1_000_000, taps: ['VM Adatum-VM01', 'VM Adatum-VM02'] });
    expect(ping({ count: 2 }).received).toBe(2);
    expect(simulation.captureState(capture)?.frames).toBe(0);
  });

  it('the same seed gives the same bytes', () => {
    const run = (): Buffer => {
      simulation = new Simulation(lab());
      const capture = simulation.startCapture({ maximumBytes: 1_000_000 });
      ping({ count: 3 });
      return Buffer.concat([...(simulation.endCapture(capture, 0n) ?? [])]);
    };
    expect(run().equals(run())).toBe(true);
  });
});
