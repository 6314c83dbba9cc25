/** Which addresses are the console's own. Pure, so that a table test can hold it. */

export const appScheme = 'app';
export const appHost = 'console';
export const appOrigin = `${appScheme}://${appHost}`;

/** Origin of the page that windows load: the own protocol, or the Vite server under `npm run dev`. */
export function trustedOrigin(devServer: string | undefined): string {
  return devServer === undefined ? appOrigin : new URL(devServer).origin;
}

/** URL of a custom scheme has origin "null" in Node, so scheme and host are compared. */
export function isTrustedUrl(url: string, trusted: string): boolean {
  const parsed = parseUrl(url);
  if (parsed === undefined) return false;
  const expected = new URL(trusted);
  return parsed.protocol === expected.protocol && parsed.host === expected.host && parsed.username === '' && parsed.password === '';
}

/** Undefined for what is no address. Electron 25 has no `URL.canParse`. */
export function parseUrl(text: string): URL | undefined {
  try {
    return new URL(text);
  } catch {
    return undefined;
  }
}
