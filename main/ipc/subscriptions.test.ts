import { describe, expect, it } from 'vitest';
import type { Envelope } from '../../shared/contract/errors.ts';
import { ConsoleError, errorCodes } from '../../shared/contract/errors.ts';
import type { SimulationStatus } from '../../shared/contract/simulation.ts';
import { SubscriptionHub, type SubscriptionReaders, type Ticker } from './subscriptions.ts';

/** A ticker that the test turns by hand. */
class HandTicker implements Ticker {
  callback: (() => void) | undefined;
  every(_milliseconds: number, callback: () => void): () => void {
    this.callback = callback;
    return () => {
      this.callback = undefined;
    };
  }
}

function build(read: () => SimulationStatus | undefined): { hub: SubscriptionHub; ticker: HandTicker; messages: Envelope<unknown>[]; faults: unknown[] } {
  const ticker = new HandTicker();
  const messages: Envelope<unknown>[] = [];
  const faults: unknown[] = [];
  const missing = (): never => {
    throw new ConsoleError('probeNotFound', 'There is no such ping.', 'Start it again.');
  };
  const readers: SubscriptionReaders = {
    'simulation.status': read,
    'gateway.overview': missing,
    'gateway.compartments': missing,
    'gateway.capacity': missing,
    'nat.sessions': missing,
    'vpn.status': missing,
    'lab.importProgress': missing,
    'job.exportState': missing,
    'scenario.runState': missing,
    'probe.ping': missing,
    'probe.mtuCheck': missing,
    'terminal.output': missing,
  };
  return { hub: new SubscriptionHub(readers, ticker, (error) => faults.push(error)), ticker, messages, faults };
}

const status = (now: number): SimulationStatus => ({ now, speed: 1, packetsForwarded: 0, packetsDropped: 0 });

describe('SubscriptionHub', () => {
  it('sends the first value at once and later only what changed', () => {
    let now = 1;
    const { hub, ticker, messages } = build(() => status(now));
    hub.start(7, 'a', 'simulation.status', {}, { send: (message) => messages.push(message) });
    ticker.callback?.();
    now = 2;
    ticker.callback?.();
    expect(messages).toEqual([
      { ok: true, value: status(1) },
      { ok: true, value: status(2) },
    ]);
  });

  it('sends nothing while there is nothing to tell of yet', () => {
    const values = [undefined, undefined, status(3)];
    const { hub, ticker, messages } = build(() => values.shift());
    hub.start(7, 'a', 'simulation.status', {}, { send: (message) => messages.push(message) });
    ticker.callback?.();
    expect(messages).toEqual([]);
    ticker.callback?.();
    expect(messages).toEqual([{ ok: true, value: status(3) }]);
  });

  it('reads nothing when nobody looks', () => {
    const { hub, ticker } = build(() => status(0));
    hub.start(7, 'a', 'simulation.status', {}, { send: () => undefined });
    hub.start(7, 'b', 'simulation.status', {}, { send: () => undefined });
    hub.start(8, 'a', 'simulation.status', {}, { send: () => undefined });
    hub.stop(7, 'a');
    expect(hub.activeCount).toBe(2);
    hub.stopAllOf(7);
    expect(ticker.callback).toBeDefined();
    hub.stopAllOf(8);
    expect(ticker.callback).toBeUndefined();
  });

  it.each([
    ['no.such', {}, errorCodes.unknownProcedure],
    ['__proto__', {}, errorCodes.unknownProcedure],
    ['probe.ping', { pingId: 5 }, errorCodes.invalidInput],
    ['probe.ping', { pingId: 'gone' }, errorCodes.probeNotFound],
  ])('answers %s with its reason', (name, input, code) => {
    const { hub, messages } = build(() => status(0));
    hub.start(7, 'a', name, input, { send: (message) => messages.push(message) });
    expect(messages).toHaveLength(1);
    expect(messages[0]).toMatchObject({ ok: false, error: { code } });
    expect(hub.activeCount).toBe(0);
  });

  it('bounds what one window can ask for', () => {
    const { hub, messages } = build(() => status(0));
    for (let index = 0; index < 70; index += 1) {
      hub.start(7, String(index), 'simulation.status', {}, { send: (message) => messages.push(message) });
    }
    expect(hub.activeCount).toBe(64);
    expect(messages.filter((message) => !message.ok)).toHaveLength(6);
  });
});
