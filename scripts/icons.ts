/** `node scripts/icons.ts`: draws resources/icons/icon.svg as PNG files in all sizes that packages need. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { _electron as electron, type Page } from '@playwright/test';
import { launchEnvironment, prepareRuntime } from './runtime/launch.ts';
import { projectRoot } from './runtime/places.ts';
import { runScript } from './runtime/report.ts';

const folder = path.join(projectRoot, 'resources', 'icons');
const sizes = [16, 24, 32, 48, 64, 128, 256, 512, 1024];

await runScript(async () => {
  const picture = readFileSync(path.join(folder, 'icon.svg')).toString('base64');
  const runtime = await prepareRuntime({ display: true });
  const application = emptyApplication();
  try {
    const painter = await electron.launch({ executablePath: runtime.executable, args: [...runtime.args, application], env: launchEnvironment(runtime) });
    const page = await painter.firstWindow();
    for (const size of sizes) writeFileSync(path.join(folder, `${size}x${size}.png`), await draw(page, picture, size));
    await painter.close();
  } finally {
    rmSync(application, { recursive: true, force: true });
  }
  return 0;
});

/** An application with one empty window, whose canvas does the drawing. */
function emptyApplication(): string {
  const place = mkdtempSync(path.join(tmpdir(), 'hnv-icons-'));
  writeFileSync(path.join(place, 'package.json'), JSON.stringify({ name: 'icons', version: '1.0.0', main: 'main.js' }));
  writeFileSync(path.join(place, 'main.js'), "const { app, BrowserWindow } = require('electron');\napp.whenReady().then(() => new BrowserWindow({ show: false }).loadURL('about:blank'));\n");
  return place;
}

async function draw(page: Page, picture: string, size: number): Promise<Buffer> {
  const address = await page.evaluate(paint, { picture, size });
  return Buffer.from(address.slice(address.indexOf(',') + 1), 'base64');
}

/** Runs in the window. Types of a page are not known here, so that what is used of it is described. */
async function paint(wanted: { picture: string; size: number }): Promise<string> {
  interface Picture {
    src: string;
    decode(): Promise<void>;
  }
  interface Canvas {
    width: number;
    height: number;
    getContext(kind: '2d'): { drawImage(picture: Picture, x: number, y: number, width: number, height: number): void };
    toDataURL(type: string): string;
  }
  const page = globalThis as unknown as { Image: new () => Picture; document: { createElement(name: 'canvas'): Canvas } };
  const image = new page.Image();
  image.src = `data:image/svg+xml;base64,${wanted.picture}`;
  await image.decode();
  const canvas = page.document.createElement('canvas');
  canvas.width = wanted.size;
  canvas.height = wanted.size;
  canvas.getContext('2d').drawImage(image, 0, 0, wanted.size, wanted.size);
  return canvas.toDataURL('image/png');
}
