/** The Linux kernel as referee: the same frames into the same topology, the same frames out. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Random } from './kernel/prng.ts';
import { KernelRouter, whyNoKernel, type IndexedFrame } from './testing/kernel/kernelRouter.ts';
import { normalise } from './testing/kernel/normalise.ts';
import { randomFlows } from './testing/kernel/randomFlows.ts';
import { randomGateway } from './testing/kernel/randomGateway.ts';
import { hairpinFlows } from './testing/kernel/hairpinFlows.ts';
import { forKernel, randomHairpin } from './testing/kernel/randomHairpin.ts';
import { legCount, randomRouter } from './testing/kernel/randomRouter.ts';

const reason = whyNoKernel();
if (reason !== undefined) console.warn(`LEFT OUT: the Linux kernel as referee, because ${reason}`);

/** What each side says that the other does not; empty when they agree, also on how often. */
function difference(engine: readonly IndexedFrame[], kernel: readonly IndexedFrame[], own: ReadonlySet<number>): { engine: string[]; kernel: string[] } {
  const text = (list: readonly IndexedFrame[]) => list.flatMap(({ at, frame }) => normalise(at, frame, own) ?? []);
  const without = (list: string[], other: string[]) => {
    const left = [...other];
    return list.filter((line) => {
      const at = left.indexOf(line);
      if (at >= 0) left.splice(at, 1);
      return at < 0;
    });
  };
  const [here, there] = [text(engine), text(kernel)];
  return { engine: without(here, there), kernel: without(there, here) };
}

const agreement = { engine: [], kernel: [] };

describe.skipIf(reason !== undefined)('the Linux kernel as referee', () => {
  let kernel: KernelRouter;
  beforeAll(async () => {
    kernel = await KernelRouter.start(legCount);
  });
  afterAll(() => kernel.dispose());

  it('routes 15,000 packets through 150 random topologies as the kernel does', async () => {
    let packets = 0;
    for (let seed = 1; seed <= 150; seed += 1) {
      const { kernel: setup, own, run, frames } = randomRouter(seed);
      const sent = frames(100);
      await kernel.configure(setup);
      const engine = run(sent);
      const answer = await kernel.exchange(sent, engine.length);
      expect(difference(engine, answer, own), `topology ${seed}: ${JSON.stringify(setup)}`).toEqual(agreement);
      packets += sent.length;
    }
    expect(packets).toBe(15_000);
  }, 300_000);

  it('translates the flows of 60 random gateways as nftables does', async () => {
    let packets = 0;
    for (let seed = 1; seed <= 60; seed += 1) {
      const random = new Random(1000 + seed);
      const gateway = randomGateway(random, seed);
      const flows = randomFlows(random, gateway, 45);
      await kernel.configure(gateway.kernel);
      let sentOut: readonly IndexedFrame[] = [];
      for (const round of ['open', 'answer', 'goOn'] as const) {
        const sent = round === 'answer' ? flows.answer(sentOut) : flows[round]();
        const engine = gateway.run(sent);
        const answer = await kernel.exchange(sent, engine.length);
        expect(difference(engine, answer, gateway.own), `gateway ${seed}, round ${round}`).toEqual(agreement);
        sentOut = engine;
        packets += sent.length;
      }
    }
    expect(packets).toBeGreaterThan(5000);
  }, 300_000);

  it('turns packets of 30 random gateways round at the external address, as nftables does', async () => {
    let packets = 0;
    for (let seed = 1; packets < 30 * 60; seed += 1) {
      const random = new Random(2000 + seed);
      const gateway = randomGateway(random, 60 + seed);
      if (gateway.mappings.length === 0) continue;
      const flows = hairpinFlows(random, gateway, 30);
      await kernel.configure(gateway.kernel);
      let arrived: readonly IndexedFrame[] = [];
      for (const round of ['open', 'answer', 'goOn'] as const) {
        const sent = round === 'answer' ? flows.answer(arrived) : flows[round]();
        const engine = gateway.run(sent);
        expect(engine.length).toBe(sent.length);
        const answer = await kernel.exchange(sent, engine.length);
        expect(difference(engine, answer, gateway.own), `gateway ${seed}, round ${round}`).toEqual(agreement);
        arrived = engine;
        packets += sent.length;
      }
    }
  }, 300_000);

  it('carries packets between two tenants of one gateway, and within each, as nftables does: 30 random pairs', async () => {
    let [sentIn, cameBack] = [0, 0];
    for (let number = 1; number <= 30; number += 1) {
      const pair = randomHairpin(new Random(5000 + number), number);
      await kernel.configure(pair.kernel);
      let arrived: readonly IndexedFrame[] = [];
      for (const round of ['open', 'answer', 'goOn'] as const) {
        const sent = pair[round](arrived);
        const engine = pair.run(sent);
        const answer = await kernel.exchange(forKernel(sent), engine.length);
        expect(difference(engine, answer, pair.own), `pair ${number}, round ${round}`).toEqual(agreement);
        arrived = engine;
        sentIn += sent.length;
        cameBack += engine.length;
      }
    }
    expect(sentIn).toBeGreaterThan(1500);
    // Nearly everything comes back: only what nobody published does not.
    expect(cameBack).toBeGreaterThan(sentIn * 0.75);
  }, 300_000);
});
