/** The page shown when the console cannot start: what happened, to which file, what to do. */
import { contentSecurityPolicy } from './assets.ts';

export interface StartProblem {
  readonly code: string;
  readonly message: string;
  readonly recommendedAction: string;
  readonly file: string;
}

const style = `
  :root { color-scheme: light dark; --text: #242424; --soft: #616161; --back: #fafafa; --card: #fff; --line: #d1d1d1; --accent: #0f6cbd; }
  @media (prefers-color-scheme: dark) { :root { --text: #fff; --soft: #adadad; --back: #1f1f1f; --card: #292929; --line: #525252; --accent: #479ef5; } }
  body { margin: 0; min-height: 100vh; display: grid; place-items: center; background: var(--back); color: var(--text); font: 14px/20px 'Segoe UI', 'Open Sans', 'Noto Sans', sans-serif; }
  main { max-width: 560px; margin: 24px; padding: 24px; background: var(--card); border: 1px solid var(--line); border-radius: 4px; border-top: 4px solid var(--accent); }
  h1 { margin: 0 0 12px; font-size: 20px; line-height: 28px; font-weight: 600; }
  p { margin: 0 0 12px; overflow-wrap: anywhere; }
  dl { margin: 0; display: grid; grid-template-columns: max-content 1fr; gap: 4px 16px; color: var(--soft); font-size: 12px; }
  dd { margin: 0; overflow-wrap: anywhere; font-family: 'Cascadia Mono', 'Consolas', monospace; }
`;

/** A whole page with its policy; nothing of the problem is read as markup. */
export function startProblemPage(problem: StartProblem, nonce: string): { html: string; policy: string } {
  const html = `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>HNV Gateway Console cannot start</title><style nonce="${nonce}">${style}</style></head>
<body><main role="alert">
<h1>The console cannot open its database</h1>
<p>${escapeHtml(problem.message)}</p>
<p><strong>${escapeHtml(problem.recommendedAction)}</strong></p>
<dl><dt>Code</dt><dd>${escapeHtml(problem.code)}</dd><dt>File</dt><dd>${escapeHtml(problem.file)}</dd></dl>
</main></body></html>`;
  return { html, policy: contentSecurityPolicy(nonce) };
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
