/** Above the rows of the job list: what it is narrowed to, each condition to be taken away; and the filters that are kept. */
import { Button, makeStyles, tokens } from '@fluentui/react-components';
import { Delete16Regular, Dismiss12Regular, Save16Regular } from '@fluentui/react-icons';
import { useMemo } from 'react';
import { useProcedure } from '../../bridge/queries.ts';
import { JobFilterButton } from './JobFilterButton.tsx';
import { isEmpty, isSame, queryParts, type JobQuery, type SavedJobFilter } from './jobQuery.ts';
import { SaveFilterButton } from './SaveFilterButton.tsx';

const useStyles = makeStyles({
  root: { display: 'flex', alignItems: 'center', flexWrap: 'wrap', gap: '4px 8px', minHeight: '28px', padding: '4px 12px', flexShrink: 0, borderBottom: `1px solid ${tokens.colorNeutralStroke2}` },
  part: { minWidth: 0, maxWidth: '320px', '& > span:first-child': { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' } },
  label: { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
  space: { flexGrow: 1 },
});

interface JobFilterBarProps {
  readonly query: JobQuery;
  readonly onChange: (query: JobQuery) => void;
  /** The kept filter that the page shows. */
  readonly saved: SavedJobFilter | undefined;
  readonly all: readonly SavedJobFilter[];
  /** Keeps the query under a name and goes there. */
  readonly onSave: (name: string) => void;
  /** Keeps what was changed of the kept filter. */
  readonly onUpdate: () => void;
  readonly onDelete: () => void;
}

export function JobFilterBar({ query, onChange, saved, all, onSave, onUpdate, onDelete }: JobFilterBarProps) {
  const styles = useStyles();
  const { data: choices } = useProcedure('job.filterChoices', {});
  const names = useMemo(() => new Map((choices?.operations ?? []).map(({ id, name }) => [id, name])), [choices]);
  const parts = queryParts(query, names);
  const isChanged = saved !== undefined && !isSame(query, saved.query);
  return (
    <div className={styles.root} role="group" aria-label="Filter">
      <JobFilterButton query={query} onChange={onChange} operations={choices?.operations ?? []} owners={choices?.owners ?? []} />
      {parts.map(({ key, label, without }) => (
        <Button key={key} size="small" className={styles.part} icon={<Dismiss12Regular />} iconPosition="after" title={`${label}. Take this condition away`} onClick={() => onChange(without)}>
          <span className={styles.label}>{label}</span>
        </Button>
      ))}
      {!isEmpty(query) && parts.length + Number(query.text !== '') > 1 && (
        <Button size="small" appearance="subtle" onClick={() => onChange({ ...query, text: '', statuses: [], operationIds: [], owner: '', from: null, to: null })}>
          Clear all
        </Button>
      )}
      <span className={styles.space} />
      {isChanged && (
        <Button size="small" icon={<Save16Regular />} onClick={onUpdate}>
          Save changes
        </Button>
      )}
      <SaveFilterButton disabledReason={isEmpty(query) ? 'Search or filter first: there is nothing to keep yet.' : undefined} all={all} onSave={onSave} />
      {saved !== undefined && (
        <Button size="small" appearance="subtle" icon={<Delete16Regular />} title={`Delete the filter ${saved.name}. No job is deleted.`} onClick={onDelete}>
          Delete filter
        </Button>
      )}
    </div>
  );
}
