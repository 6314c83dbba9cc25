import { Checkbox, Field, FieldContextProvider, Input, Radio, RadioGroup, makeStyles, tokens } from '@fluentui/react-components';
import { exportFormatLabels, exportFormats, exportFormatSchema } from '../../../shared/contract/jobExport.ts';
import { jobStatuses, jobStatusLabels } from '../../../shared/contract/jobs.ts';
import { queryText, toggledStatus, type JobQuery } from '../jobs/jobQuery.ts';
import { Choice } from '../../wizards/frame/Choice.tsx';
import { timeProblem, type ExportForm, type ScopeChoice } from './exportForm.ts';

const useStyles = makeStyles({
  columns: { display: 'grid', gridTemplateColumns: 'minmax(0, 1fr) minmax(0, 1fr)', gap: '16px', alignItems: 'start' },
  column: { display: 'flex', flexDirection: 'column', gap: '8px', minWidth: 0 },
  filter: { display: 'flex', flexDirection: 'column', gap: '8px', paddingLeft: '12px', borderLeft: `2px solid ${tokens.colorNeutralStroke2}` },
  statuses: { display: 'grid', gridTemplateColumns: 'auto auto', '& label': { paddingTop: '2px', paddingBottom: '2px' } },
  input: { minWidth: 0, width: '100%', '& input': { minWidth: 0 } },
});

interface ExportFieldsProps {
  readonly form: ExportForm;
  readonly job: { readonly name: string } | undefined;
  readonly list: JobQuery | undefined;
  readonly onChange: (form: ExportForm) => void;
}

const scopeChoices: readonly ScopeChoice[] = ['job', 'list', 'all', 'filter'];

/** Which jobs, as what. */
export function ExportFields({ form, job, list, onChange }: ExportFieldsProps) {
  const styles = useStyles();
  const change = (part: Partial<ExportForm>) => onChange({ ...form, ...part });
  return (
    <div className={styles.columns}>
      <Field label="Format">
        <RadioGroup value={form.format} onChange={(_event, { value }) => change({ format: exportFormatSchema.parse(value) })}>
          {exportFormats.map((format) => (
            <Radio key={format} value={format} label={<Choice label={exportFormatLabels[format].name} hint={exportFormatLabels[format].use} />} />
          ))}
        </RadioGroup>
      </Field>
      <div className={styles.column}>
        <Field label="Jobs">
          <RadioGroup value={form.choice} onChange={(_event, { value }) => change({ choice: scopeChoices.find((choice) => choice === value) ?? 'all' })}>
            <Radio value="job" disabled={job === undefined} label={<Choice label="Selected job" hint={job?.name ?? 'Select a job in the list first.'} />} />
            {list !== undefined && <Radio value="list" label={<Choice label="Jobs in the list" hint={queryText(list)} />} />}
            <Radio value="all" label={<Choice label="All jobs" hint="" />} />
            <Radio value="filter" label={<Choice label="Jobs that match" hint="" />} />
          </RadioGroup>
        </Field>
        {form.choice === 'filter' && <FilterFields form={form} change={change} />}
      </div>
    </div>
  );
}

function FilterFields({ form, change }: { readonly form: ExportForm; readonly change: (part: Partial<ExportForm>) => void }) {
  const styles = useStyles();
  const problem = timeProblem(form);
  return (
    <div className={styles.filter}>
      <Field label="Text">
        <Input className={styles.input} size="small" value={form.text} maxLength={200} autoComplete="off" spellCheck={false} onChange={(_event, { value }) => change({ text: value })} />
      </Field>
      <Field label="Status" hint="None chosen: any.">
        {/* Each check box keeps its own id: a field would give all of them its own. */}
        <div role="group" aria-label="Status" className={styles.statuses}>
          <FieldContextProvider value={undefined}>
            {jobStatuses.map((status) => (
              <Checkbox key={status} size="medium" label={jobStatusLabels[status]} checked={form.statuses.includes(status)} onChange={() => change({ statuses: toggledStatus(form.statuses, status) })} />
            ))}
          </FieldContextProvider>
        </div>
      </Field>
      <Field label="Started from">
        <Input className={styles.input} size="small" type="datetime-local" value={form.from} onChange={(_event, { value }) => change({ from: value })} />
      </Field>
      <Field label="Started before" {...(problem === undefined ? {} : { validationState: 'error' as const, validationMessage: problem })}>
        <Input className={styles.input} size="small" type="datetime-local" value={form.to} onChange={(_event, { value }) => change({ to: value })} />
      </Field>
    </div>
  );
}
