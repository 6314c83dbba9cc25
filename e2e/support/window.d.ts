import type { PreloadBridge } from '../../shared/contract/bridge.ts';

declare global {
  interface Window {
    /** What the preload script puts into the page. */
    readonly hnv: PreloadBridge;
  }
}
