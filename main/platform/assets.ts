/** Which files the `app://` protocol serves, and under which policy. Pure, so that tests can try to break out. */
import path from 'node:path';
import { appHost, parseUrl } from './origin.ts';

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
  '.json': 'application/json',
  '.wasm': 'application/wasm',
};

/** Policy of a page: own files only; style elements need the page's nonce. */
export function contentSecurityPolicy(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "worker-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "object-src 'none'",
  ].join('; ');
}

/** Maps a request to a file under `root`; undefined for anything outside it or of an unknown type. */
export function resolveAsset(root: string, url: string): string | undefined {
  const parsed = parseUrl(url);
  if (parsed?.host !== appHost) return undefined;
  const decoded = decodePath(parsed.pathname);
  if (decoded === undefined || decoded.includes('\0') || decoded.includes('\\')) return undefined;
  const file = path.join(root, decoded === '/' ? 'index.html' : decoded);
  if (!file.startsWith(root + path.sep)) return undefined;
  return contentTypes[path.extname(file)] === undefined ? undefined : file;
}

/** MIME type of a file that resolveAsset let through. */
export function contentTypeOf(file: string): string {
  return contentTypes[path.extname(file)] ?? 'application/octet-stream';
}

function decodePath(pathname: string): string | undefined {
  try {
    return decodeURIComponent(pathname);
  } catch {
    return undefined;
  }
}
