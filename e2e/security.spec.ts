import { startAgain } from './support/application.ts';
import { expect, operatorOf, test } from './support/test.ts';

test('the window is a page and nothing more', async ({ start }) => {
  const application = await start();
  const { page } = application;
  await expect(operatorOf(application).vmNetwork('Fabrikam')).toBeVisible();

  await test.step('no Node, three functions from the preload', async () => {
    const seen = await page.evaluate(() => ({
      node: ['require', 'process', 'module', 'Buffer', 'global'].filter((name) => name in window),
      bridge: Object.keys(window.hnv).sort(),
    }));
    expect(seen).toEqual({ node: [], bridge: ['invoke', 'onInvalidate', 'subscribe'] });
  });

  await test.step('no code from text, no frame, no connection outside', async () => {
    const results = await page.evaluate(async () => {
      const outcome = async (work: () => unknown) => {
        try {
          await work();
          return 'allowed';
        } catch {
          return 'refused';
        }
      };
      return {
        connection: await outcome(() => fetch('https://example.invalid/')),
        file: await outcome(() => fetch('file:///etc/passwd')),
        // The server answers 404 to a path that climbs out of the folder.
        climb: (await fetch('app://console/..%2f..%2fpackage.json')).status,
      };
    });
    // An inline handler runs outside of the debugger's call, so the policy meets it as it would meet an attacker's.
    await page.evaluate(() => {
      const image = document.createElement('img');
      image.setAttribute('onerror', 'document.title = "code from text"');
      image.src = 'data:,';
      document.body.append(image);
    });
    await page.waitForTimeout(100);
    expect(await page.title()).toBe('HNV Gateway Console');
    expect(results).toEqual({ connection: 'refused', file: 'refused', climb: 404 });
  });

  await test.step('no navigation, no new window', async () => {
    const before = page.url();
    await page.evaluate(() => {
      window.open('https://example.invalid/');
      window.location.href = 'https://example.invalid/';
    });
    await page.waitForTimeout(300);
    expect(page.url()).toBe(before);
    expect(application.electron.windows()).toHaveLength(1);
  });

  await test.step('no permission', async () => {
    expect(await page.evaluate(() => Notification.requestPermission())).toBe('denied');
    const media = await page.evaluate(() => navigator.mediaDevices.getUserMedia({ audio: true }).then(() => 'allowed', () => 'refused'));
    expect(media).toBe('refused');
  });

  await test.step('unknown and malformed calls are answered with an error code', async () => {
    const codes = await page.evaluate(async () => {
      const calls = [
        ['store.everything', {}],
        ['vmNetwork.get', { id: 42 }],
        ['vmNetwork.list', { limit: 1e9 }],
        ['operation.start', { operationId: '__proto__', input: {} }],
        ['vmNetwork.get', { id: "x' OR 1=1 --" }],
      ] as const;
      return Promise.all(calls.map(async ([name, input]) => {
        const answer = JSON.parse(await window.hnv.invoke(name, input)) as { readonly ok: boolean; readonly error?: { readonly code: string } };
        return answer.error?.code ?? 'ok';
      }));
    });
    expect(codes).toEqual(['HNV-9002', 'HNV-1001', 'HNV-1001', 'HNV-1001', 'HNV-1002']);
  });
});

test('a second start brings the first window to the front instead of a second console', async ({ start, userData }) => {
  const first = await start();
  await expect(operatorOf(first).vmNetwork('Fabrikam')).toBeVisible();
  const told = first.electron.evaluate(({ app }) => new Promise<boolean>((resolve) => app.once('second-instance', () => resolve(true))));
  // Started as an operator would, without the driver: that looks into a process which ends at once, and trips over it.
  expect(await startAgain(userData)).toBe(0);
  expect(await told).toBe(true);
  expect(first.electron.windows()).toHaveLength(1);
});
