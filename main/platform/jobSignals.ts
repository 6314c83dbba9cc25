/** Tells the operator of jobs while the window is not in front: progress in the taskbar, a notification when one failed. */
import type { JobFailure, JobSignals as Signals } from '../../shared/contract/jobs.ts';

/** What the system offers. */
export interface Desktop {
  /** Whether the operator has the window before him. */
  isInFront(): boolean;
  /** `share` 0 to 1; null takes the bar away. */
  showProgress(progress: { readonly share: number; readonly isError: boolean } | null): void;
  notify(title: string, text: string, onClick: () => void): void;
  /** Brings the window to the front. */
  comeToFront(): void;
}

export class JobSignals {
  readonly #read: () => Pick<Signals, 'progress' | 'failures'>;
  readonly #desktop: Desktop;
  readonly #listeners: (() => void)[] = [];
  #known: ReadonlySet<string>;
  #hasError = false;
  #toShow: Signals['toShow'] = null;

  /** What has failed before now is known already. */
  constructor(read: () => Pick<Signals, 'progress' | 'failures'>, desktop: Desktop) {
    this.#read = read;
    this.#desktop = desktop;
    this.#known = new Set(read().failures.map(keyOf));
  }

  /** The job that was asked for last by a click on a notification. */
  get toShow(): Signals['toShow'] {
    return this.#toShow;
  }

  /** Calls back when a job is asked for. */
  onAsked(listener: () => void): void {
    this.#listeners.push(listener);
  }

  /** Jobs have changed. */
  update(): void {
    const { progress, failures } = this.#read();
    const fresh = failures.filter((failure) => !this.#known.has(keyOf(failure)));
    this.#known = new Set(failures.map(keyOf));
    if (fresh.length > 0) this.#hasError = true;
    const isInFront = this.#desktop.isInFront();
    if (progress === null && isInFront) this.#hasError = false;
    if (progress !== null) this.#desktop.showProgress({ share: progress / 100, isError: this.#hasError });
    else this.#desktop.showProgress(this.#hasError ? { share: 1, isError: true } : null);
    if (!isInFront) this.#notify(fresh);
  }

  /** The window came to the front: what failed is seen. */
  seen(): void {
    this.#hasError = false;
    this.update();
  }

  #notify(fresh: readonly JobFailure[]): void {
    const [newest] = fresh;
    if (newest === undefined) return;
    const show = (): void => this.#show(newest.id);
    if (fresh.length > 1) this.#desktop.notify(`${fresh.length} jobs failed`, `The last one: ${titleOf(newest)}. ${newest.message}`, show);
    else this.#desktop.notify(`${titleOf(newest)} failed`, newest.message, show);
  }

  #show(jobId: string): void {
    this.#toShow = { jobId, number: (this.#toShow?.number ?? 0) + 1 };
    this.#desktop.comeToFront();
    for (const listener of this.#listeners) listener();
  }
}

/** A job that fails once more after a restart is another failure. */
function keyOf({ id, endTime }: JobFailure): string {
  return `${id} ${endTime}`;
}

function titleOf({ name, resultName }: JobFailure): string {
  return resultName === '' ? name : `${name} (${resultName})`;
}
