/** The `app://` protocol: serves the built renderer and nothing else, with the Content Security Policy as a header. */
import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { protocol } from 'electron';
import { contentSecurityPolicy, contentTypeOf, resolveAsset } from './assets.ts';
import { appScheme } from './origin.ts';
import { startProblemPage, type StartProblem } from './startProblem.ts';

/** Must run before the app is ready. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: appScheme, privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ]);
}

export function serveRenderer(root: string): void {
  protocol.handle(appScheme, async (request) => {
    const file = resolveAsset(root, request.url);
    if (file === undefined || request.method !== 'GET') return new Response('Not found', { status: 404 });
    try {
      return await respond(file);
    } catch {
      return new Response('Not found', { status: 404 });
    }
  });
}

async function respond(file: string): Promise<Response> {
  const headers: Record<string, string> = {
    'content-type': contentTypeOf(file),
    'x-content-type-options': 'nosniff',
    'cross-origin-opener-policy': 'same-origin',
    'referrer-policy': 'no-referrer',
  };
  const bytes = await readFile(file);
  if (path.extname(file) !== '.html') return new Response(new Uint8Array(bytes), { headers });
  const nonce = randomBytes(16).toString('base64');
  headers['content-security-policy'] = contentSecurityPolicy(nonce);
  return new Response(bytes.toString('utf8').replaceAll('%CSP_NONCE%', nonce), { headers });
}

/** Instead of the console: the reason why it cannot start. */
export function serveStartProblem(problem: StartProblem): void {
  protocol.handle(appScheme, () => {
    const { html, policy } = startProblemPage(problem, randomBytes(16).toString('base64'));
    return new Response(html, { headers: { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': policy } });
  });
}
