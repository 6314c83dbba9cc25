/** Jobs in a window of their own that can stay open beside the console. */
import { Checkbox, makeStyles, tokens } from '@fluentui/react-components';
import { TaskListLtr20Regular } from '@fluentui/react-icons';
import { useState } from 'react';
import { usePreference } from '../../shell/preferences.ts';
import { FloatingPanel } from '../shared/FloatingPanel.tsx';
import { JobsView } from './JobsView.tsx';

const useStyles = makeStyles({ jobs: { flexGrow: 1, minHeight: 0 }, foot: { flexShrink: 0, padding: '0 4px', borderTop: `1px solid ${tokens.colorNeutralStroke2}` } });

interface JobsWindowProps {
  readonly initialJobId?: string;
  readonly onClose: () => void;
}

export function JobsWindow({ initialJobId, onClose }: JobsWindowProps) {
  const styles = useStyles();
  const [isShown, setShown] = usePreference('isJobsWindowShown');
  const [jobId, setJobId] = useState<string | null>(initialJobId ?? null);
  return (
    <FloatingPanel title="Jobs" icon={<TaskListLtr20Regular />} width={940} height={640} place="middle" onClose={onClose}>
      <div className={styles.jobs}>
        <JobsView selectedId={jobId} onSelect={(row) => setJobId(row.id)} />
      </div>
      <div className={styles.foot}>
        <Checkbox label="Show this window when new objects are created" checked={isShown} onChange={(_event, { checked }) => setShown(checked === true)} />
      </div>
    </FloatingPanel>
  );
}
