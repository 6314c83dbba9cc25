/** Where a wizard is, what main said about its input, and how it goes on. */
import { useCallback, useMemo, useRef, useState } from 'react';
import { ConsoleError, type Problem } from '../../../shared/contract/errors.ts';
import type { OperationId } from '../../../shared/contract/operations.ts';
import { invoke } from '../../bridge/client.ts';
import { useStandingProblems } from './useStandingProblems.ts';
import type { ShownProblems } from './WizardField.tsx';
import { askedFor, firstWrongPage, pathText, type OwningPage } from './wizardProblems.ts';

interface WizardParts {
  readonly operationId: OperationId;
  readonly input: unknown;
  readonly pages: readonly OwningPage[];
  readonly onClose: () => void;
  readonly onJobStarted: (jobId: string) => void;
}

export interface OperationWizardState {
  /** Place of the page that is shown; behind the last one is the summary. */
  readonly place: number;
  /** The farthest page so far. */
  readonly reached: number;
  readonly isBusy: boolean;
  readonly shown: ShownProblems;
  /** Whether a field on the page shows this problem. */
  readonly isClaimed: (problem: Problem) => boolean;
  /** A refusal that is about no value. */
  readonly failure: ConsoleError | undefined;
  /** Next, or on the summary Finish. */
  readonly goOn: () => Promise<void>;
  /** Back without questions; forward only past pages that are right. */
  readonly goTo: (place: number) => Promise<void>;
}

/** About which input main refused the whole: void as soon as something is typed. */
interface Refusal {
  readonly about: string;
  readonly failure: ConsoleError | undefined;
}

export function useOperationWizard({ operationId, input, pages, onClose, onJobStarted }: WizardParts): OperationWizardState {
  const [place, setPlace] = useState(0);
  const [reached, setReached] = useState(0);
  const [isBusy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<Refusal>({ about: '', failure: undefined });
  const claims = useRef(new Map<string, number>());
  const about = JSON.stringify(input);
  const check = async () => (await invoke('operation.check', { operationId, input })).problems;
  const { problems: standing, asked, say: sayProblems } = useStandingProblems(input, check);

  const show = (next: number) => {
    setPlace(next);
    setReached((before) => Math.max(before, next));
  };
  const say = (problems: readonly Problem[], failure?: ConsoleError) => {
    sayProblems(problems);
    setRefusal({ about, failure });
  };

  const advance = async (wanted: number) => {
    const problems = await check();
    const wrong = firstWrongPage(pages, askedFor(pages, problems, wanted - 1)) ?? wanted;
    say(askedFor(pages, problems, Math.max(reached, wanted - 1)));
    show(Math.min(wrong, wanted));
  };
  const finish = async () => {
    const started = await invoke('operation.start', { operationId, input });
    onClose();
    onJobStarted(started.jobId);
  };
  const busily = async (work: () => Promise<void>) => {
    setBusy(true);
    try {
      await work();
    } catch (error) {
      if (!(error instanceof ConsoleError)) throw error;
      say(error.problems, error.problems.length === 0 ? error : undefined);
      show(Math.min(firstWrongPage(pages, error.problems) ?? place, pages.length));
    } finally {
      setBusy(false);
    }
  };

  const claim = useCallback((path: string) => {
    const held = claims.current;
    held.set(path, (held.get(path) ?? 0) + 1);
    return () => {
      const left = (held.get(path) ?? 1) - 1;
      if (left === 0) held.delete(path);
      else held.set(path, left);
    };
  }, []);
  const shown = useMemo(() => ({ problems: standing, asked, claim }), [standing, asked, claim]);

  return {
    place,
    reached,
    isBusy,
    shown,
    isClaimed: (problem) => [...claims.current.keys()].some((path) => pathText(problem) === path || pathText(problem).startsWith(`${path}.`)),
    failure: refusal.about === about ? refusal.failure : undefined,
    goOn: () => busily(place === pages.length ? finish : () => advance(place + 1)),
    goTo: (next) => (next <= place ? Promise.resolve(show(next)) : busily(() => advance(next))),
  };
}
