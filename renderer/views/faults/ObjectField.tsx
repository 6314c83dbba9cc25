/** What a fault is about, chosen from what the lab has. */
import { Option } from '@fluentui/react-components';
import { useState } from 'react';
import type { FaultKind } from '../../../shared/contract/faults.ts';
import { useProcedure } from '../../bridge/queries.ts';
import { SearchCombobox } from '../shared/SearchCombobox.tsx';
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
    <SearchCombobox
      {...field}
      typed={typed}
      onType={setTyped}
      chosen={chosen === null ? undefined : { id: chosen.target, label: chosen.label }}
      choices={choices.map(({ target, label }) => ({ id: target, label }))}
      placeholder={isEmpty ? none : placeholder}
      onChoose={(id) => {
        const choice = choices.find(({ target }) => target === id);
        if (choice !== undefined) onChange(choice);
      }}
    >
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
    </SearchCombobox>
  );
}
