import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeIke, encodeIke, ikePayload, type IkeMessage } from './ike.ts';
import { espProposal, espSpiOf, notifyBody, notifyTypeOf } from './ikePayloads.ts';

const spi = fc.uint8Array({ minLength: 8, maxLength: 8 });
const plainTypes = [33, 34, 35, 36, 39, 40, 41, 42, 44, 45];
const payloads = fc.array(fc.record({ type: fc.constantFrom(...plainTypes), body: fc.uint8Array({ maxLength: 40 }) }), { maxLength: 6 });
const sealed = fc.option(fc.record({ body: fc.uint8Array({ maxLength: 80 }), inner: fc.constantFrom(0, ...plainTypes) }), { nil: undefined });

describe('IKEv2 messages', () => {
  it('come back as they were', () => {
    fc.assert(fc.property(spi, spi, fc.integer({ min: 34, max: 37 }), fc.boolean(), fc.boolean(), fc.nat(0xffffffff), payloads, sealed, (initiatorSpi, responderSpi, exchange, isFromInitiator, isResponse, messageId, chain, last) => {
      const message: IkeMessage = {
        initiatorSpi, responderSpi, exchange, isFromInitiator, isResponse, messageId,
        payloads: last === undefined ? chain : [...chain, { type: ikePayload.encrypted, body: last.body }],
        innerType: last?.inner ?? 0,
      };
      expect(decodeIke(encodeIke(message))).toEqual(message);
    }));
  });

  it('never throw on noise, nor on a whole message with one byte changed', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (noise) => {
      decodeIke(noise);
    }), { numRuns: 20_000 });
    const whole = encodeIke({ initiatorSpi: new Uint8Array(8), responderSpi: new Uint8Array(8), exchange: 34, isFromInitiator: true, isResponse: false, messageId: 0, payloads: [{ type: 33, body: espProposal(7) }, { type: 40, body: new Uint8Array(32) }], innerType: 0 });
    for (let at = 0; at < whole.length; at += 1) {
      for (const value of [0, 1, 127, 255]) {
        const changed = Uint8Array.from(whole);
        changed[at] = value;
        decodeIke(changed);
      }
    }
  });

  it('bodies are read no further than they go', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 20 }), (noise) => {
      espSpiOf(noise);
      notifyTypeOf(noise);
    }));
    expect(espSpiOf(espProposal(0xfedcba98))).toBe(0xfedcba98);
    expect(notifyTypeOf(notifyBody(16_393))).toBe(16_393);
  });
});
