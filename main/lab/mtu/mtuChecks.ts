/** Checks that run, each in slices between which the program does everything else. */
import { ConsoleError } from '../../../shared/contract/errors.ts';
import type { MtuCheckState } from '../../../shared/contract/mtuCheck.ts';
import type { Simulation } from '../../simulation/engine.ts';
import { MtuCheck, type MtuCheckRequest } from './mtuCheck.ts';

/** Checks whose results stay readable. */
const keptChecks = 20;

interface RunningCheck {
  readonly check: MtuCheck;
  status: MtuCheckState['status'];
  failure: string | null;
  readonly ended: Promise<void>;
}

export class MtuChecks {
  readonly #checks = new Map<string, RunningCheck>();
  #nextId = 1;

  /** Returns its id. The oldest check is canceled and forgotten when there are too many. */
  start(request: MtuCheckRequest, rehearse: () => Simulation): string {
    const [oldest] = this.#checks.keys();
    if (this.#checks.size >= keptChecks && oldest !== undefined) {
      this.cancel(oldest);
      this.#checks.delete(oldest);
    }
    const id = `mtu-check-${this.#nextId++}`;
    const check = new MtuCheck(request, rehearse);
    const running: RunningCheck = { check, status: 'running', failure: null, ended: nextTurn().then(() => this.#run(running)) };
    this.#checks.set(id, running);
    return id;
  }

  async #run(running: RunningCheck): Promise<void> {
    try {
      for (const _slice of running.check.run()) {
        await nextTurn();
        if (running.status !== 'running') return;
      }
      running.status = 'done';
    } catch (error) {
      // Such as a machine that went out of the lab before the copy was made: who looks at the check is told.
      running.status = 'failed';
      running.failure = `The check could not be finished: ${error instanceof Error ? error.message : String(error)}.`;
    }
  }

  /** Throws ConsoleError probeNotFound, as all that follow. */
  state(id: string): MtuCheckState {
    const { check, status, failure } = this.#find(id);
    return { checkId: id, status, failure, ...check.state() };
  }

  /** Does nothing to one that has ended. */
  cancel(id: string): void {
    const running = this.#find(id);
    if (running.status === 'running') running.status = 'canceled';
  }

  async whenEnded(id: string): Promise<MtuCheckState> {
    await this.#find(id).ended;
    return this.state(id);
  }

  #find(id: string): RunningCheck {
    const running = this.#checks.get(id);
    if (running === undefined) throw new ConsoleError('probeNotFound', `There is no MTU check ${id.slice(0, 80)}.`, 'Start the check again.');
    return running;
  }
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
