import { Link, makeStyles } from '@fluentui/react-components';
import type { JobDetails } from '../../../shared/contract/jobs.ts';
import { FactList } from '../shared/FactList.tsx';
import { formatDuration, formatInstant } from '../shared/format.ts';
import { ErrorState } from '../shared/states.tsx';
import { useConsole } from '../../shell/console.tsx';
import { JobStatusText } from './JobStatusText.tsx';

const useStyles = makeStyles({ root: { padding: '12px', overflow: 'auto', display: 'flex', flexDirection: 'column', gap: '12px' } });

/** What the job is, how it went, and the error it ended with. */
export function JobSummary({ job }: { readonly job: JobDetails }) {
  const styles = useStyles();
  return (
    <div className={styles.root} tabIndex={0}>
      {job.error !== null && <ErrorState error={job.error} />}
      <FactList
        facts={[
          { label: 'Status', value: <JobStatusText status={job.status} progress={job.progress} /> },
          { label: 'Command', value: job.operationId },
          { label: 'Result name', value: job.resultName || 'None' },
          { label: 'Result type', value: job.resultType || 'None' },
          { label: 'Started', value: formatInstant(job.startTime) || 'Not yet' },
          { label: 'Ended', value: formatInstant(job.endTime) || 'Not yet' },
          { label: 'Duration', value: formatDuration(job.startTime, job.endTime, Date.now()) },
          { label: 'Owner', value: job.owner },
          { label: 'Attempts', value: job.attempts },
          ...(job.undoes === null ? [] : [{ label: 'Undoes', value: <JobLink job={job.undoes} /> }]),
          ...(job.undoneBy === null ? [] : [{ label: 'Undone by', value: <JobLink job={job.undoneBy} /> }]),
          ...(job.undoRefusal === null || job.undoneBy !== null ? [] : [{ label: 'Undo', value: job.undoRefusal }]),
          { label: 'Job ID', value: job.id },
        ]}
      />
    </div>
  );
}

function JobLink({ job }: { readonly job: NonNullable<JobDetails['undoes']> }) {
  const { open } = useConsole();
  return <Link onClick={() => open({ kind: 'jobs', jobId: job.id })}>{job.name}</Link>;
}
