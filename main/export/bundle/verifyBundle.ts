/** Holds a bundle to its own hashes, without the database it came from. */
import { createHash } from 'node:crypto';
import { closeSync, openSync, readSync } from 'node:fs';
import { canonicalJson, genesis, sha256 } from '../../store/jobLog/hashChain.ts';
import { bundleFormat, bundleLineSchema, type BundleEnd, type BundleHeader, type BundleRecord } from './bundleLines.ts';

export type BundleVerdict =
  | { readonly kind: 'ok'; readonly header: BundleHeader; readonly jobs: number; readonly sha256: string }
  /** `line` counts from 1. `what` names the record as far as it can be read; `why` is a sentence. */
  | { readonly kind: 'changed'; readonly line: number; readonly what: string; readonly why: string }
  | { readonly kind: 'unreadable'; readonly why: string };

/** Bytes that are read at a time, and that a line may have at most. */
const chunkSize = 1024 * 1024;
const longestLine = 64 * chunkSize;
/** Bytes in which the header says what it is: only the name of the lab has no fixed length. */
const headerSize = 4096;
const lineFeed = 0x0a;

/** A line as its bytes stand in the file, its end included. */
type Line = Buffer;

export function verifyBundle(file: string): BundleVerdict {
  let descriptor: number;
  try {
    descriptor = openSync(file, 'r');
  } catch (error) {
    return unreadable(error);
  }
  try {
    if (!isBundle(descriptor)) return { kind: 'unreadable', why: 'It is no bundle of a job log: it does not begin with the header of one.' };
    return new BundleVerifier().verify(linesOf(descriptor));
  } catch (error) {
    if (error instanceof Error && ('code' in error || error instanceof TooLong)) return unreadable(error);
    throw error;
  } finally {
    closeSync(descriptor);
  }
}

function unreadable(error: unknown): BundleVerdict {
  return { kind: 'unreadable', why: error instanceof Error ? error.message : String(error) };
}

/** The first thing that does not hold ends it. */
class Finding extends Error {}
class TooLong extends Error {}

class BundleVerifier {
  readonly #hash = createHash('sha256');
  readonly #jobs = new Set<unknown>();
  #line = 0;
  #records = 0;
  #header: BundleHeader | undefined;
  #last: BundleRecord | undefined;
  #hasEnded = false;

  verify(lines: Iterable<Line>): BundleVerdict {
    let line: Line = Buffer.alloc(0);
    try {
      for (line of lines) {
        this.#line += 1;
        this.#take(line);
        this.#hash.update(line);
      }
      return this.#verdict();
    } catch (error) {
      if (error instanceof Finding) return { kind: 'changed', line: this.#line, what: nameOf(line), why: error.message };
      throw error;
    }
  }

  #verdict(): BundleVerdict {
    if (this.#header === undefined || !this.#hasEnded) return { kind: 'changed', line: this.#line, what: 'end', why: 'The end of the bundle is missing: the file was cut off.' };
    return { kind: 'ok', header: this.#header, jobs: this.#jobs.size, sha256: this.#hash.digest('hex') };
  }

  #take(bytes: Line): void {
    if (this.#hasEnded) throw new Finding('It stands behind the end of the bundle.');
    const line = parseLine(bytes);
    if ((line.kind === 'header') !== (this.#line === 1)) throw new Finding('A bundle has one header, in its first line.');
    switch (line.kind) {
      case 'header':
        this.#header = line;
        return;
      case 'end':
        this.#takeEnd(line);
        return;
      default:
        this.#takeRecord(line);
    }
  }

  #takeRecord(record: BundleRecord): void {
    const last = this.#last;
    const follows = record.sequence === (last?.sequence ?? 0) + 1;
    if (last !== undefined && record.sequence <= last.sequence) throw new Finding(`It stands behind record ${last.sequence}: the order was changed.`);
    if (!follows && this.#header?.isComplete === true) throw new Finding(`It follows record ${last?.sequence ?? 0}: what stood between was taken out.`);
    if (follows && record.previous !== (last?.hash ?? genesis)) throw new Finding('It was chained to another record than the one before it.');
    this.#last = record;
    this.#records += 1;
    this.#jobs.add(record.kind === 'job' ? record.record['id'] : record.record['jobId']);
  }

  #takeEnd(end: BundleEnd): void {
    const { records, isComplete, chainHash, chainLength } = this.#header ?? {};
    if (end.records !== this.#records || records !== this.#records) throw new Finding(`There are ${this.#records} records, where the bundle was written with ${end.records}.`);
    if (end.lastHash !== (this.#last?.hash ?? genesis)) throw new Finding('The last record is another than the one the bundle was written with.');
    if (isComplete === true && (chainHash !== end.lastHash || chainLength !== end.records)) throw new Finding('The records do not reach to the end of the chain.');
    if (end.bundleHash !== this.#hash.copy().digest('hex')) throw new Finding('The bundle as a whole is another than the one that was written.');
    this.#hasEnded = true;
  }
}

/** Throws Finding unless the line is byte for byte what its own hash says. */
function parseLine(bytes: Line): BundleHeader | BundleRecord | BundleEnd {
  const text = bytes.toString('utf8');
  if (!text.endsWith('\n')) throw new Finding('The line has no end: the file was cut off or changed.');
  const { hash, ...rest } = objectOf(text);
  // Parsed and written again: whatever JSON would forgive is a change too, and so are bytes that are no UTF-8.
  const written = `${canonicalJson({ ...rest, hash })}\n`;
  if (!Buffer.from(written, 'utf8').equals(bytes)) throw new Finding('The line is not as it was written.');
  if (sha256(canonicalJson(rest)) !== hash) throw new Finding('Its content does not match its hash.');
  const line = bundleLineSchema.safeParse({ ...rest, hash });
  if (!line.success) throw new Finding('It is no line of a bundle that this console knows.');
  return line.data;
}

function objectOf(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  } catch {
    // Said below.
  }
  throw new Finding('The line is no JSON object.');
}

/** Also when one byte of the header was changed: two of its members are looked for. */
function isBundle(descriptor: number): boolean {
  const start = Buffer.alloc(headerSize);
  const text = start.toString('latin1', 0, readSync(descriptor, start, 0, headerSize, 0));
  return text.includes(`"format":"${bundleFormat}"`) || text.includes('"chainHash":"');
}

/** What a damaged line was, as far as it can be told. */
function nameOf(line: Line): string {
  const text = line.toString('utf8');
  if (text.includes('"kind":"header"')) return 'header';
  if (text.includes('"kind":"end"')) return 'end';
  const sequence = /"sequence":(\d+)\}\s*$/.exec(text)?.[1];
  const number = /"number":"([\d.]+)"/.exec(text)?.[1];
  const job = /"(?:jobId|id)":"([0-9a-fA-F-]{1,64})"/.exec(text)?.[1];
  return [`record ${sequence ?? '?'}`, ...(number === undefined ? [] : [`step ${number}`]), ...(job === undefined ? [] : [`job ${job}`])].join(', ');
}

/** Throws TooLong, or what reading throws. */
function* linesOf(descriptor: number): Generator<Line> {
  let rest = Buffer.alloc(0);
  const chunk = Buffer.alloc(chunkSize);
  for (let size = readSync(descriptor, chunk); size > 0; size = readSync(descriptor, chunk)) {
    let data = Buffer.concat([rest, chunk.subarray(0, size)]);
    for (let end = data.indexOf(lineFeed); end >= 0; end = data.indexOf(lineFeed)) {
      yield data.subarray(0, end + 1);
      data = data.subarray(end + 1);
    }
    if (data.length > longestLine) throw new TooLong('A line is too long for a bundle of a job log.');
    rest = data;
  }
  if (rest.length > 0) yield rest;
}
