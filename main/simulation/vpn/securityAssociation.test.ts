import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ipv4 } from '../../../shared/net/ipv4.ts';
import { Random } from '../kernel/prng.ts';
import { CaptureFile, hasTshark, warnWithoutTshark } from '../testing/tshark.ts';
import { icmpType, writeIcmp } from '../wire/icmp.ts';
import { ipProtocol, ipv4Length, writeIpv4 } from '../wire/ipv4.ts';
import { interfaceBlock, packetBlock, sectionHeader } from '../wire/pcapng.ts';
import { espKeysOf, espLength, InboundAssociation, OutboundAssociation } from './securityAssociation.ts';

const keys = espKeysOf(Uint8Array.from({ length: 52 }, (_, index) => index + 1));
const otherKeys = espKeysOf(Uint8Array.from({ length: 52 }, (_, index) => index + 2));
const spi = 0x12345678;

function seal(outbound: OutboundAssociation, inner: Uint8Array): Uint8Array {
  const out = new Uint8Array(espLength(inner.length));
  outbound.seal(inner, out, new Random(1));
  return out;
}

describe('ESP', () => {
  it('gives back what was sealed, of any length', () => {
    fc.assert(fc.property(fc.uint8Array({ minLength: 1, maxLength: 1500 }), (inner) => {
      const opened = new InboundAssociation(spi, keys).open(seal(new OutboundAssociation(spi, keys), inner));
      expect(opened).toEqual(inner);
    }));
  });

  it('refuses any changed bit, and other keys', () => {
    const sealed = seal(new OutboundAssociation(spi, keys), new Uint8Array(40));
    fc.assert(fc.property(fc.integer({ min: 32, max: sealed.length * 8 - 1 }), (bit) => {
      const changed = Uint8Array.from(sealed);
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      // A changed sequence number may be 0, which is refused as a replay.
      expect(['espNotAuthentic', 'espReplayed']).toContain(new InboundAssociation(spi, keys).open(changed));
    }));
    expect(new InboundAssociation(spi, otherKeys).open(sealed)).toBe('espNotAuthentic');
  });

  it('never throws on noise', () => {
    const inbound = new InboundAssociation(spi, keys);
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (noise) => {
      expect(typeof inbound.open(noise)).toBe('string');
    }), { numRuns: 20_000 });
  });

  it('takes every packet once, in any order inside the window, as an obvious model does', () => {
    fc.assert(fc.property(fc.array(fc.integer({ min: 1, max: 200 }), { maxLength: 300 }), (order) => {
      const outbound = new OutboundAssociation(spi, keys);
      const sealed = Array.from({ length: 200 }, () => seal(outbound, new Uint8Array(20)));
      const inbound = new InboundAssociation(spi, keys);
      const seen = new Set<number>();
      let highest = 0;
      for (const sequence of order) {
        const isFresh = !seen.has(sequence) && sequence > highest - 64;
        const opened = inbound.open(sealed[sequence - 1] ?? new Uint8Array());
        expect(opened === 'espReplayed').toBe(!isFresh);
        if (!isFresh) continue;
        seen.add(sequence);
        highest = Math.max(highest, sequence);
      }
    }), { numRuns: 50 });
  });
});

warnWithoutTshark('ESP decrypted by tshark');

describe.skipIf(!hasTshark)('tshark as referee of ESP', () => {
  it('decrypts every packet, finds it authentic, and the echo request in it whole', () => {
    const outbound = new OutboundAssociation(spi, keys);
    const frames = [0, 1, 13, 14, 15, 16, 100, 1372].map((payload) => espFrame(outbound, echoRequest(payload)));
    const blocks = [sectionHeader('test'), interfaceBlock({ name: 'outside', description: '', link: 'ipv4' }, 65_535), ...frames.map((frame) => packetBlock(0, 0n, frame, frame.length, ''))];
    const hexOf = (bytes: Uint8Array): string => `0x${Buffer.from(bytes).toString('hex')}`;
    const association = `"IPv4","198.51.100.20","203.0.113.5","0x${spi.toString(16)}","AES-CBC [RFC3602]","${hexOf(keys.encryption)}","HMAC-SHA-1-96 [RFC2404]","${hexOf(keys.integrity)}"`;
    const file = new CaptureFile(blocks, ['-o', 'esp.enable_encryption_decode:TRUE', '-o', 'esp.enable_authentication_check:TRUE', '-o', `uat:esp_sa:${association}`]);
    try {
      expect(file.wrongFrames()).toEqual([]);
      expect(file.read('esp', ['esp.spi', 'esp.sequence']).map(([, sequence]) => Number(sequence))).toEqual(frames.map((_, index) => index + 1));
      expect(file.read('esp.icv_bad == 1', ['frame.number'])).toEqual([]);
      const inside = file.read('esp.icv_good == 1 && icmp.type == 8', ['ip.src', 'ip.dst', 'data.len']);
      expect(inside).toHaveLength(frames.length);
      for (const [source, destination] of inside) expect([source, destination]).toEqual(['198.51.100.20,10.30.50.101', '203.0.113.5,10.30.1.4']);
    } finally {
      file.dispose();
    }
  });
});

function echoRequest(payload: number): Uint8Array {
  const bytes = new Uint8Array(ipv4Length + 8 + payload);
  const view = new DataView(bytes.buffer);
  writeIpv4(view, 0, { source: ipv4('10.30.50.101'), destination: ipv4('10.30.1.4'), protocol: ipProtocol.icmp, timeToLive: 128, identification: 1, doNotFragment: false, totalLength: bytes.length });
  writeIcmp(view, ipv4Length, bytes.length, icmpType.echoRequest, 0, 1);
  return bytes;
}

function espFrame(outbound: OutboundAssociation, inner: Uint8Array): Uint8Array {
  const sealed = seal(outbound, inner);
  const bytes = new Uint8Array(ipv4Length + sealed.length);
  const view = new DataView(bytes.buffer);
  writeIpv4(view, 0, { source: ipv4('198.51.100.20'), destination: ipv4('203.0.113.5'), protocol: ipProtocol.esp, timeToLive: 64, identification: 1, doNotFragment: false, totalLength: bytes.length });
  bytes.set(sealed, ipv4Length);
  return bytes;
}
