/** Laws that must hold for whatever is thrown at the engine, by the million. A seeded generator instead of fast-check's: nothing is shrunk, but it is fast. */
import { describe, expect, it } from 'vitest';
import { ipv4 } from '../../shared/net/ipv4.ts';
import { Simulation } from './engine.ts';
import { Random } from './kernel/prng.ts';
import { contosoConfig, hostileFrame, vmId } from './testing/contoso.ts';
import { withOffices } from './testing/office.ts';
import { decodeArp } from './wire/arp.ts';
import { decodeIke } from './wire/ike.ts';
import { flowIdOf, vsidOf } from './wire/nvgre.ts';
import { headerLengthOf, isValidIpv4, protocolOf, totalLengthOf } from './wire/ipv4.ts';
import { hasValidChecksum, leastLength } from './wire/transport.ts';

const millisecond = 1_000_000;

describe('codecs', () => {
  it('never throw and never promise more than is there, on 1,000,000 random byte strings', () => {
    const random = new Random(11);
    const bytes = new Uint8Array(96);
    const view = new DataView(bytes.buffer);
    let valid = 0;
    for (let round = 0; round < 1_000_000; round += 1) {
      for (let at = 0; at < 96; at += 4) view.setUint32(at, random.uint32());
      const end = random.below(97);
      // Half of them begin like something real, so that the inner checks are reached as well.
      if (round % 2 === 0) view.setUint32(0, 0x45000000 + random.below(97));
      if (round % 8 === 0) view.setUint32(0, 0x20006558);
      if (round % 16 === 1) view.setUint32(0, 0x00010800);
      const arp = decodeArp(view, 0, end);
      if (arp !== undefined) expect(end).toBeGreaterThanOrEqual(28);
      const vsid = vsidOf(view, 0, end);
      if (vsid !== undefined) expect(vsid).toBeLessThan(2 ** 24);
      if (round % 32 === 0) decodeIke(bytes.subarray(0, end));
      if (!isValidIpv4(view, 0, end)) continue;
      valid += 1;
      const at = headerLengthOf(view, 0);
      expect(totalLengthOf(view, 0)).toBeLessThanOrEqual(end);
      const protocol = protocolOf(view, 0);
      expect(flowIdOf(view, 0, end)).toBeLessThan(256);
      if ((protocol === 6 || protocol === 17) && end - at >= leastLength(protocol)) hasValidChecksum(view, 0, at, end, protocol);
    }
    // A header checksum is right by chance once in 65,536.
    expect(valid).toBeGreaterThan(0);
  });
});

describe('isolation', () => {
  it('not a byte of 1,000,000 packets of one tenant is seen at another: machines, compartments, equal addresses', () => {
    const labs = 40;
    const perLab = 25_000;
    const seenAtOwn = new Set<number>();
    for (let lab = 1; lab <= labs; lab += 1) {
      const random = new Random(lab);
      const tenants = 2 + random.below(4);
      const names = Array.from({ length: tenants }, (_, tenant) => vmId(tenant, 1).replace('-VM01', ''));
      const config = contosoConfig(tenants, lab);
      // Every other lab with tunnels, to offices whose LANs are equal too.
      const simulation = new Simulation(lab % 2 === 0 ? withOffices(config, names) : config);
      const tags = Array.from({ length: tenants }, () => Buffer.from(Array.from({ length: 8 }, () => 1 + random.below(255))));
      const taps = simulation.tapNames();
      const captures = names.map((own) => {
        return simulation.startCapture({ taps: taps.filter((name) => name.includes(own)), maximumBytes: 32 * 1024 * 1024 });
      });
      for (let sent = 0; sent < perLab; sent += 1) {
        const tenant = random.below(tenants);
        const machine = random.below(2) === 0 ? 1 : 2;
        simulation.inject(vmId(tenant, machine), hostileFrame(random, tenant, machine, tags[tenant] ?? new Uint8Array()));
        if (sent % 16 === 0) simulation.advance(millisecond);
      }
      simulation.advance(100 * millisecond);
      captures.forEach((id, tenant) => {
        const bytes = Buffer.concat([...(simulation.endCapture(id, 0n) ?? [])]);
        tags.forEach((tag, other) => {
          const isSeen = bytes.includes(tag);
          if (other === tenant && isSeen) seenAtOwn.add(lab);
          if (other !== tenant && isSeen) throw new Error(`lab ${lab}: bytes of tenant ${other} were seen at tenant ${tenant}`);
        });
      });
      expect(simulation.totals().dropped).toBeGreaterThan(0);
    }
    // The watch itself works: every lab's tags were seen where they belong.
    expect(seenAtOwn.size).toBe(labs);
  }, 240_000);

  it('the watch sees what is really there', () => {
    const simulation = new Simulation(contosoConfig(2, 5));
    const id = simulation.startCapture({ taps: simulation.tapNames().filter((name) => name.includes('Fabrikam')), maximumBytes: 1_000_000 });
    simulation.startPing({ vmId: vmId(1, 1), destination: ipv4('10.30.1.5'), count: 1, payloadSize: 20, timeToLive: 64, doNotFragment: false, intervalNs: millisecond, timeoutNs: 1000 * millisecond });
    simulation.advance(500 * millisecond);
    expect(Buffer.concat([...(simulation.endCapture(id, 0n) ?? [])]).includes('abcdefgh')).toBe(true);
  });
});
