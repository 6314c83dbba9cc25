import { Field, ProgressBar } from '@fluentui/react-components';
import type { ExportState } from '../../../shared/contract/jobExport.ts';
import { FactList } from '../shared/FactList.tsx';
import { formatBytes, formatNumber } from '../shared/format.ts';
import { ErrorState } from '../shared/states.tsx';
import { progressOf } from './exportForm.ts';

/** How far an export is, or what came of it. */
export function ExportProgress({ state }: { readonly state: ExportState }) {
  switch (state.status) {
    case 'running':
      return <Running state={state} />;
    case 'completed':
      return <Written state={state} />;
    case 'canceled':
      return <div role="status">The export was canceled. No file was written.</div>;
    case 'failed':
      return state.error === null ? null : <ErrorState error={state.error} />;
  }
}

function Running({ state }: { readonly state: ExportState }) {
  const share = progressOf(state);
  const message = share === undefined ? 'Reading the job log' : `${formatNumber(state.done)} of ${formatNumber(state.total)} records`;
  return (
    <Field validationMessage={message} validationState="none">
      <ProgressBar aria-label="Export" {...(share === undefined ? {} : { value: share })} />
    </Field>
  );
}

function Written({ state }: { readonly state: ExportState }) {
  return (
    <div role="status">
      <FactList
        facts={[
          { label: 'File', value: state.path },
          { label: 'Size', value: formatBytes(state.bytes) },
          { label: 'Written', value: `${formatNumber(state.done)} records` },
          { label: 'SHA-256', value: state.sha256 ?? '' },
        ]}
      />
    </div>
  );
}
