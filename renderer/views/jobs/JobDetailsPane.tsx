/** One job: Summary, Details (its steps), Change Tracking; with Restart and Cancel. */
import { Button, makeStyles, ProgressBar, Tab, TabList, tokens, Tooltip } from '@fluentui/react-components';
import { ArrowClockwise20Regular, ArrowUndo20Regular, DismissCircle20Regular, WindowConsole20Regular } from '@fluentui/react-icons';
import { useState } from 'react';
import type { JobDetails } from '../../../shared/contract/jobs.ts';
import { invoke } from '../../bridge/client.ts';
import { useProcedure } from '../../bridge/queries.ts';
import { useConsole } from '../../shell/console.tsx';
import { useNotify } from '../../shell/notify.tsx';
import { ErrorState, LoadingState } from '../shared/states.tsx';
import { ChangeTracking } from './ChangeTracking.tsx';
import { JobSteps } from './JobSteps.tsx';
import { JobSummary } from './JobSummary.tsx';
import { JobStatusText } from './JobStatusText.tsx';

const useStyles = makeStyles({
  root: { height: '100%', display: 'flex', flexDirection: 'column', minHeight: 0 },
  head: { display: 'flex', alignItems: 'center', gap: '12px', padding: '8px 12px 0', flexShrink: 0 },
  name: { margin: 0, fontSize: '14px', lineHeight: '20px', fontWeight: tokens.fontWeightSemibold, overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
  space: { flexGrow: 1 },
  progress: { margin: '8px 12px 0', width: 'auto', flexShrink: 0 },
  tabs: { padding: '0 4px', flexShrink: 0, borderBottom: `1px solid ${tokens.colorNeutralStroke2}` },
  body: { flexGrow: 1, minHeight: 0, display: 'flex', flexDirection: 'column' },
});

type Page = 'summary' | 'details' | 'changes';

export function JobDetailsPane({ jobId }: { readonly jobId: string }) {
  const { data, error, refetch } = useProcedure('job.get', { id: jobId });
  if (error !== null && data === undefined) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (data === undefined) return <LoadingState what="the job" />;
  return <JobPane job={data} />;
}

function JobPane({ job }: { readonly job: JobDetails }) {
  const styles = useStyles();
  const [page, setPage] = useState<Page>('details');
  const notify = useNotify();
  const { open } = useConsole();
  const undo = () => void invoke('job.undo', { id: job.id }).then(({ jobId }) => open({ kind: 'jobs', jobId }), notify.error);
  return (
    <section className={styles.root} aria-label={`Job ${job.name}`} data-pane="details">
      <header className={styles.head}>
        <h3 className={styles.name} title={job.name}>
          {job.name}
        </h3>
        <span role="status">
          <JobStatusText status={job.status} progress={job.progress} />
        </span>
        <span className={styles.space} />
        <Button size="small" icon={<WindowConsole20Regular />} onClick={() => open({ kind: 'jobScript', jobId: job.id, name: job.name })}>
          View Script
        </Button>
        {/* Pressed, they become disabled: they must keep the focus then, or keys go nowhere. */}
        <Button size="small" icon={<ArrowClockwise20Regular />} disabledFocusable={!job.isRestartable} onClick={() => void invoke('job.restart', { id: job.id }).catch(notify.error)}>
          Restart
        </Button>
        <Button size="small" icon={<DismissCircle20Regular />} disabledFocusable={!job.isStoppable} onClick={() => void invoke('job.cancel', { id: job.id }).catch(notify.error)}>
          Cancel
        </Button>
        <Tooltip content={job.undoRefusal ?? 'Start a job that undoes this one'} relationship="description">
          <Button size="small" icon={<ArrowUndo20Regular />} disabledFocusable={job.undoRefusal !== null} onClick={undo}>
            Undo
          </Button>
        </Tooltip>
      </header>
      <ProgressBar className={styles.progress} value={job.progress / 100} color={job.status === 'Failed' ? 'error' : job.status === 'Completed' ? 'success' : 'brand'} aria-label="Progress of the job" />
      <TabList size="small" className={styles.tabs} selectedValue={page} onTabSelect={(_event, { value }) => setPage(value as Page)}>
        <Tab value="summary">Summary</Tab>
        <Tab value="details">Details</Tab>
        <Tab value="changes">Change Tracking</Tab>
      </TabList>
      <div className={styles.body}>
        <JobPage page={page} job={job} />
      </div>
    </section>
  );
}

function JobPage({ page, job }: { readonly page: Page; readonly job: JobDetails }) {
  switch (page) {
    case 'summary':
      return <JobSummary job={job} />;
    case 'details':
      return <JobSteps job={job} />;
    case 'changes':
      return <ChangeTracking records={job.auditRecords} />;
  }
}
