/** Host groups with check boxes, as a tree drawn by indentation. */
import { Checkbox, FieldContextProvider, makeStyles, tokens } from '@fluentui/react-components';
import type { InventoryTree } from '../../../shared/contract/inventory.ts';
import { useProcedure } from '../../bridge/queries.ts';
import { ErrorState, LoadingState } from '../../views/shared/states.tsx';
import { orderedGroups } from './hostGroupOrder.ts';

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', maxHeight: '300px', overflow: 'auto', padding: '4px', border: `1px solid ${tokens.colorNeutralStroke1}`, borderRadius: tokens.borderRadiusMedium },
});
const indent = 20;

interface HostGroupTreeProps {
  /** Ids. */
  readonly chosen: readonly string[];
  readonly onChange: (chosen: readonly string[]) => void;
}

export function HostGroupTree(props: HostGroupTreeProps) {
  const { data, error } = useProcedure('inventory.tree', {});
  if (error !== null) return <ErrorState error={error} />;
  return data === undefined ? <LoadingState what="the host groups" /> : <Groups {...props} groups={data.hostGroups} />;
}

function Groups({ chosen, onChange, groups }: HostGroupTreeProps & { readonly groups: InventoryTree['hostGroups'] }) {
  const styles = useStyles();
  return (
    // A field gives its own id to every control below it: several check boxes need theirs.
    <FieldContextProvider value={undefined}>
      <div className={styles.root} role="group" aria-label="Host groups">
      {orderedGroups(groups).map(({ group, level }) => (
        <Checkbox
          key={group.id}
          style={{ marginInlineStart: `${level * indent}px` }}
          label={group.name}
          checked={chosen.includes(group.id)}
          onChange={(_event, { checked }) => onChange(checked === true ? [...chosen, group.id] : chosen.filter((id) => id !== group.id))}
        />
      ))}
      </div>
    </FieldContextProvider>
  );
}
