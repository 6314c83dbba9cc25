/** What a fault is about, chosen from what the lab has. Typing searches: a large lab has more than a list box could hold. */
import { Combobox, Option } from '@fluentui/react-components';
import { useState } from 'react';
import type { FaultKind } from '../../../shared/contract/faults.ts';
import { useProcedure } from '../../bridge/queries.ts';
import type { FaultChoice } from './faultForm.ts';

interface ObjectFieldProps {
  readonly kind: FaultKind;
  readonly chosen: FaultChoice | null;
  readonly placeholder: string;
  /** Said where there is nothing to choose. */
  readonly none: string;
  readonly onChange: (object: FaultChoice) => void;
}

export function ObjectField({ kind, chosen, placeholder, none, onChange, ...field }: ObjectFieldProps) {
  const [typed, setTyped] = useState<string | undefined>(undefined);
  const { data, isPlaceholderData } = useProcedure('fault.choices', { kind, filter: typed ?? '' });
  const choices = data?.choices ?? [];
  const isEmpty = typed === undefined && !isPlaceholderData && data?.choices.length === 0;
  return (
    <Combobox
      {...field}
      size="small"
      style={{ minWidth: 0 }}
      value={typed ?? chosen?.label ?? ''}
      selectedOptions={chosen === null ? [] : [chosen.target]}
      placeholder={isEmpty ? none : placeholder}
      onChange={(event) => setTyped(event.target.value)}
      onOptionSelect={(_event, { optionValue }) => {
        setTyped(undefined);
        const choice = choices.find(({ target }) => target === optionValue);
        if (choice !== undefined) onChange(choice);
      }}
      onBlur={() => setTyped(undefined)}
    >
      {choices.map(({ target, label }) => (
        <Option key={target} value={target} text={label}>
          {label}
        </Option>
      ))}
      {choices.length === 0 && (
        <Option disabled value="" text="">
          {isEmpty ? none : 'Nothing found'}
        </Option>
      )}
      {data?.hasMore === true && (
        <Option disabled value="" text="">
          There are more: type a part of the name
        </Option>
      )}
    </Combobox>
  );
}
