/** Tables and lists as PowerShell writes them, in the width of the terminal. */
import { propertyName, valueText, type PsObject, type PsOutput } from './psObject.ts';

/** Characters of a line. */
export const consoleWidth = 118;
/** Narrower than this no column becomes. */
const leastColumn = 8;

export function formatOutput({ objects, view, properties }: PsOutput): string[] {
  if (objects.length === 0) return [];
  const lines = view === 'table' ? tableLines(objects, properties) : listLines(objects, properties);
  return ['', ...lines, '', ''];
}

function cell(object: PsObject, property: string): { readonly text: string; readonly isNumber: boolean } {
  const name = propertyName(object, property);
  const value = name === undefined ? null : (object[name] ?? null);
  return { text: valueText(value), isNumber: typeof value === 'number' };
}

function tableLines(objects: readonly PsObject[], properties: readonly string[]): string[] {
  const columns = properties.map((property) => {
    const cells = objects.map((object) => cell(object, property));
    const title = objects.map((object) => propertyName(object, property)).find((name) => name !== undefined) ?? property;
    const width = Math.max(title.length, ...cells.map(({ text }) => text.length));
    return { title, cells, width, isNumber: cells.every(({ isNumber }) => isNumber) };
  });
  fit(columns);
  const line = (texts: readonly string[]): string => texts.map((text, index) => padded(text, columns[index])).join(' ').trimEnd();
  return [
    line(columns.map(({ title }) => title)),
    line(columns.map(({ title, width }) => '-'.repeat(Math.min(title.length, width)))),
    ...objects.map((_object, row) => line(columns.map(({ cells }) => cells[row]?.text ?? ''))),
  ];
}

/** Takes from the widest column, one character at a time, until the table has room. */
function fit(columns: readonly { width: number }[]): void {
  const total = (): number => columns.reduce((sum, { width }) => sum + width + 1, -1);
  while (total() > consoleWidth) {
    const widest = columns.reduce((most, column) => (column.width > most.width ? column : most));
    if (widest.width <= leastColumn) return;
    widest.width -= 1;
  }
}

function padded(text: string, column: { readonly width: number; readonly isNumber: boolean } | undefined): string {
  if (column === undefined) return text;
  const { width, isNumber } = column;
  const shown = text.length <= width ? text : `${text.slice(0, width - 3)}...`;
  return isNumber ? shown.padStart(width) : shown.padEnd(width);
}

function listLines(objects: readonly PsObject[], properties: readonly string[]): string[] {
  return objects.flatMap((object, index) => {
    const names = properties.map((property) => propertyName(object, property) ?? property);
    const width = Math.max(0, ...names.map((name) => name.length));
    const lines = names.flatMap((name) => wrapped(name.padEnd(width), cell(object, name).text));
    return index === 0 ? lines : ['', ...lines];
  });
}

/** A long value goes on below itself. */
function wrapped(name: string, text: string): string[] {
  const room = Math.max(20, consoleWidth - name.length - 3);
  const lines = [`${name} : ${text.slice(0, room)}`.trimEnd()];
  for (let at = room; at < text.length; at += room) lines.push(`${' '.repeat(name.length + 3)}${text.slice(at, at + room)}`);
  return lines;
}
