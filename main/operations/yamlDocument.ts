/** YAML files that people write: read with a bound, checked by a schema, and every fault named by file and line. */
import { readFileSync, statSync } from 'node:fs';
import { LineCounter, isMap, isNode, isScalar, parseDocument, visit, type Document, type Range } from 'yaml';
import type { z } from 'zod';

/** Why a file cannot be used, and where. `line` counts from 1; null when the file could not even be read. */
export interface FileFault {
  readonly file: string;
  readonly line: number | null;
  readonly reason: string;
}

export type YamlResult<T> =
  | { readonly value: T; readonly lineOf: (path: readonly PropertyKey[]) => number }
  | { readonly fault: FileFault };

/** Bytes; far more than any lab or scenario needs, and little enough to be parsed at once. */
const sizeLimit = 4 * 1024 * 1024;

/** Never throws: whatever is wrong with the file is in the result. */
export function readYamlFile<S extends z.ZodType>(file: string, schema: S): YamlResult<z.output<S>> {
  try {
    const facts = statSync(file);
    if (!facts.isFile()) return { fault: { file, line: null, reason: 'it is not a file' } };
    if (facts.size > sizeLimit) {
      return { fault: { file, line: null, reason: `it has ${facts.size} bytes; the limit is ${sizeLimit}` } };
    }
    return parseYaml(file, readFileSync(file, 'utf8'), schema);
  } catch (error) {
    return { fault: { file, line: null, reason: readingFault(error) } };
  }
}

/** `file` is only a name for messages. */
export function parseYaml<S extends z.ZodType>(file: string, text: string, schema: S): YamlResult<z.output<S>> {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true });
  const [error] = document.errors;
  if (error) return { fault: { file, line: lines.linePos(error.pos[0]).line, reason: error.code === 'MULTIPLE_DOCS' ? 'the file holds more than one document' : firstLine(error.message) } };
  let content: unknown;
  try {
    content = document.toJS({ maxAliasCount: 100 }) as unknown;
  } catch (aliasError) {
    return { fault: { file, line: lineOfLooseAlias(document, lines), reason: readingFault(aliasError) } };
  }
  const lineOf = (path: readonly PropertyKey[]) => lineAt(document, lines, path);
  const parsed = schema.safeParse(content);
  if (parsed.success) return { value: parsed.data, lineOf };
  return { fault: firstFault(file, parsed.error, lineOf) };
}

function firstFault(file: string, error: z.ZodError, lineOf: (path: readonly PropertyKey[]) => number): FileFault {
  const [issue] = error.issues;
  if (!issue) return { file, line: null, reason: 'it is not what was expected' };
  // An unknown key is best shown where it stands, not where its object begins.
  const path = issue.code === 'unrecognized_keys' ? [...issue.path, ...issue.keys.slice(0, 1)] : issue.path;
  const where = issue.path.map(String).join('.');
  return { file, line: lineOf(path), reason: where === '' ? issue.message : `${where}: ${issue.message}` };
}

/** Line of the deepest part of `path` that stands in the document; of an empty document the first. */
function lineAt(document: Document, lines: LineCounter, path: readonly PropertyKey[]): number {
  for (let length = path.length; length >= 0; length -= 1) {
    const range = rangeOf(document, path.slice(0, length));
    if (range) return lines.linePos(range[0]).line;
  }
  return 1;
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

/** Line of the first alias whose anchor does not exist; when all do, the file has too many of them. */
function lineOfLooseAlias(document: Document, lines: LineCounter): number {
  let line = 1;
  visit(document, {
    Alias(_key, alias) {
      if (alias.resolve(document) !== undefined) return undefined;
      if (alias.range) ({ line } = lines.linePos(alias.range[0]));
      return visit.BREAK;
    },
  });
  return line;
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
