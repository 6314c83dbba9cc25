import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { ConsoleError } from '../../shared/contract/errors.ts';
import { procedures } from '../../shared/contract/procedures.ts';
import { openStore, type Store } from '../store/store.ts';
import { JobSignals, type Desktop } from './jobSignals.ts';

class FakeDesktop implements Desktop {
  inFront = false;
  progress: { readonly share: number; readonly isError: boolean } | null = null;
  readonly notified: { readonly title: string; readonly text: string; readonly click: () => void }[] = [];

  isInFront(): boolean {
    return this.inFront;
  }

  showProgress(progress: { readonly share: number; readonly isError: boolean } | null): void {
    this.progress = progress;
  }

  notify(title: string, text: string, click: () => void): void {
    this.notified.push({ title, text, click });
  }

  comeToFront(): void {
    this.inFront = true;
  }
}

let store: Store;
let desktop: FakeDesktop;
let signals: JobSignals;
let minute = 0;
beforeEach(() => {
  const opened = openStore({ path: ':memory:' });
  onTestFinished(() => { opened.close(); });
  store = opened;
  start('old');
  fail('old');
  desktop = new FakeDesktop();
  signals = new JobSignals(() => store.lists.jobs.signals(), desktop);
});

function start(id: string): void {
  const steps = ['1', '2', '3', '4'].map((number) => ({ id: `${id}-${number}`, key: number, number, name: `Step ${number}`, isGroup: false, isSkippable: false }));
  store.jobs.insert({ id, operationId: 'o', input: {}, name: 'Create new VM Network', owner: 'me', resultType: 'X', resultId: null, resultName: id, isStoppable: true, createdAt: new Date(0) }, steps);
  store.jobs.begin(id, new Date(0));
}

function fail(id: string): void {
  store.jobs.finish(id, 'Failed', new ConsoleError('poolExhausted', 'The pool has no free address.', 'Enlarge it.').toPayload(), new Date(++minute * 60_000));
}

describe('progress in the taskbar', () => {
  it('is that of all jobs that run, and goes with the last of them', () => {
    signals.update();
    expect(desktop.progress).toBeNull();
    start('a');
    signals.update();
    expect(desktop.progress).toEqual({ share: 0, isError: false });
    start('b');
    store.jobs.setStepStatus('a-1', 'Completed', new Date(0));
    store.jobs.setStepStatus('b-1', 'SucceedWithInfo', new Date(0));
    signals.update();
    expect(desktop.progress).toEqual({ share: 0.25, isError: false });
    for (const id of ['a', 'b']) store.jobs.finish(id, 'Completed', null, new Date(0));
    signals.update();
    expect(desktop.progress).toBeNull();
    expect(desktop.notified).toEqual([]);
  });

  it('shows an error while others run, and until the window is looked at', () => {
    start('a');
    start('b');
    fail('a');
    signals.update();
    expect(desktop.progress).toEqual({ share: 0, isError: true });
    store.jobs.finish('b', 'Completed', null, new Date(0));
    signals.update();
    expect(desktop.progress).toEqual({ share: 1, isError: true });
    desktop.inFront = true;
    signals.seen();
    expect(desktop.progress).toBeNull();
    desktop.inFront = false;
    signals.update();
    expect(desktop.progress).toBeNull();
  });

  it('does not stay red when the operator sees the failure in the window itself', () => {
    desktop.inFront = true;
    start('a');
    fail('a');
    signals.update();
    expect(desktop.progress).toBeNull();
    expect(desktop.notified).toEqual([]);
  });
});

describe('a notification of the system', () => {
  it('tells of each failure once, again after a restart, and never of what failed before the start', () => {
    signals.update();
    start('a');
    fail('a');
    signals.update();
    signals.update();
    expect(desktop.notified.map(({ title, text }) => [title, text])).toEqual([['Create new VM Network (a) failed', 'The pool has no free address.']]);
    store.jobs.requeue('a', true);
    signals.update();
    fail('a');
    signals.update();
    expect(desktop.notified.length).toBe(2);
  });

  it('is one for several at once', () => {
    for (const id of ['a', 'b', 'c']) {
      start(id);
      fail(id);
    }
    signals.update();
    expect(desktop.notified.map(({ title, text }) => [title, text])).toEqual([['3 jobs failed', 'The last one: Create new VM Network (c). The pool has no free address.']]);
  });

  it('leads to its job: the window comes to the front and is told which', () => {
    let asked = 0;
    signals.onAsked(() => { asked += 1; });
    expect(signals.toShow).toBeNull();
    start('a');
    fail('a');
    signals.update();
    desktop.notified[0]?.click();
    expect(desktop.inFront).toBe(true);
    expect(asked).toBe(1);
    expect(signals.toShow).toEqual({ jobId: 'a', number: 1 });
    desktop.notified[0]?.click();
    expect(signals.toShow).toEqual({ jobId: 'a', number: 2 });
    const answer = { ...store.lists.jobs.signals(), toShow: signals.toShow };
    expect(procedures['job.signals'].output.parse(answer)).toEqual(answer);
  });
});
