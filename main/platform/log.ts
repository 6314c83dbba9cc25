/** The log file of the main process. Secrets never come here: rooms log names, codes and places only. */
import log from 'electron-log/main';

export interface Logger {
  info(message: string): void;
  warn(message: string): void;
  error(message: string): void;
}

/** Logs to `<userData>/logs/main.log`, and to the console while developing. */
export function createLogger(toConsole: boolean): Logger {
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
