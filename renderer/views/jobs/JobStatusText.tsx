import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { ArrowSync16Regular, ArrowStepOver16Regular, CheckmarkCircle16Filled, Clock16Regular, ErrorCircle16Filled, Info16Filled, SubtractCircle16Filled } from '@fluentui/react-icons';
import { jobStatusLabels, type JobStatus } from '../../../shared/contract/jobs.ts';
import type { CommandIcon } from '../../shell/command.ts';

const useStyles = makeStyles({
  root: { display: 'inline-flex', alignItems: 'center', gap: '6px', minWidth: 0, verticalAlign: 'middle', whiteSpace: 'nowrap' },
  icon: { display: 'flex', flexShrink: 0 },
  good: { color: tokens.colorStatusSuccessForeground1 },
  bad: { color: tokens.colorStatusDangerForeground1 },
  info: { color: tokens.colorBrandForeground1 },
  quiet: { color: tokens.colorNeutralForeground3 },
});

type Tone = 'good' | 'bad' | 'info' | 'quiet';

const looks: Record<JobStatus, { readonly icon: CommandIcon; readonly tone: Tone }> = {
  NotStarted: { icon: Clock16Regular, tone: 'quiet' },
  Running: { icon: ArrowSync16Regular, tone: 'info' },
  Completed: { icon: CheckmarkCircle16Filled, tone: 'good' },
  SucceedWithInfo: { icon: Info16Filled, tone: 'info' },
  Failed: { icon: ErrorCircle16Filled, tone: 'bad' },
  Canceled: { icon: SubtractCircle16Filled, tone: 'quiet' },
};

/** A status as icon and word, with the percentage while it runs. */
export function JobStatusText({ status, progress }: { readonly status: JobStatus; readonly progress?: number }) {
  const styles = useStyles();
  const { icon: Icon, tone } = looks[status];
  return (
    <span className={styles.root}>
      <span className={mergeClasses(styles.icon, styles[tone])} aria-hidden>
        <Icon />
      </span>
      {statusText(status, progress)}
    </span>
  );
}

/** A step that failed and that the job went on without. */
export function SkippedText() {
  const styles = useStyles();
  return (
    <span className={styles.root}>
      <span className={mergeClasses(styles.icon, styles.quiet)} aria-hidden>
        <ArrowStepOver16Regular />
      </span>
      Skipped
    </span>
  );
}

export function statusText(status: JobStatus, progress: number | undefined): string {
  return status === 'Running' && progress !== undefined ? `${jobStatusLabels[status]} ${Math.round(progress)} %` : jobStatusLabels[status];
}
