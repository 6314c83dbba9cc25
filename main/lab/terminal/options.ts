/** Options of programs: `-n 4`, `/n 4`, and a destination among them. */
import { parseIpv4, type Ipv4Address } from '../../../shared/net/ipv4.ts';
import { TerminalError } from './terminalError.ts';

interface Option {
  /** Range of its value; left out, it takes none. */
  readonly range?: readonly [least: number, most: number];
}

interface Options {
  readonly given: ReadonlyMap<string, number>;
  readonly rest: readonly string[];
}

/** Throws TerminalError. */
export function readOptions(program: string, words: readonly string[], known: Readonly<Record<string, Option>>): Options {
  const given = new Map<string, number>();
  const rest: string[] = [];
  for (let index = 0; index < words.length; index += 1) {
    const word = words[index] ?? '';
    if (!/^[-/]./.test(word)) {
      rest.push(word);
      continue;
    }
    const name = word.slice(1);
    const option = Object.hasOwn(known, name) ? known[name] : undefined;
    if (option === undefined) throw new TerminalError(`Bad option ${word}. ${program} takes here: ${Object.keys(known).map((key) => `-${key}`).join(' ')}`);
    if (option.range === undefined) {
      given.set(name, 1);
      continue;
    }
    const [least, most] = option.range;
    const text = words[(index += 1)] ?? '';
    const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
    if (!(value >= least && value <= most)) throw new TerminalError(`Bad value for option ${word}, valid range is from ${least} to ${most}.`);
    given.set(name, value);
  }
  return { given, rest };
}

/** The one address among the words; names are not resolved, because the lab has no DNS. Throws TerminalError. */
export function readDestination(program: string, rest: readonly string[]): Ipv4Address {
  const [text, more] = rest;
  if (text === undefined) throw new TerminalError(`${program}: type the address of a destination, as in: ${program} 192.0.2.80`);
  if (more !== undefined) throw new TerminalError(`Bad parameter ${more}.`);
  const address = parseIpv4(text);
  if (address === undefined) throw new TerminalError(`${program} could not find host ${text.slice(0, 100)}. The lab has no DNS: type an IPv4 address.`);
  return address;
}
