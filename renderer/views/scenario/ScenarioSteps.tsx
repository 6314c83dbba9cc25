import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { CheckmarkCircle16Filled, Circle16Regular, ErrorCircle16Filled, PlayCircle16Regular } from '@fluentui/react-icons';
import { useEffect, useRef } from 'react';
import type { ScenarioStepState } from '../../../shared/contract/scenarios.ts';

const useStyles = makeStyles({
  list: { height: 'min(360px, 45vh)', overflowY: 'auto', margin: 0, padding: 0, listStyleType: 'none', border: `1px solid ${tokens.colorNeutralStroke2}`, borderRadius: tokens.borderRadiusMedium },
  step: { display: 'grid', gridTemplateColumns: '20px 44px minmax(0, 1fr) auto', columnGap: '8px', padding: '3px 8px', lineHeight: '20px' },
  running: { backgroundColor: tokens.colorNeutralBackground3 },
  icon: { display: 'flex', alignItems: 'center' },
  passed: { color: tokens.colorStatusSuccessForeground1 },
  failed: { color: tokens.colorStatusDangerForeground1 },
  waiting: { color: tokens.colorNeutralForeground3 },
  number: { textAlign: 'right', color: tokens.colorNeutralForeground3, fontVariantNumeric: 'tabular-nums' },
  title: { overflowWrap: 'anywhere' },
  kind: { color: tokens.colorNeutralForeground3 },
  time: { color: tokens.colorNeutralForeground3, fontVariantNumeric: 'tabular-nums', whiteSpace: 'nowrap' },
  failure: { gridColumn: '3 / -1', color: tokens.colorStatusDangerForeground1, overflowWrap: 'anywhere' },
});

const stateWords: Readonly<Record<ScenarioStepState['state'], string>> = { waiting: 'Waiting', running: 'Running', passed: 'Passed', failed: 'Failed' };

/** Every step with what became of it; the one that runs stays in view. */
export function ScenarioSteps({ steps }: { readonly steps: readonly ScenarioStepState[] }) {
  const styles = useStyles();
  const list = useRef<HTMLUListElement>(null);
  const running = steps.find(({ state }) => state === 'running')?.number;
  useEffect(() => {
    if (running !== undefined) list.current?.querySelector(`[data-step="${running}"]`)?.scrollIntoView({ block: 'nearest' });
  }, [running]);
  return (
    <ul ref={list} className={styles.list} aria-label="Steps" tabIndex={0}>
      {steps.map((step) => (
        <li key={step.number} data-step={step.number} className={mergeClasses(styles.step, step.state === 'running' && styles.running)}>
          <StepIcon state={step.state} />
          <span className={styles.number}>{step.number}.</span>
          <span className={styles.title}>
            {step.kind !== 'do' && <span className={styles.kind}>{step.kind}: </span>}
            {step.title}
          </span>
          <span className={styles.time}>{timeText(step)}</span>
          {step.failures.map((failure) => (
            <span key={failure} className={styles.failure}>
              {step.line === null ? '' : `Line ${step.line}: `}
              {failure}
            </span>
          ))}
        </li>
      ))}
    </ul>
  );
}

function StepIcon({ state }: Pick<ScenarioStepState, 'state'>) {
  const styles = useStyles();
  const word = stateWords[state];
  const icon = (className: string | undefined, Icon: typeof Circle16Regular) => (
    <span className={mergeClasses(styles.icon, className)} role="img" aria-label={word} title={word}>
      <Icon />
    </span>
  );
  switch (state) {
    case 'passed':
      return icon(styles.passed, CheckmarkCircle16Filled);
    case 'failed':
      return icon(styles.failed, ErrorCircle16Filled);
    case 'running':
      return icon(undefined, PlayCircle16Regular);
    case 'waiting':
      return icon(styles.waiting, Circle16Regular);
  }
}

function timeText({ state, elapsedMs }: ScenarioStepState): string {
  if (state !== 'passed' && state !== 'failed') return '';
  return elapsedMs < 1000 ? `${elapsedMs} ms` : `${(elapsedMs / 1000).toFixed(1)} s`;
}
