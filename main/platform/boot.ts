/** Starts the console: one instance, hardened session, open lab, contract bound, window. */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { BrowserWindow, app } from 'electron';
import { ConsoleError } from '../../shared/contract/errors.ts';
import { createHandlers, createReaders } from '../ipc/handlers.ts';
import { bindIpc } from '../ipc/transport.ts';
import { Lab } from '../lab/lab.ts';
import type { SecretStore } from '../operations/secrets.ts';
import { openDesk } from '../scenario/desk.ts';
import { parseSwitches, type Switches } from './arguments.ts';
import { askOpenPath, askSavePath, showInFolder } from './dialogs.ts';
import { createIpcTransport } from './ipcTransport.ts';
import { createLogger, faultText, type Logger } from './log.ts';
import { installMenu } from './menu.ts';
import { appOrigin, trustedOrigin } from './origin.ts';
import { registerAppScheme, serveRenderer, serveStartProblem } from './protocol.ts';
import { rendererFolder, exportWorkerFile, importWorkerFile, scenarioWorkerFile, preloadFile, labsFolder, sqliteBinding, iconFile } from './places.ts';
import { systemSecretStore } from './secretStore.ts';
import { hardenEverything } from './security.ts';
import { timing, wait } from './timing.ts';
import { signalJobs } from './jobSignalling.ts';
import { createMainWindow } from './window.ts';

/** Address of the Vite server under `npm run dev`; never honoured in a package. */
function devServer(): string | undefined {
  return app.isPackaged ? undefined : process.env['HNV_DEV_SERVER'];
}

/** Milliseconds from the loaded page to the first tick of the simulation. */
const clockDelay = 400;

/** Call once, at the very beginning of the main process. */
export function boot(): void {
  registerAppScheme();
  if (!app.requestSingleInstanceLock()) {
    app.quit();
    return;
  }
  const log = createLogger(path.join(app.getPath('userData'), 'logs', 'main.log'), !app.isPackaged && process.env['HNV_LOG'] === 'console');
  process.on('uncaughtException', (error) => log.error(`Uncaught: ${faultText(error)}`));
  process.on('unhandledRejection', (reason) => log.error(`Unhandled: ${faultText(reason)}`));
  app.on('second-instance', () => focusWindow());
  app.on('window-all-closed', () => app.quit());
  void app.whenReady().then(() => start(log));
}

async function start(log: Logger): Promise<void> {
  const trusted = trustedOrigin(devServer());
  hardenEverything(trusted, log);
  installMenu(!app.isPackaged);
  const switches = readSwitches();
  const databasePath = switches.database ?? path.join(app.getPath('userData'), 'console.sqlite');
  // The window's process starts while the lab is being opened.
  const window = createMainWindow({ preload: preloadFile(), stateFile: path.join(app.getPath('userData'), 'window.json'), icon: iconFile() });
  const secrets = systemSecretStore(app.getPath('userData'));
  const lab = await openLab(switches, databasePath, secrets, log);
  if (lab !== undefined) {
    bindLab(window, lab, databasePath, secrets, trusted, log);
    if (devServer() === undefined) serveRenderer(rendererFolder());
  }
  if (lab !== undefined) startClockBehind(window, lab);
  await window.loadURL((lab === undefined ? undefined : devServer()) ?? `${appOrigin}/`);
}

function readSwitches(): Switches {
  try {
    return parseSwitches(process.argv);
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    app.exit(2);
    throw error;
  }
}

/** Opens the lab, or lets the window show why it cannot. */
async function openLab(switches: Switches, databasePath: string, secrets: SecretStore, log: Logger): Promise<Lab | undefined> {
  try {
    mkdirSync(path.dirname(databasePath), { recursive: true });
    const binding = sqliteBinding();
    return await Lab.open({
      databasePath,
      ...(binding === undefined ? {} : { nativeBinding: binding }),
      labsFolder: labsFolder(),
      exportWorkerFile: exportWorkerFile(),
      importWorkerFile: importWorkerFile(),
      secrets,
      owner: ownerName(),
      pace: () => wait(switches.jobPace),
      ...(switches.lab === 'none' ? {} : { initialLab: { lab: switches.lab, gateway: switches.gateway } }),
      reportFault: (error: unknown, where: string) => log.error(`${where}: ${faultText(error)}`),
    });
  } catch (error) {
    const problem =
      error instanceof ConsoleError
        ? { code: error.code, message: error.message, recommendedAction: error.recommendedAction }
        : { code: 'HNV-9999', message: error instanceof Error ? error.message : String(error), recommendedAction: 'Look into the log of the console.' };
    log.error(`Start refused: ${problem.code} ${problem.message}`);
    process.stderr.write(`${problem.code}: ${problem.message} ${problem.recommendedAction}\n`);
    serveStartProblem({ ...problem, file: databasePath });
    app.once('will-quit', (event) => {
      event.preventDefault();
      app.exit(1);
    });
    return undefined;
  }
}

function bindLab(window: BrowserWindow, lab: Lab, databasePath: string, secrets: SecretStore, trusted: string, log: Logger): void {
  const reportFault = (error: unknown, where: string): void => log.error(`${where}: ${faultText(error)}`);
  const scenarios = openDesk(lab, { workerFile: scenarioWorkerFile(), labsFolder: labsFolder(), nativeBinding: sqliteBinding(), now: () => performance.now(), reportFault });
  const jobs = signalJobs(window, lab);
  const handlers = createHandlers(lab, {
    version: app.getVersion(),
    electron: process.versions.electron ?? '',
    chromium: process.versions['chrome'] ?? '',
    databasePath,
    areSecretsProtected: secrets.isProtecting,
    askSavePath,
    askOpenPath,
    showInFolder,
    jobToShow: () => jobs.toShow,
    scenarios,
  });
  bindIpc(createIpcTransport(trusted), {
    handlers: scenarios.watching(handlers),
    readers: createReaders(lab, scenarios),
    onInvalidate: (listener) => {
      lab.onInvalidate(listener);
      jobs.onAsked(() => listener(['job']));
    },
    timing,
    reportFault,
  });
  app.on('will-quit', () => scenarios.close());
  app.on('will-quit', () => lab.close());
}

/** The simulation of a large lab takes a moment to build, in which nothing else is answered: first the window has its lists. */
function startClockBehind(window: BrowserWindow, lab: Lab): void {
  const start = (): void => {
    if (window.isDestroyed()) return;
    lab.startClock({ now: () => performance.now(), schedule: (callback, milliseconds) => void setTimeout(callback, milliseconds) });
  };
  window.webContents.once('did-finish-load', () => void setTimeout(start, clockDelay));
}

function ownerName(): string {
  return process.env['USERNAME'] ?? process.env['USER'] ?? 'operator';
}

function focusWindow(): void {
  const window = BrowserWindow.getAllWindows()[0];
  if (window === undefined) return;
  if (window.isMinimized()) window.restore();
  window.focus();
}
