/** The job list above, the chosen job below. Used by the Jobs workspace and by the Jobs window. */
import { makeStyles, tokens } from '@fluentui/react-components';
import { Group, Panel } from 'react-resizable-panels';
import type { JobRow } from '../../../shared/contract/jobs.ts';
import { ObjectList } from '../../list/ObjectList.tsx';
import type { ListColumn } from '../../list/listTypes.ts';
import type { Command } from '../../shell/command.ts';
import { PaneSeparator } from '../../shell/PaneSeparator.tsx';
import { formatInstant } from '../shared/format.ts';
import { JobDetailsPane } from './JobDetailsPane.tsx';
import { JobStatusText, statusText } from './JobStatusText.tsx';

const useStyles = makeStyles({
  root: { height: '100%', minHeight: 0 },
  none: { height: '100%', display: 'flex', alignItems: 'center', justifyContent: 'center', color: tokens.colorNeutralForeground3 },
});

const columns: readonly ListColumn<'job.list'>[] = [
  { id: 'name', header: 'Name', width: 280, sortBy: 'name', text: (row) => row.name },
  {
    id: 'status',
    header: 'Status',
    width: 150,
    sortBy: 'status',
    text: (row) => statusText(row.status, row.progress),
    render: (row) => <JobStatusText status={row.status} progress={row.progress} />,
  },
  { id: 'startTime', header: 'Start Time', width: 170, sortBy: 'startTime', text: (row) => formatInstant(row.startTime) },
  { id: 'resultName', header: 'Result Name', width: 150, sortBy: 'resultName', text: (row) => row.resultName },
  { id: 'owner', header: 'Owner', width: 120, sortBy: 'owner', text: (row) => row.owner },
];

const emptyState = { title: 'No jobs', description: 'Every change that the console makes is a job. The first one will be listed here.' };

interface JobsViewProps {
  readonly selectedId: string | null;
  readonly onSelect: (row: JobRow) => void;
  readonly onOpen?: () => void;
  readonly contextCommands?: readonly Command[];
}

export function JobsView({ selectedId, ...list }: JobsViewProps) {
  const styles = useStyles();
  return (
    <Group orientation="vertical" className={styles.root}>
      <Panel id="jobs" defaultSize="45%" minSize={100}>
        <ObjectList procedure="job.list" caption="Jobs" columns={columns} getRowId={(row) => row.id} emptyState={emptyState} selectedId={selectedId} {...list} />
      </Panel>
      <PaneSeparator orientation="horizontal" label="Height of the job list" />
      <Panel id="job" minSize={140}>
        {selectedId === null ? <div className={styles.none}>Select a job to see its steps and changes.</div> : <JobDetailsPane key={selectedId} jobId={selectedId} />}
      </Panel>
    </Group>
  );
}
