/** tshark reads the sessions inside the tunnels: BGP decoded, nothing malformed, attributes as they were meant. */
import { afterEach, describe, expect, it } from 'vitest';
import { ipv4, prefix } from '../../../shared/net/ipv4.ts';
import { Simulation } from '../engine.ts';
import { bgpConfig, gatewayPlace, gatewaySpeaker, officePlace, officeSpeaker, tenantNetwork, type BgpChange } from '../testing/bgpOffice.ts';
import { gatewayId } from '../testing/contoso.ts';
import { CaptureFile, hasTshark, warnWithoutTshark } from '../testing/tshark.ts';

const second = 1_000_000_000;
const largeAsn = 4_200_000_001;
const tapName = 'GatewayVM01 Fabrikam Fabrikam tunnel';
const type = { open: '1', update: '2', notification: '3', keepalive: '4' } as const;

warnWithoutTshark('BGP read by tshark');

let file: CaptureFile | undefined;
afterEach(() => {
  file?.dispose();
  file = undefined;
});

/** Records what goes through Fabrikam's tunnel while `act` goes on. */
function record(change: (tenant: number) => BgpChange, act: (simulation: Simulation) => void): CaptureFile {
  const simulation = new Simulation(bgpConfig(change));
  const capture = simulation.startCapture({ maximumBytes: 20_000_000, taps: [tapName] });
  act(simulation);
  file = new CaptureFile(simulation.endCapture(capture, 0n) ?? []);
  return file;
}

/** A life with everything in it: a large AS number, hundreds of networks, a withdrawal, keepalives, a stop by hand, a start. */
function wholeLife(): CaptureFile {
  const many = Array.from({ length: 900 }, (_, at) => ({ address: ipv4('172.16.0.0') + at * 256, length: 24 }));
  const withNetworks = (networks: readonly (typeof many)[number][]) => (): BgpChange => ({
    gateway: { asn: largeAsn },
    office: { networks, peers: [{ name: 'Gateway', address: gatewaySpeaker, asn: largeAsn }] },
  });
  // No 0.0.0.0/0: where it stands among others, tshark takes its zero byte for the path identifier of RFC 7911, which nobody agreed on.
  const full = withNetworks([prefix('10.30.50.0/24'), ...many]);
  return record(full, (simulation) => {
    simulation.advance(130 * second);
    simulation.apply(bgpConfig(withNetworks(many.slice(0, 300))));
    simulation.advance(40 * second);
    simulation.setBgpPeer(gatewayPlace(1), officeSpeaker, 'stopped');
    simulation.advance(10 * second);
    simulation.setBgpPeer(gatewayPlace(1), officeSpeaker, 'started');
    simulation.advance(200 * second);
    expect(simulation.bgpRouterState(gatewayPlace(1))?.peers[0]).toMatchObject({ status: 'Connected', prefixesReceived: 300 });
  });
}

describe.skipIf(!hasTshark)('tshark', () => {
  it('finds nothing malformed, no bad checksum, nothing that its TCP analysis wonders about', () => {
    const capture = wholeLife();
    expect(capture.wrongFrames()).toEqual([]);
    expect(capture.read('bgp', ['frame.number']).length).toBeGreaterThan(15);
    expect(capture.read('_ws.expert.severity == error || bgp && _ws.expert.severity == warning', ['frame.number', '_ws.expert.message'])).toEqual([]);
    expect(capture.read('tcp.analysis.retransmission || tcp.analysis.lost_segment || tcp.analysis.out_of_order || tcp.analysis.ack_lost_segment', ['frame.number', '_ws.col.Info'])).toEqual([]);
    // Every byte of the streams is in a message that it understood.
    const sum = (filter: string, field: string): number => capture.read(filter, [field]).reduce((total, [list = '']) => total + list.split(',').reduce((all, text) => all + Number(text), 0), 0);
    expect(sum('bgp', 'bgp.length')).toBe(sum('tcp.len > 0', 'tcp.len'));
  });

  it('reads OPEN, capabilities and the large AS number', () => {
    const opens = wholeLife().read(`bgp.type == ${type.open} && ip.src == 10.254.254.2`, ['bgp.open.myas', 'bgp.open.holdtime', 'bgp.open.identifier', 'bgp.cap.4as', 'bgp.cap.type']);
    expect(opens.length).toBeGreaterThan(0);
    for (const open of opens) expect(open).toEqual(['23456', '180', '10.254.254.2', String(largeAsn), '1,2,65']);
  });

  it('reads the attributes of both sides', () => {
    const capture = wholeLife();
    const fields = ['bgp.update.path_attribute.origin', 'bgp.update.path_attribute.as_path_segment.as4', 'bgp.update.path_attribute.next_hop', 'bgp.update.path_attribute.local_pref', 'bgp.prefix_length', 'bgp.nlri_prefix'];
    const [ours] = capture.read(`bgp.type == ${type.update} && ip.src == 10.254.254.2`, fields);
    expect(ours).toEqual(['0', String(largeAsn), '10.254.254.2', '', '24', '10.30.1.0']);
    const theirs = capture.read(`bgp.type == ${type.update} && ip.src == 10.30.50.1 && bgp.nlri_prefix`, fields);
    expect(new Set(theirs.map(([origin, path, hop]) => `${origin} ${[...new Set(path?.split(','))].join(',')} ${[...new Set(hop?.split(','))].join(',')}`))).toEqual(new Set(['0 65010 10.30.50.1']));
  });

  it('counts the networks that were advertised and withdrawn', () => {
    const capture = wholeLife();
    const count = (filter: string, field: string): number => capture.read(`bgp.type == ${type.update} && ip.src == 10.30.50.1 && ${filter}`, [field]).reduce((sum, [list = '']) => sum + (list === '' ? 0 : list.split(',').length), 0);
    // Everything once, and what was left once more after the start.
    expect(count('bgp.nlri_prefix', 'bgp.nlri_prefix')).toBe(901 + 300);
    expect(count('bgp.withdrawn_prefix', 'bgp.withdrawn_prefix')).toBe(601);
  });

  it('reads the reasons of NOTIFICATION', () => {
    expect(wholeLife().read(`bgp.type == ${type.notification} && bgp.notify.minor_error_cease == 2`, ['ip.src']).length).toBe(1);
    const wrongAs = record(() => ({ gateway: { peers: [{ name: 'Office', address: officeSpeaker, asn: 65_011 }] } }), (simulation) => simulation.advance(20 * second));
    // Bad Peer AS; beside it a connection may end because of another one.
    const reasons = wrongAs.read(`bgp.type == ${type.notification} && bgp.notify.major_error != 6`, ['ip.src', 'bgp.notify.major_error', 'bgp.notify.minor_error_open']);
    expect(reasons.length).toBeGreaterThan(0);
    for (const reason of reasons) expect(reason).toEqual(['10.254.254.2', '2', '2']);
    expect(wrongAs.wrongFrames()).toEqual([]);
  });

  it('reads an internal session: LOCAL_PREF is there, the path is empty', () => {
    const sameAs = 64_512;
    const capture = record(() => ({ gateway: { peers: [{ name: 'Office', address: officeSpeaker, asn: sameAs }] }, office: { asn: sameAs, peers: [{ name: 'Gateway', address: gatewaySpeaker, asn: sameAs }] } }), (simulation) => {
      simulation.advance(20 * second);
      expect(simulation.bgpRouterState(officePlace(1))?.routes).toContainEqual({ destination: tenantNetwork, nextHop: gatewaySpeaker, origin: 'IGP', localPref: 100, med: null, asPath: '', learnedFrom: 'Gateway', state: 'Best' });
    });
    expect(capture.read(`bgp.type == ${type.update}`, ['bgp.update.path_attribute.local_pref', 'bgp.update.path_attribute.as_path_segment.as4'])).toEqual([['100', ''], ['100', '']]);
    expect(capture.wrongFrames()).toEqual([]);
  });

  it('reads the life of a session on a line that loses every tenth frame', () => {
    const capture = record(() => ({}), (simulation) => {
      simulation.setFaults([{ kind: 'link', segment: 'Internet', quality: { lossPerMillion: 100_000 } }]);
      simulation.advance(600 * second);
      simulation.setTunnel(gatewayId, 'Fabrikam tunnel', 'disconnected');
      simulation.advance(600 * second);
    });
    expect(capture.wrongFrames()).toEqual([]);
    expect(capture.read('tcp.analysis.retransmission', ['frame.number']).length).toBeGreaterThan(0);
  });
});
