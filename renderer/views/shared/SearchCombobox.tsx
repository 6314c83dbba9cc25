/** Chooses one of many: typing searches where they are, because there may be more than a list box could hold. */
import { Combobox, makeStyles, Option } from '@fluentui/react-components';
import type { ReactNode } from 'react';

const useStyles = makeStyles({ narrow: { minWidth: 0 } });

export interface SearchChoice {
  readonly id: string;
  readonly label: string;
}

interface SearchComboboxProps {
  /** Undefined while nobody searches; then what is chosen is shown. */
  readonly typed: string | undefined;
  readonly onType: (typed: string | undefined) => void;
  readonly chosen: SearchChoice | undefined;
  /** What was found. */
  readonly choices: readonly SearchChoice[];
  readonly placeholder: string;
  readonly onChoose: (id: string) => void;
  /** Options that say something about the list and cannot be chosen. */
  readonly children?: ReactNode;
}

export function SearchCombobox({ typed, onType, chosen, choices, placeholder, onChoose, children, ...field }: SearchComboboxProps) {
  const styles = useStyles();
  return (
    <Combobox
      {...field}
      size="small"
      className={styles.narrow}
      value={typed ?? chosen?.label ?? ''}
      selectedOptions={chosen === undefined ? [] : [chosen.id]}
      placeholder={placeholder}
      onChange={(event) => onType(event.target.value)}
      onOptionSelect={(_event, { optionValue }) => {
        onType(undefined);
        if (optionValue !== undefined) onChoose(optionValue);
      }}
      onBlur={() => onType(undefined)}
    >
      {choices.map(({ id, label }) => (
        <Option key={id} value={id} text={label}>
          {label}
        </Option>
      ))}
      {children}
    </Combobox>
  );
}
