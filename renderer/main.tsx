/** Starts the window: fonts, styles under the page's nonce, queries, the shell. */
import '@fontsource-variable/open-sans/wght.css';
import '@fontsource/cascadia-mono/400.css';
import './global.css';
import { createDOMRenderer, RendererProvider } from '@fluentui/react-components';
import { QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { z } from 'zod';
import { connectInvalidation, createQueryClient } from './bridge/queries.ts';
import { App } from './shell/App.tsx';
import { passEscapeOnFromTooltips } from './shell/escapeBehindTooltip.ts';

// The Content Security Policy forbids code made at run time, which zod's fast path would try.
z.config({ jitless: true });

const root = document.getElementById('root');
if (root === null) throw new Error('The page has no root element.');

const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? '';
const styles = createDOMRenderer(document, { styleElementAttributes: { nonce } });
const queries = createQueryClient();
connectInvalidation(queries);
passEscapeOnFromTooltips();

createRoot(root).render(
  <StrictMode>
    <RendererProvider renderer={styles} targetDocument={document}>
      <QueryClientProvider client={queries}>
        <App />
      </QueryClientProvider>
    </RendererProvider>
  </StrictMode>,
);
