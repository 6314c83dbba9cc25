/** Entry of the thread in which one export runs. It ends with the export. */
import { parentPort, workerData } from 'node:worker_threads';
import { outcomeOf, slots, type ThreadData, type ThreadMessage } from './exportThread.ts';
import { runExport } from './runExport.ts';

const { task, shared } = workerData as ThreadData;
const cells = new Int32Array(shared);

const outcome: ThreadMessage = outcomeOf(() =>
  runExport(task, {
    isCanceled: () => Atomics.load(cells, slots.canceled) === 1,
    progress: (done, total) => {
      Atomics.store(cells, slots.done, done);
      Atomics.store(cells, slots.total, total);
    },
  }),
);
Atomics.store(cells, slots.ended, 1);
Atomics.notify(cells, slots.ended);
parentPort?.postMessage(outcome);
