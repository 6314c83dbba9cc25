/** A field of a wizard page that shows the problem which main found with its value. */
import { Field, type FieldProps } from '@fluentui/react-components';
import { createContext, useContext, useEffect } from 'react';
import type { Problem } from '../../../shared/contract/errors.ts';
import { pathText, sentence } from './wizardProblems.ts';

export interface ShownProblems {
  /** Those that stand: they go one by one as they are mended. */
  readonly problems: readonly Problem[];
  /** What main said when the operator asked last, for pages that turn to what is wrong: the same array until the operator asks again. */
  readonly asked: readonly Problem[];
  /** A field says that it shows the problems of its path, so that the foot need not. Returns the way to take it back. */
  readonly claim: (path: string) => () => void;
}

export const ShownProblemsContext = createContext<ShownProblems>({ problems: [], asked: [], claim: () => () => undefined });

/** `path`: of the operation's input, with dots. Problems below it are shown here too, unless another field has them. */
export function useProblem(path: string): Problem | undefined {
  const { problems, claim } = useContext(ShownProblemsContext);
  useEffect(() => claim(path), [claim, path]);
  return problems.find((problem) => pathText(problem) === path) ?? problems.find((problem) => pathText(problem).startsWith(`${path}.`));
}

/** All problems at and below a path, for a row of fields that shows them in one place. */
export function useProblems(path: string): readonly Problem[] {
  const { problems, claim } = useContext(ShownProblemsContext);
  useEffect(() => claim(path), [claim, path]);
  return problems.filter((problem) => pathText(problem) === path || pathText(problem).startsWith(`${path}.`));
}

/** A field in a narrow row: only marked as wrong; `RowProblems` below the row has the words. */
export function MarkedField({ path, ...props }: Omit<WizardFieldProps, 'isGroup'>) {
  const found = useProblem(path);
  return <Field {...props} {...(found === undefined ? {} : { validationState: 'error' })} />;
}

/** What is wrong in a row of marked fields, over its whole width. */
export function RowProblems({ path, className }: { readonly path: string; readonly className?: string }) {
  const problems = useProblems(path);
  if (problems.length === 0) return null;
  return (
    <div role="alert" className={className}>
      {problems.map((problem) => (
        <div key={pathText(problem)}>{sentence(problem)}</div>
      ))}
    </div>
  );
}

interface WizardFieldProps extends FieldProps {
  readonly path: string;
  /** Of a group whose members show their own problems. */
  readonly isGroup?: boolean;
}

export function WizardField({ path, isGroup = false, ...props }: WizardFieldProps) {
  const nearest = useProblem(path);
  const found = isGroup && nearest !== undefined && pathText(nearest) !== path ? undefined : nearest;
  return <Field {...props} {...(found === undefined ? {} : { validationState: 'error', validationMessage: sentence(found) })} />;
}
