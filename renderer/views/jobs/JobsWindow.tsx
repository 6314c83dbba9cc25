/** Jobs in a window of their own that can stay open beside the console. */
import { TaskListLtr20Regular } from '@fluentui/react-icons';
import { useState } from 'react';
import { FloatingPanel } from '../shared/FloatingPanel.tsx';
import { JobsView } from './JobsView.tsx';

interface JobsWindowProps {
  readonly initialJobId?: string;
  readonly onClose: () => void;
}

export function JobsWindow({ initialJobId, onClose }: JobsWindowProps) {
  const [jobId, setJobId] = useState<string | null>(initialJobId ?? null);
  return (
    <FloatingPanel title="Jobs" icon={<TaskListLtr20Regular />} width={940} height={560} place="middle" onClose={onClose}>
      <JobsView selectedId={jobId} onSelect={(row) => setJobId(row.id)} />
    </FloatingPanel>
  );
}
