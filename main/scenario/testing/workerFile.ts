/** The thread of a scenario as it stands among the sources; Node strips its types. */
import path from 'node:path';

export const scenarioWorkerSource = path.resolve(import.meta.dirname, '../scenarioWorker.ts');
