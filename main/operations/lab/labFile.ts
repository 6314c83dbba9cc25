/** Finds and reads lab files. */
import { join } from 'node:path';
import { ConsoleError } from '../../../shared/contract/errors.ts';
import { readYamlFile } from '../yamlDocument.ts';
import { labSchema, type LabDefinition } from './labDefinition.ts';

/** Throws ConsoleError labFileInvalid with file, line and reason. */
export function readLabFile(folder: string, name: string): LabDefinition {
  // A name, not a path: nothing outside the folder can be opened.
  if (!/^[a-z0-9][a-z0-9-]*$/i.test(name)) {
    throw new ConsoleError('labFileInvalid', `"${name}" is not the name of a lab.`, 'A lab is named with letters, digits and hyphens, for example contoso.');
  }
  const result = readYamlFile(join(folder, `${name}.yaml`), labSchema);
  if ('value' in result) return result.value;
  const { file, line, reason } = result.fault;
  throw new ConsoleError(
    'labFileInvalid',
    `Lab file ${file}${line === null ? '' : `, line ${line}`}: ${reason}.`,
    'Correct the lab file, or choose another lab.',
  );
}
