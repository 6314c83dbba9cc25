/** Reads a file to be imported, for tests: what the preview says, or why the file is refused. */
import { ConsoleError, errorCodes } from '../../../../shared/contract/errors.ts';
import type { Lab } from '../../../lab/lab.ts';

type Format = Parameters<Lab['files']['prepareImport']>[0];

export async function prepared(lab: Lab, format: Format, file: string) {
  const preview = await lab.files.prepareImport(format, file);
  if (preview === null) throw new Error('It was canceled.');
  return preview;
}

/** Throws when it is not refused, or for another reason than its content. */
export async function refusalOfFile(lab: Lab, format: Format, file: string): Promise<string> {
  try {
    await prepared(lab, format, file);
  } catch (error) {
    if (error instanceof ConsoleError && error.code === errorCodes.importFileInvalid) return error.message;
    throw error;
  }
  throw new Error('It was not refused.');
}
