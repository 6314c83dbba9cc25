/** BIRD as referee: the same speaker as in the simulation, on real sockets, talks to a router that did not come from here. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { ipv4, prefix } from '../../../shared/net/ipv4.ts';
import type { BgpConfig } from '../config.ts';
import { Bird, birdAddress, BirdNamespace, ownAddress, whyNoBird, type BirdSetup } from '../testing/bird/bird.ts';
import { RealSpeaker } from '../testing/bird/realSpeaker.ts';

const reason = whyNoBird();
if (reason !== undefined) console.warn(`LEFT OUT: BIRD as referee of BGP, because ${reason}`);

const ownAsn = 64_512;
const birdAsn = 65_010;
const patienceMs = 30_000;
/** Not the shortest that there is: a busy machine gives this process no turn for a second or two. */
const holdTimeSeconds = 9;
const overHoldTimeMs = 14_000;

function config(change: Partial<BgpConfig> = {}, peerAsn = birdAsn): BgpConfig {
  return { asn: ownAsn, routerId: ipv4(ownAddress), peers: [{ name: 'BIRD', address: ipv4(birdAddress), asn: peerAsn }], networks: [prefix('10.30.1.0/24'), prefix('10.30.2.0/23')], ...change };
}

describe.skipIf(reason !== undefined)('BIRD as referee', () => {
  let namespace: BirdNamespace;
  let speaker: RealSpeaker;
  let bird: Bird;

  beforeAll(() => {
    namespace = new BirdNamespace();
  });
  afterAll(() => namespace.dispose());
  afterEach(async () => {
    await speaker.dispose();
    await bird.dispose();
  });

  async function start(setup: Partial<BirdSetup> = {}, own: BgpConfig = config()): Promise<void> {
    bird = new Bird(namespace, { asn: birdAsn, peerAsn: ownAsn, networks: ['172.20.0.0/16', '172.21.8.0/21'], ...setup });
    speaker = new RealSpeaker(ownAddress);
    await speaker.listen();
    speaker.configure(own);
  }

  async function until(what: string, condition: () => boolean): Promise<void> {
    const deadline = Date.now() + patienceMs;
    while (!condition()) {
      if (Date.now() > deadline) throw new Error(`never: ${what}\n${JSON.stringify(speaker.peer, null, 1)}\n${bird.log}`);
      await pause(50);
    }
  }

  const established = (): Promise<void> => until('established', () => speaker.peer.status === 'Connected' && bird.isEstablished);

  it('establishes a session and exchanges routes both ways', { timeout: 60_000 }, async () => {
    await start();
    await established();
    await until('routes', () => speaker.learned.length === 2 && bird.learned.length === 2);
    expect(bird.learned).toEqual(['10.30.1.0/24', '10.30.2.0/23']);
    expect(speaker.learned).toEqual([`172.20.0.0/16 ${birdAddress} [65010]`, `172.21.8.0/21 ${birdAddress} [65010]`]);
    expect(bird.attributes).toMatch(/BGP\.origin: IGP/);
    expect(bird.attributes).toMatch(/BGP\.as_path: 64512\n/);
    expect(bird.attributes).toContain(`BGP.next_hop: ${ownAddress}`);
    expect(speaker.peer).toMatchObject({ fsmState: 'Established', identifier: ipv4(birdAddress), prefixesReceived: 2, prefixesAdvertised: 2 });
  });

  it('withdraws both ways', { timeout: 90_000 }, async () => {
    await start();
    await established();
    await until('routes', () => speaker.learned.length === 2 && bird.learned.length === 2);
    bird.setOwnNetworks('disable');
    speaker.configure(config({ networks: [prefix('10.30.2.0/23')] }));
    await until('withdrawals', () => speaker.learned.length === 0 && bird.learned.length === 1);
    expect(bird.learned).toEqual(['10.30.2.0/23']);
    bird.setOwnNetworks('enable');
    await until('advertised again', () => speaker.learned.length === 2);
    expect(speaker.peer.statistics).toMatchObject({ sessionsEstablished: 1, sessionsLost: 0 });
  });

  it('keeps a session with a short hold time alive', { timeout: 60_000 }, async () => {
    await start({ options: [`  hold time ${holdTimeSeconds};`] });
    await established();
    expect(speaker.peer.holdTimeNs).toBe(holdTimeSeconds * 1_000_000_000);
    await pause(overHoldTimeMs);
    expect(bird.isEstablished).toBe(true);
    expect(speaker.peer).toMatchObject({ status: 'Connected', statistics: { sessionsEstablished: 1, sessionsLost: 0 } });
  });

  it('tells BIRD by NOTIFICATION that its AS number is wrong', { timeout: 60_000 }, async () => {
    await start({}, config({}, 65_099));
    await until('a NOTIFICATION', () => speaker.peer.statistics.sent.notification > 0 && bird.log.includes('Bad peer AS'));
    expect(speaker.peer).toMatchObject({ status: 'Connecting', statistics: { sessionsEstablished: 0 } });
    expect(bird.learned).toEqual([]);
  });

  it('understands when BIRD says the same of ours', { timeout: 60_000 }, async () => {
    await start({ peerAsn: 64_999 });
    await until('a NOTIFICATION', () => speaker.peer.statistics.received.notification > 0 && /autonomous system/.test(speaker.peer.lastError ?? ''));
    expect(speaker.peer).toMatchObject({ status: 'Connecting', statistics: { sessionsEstablished: 0 } });
  });

  it('understands a shutdown, and connects anew', { timeout: 60_000 }, async () => {
    await start();
    await established();
    bird.setSession('disable');
    await until('the end', () => speaker.peer.status === 'Connecting' && speaker.learned.length === 0);
    expect(speaker.peer.lastError).toMatch(/administrator/);
    bird.setSession('enable');
    await established();
    await until('routes', () => speaker.learned.length === 2 && bird.learned.length === 2);
  });

  it('exchanges AS numbers of four bytes', { timeout: 60_000 }, async () => {
    await start({ asn: 4_200_000_010, peerAsn: 4_200_000_001 }, config({ asn: 4_200_000_001 }, 4_200_000_010));
    await established();
    await until('routes', () => speaker.learned.length === 2 && bird.learned.length === 2);
    expect(speaker.learned[0]).toContain('[4200000010]');
    expect(bird.attributes).toMatch(/BGP\.as_path: 4200000001\n/);
  });

  it('speaks with a router that did not agree on four bytes, through AS_TRANS and AS4_PATH', { timeout: 60_000 }, async () => {
    await start({ options: ['  enable as4 off;'], path: [65_020, 4_200_000_010, 65_030, 4_200_000_020] });
    await established();
    await until('routes', () => speaker.learned.length === 2 && bird.learned.length === 2);
    expect(speaker.learned[0]).toContain('[65010 65020 4200000010 65030 4200000020]');
    expect(bird.attributes).toMatch(/BGP\.as_path: 64512\n/);
  });

  it('speaks inside one AS, with LOCAL_PREF and an empty path', { timeout: 60_000 }, async () => {
    await start({ peerAsn: birdAsn }, config({ asn: birdAsn }));
    await established();
    await until('routes', () => speaker.learned.length === 2 && bird.learned.length === 2);
    expect(bird.attributes).toMatch(/BGP\.local_pref: 100\n/);
    expect(bird.attributes).toMatch(/BGP\.as_path: \n/);
    expect(speaker.learned[0]).toContain('[]');
  });

  it('answers ROUTE-REFRESH with everything', { timeout: 90_000 }, async () => {
    await start();
    await established();
    await until('routes', () => bird.learned.length === 2);
    const before = speaker.peer.statistics.sent.update;
    bird.refresh();
    await until('asked', () => speaker.peer.statistics.received.routeRefresh === 1);
    await until('answered', () => speaker.peer.statistics.sent.update > before);
    expect(bird.learned).toEqual(['10.30.1.0/24', '10.30.2.0/23']);
  });

  it('exchanges thousands of networks', { timeout: 60_000 }, async () => {
    const theirs = Array.from({ length: 5000 }, (_, at) => `172.${16 + (at >>> 10)}.${(at >>> 2) & 0xff}.${(at & 3) * 64}/26`);
    const ours = Array.from({ length: 5000 }, (_, at) => ({ address: ipv4('10.0.0.0') + at * 256, length: 24 }));
    await start({ networks: theirs }, config({ networks: ours }));
    await established();
    await until('routes', () => speaker.learned.length === 5000 && bird.learned.length === 5000);
    expect(speaker.peer.prefixesAdvertised).toBe(5000);
  });
});

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => void setTimeout(resolve, milliseconds));
}
