/** The job list above, the chosen job below. Used by the Jobs workspace and by the Jobs window. */
import { makeStyles, tokens } from '@fluentui/react-components';
import type { ReactNode } from 'react';
import { Group, Panel } from 'react-resizable-panels';
import type { JobRow } from '../../../shared/contract/jobs.ts';
import { ObjectList } from '../../list/ObjectList.tsx';
import type { Command } from '../../shell/command.ts';
import { PaneSeparator } from '../../shell/PaneSeparator.tsx';
import { jobColumns } from './jobColumns.tsx';
import { JobDetailsPane } from './JobDetailsPane.tsx';
import { isEmpty, type JobQuery } from './jobQuery.ts';

const useStyles = makeStyles({
  root: { height: '100%', minHeight: 0 },
  none: { height: '100%', display: 'flex', alignItems: 'center', justifyContent: 'center', color: tokens.colorNeutralForeground3 },
});

const noJobs = { title: 'No jobs', description: 'Every change that the console makes is a job. The first one will be listed here.' };
const noneRuns = { title: 'No job is running', description: 'A job is listed here while it waits or runs. What has ended is under History.' };
const noneMatches = { title: 'No job matches the filter', description: 'Take a condition away above the list to see more.' };

interface JobsViewProps {
  readonly selectedId: string | null;
  readonly onSelect: (row: JobRow) => void;
  readonly onOpen?: () => void;
  readonly contextCommands?: readonly Command[];
  /** What the list is narrowed to; left out, it has all jobs and a search of its own. */
  readonly narrowing?: { readonly query: JobQuery; readonly onChange: (query: JobQuery) => void; readonly bar: ReactNode; readonly caption: string };
}

export function JobsView({ selectedId, narrowing, ...list }: JobsViewProps) {
  const styles = useStyles();
  return (
    <Group orientation="vertical" className={styles.root}>
      <Panel id="jobs" defaultSize="45%" minSize={100}>
        <ObjectList procedure="job.list" caption="Jobs" columns={jobColumns} getRowId={(row) => row.id} emptyState={noJobs} selectedId={selectedId} {...list} {...narrowed(narrowing)} />
      </Panel>
      <PaneSeparator orientation="horizontal" label="Height of the job list" />
      <Panel id="job" minSize={140}>
        {selectedId === null ? <div className={styles.none}>Select a job to see its steps and changes.</div> : <JobDetailsPane key={selectedId} jobId={selectedId} />}
      </Panel>
    </Group>
  );
}

function narrowed(narrowing: JobsViewProps['narrowing']) {
  if (narrowing === undefined) return {};
  const { query, onChange, bar, caption } = narrowing;
  const { text, ...extraInput } = query;
  const empty = query.scope === 'running' ? noneRuns : noJobs;
  return {
    caption,
    extraInput,
    search: { text, placeholder: 'Search names, steps, errors', onChange: (next: string) => onChange({ ...query, text: next.slice(0, 200) }) },
    filterBar: bar,
    emptyState: isEmpty({ ...query, text: '' }) ? empty : noneMatches,
  };
}
