import { makeStyles, tokens } from '@fluentui/react-components';
import type { JobDetails, JobStep } from '../../../shared/contract/jobs.ts';
import { formatDuration, formatInstant } from '../shared/format.ts';
import { LocalTable, type LocalColumn } from '../shared/LocalTable.tsx';
import { JobErrorBox } from './JobErrorBox.tsx';
import { Truncated } from '../shared/Truncated.tsx';
import { JobStatusText, SkippedText } from './JobStatusText.tsx';

const useStyles = makeStyles({ table: { flexGrow: 1 }, count: { margin: 0, padding: '4px 12px', fontSize: '12px', lineHeight: '16px', color: tokens.colorNeutralForeground2 }, error: { padding: '8px 12px 0' } });

/** Steps under a step are set in by the depth of their number. */
function depth(number: string): number {
  return number.split('.').length - 1;
}

const columns: readonly LocalColumn<JobStep>[] = [
  { header: 'Step', width: '64px', render: (step) => step.number },
  {
    header: 'Name',
    width: 'minmax(240px, 2fr)',
    render: (step) => (
      <div style={{ paddingInlineStart: `${depth(step.number) * 16}px` }}>
        <Truncated text={step.name} />
      </div>
    ),
  },
  { header: 'Status', width: '150px', render: (step) => (step.isSkipped ? <SkippedText /> : <JobStatusText status={step.status} />) },
  { header: 'Start Time', width: '160px', render: (step) => formatInstant(step.startTime) },
  { header: 'End Time', width: '160px', render: (step) => formatInstant(step.endTime) },
  { header: 'Duration', width: '84px', kind: 'number', render: (step) => formatDuration(step.startTime, step.endTime, Date.now()) },
  { header: 'Message', width: 'minmax(160px, 1fr)', render: (step) => <Truncated text={step.message} /> },
];

export function JobSteps({ job }: { readonly job: JobDetails }) {
  const styles = useStyles();
  const own = job.steps.filter(({ number }) => !job.steps.some((other) => other.number.startsWith(`${number}.`)));
  const done = own.filter(({ status }) => status === 'Completed' || status === 'SucceedWithInfo');
  const skipped = own.filter(({ isSkipped }) => isSkipped).length;
  return (
    <>
      {job.error !== null && (
        <div className={styles.error}>
          <JobErrorBox error={job.error} />
        </div>
      )}
      <p className={styles.count}>
        {done.length} of {own.length} {own.length === 1 ? 'step' : 'steps'} done{skipped === 0 ? '' : `, ${skipped} of them skipped`}
      </p>
      <LocalTable label="Steps" columns={columns} rows={job.steps} rowKey={(step) => step.id} className={styles.table} />
    </>
  );
}
