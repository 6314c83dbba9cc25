/** Columns of the job list; those that VMM shows come first (fact sheet §6.2), the others by choice. */
import type { ListColumn } from '../../list/listTypes.ts';
import { formatDuration, formatInstant } from '../shared/format.ts';
import { JobStatusText, statusText } from './JobStatusText.tsx';

export const jobColumns: readonly ListColumn<'job.list'>[] = [
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
  { id: 'endTime', header: 'End Time', width: 170, isOptional: true, sortBy: 'endTime', text: (row) => formatInstant(row.endTime) },
  { id: 'duration', header: 'Duration', width: 100, isOptional: true, align: 'end', sortBy: 'duration', text: (row) => formatDuration(row.startTime, row.endTime, Date.now()) },
  { id: 'progress', header: 'Progress', width: 80, isOptional: true, align: 'end', text: (row) => `${row.progress} %` },
  { id: 'command', header: 'Command', width: 200, isOptional: true, sortBy: 'operation', text: (row) => row.operationId },
  { id: 'resultType', header: 'Result Type', width: 120, isOptional: true, text: (row) => row.resultType },
  { id: 'errorCode', header: 'Error', width: 90, isOptional: true, text: (row) => row.errorCode ?? '' },
  { id: 'attempts', header: 'Attempts', width: 80, isOptional: true, align: 'end', sortBy: 'attempts', text: (row) => String(row.attempts) },
  { id: 'id', header: 'Job ID', width: 280, isOptional: true, isMono: true, text: (row) => row.id },
];
