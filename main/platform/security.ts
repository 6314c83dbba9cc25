/** Everything is denied unless listed: permissions, navigation, new windows, web views. */
import { app, session, type WebContents } from 'electron';
import { isTrustedUrl } from './origin.ts';

export interface SecurityLog {
  warn(message: string): void;
}

/** Applies to every web contents that will ever exist. Call once the app is ready, before the first window. */
export function hardenEverything(trusted: string, log: SecurityLog): void {
  app.on('web-contents-created', (_event, contents) => hardenContents(contents, trusted, log));
  const current = session.defaultSession;
  current.setPermissionRequestHandler((_contents, permission, callback) => {
    log.warn(`Denied permission request "${permission}"`);
    callback(false);
  });
  current.setPermissionCheckHandler(() => false);
  current.setDevicePermissionHandler(() => false);
  current.on('will-download', (event) => {
    log.warn('Denied a download');
    event.preventDefault();
  });
}

function hardenContents(contents: WebContents, trusted: string, log: SecurityLog): void {
  const deny = (event: { preventDefault(): void }, url: string): void => {
    if (isTrustedUrl(url, trusted)) return;
    log.warn(`Denied navigation to ${url.slice(0, 200)}`);
    event.preventDefault();
  };
  contents.on('will-navigate', (event, url) => deny(event, url));
  contents.on('will-redirect', (event, url) => deny(event, url));
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(({ url }) => {
    log.warn(`Denied a new window for ${url.slice(0, 200)}`);
    return { action: 'deny' };
  });
}
