/** How times, durations and amounts are written in the window. Local time of the machine, its own locale. */

const dateTime = new Intl.DateTimeFormat(undefined, { dateStyle: 'short', timeStyle: 'medium' });
const number = new Intl.NumberFormat();

/** Local date and time of an ISO 8601 instant; empty for null. */
export function formatInstant(instant: string | null): string {
  if (instant === null) return '';
  const time = Date.parse(instant);
  return Number.isNaN(time) ? instant : dateTime.format(time);
}

/** Time between two instants as h:mm:ss.s; until `now` (ms since 1970) while there is no end. Empty when it has not begun. */
export function formatDuration(start: string | null, end: string | null, now: number): string {
  if (start === null) return '';
  const milliseconds = Math.max(0, (end === null ? now : Date.parse(end)) - Date.parse(start));
  const hours = Math.floor(milliseconds / 3_600_000);
  const minutes = Math.floor(milliseconds / 60_000) % 60;
  const seconds = ((milliseconds / 1000) % 60).toFixed(1).padStart(4, '0');
  return `${hours}:${String(minutes).padStart(2, '0')}:${seconds}`;
}

/** A span of time: "42 s", "3 min 5 s", "1 h 2 min". */
export function formatSeconds(seconds: number): string {
  const whole = Math.floor(seconds);
  if (whole < 60) return `${whole} s`;
  const minutes = Math.floor(whole / 60);
  return minutes < 60 ? `${minutes} min ${whole % 60} s` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

export function formatNumber(value: number): string {
  return number.format(value);
}

/** Bytes in binary units, one decimal above 1 KB. */
export function formatBytes(bytes: number): string {
  const units = ['B', 'KB', 'MB', 'GB', 'TB'];
  const power = bytes < 1024 ? 0 : Math.min(units.length - 1, Math.floor(Math.log2(bytes) / 10));
  const value = bytes / 1024 ** power;
  return `${power === 0 ? number.format(value) : value.toFixed(1)} ${units[power] ?? 'B'}`;
}
