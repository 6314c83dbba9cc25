/** Why a site-to-site interface is not connected, in our words. */
import type { ExchangeFailure } from './keyExchange.ts';

export type TunnelError = ExchangeFailure | 'peerLost' | 'peerClosed';

export const tunnelErrors: Readonly<Record<TunnelError, string>> = {
  peerSilent: 'The remote VPN device does not answer. Check its address, and that UDP 500 and ESP reach it.',
  authenticationFailed: 'Authentication failed: the remote VPN device and the gateway do not have the same pre-shared key, or one does not take the certificate of the other.',
  peerLost: 'The remote VPN device stopped answering.',
  peerClosed: 'The remote VPN device ended the connection.',
};
