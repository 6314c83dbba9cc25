/** YAML files that people write: read with a bound, checked by a schema, and every fault named by file and line. */
import { readFileSync, statSync } from 'node:fs';
import { LineCounter, isMap, isNode, isScalar, parseDocument, visit, type Document, type Range } from 'yaml';
import type { z } from 'zod';
import { findBomb } from './yamlBombs.ts';

/** Why a file cannot be used, and where. `line` and `column` count from 1; null when the file could not even be read. */
export interface FileFault {
  readonly file: string;
  readonly line: number | null;
  readonly column: number | null;
  readonly reason: string;
}

export type YamlResult<T> =
  | { readonly value: T; readonly lineOf: (path: readonly PropertyKey[]) => number }
  | { readonly fault: FileFault };

/** Bytes; far more than any lab or scenario that people write needs, and little enough to be parsed at once. */
const usualSizeLimit = 4 * 1024 * 1024;

/** Never throws: whatever is wrong with the file is in the result. */
export function readYamlFile<S extends z.ZodType>(file: string, schema: S, sizeLimit = usualSizeLimit): YamlResult<z.output<S>> {
  const read = readBounded(file, sizeLimit);
  return 'fault' in read ? read : parseYaml(file, read.text, schema);
}

/** The text of a file that is no larger than `sizeLimit` bytes; what is larger is not read at all. Never throws. */
export function readBounded(file: string, sizeLimit: number): { readonly text: string } | { readonly fault: FileFault } {
  const refused = (reason: string) => ({ fault: { file, line: null, column: null, reason } });
  try {
    const facts = statSync(file);
    if (!facts.isFile()) return refused('it is not a file');
    if (facts.size > sizeLimit) return refused(`it has ${facts.size} bytes; the limit is ${sizeLimit}`);
    return { text: readFileSync(file, 'utf8') };
  } catch (error) {
    return refused(readingFault(error));
  }
}

/** `file` is only a name for messages. */
export function parseYaml<S extends z.ZodType>(file: string, text: string, schema: S): YamlResult<z.output<S>> {
  const bomb = findBomb(text);
  if (bomb) return { fault: { file, ...bomb } };
  const lines = new LineCounter();
  const at = (offset: number) => ({ line: lines.linePos(offset).line, column: lines.linePos(offset).col });
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true });
  const [error] = document.errors;
  if (error) return { fault: { file, ...at(error.pos[0]), reason: error.code === 'MULTIPLE_DOCS' ? 'the file holds more than one document' : firstLine(error.message) } };
  let content: unknown;
  try {
    content = document.toJS({ maxAliasCount: 100 }) as unknown;
  } catch (aliasError) {
    return { fault: { file, ...at(offsetOfLooseAlias(document)), reason: readingFault(aliasError) } };
  }
  const offsetOf = (path: readonly PropertyKey[]) => offsetAt(document, path);
  const lineOf = (path: readonly PropertyKey[]) => at(offsetOf(path)).line;
  const parsed = schema.safeParse(content);
  if (parsed.success) return { value: parsed.data, lineOf };
  const { path, reason } = firstFault(parsed.error);
  return { fault: { file, ...(path === null ? { line: null, column: null } : at(offsetOf(path))), reason } };
}

function firstFault(error: z.ZodError): { readonly path: readonly PropertyKey[] | null; readonly reason: string } {
  const [issue] = error.issues;
  if (!issue) return { path: null, reason: 'it is not what was expected' };
  // An unknown key is best shown where it stands, not where its object begins.
  const path = issue.code === 'unrecognized_keys' ? [...issue.path, ...issue.keys.slice(0, 1)] : issue.path;
  const where = issue.path.map(String).join('.');
  return { path, reason: where === '' ? issue.message : `${where}: ${issue.message}` };
}

/** Offset of the deepest part of `path` that stands in the document; of an empty document its beginning. */
function offsetAt(document: Document, path: readonly PropertyKey[]): number {
  for (let length = path.length; length >= 0; length -= 1) {
    const range = rangeOf(document, path.slice(0, length));
    if (range) return range[0];
  }
  return 0;
}

/** Of the key where there is one: its value may begin lines further down. */
function rangeOf(document: Document, path: readonly PropertyKey[]): Range | null | undefined {
  if (path.length === 0) return document.contents?.range;
  const parent: unknown = path.length === 1 ? document.contents : document.getIn(path.slice(0, -1), true);
  const found: unknown = isMap(parent)
    ? parent.items.find(({ key }) => isScalar(key) && String(key.value) === String(path.at(-1)))?.key
    : document.getIn(path, true);
  return isNode(found) ? found.range : undefined;
}

/** Of the first alias whose anchor does not exist; when all do, the file has too many of them. */
function offsetOfLooseAlias(document: Document): number {
  let offset = 0;
  visit(document, {
    Alias(_key, alias) {
      if (alias.resolve(document) !== undefined) return undefined;
      if (alias.range) [offset] = alias.range;
      return visit.BREAK;
    },
  });
  return offset;
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0]?.replace(/ at line \d+, column \d+:?$/, '') ?? text;
}

function readingFault(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOENT') return 'there is no such file';
  if (code === 'EACCES') return 'it may not be read';
  return error instanceof Error ? firstLine(error.message) : String(error);
}
