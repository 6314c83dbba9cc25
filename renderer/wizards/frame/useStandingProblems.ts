/** What main said about an input when it was asked, and what of it stands while the input is mended. */
import { useEffect, useMemo, useRef, useState } from 'react';
import { ConsoleError, type Problem } from '../../../shared/contract/errors.ts';
import { complainedAbout, untouched } from './standingProblems.ts';

/** Milliseconds without a change after which main looks again. */
const settling = 400;

interface Answer {
  readonly input: unknown;
  readonly problems: readonly Problem[];
}

interface StandingProblems {
  readonly problems: readonly Problem[];
  /** What main said when it was asked last; the same array until it is asked again. */
  readonly asked: readonly Problem[];
  /** An answer to the operator's question about the input as it is. */
  readonly say: (problems: readonly Problem[]) => void;
}

const nothing: readonly Problem[] = [];

/** `check` says what is wrong with `input` now; its problems have paths into it. */
export function useStandingProblems(input: unknown, check: () => Promise<readonly Problem[]>): StandingProblems {
  const [asked, setAsked] = useState(nothing);
  const [answer, setAnswer] = useState<Answer>({ input: undefined, problems: nothing });
  const about = JSON.stringify(input);
  const latest = useRef({ input, check });
  latest.current = { input, check };
  const isAnswered = asked.length === 0 || JSON.stringify(answer.input) === about;
  useEffect(() => {
    if (isAnswered) return undefined;
    let isOver = false;
    const lookAgain = async () => {
      const { input: now, check: checkNow } = latest.current;
      const found = await quietly(checkNow);
      if (!isOver && found !== undefined) setAnswer({ input: now, problems: complainedAbout(found, asked) });
    };
    const timer = setTimeout(() => void lookAgain(), settling);
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }, [about, asked, isAnswered]);
  const problems = useMemo(() => untouched(answer.problems, answer.input, latest.current.input), [answer, about]);
  return {
    problems,
    asked,
    say: (said) => {
      setAsked(said);
      setAnswer({ input, problems: said });
    },
  };
}

/** Undefined where main refuses to look: nobody asked, so there is nothing to say. */
async function quietly(check: () => Promise<readonly Problem[]>): Promise<readonly Problem[] | undefined> {
  try {
    return await check();
  } catch (error) {
    if (error instanceof ConsoleError) return undefined;
    throw error;
  }
}
