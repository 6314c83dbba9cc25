/** What was counted of a peer since it was configured, as Get-BgpStatistics tells. */
import type { BgpMessageCounts, BgpStatistics } from '../state.ts';

type Counts = { -readonly [K in keyof BgpMessageCounts]: number };
const zero = (): Counts => ({ open: 0, update: 0, notification: 0, keepalive: 0, routeRefresh: 0 });

export class PeerStatistics {
  readonly sent = zero();
  readonly received = zero();
  #established = 0;
  #lost = 0;

  countEstablished(): void {
    this.#established += 1;
  }

  countLost(): void {
    this.#lost += 1;
  }

  state(): BgpStatistics {
    return { sent: { ...this.sent }, received: { ...this.received }, sessionsEstablished: this.#established, sessionsLost: this.#lost };
  }
}
