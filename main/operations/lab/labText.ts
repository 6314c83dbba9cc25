/** Writes an inventory as a lab file: what `labDefinition` reads gives the same inventory again, but for ids. */
import type { DocumentObject, DocumentValue, LabDocument } from '../../store/labDocument/labDocument.ts';
import { labJsonSchema, labSchemaId } from './labSchema.ts';
import { yamlLines, type YamlValue } from './yamlWriter.ts';

const head = `# A lab of the HNV Gateway Console. Objects refer to each other by name.
# Secrets of Run As accounts are never in a lab file: after an import they have to be typed again.
# yaml-language-server: $schema=${labSchemaId}
`;

/** Where objects were made by hand there is no lab whose name could stand. */
const unnamedLab = 'unnamed';

/** As much of JSON Schema as is needed to find the defaults. */
interface Shape {
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly items?: Shape;
  readonly default?: unknown;
}

/** The lines of the file, each with its line break. */
export function* labText(document: LabDocument): Generator<string> {
  const { properties = {} } = labJsonSchema() as Shape;
  yield head;
  yield* yamlLines({ lab: document.lab?.name ?? unnamedLab, seed: document.lab?.seed ?? 0 });
  const outside: Record<string, YamlValue> = {};
  for (const { key, objects } of document.sections) {
    const [first = '', second] = key.split('.');
    const shape = second === undefined ? properties[first] : properties[first]?.properties?.[second];
    // Nothing stands for the usual there: without the list the console would give addresses by itself.
    const isTelling = objects.length > 0 || key === 'providerAddresses';
    const value = objects.map(({ content }) => withoutDefaults(content, shape?.items));
    if (second !== undefined) Object.assign(outside, objects.length === 0 ? {} : { [second]: value });
    else if (isTelling) yield* yamlLines({ [first]: value });
  }
  if (Object.keys(outside).length > 0) yield* yamlLines({ outside });
}

function withoutDefaults(value: DocumentValue, shape: Shape | undefined): YamlValue {
  if (value === null) return '';
  if (Array.isArray(value)) return value.map((item: DocumentValue) => withoutDefaults(item, shape?.items));
  if (typeof value !== 'object') return value;
  const members = Object.entries(value as DocumentObject).flatMap(([key, member]): [string, YamlValue][] => {
    if (member === null) return [];
    const own = shape?.properties?.[key];
    const written = withoutDefaults(member, own);
    return own?.default !== undefined && isSame(written, withoutDefaults(own.default as DocumentValue, own)) ? [] : [[key, written]];
  });
  return Object.fromEntries(members);
}

function isSame(a: YamlValue, b: YamlValue): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
