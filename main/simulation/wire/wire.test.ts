import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { adjust16, adjust32, checksum } from './checksum.ts';
import { arpLength, decodeArp, writeArp } from './arp.ts';
import { readMac, writeMac } from './ethernet.ts';
import { decrementTimeToLive, isValidIpv4, setAddress, writeIpv4 } from './ipv4.ts';
import { flowIdOf, vsidOf, writeNvgre } from './nvgre.ts';
import { hasValidChecksum, writeTcp, writeUdp } from './transport.ts';

const bytes = fc.uint8Array({ minLength: 0, maxLength: 128 });
const viewOf = (data: Uint8Array): DataView => new DataView(data.buffer, data.byteOffset, data.byteLength);
const address = fc.integer({ min: 0, max: 0xffffffff });
const word = fc.integer({ min: 0, max: 0xffff });
const mac = fc.integer({ min: 0, max: 2 ** 48 - 1 });

/** RFC 1071 as its text says, one word after the other. */
function slowChecksum(data: Uint8Array): number {
  let sum = 0;
  for (let at = 0; at < data.length; at += 2) {
    sum += (data[at] ?? 0) * 256 + (data[at + 1] ?? 0);
    sum = (sum % 65536) + Math.floor(sum / 65536);
  }
  return 65535 - sum;
}

describe('checksums', () => {
  it('agree with the obvious way', () => {
    fc.assert(fc.property(bytes, (data) => {
      expect(checksum(viewOf(data), 0, data.length)).toBe(slowChecksum(data));
    }));
  });

  it('match the example of RFC 1071 §3', () => {
    const data = Uint8Array.of(0x00, 0x01, 0xf2, 0x03, 0xf4, 0xf5, 0xf6, 0xf7);
    expect(checksum(viewOf(data), 0, 8)).toBe(~0xddf2 & 0xffff);
  });

  it('match the example of RFC 1624 §4', () => {
    expect(adjust16(0xdd2f, 0x5555, 0x3285)).toBe(0x0000);
  });

  it('follow a change of any word, up to the two forms of zero', () => {
    fc.assert(fc.property(fc.uint8Array({ minLength: 8, maxLength: 8 }), address, (data, next) => {
      const view = viewOf(data);
      const adjusted = adjust32(checksum(view, 0, 8), view.getUint32(4), next);
      view.setUint32(4, next);
      expect(adjusted % 0xffff).toBe(checksum(view, 0, 8) % 0xffff);
    }));
  });
});

describe('decoders of anything', () => {
  it('never throw and never read beyond the end', () => {
    fc.assert(fc.property(bytes, (data) => {
      const view = viewOf(data);
      decodeArp(view, 0, data.length);
      vsidOf(view, 0, data.length);
      if (isValidIpv4(view, 0, data.length)) {
        flowIdOf(view, 0, data.length);
        decrementTimeToLive(view, 0);
      }
    }), { numRuns: 20_000 });
  });

  it('refuse an IPv4 header with any damaged bit', () => {
    const data = new Uint8Array(20);
    writeIpv4(viewOf(data), 0, { source: 0x0a1e0104, destination: 0xc0000250, protocol: 1, timeToLive: 128, identification: 7, doNotFragment: false, totalLength: 20 });
    expect(isValidIpv4(viewOf(data), 0, 20)).toBe(true);
    for (let bit = 0; bit < 160; bit += 1) {
      const damaged = Uint8Array.from(data);
      damaged[bit >> 3] = (damaged[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(isValidIpv4(viewOf(damaged), 0, 20)).toBe(false);
    }
  });
});

describe('round trips', () => {
  it('MAC addresses', () => {
    fc.assert(fc.property(mac, (value) => {
      const view = new DataView(new ArrayBuffer(6));
      writeMac(view, 0, value);
      expect(readMac(view, 0)).toBe(value);
    }));
  });

  it('ARP', () => {
    fc.assert(fc.property(fc.constantFrom(1, 2), mac, address, mac, address, (operation, senderMac, senderAddress, targetMac, targetAddress) => {
      const view = new DataView(new ArrayBuffer(arpLength));
      const arp = { operation, senderMac, senderAddress, targetMac, targetAddress };
      writeArp(view, 0, arp);
      expect(decodeArp(view, 0, arpLength)).toEqual(arp);
    }));
  });

  it('NVGRE carries 24 bits of VSID beside 8 of FlowID', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 0xffffff }), fc.integer({ min: 0, max: 255 }), (vsid, flow) => {
      const view = new DataView(new ArrayBuffer(8));
      writeNvgre(view, 0, vsid, flow);
      expect(vsidOf(view, 0, 8)).toBe(vsid);
      expect(view.getUint8(7)).toBe(flow);
      expect(view.getUint32(0)).toBe(0x20006558);
    }));
  });

  it('IPv4 stays valid when it is routed and translated', () => {
    fc.assert(fc.property(address, address, address, fc.integer({ min: 2, max: 255 }), word, (source, destination, next, timeToLive, identification) => {
      const view = new DataView(new ArrayBuffer(20));
      writeIpv4(view, 0, { source, destination, protocol: 17, timeToLive, identification, doNotFragment: true, totalLength: 20 });
      decrementTimeToLive(view, 0);
      setAddress(view, 0, 'source', next);
      expect(isValidIpv4(view, 0, 20)).toBe(true);
      expect(view.getUint32(12)).toBe(next);
      expect(view.getUint8(8)).toBe(timeToLive - 1);
    }));
  });

  it('UDP and TCP have right checksums, and any damaged bit is seen', () => {
    fc.assert(fc.property(bytes, address, address, word, word, fc.boolean(), fc.nat(), (data, source, destination, from, to, isTcp, damage) => {
      const header = isTcp ? 20 : 8;
      const length = 20 + header + data.length;
      const buffer = new Uint8Array(length);
      const view = viewOf(buffer);
      writeIpv4(view, 0, { source, destination, protocol: isTcp ? 6 : 17, timeToLive: 64, identification: 0, doNotFragment: false, totalLength: length });
      buffer.set(data, 20 + header);
      if (isTcp) writeTcp(view, 0, 20, length, { sourcePort: from, destinationPort: to, sequence: 1, acknowledgement: 2, flags: 16 });
      else writeUdp(view, 0, 20, length, from, to);
      expect(hasValidChecksum(view, 0, 20, length, isTcp ? 6 : 17)).toBe(true);
      const bit = damage % ((length - 20) * 8);
      buffer[20 + (bit >> 3)] = (buffer[20 + (bit >> 3)] ?? 0) ^ (1 << (bit & 7));
      const means = !isTcp && view.getUint16(26) === 0;
      expect(hasValidChecksum(view, 0, 20, length, isTcp ? 6 : 17)).toBe(means);
    }));
  });
});
