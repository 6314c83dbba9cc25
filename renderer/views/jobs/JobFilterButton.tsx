/** The conditions of the job list besides its search. Each takes effect at once. */
import { Button, Checkbox, Dropdown, Field, FieldContextProvider, Input, makeStyles, Option, Popover, PopoverSurface, PopoverTrigger } from '@fluentui/react-components';
import { Filter16Regular } from '@fluentui/react-icons';
import { jobStatuses, jobStatusLabels } from '../../../shared/contract/jobs.ts';
import { instantOf, localTime, toggledStatus, type JobQuery } from './jobQuery.ts';

const useStyles = makeStyles({
  surface: { padding: '12px' },
  form: { display: 'flex', flexDirection: 'column', gap: '8px', width: '340px', maxHeight: 'min(440px, calc(100vh - 240px))', overflow: 'auto' },
  statuses: { display: 'grid', gridTemplateColumns: 'auto auto', '& label': { paddingTop: '2px', paddingBottom: '2px' } },
  times: { display: 'grid', gridTemplateColumns: 'minmax(0, 1fr) minmax(0, 1fr)', gap: '8px' },
  input: { minWidth: 0, width: '100%', '& input': { minWidth: 0 } },
});

interface JobFilterButtonProps {
  readonly query: JobQuery;
  readonly onChange: (query: JobQuery) => void;
  readonly operations: readonly { readonly id: string; readonly name: string }[];
  readonly owners: readonly string[];
}

const anyOwner = 'Any';

export function JobFilterButton({ query, onChange, operations, owners }: JobFilterButtonProps) {
  const styles = useStyles();
  const change = (part: Partial<JobQuery>) => onChange({ ...query, ...part });
  const isBackward = query.from !== null && query.to !== null && query.from >= query.to;
  const shownOperations = operations.filter(({ id }) => query.operationIds.includes(id)).map(({ name }) => name);
  return (
    <Popover trapFocus positioning="below-start">
      <PopoverTrigger disableButtonEnhancement>
        <Button size="small" icon={<Filter16Regular />}>
          Filter
        </Button>
      </PopoverTrigger>
      <PopoverSurface className={styles.surface} aria-label="Filter jobs">
        <div className={styles.form}>
          <Field label="Status" hint="None chosen: any.">
            {/* Each check box keeps its own id: a field would give all of them its own. */}
            <div role="group" aria-label="Status" className={styles.statuses}>
              <FieldContextProvider value={undefined}>
                {jobStatuses.map((status) => (
                  <Checkbox key={status} label={jobStatusLabels[status]} checked={query.statuses.includes(status)} onChange={() => change({ statuses: toggledStatus(query.statuses, status) })} />
                ))}
              </FieldContextProvider>
            </div>
          </Field>
          <Field label="Operation">
            <Dropdown
              size="small"
              className={styles.input}
              multiselect
              inlinePopup
              placeholder="Any"
              value={shownOperations.join(', ')}
              selectedOptions={query.operationIds}
              onOptionSelect={(_event, { selectedOptions }) => change({ operationIds: selectedOptions })}
            >
              {operations.map(({ id, name }) => (
                <Option key={id} value={id} text={name}>
                  {name}
                </Option>
              ))}
            </Dropdown>
          </Field>
          <Field label="Owner">
            <Dropdown size="small" className={styles.input} inlinePopup value={query.owner === '' ? anyOwner : query.owner} selectedOptions={[query.owner]} onOptionSelect={(_event, { optionValue }) => change({ owner: optionValue ?? '' })}>
              {['', ...owners].map((owner) => (
                <Option key={owner} value={owner} text={owner === '' ? anyOwner : owner}>
                  {owner === '' ? anyOwner : owner}
                </Option>
              ))}
            </Dropdown>
          </Field>
          <div className={styles.times}>
            <Field label="Started from">
              <Input className={styles.input} size="small" type="datetime-local" value={localTime(query.from)} onChange={(_event, { value }) => change({ from: instantOf(value) })} />
            </Field>
            <Field label="Started before" {...(isBackward ? { validationState: 'error' as const, validationMessage: 'The end lies before the beginning.' } : {})}>
              <Input className={styles.input} size="small" type="datetime-local" value={localTime(query.to)} onChange={(_event, { value }) => change({ to: instantOf(value) })} />
            </Field>
          </div>
        </div>
      </PopoverSurface>
    </Popover>
  );
}
