import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contentSecurityPolicy, resolveAsset } from './assets.ts';
import { appOrigin, isTrustedUrl, trustedOrigin } from './origin.ts';

const root = path.resolve('/srv/renderer');

describe('resolveAsset', () => {
  it('serves the page and its files', () => {
    expect(resolveAsset(root, `${appOrigin}/`)).toBe(path.join(root, 'index.html'));
    expect(resolveAsset(root, `${appOrigin}/assets/main.js?v=1`)).toBe(path.join(root, 'assets', 'main.js'));
  });

  it.each([
    `${appOrigin}/../secret.html`,
    `${appOrigin}/%2e%2e/secret.html`,
    `${appOrigin}/..%2f..%2fetc/hosts.html`,
    `${appOrigin}/a%00.html`,
    `${appOrigin}/%5c..%5csecret.html`,
    `${appOrigin}/%E0%A4%A.html`,
    'app://other/index.html',
    `${appOrigin}/program.exe`,
    'not a url',
  ])('refuses or stays inside for %s', (url) => {
    const file = resolveAsset(root, url);
    expect(file === undefined || file.startsWith(root + path.sep)).toBe(true);
    if (url.includes('other') || url.includes('exe') || url === 'not a url' || url.includes('%00') || url.includes('%5c')) expect(file).toBeUndefined();
  });

  it('never leaves its folder, whatever the path', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const file = resolveAsset(root, `${appOrigin}/${text}.html`);
        expect(file === undefined || path.resolve(file).startsWith(root + path.sep)).toBe(true);
      }),
    );
  });
});

describe('contentSecurityPolicy', () => {
  it('allows no evaluation, no inline script and no foreign origin', () => {
    const policy = contentSecurityPolicy('abc');
    expect(policy).not.toContain('unsafe');
    expect(policy).not.toMatch(/https?:|\*/);
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("'nonce-abc'");
  });
});

describe('isTrustedUrl', () => {
  it.each([
    [`${appOrigin}/`, true],
    [`${appOrigin}/index.html#x`, true],
    ['app://console.evil/', false],
    ['app://evil@console/', false],
    ['http://console/', false],
    ['file:///etc/passwd', false],
    ['about:blank', false],
    ['', false],
  ])('%s -> %s', (url, trusted) => {
    expect(isTrustedUrl(url, trustedOrigin(undefined))).toBe(trusted);
  });

  it('trusts the development server only when there is one', () => {
    expect(isTrustedUrl('http://localhost:5173/x', trustedOrigin('http://localhost:5173'))).toBe(true);
    expect(isTrustedUrl('http://localhost:5174/', trustedOrigin('http://localhost:5173'))).toBe(false);
  });
});
