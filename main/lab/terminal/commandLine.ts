/** Splits a typed line as PowerShell does: a pipeline of commands with arguments, in which commas make lists and quotes keep things together. */
import { terminalLineLength } from '../../../shared/contract/terminal.ts';

/** One argument: `values` has several where commas joined them. */
export interface Argument {
  readonly values: readonly string[];
  /** Nothing of it was quoted, so that it may be the name of a parameter. */
  readonly isBare: boolean;
}

export interface ParsedCommand {
  readonly name: string;
  readonly arguments: readonly Argument[];
}

/** `problem`: why the line cannot be run, one sentence. */
type ParsedLine = { readonly commands: readonly ParsedCommand[] } | { readonly problem: string };

const blank = /\s/;
/** What would be a script: this terminal runs one pipeline a line. */
const scripting = new Set(['$', '{', '}', '(', ')', '>', '<', '&', '@', '`']);

interface Scan {
  readonly text: string;
  at: number;
}

export function parseCommandLine(line: string): ParsedLine {
  if (line.length > terminalLineLength) return { problem: `A line has at most ${terminalLineLength} characters.` };
  const scan: Scan = { text: line, at: 0 };
  const commands: ParsedCommand[] = [];
  for (;;) {
    const words = readWords(scan);
    if ('problem' in words) return words;
    const [first, ...rest] = words.words;
    const isEnd = scan.at >= line.length;
    if (first === undefined) return commands.length === 0 && isEnd ? { commands } : { problem: 'An empty pipe element is not allowed: a command is missing beside the "|".' };
    commands.push({ name: first.values.join(','), arguments: rest });
    if (isEnd) return { commands };
    scan.at += 1;
  }
}

/** Up to the next "|" or the end. */
function readWords(scan: Scan): { words: Argument[] } | { problem: string } {
  const words: Argument[] = [];
  for (;;) {
    skipBlanks(scan);
    const character = scan.text[scan.at];
    if (character === undefined || character === '|') return { words };
    if (character === ';') return { problem: 'This terminal runs one command a line: leave out the ";".' };
    if (scripting.has(character)) return { problem: `This terminal runs commands, not scripts: "${character}" has no meaning here.` };
    const word = readList(scan);
    if ('problem' in word) return word;
    words.push(word);
  }
}

/** A word, or several with commas between them; blanks may stand around a comma. */
function readList(scan: Scan): Argument | { problem: string } {
  const values: string[] = [];
  let isBare = true;
  for (;;) {
    const value = readValue(scan);
    if (value === undefined) return { problem: 'The string has no end: a quotation mark is missing.' };
    values.push(value.text);
    isBare &&= !value.isQuoted;
    const before = scan.at;
    skipBlanks(scan);
    if (scan.text[scan.at] !== ',') {
      scan.at = before;
      return { values, isBare };
    }
    scan.at += 1;
    skipBlanks(scan);
  }
}

/** Undefined when a quotation mark is not closed. */
function readValue(scan: Scan): { text: string; isQuoted: boolean } | undefined {
  let text = '';
  let isQuoted = false;
  for (;;) {
    const character = scan.text[scan.at];
    if (character === undefined || blank.test(character) || character === '|' || character === ',' || character === ';') return { text, isQuoted };
    if (character === '"' || character === "'") {
      const end = scan.text.indexOf(character, scan.at + 1);
      if (end < 0) return undefined;
      text += scan.text.slice(scan.at + 1, end);
      isQuoted = true;
      scan.at = end + 1;
    } else {
      text += character;
      scan.at += 1;
    }
  }
}

function skipBlanks(scan: Scan): void {
  while (scan.at < scan.text.length && blank.test(scan.text[scan.at] ?? '')) scan.at += 1;
}
