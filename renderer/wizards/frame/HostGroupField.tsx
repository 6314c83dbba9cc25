/** Choice of one host group. */
import { Dropdown, Option } from '@fluentui/react-components';
import { useProcedure } from '../../bridge/queries.ts';
import { orderedGroups } from './hostGroupOrder.ts';
import { WizardField } from './WizardField.tsx';

interface HostGroupFieldProps {
  readonly path: string;
  readonly label: string;
  /** Id, or empty. */
  readonly value: string;
  readonly hint?: string;
  /** A group that is left out, with all below it. */
  readonly without?: string;
  readonly onChange: (id: string) => void;
}

const indent = 16;

export function HostGroupField({ path, label, value, hint, without, onChange }: HostGroupFieldProps) {
  const { data } = useProcedure('inventory.tree', {});
  const groups = orderedGroups((data?.hostGroups ?? []).filter(({ id }) => id !== without));
  return (
    <WizardField path={path} label={label} required {...(hint === undefined ? {} : { hint })}>
      <Dropdown
        value={groups.find(({ group }) => group.id === value)?.group.name ?? ''}
        placeholder={groups.length === 0 ? 'There is no host group to choose' : 'Choose a host group'}
        selectedOptions={[value]}
        onOptionSelect={(_event, { optionValue }) => onChange(optionValue ?? '')}
      >
        {groups.map(({ group, level }) => (
          <Option key={group.id} value={group.id} text={group.name}>
            <span style={{ paddingInlineStart: `${level * indent}px` }}>{group.name}</span>
          </Option>
        ))}
      </Dropdown>
    </WizardField>
  );
}
