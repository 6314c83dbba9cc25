import { expect, it } from 'vitest';
import { startProblemPage } from './startProblem.ts';

it('shows code, message, action and file, and reads none of it as markup', () => {
  const { html } = startProblemPage(
    { code: 'HNV-4002', message: '<script>alert(1)</script>', recommendedAction: 'a & b', file: '/x/"y".sqlite' },
    'abc',
  );
  expect(html).not.toContain('<script');
  expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
  expect(html).toContain('a &amp; b');
  expect(html).toContain('/x/&quot;y&quot;.sqlite');
  expect(html).toContain('HNV-4002');
});
