/** The log file of the main process. Secrets never come here: rooms log names, codes and places only. */
import log from 'electron-log/node';

export interface Logger {
  info(message: string): void;
  warn(message: string): void;
  error(message: string): void;
}

/** Logs to `file`, and to the console while developing. The Node flavour of the library: it opens no IPC channel of its own. */
export function createLogger(file: string, toConsole: boolean): Logger {
  log.transports.file.resolvePathFn = () => file;
  log.transports.file.level = 'info';
  log.transports.file.maxSize = 2 * 1024 * 1024;
  log.transports.console.level = toConsole ? 'info' : false;
  return {
    info: (message) => log.info(message),
    warn: (message) => log.warn(message),
    error: (message) => log.error(message),
  };
}

/** Text of a fault for the log: message and stack, whatever was thrown. */
export function faultText(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
