/** The export's thread as it stands among the sources; Node strips its types. */
import path from 'node:path';

export const sourceWorkerFile = path.resolve(import.meta.dirname, '../exportWorker.ts');
