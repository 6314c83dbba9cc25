/** What an adapter is connected to: typing a part of a name finds it, however many VM networks there are. */
import { Combobox, Option, OptionGroup, type ComboboxProps } from '@fluentui/react-components';
import { useState } from 'react';
import { useProcedure } from '../../bridge/queries.ts';
import { Choice } from '../frame/Choice.tsx';
import { choiceOf, withNetwork, type AdapterForm } from './adapterForm.ts';

interface NetworkFieldProps extends Pick<ComboboxProps, 'id' | 'aria-labelledby' | 'aria-describedby' | 'aria-invalid'> {
  readonly adapter: AdapterForm;
  readonly onChange: (adapter: AdapterForm) => void;
}

export function NetworkField({ adapter, onChange, ...fieldProps }: NetworkFieldProps) {
  // Undefined while nothing is typed: the box then shows what is chosen.
  const [typed, setTyped] = useState<string | undefined>(undefined);
  const { data } = useProcedure('virtualMachine.networkChoices', { filter: typed ?? '' });
  const choices = data ?? { vmNetworks: [], logicalNetworks: [], hasMore: false };
  return (
    <Combobox
      {...fieldProps}
      positioning={{ autoSize: 'height' }}
      value={typed ?? adapter.networkName}
      selectedOptions={[choiceOf(adapter)]}
      onChange={(event) => setTyped(event.target.value)}
      // Typing replaces the name that is shown.
      onFocus={(event) => event.target.select()}
      onBlur={() => setTyped(undefined)}
      onOptionSelect={(_event, { optionValue }) => {
        setTyped(undefined);
        onChange(withNetwork(optionValue ?? '', choices));
      }}
    >
      <Option value="notConnected/" text="Not connected">
        Not connected
      </Option>
      {choices.vmNetworks.length > 0 && (
        <OptionGroup label="Isolated by network virtualization">
          {choices.vmNetworks.map(({ id, name, logicalNetwork }) => (
            <Option key={id} value={`vmNetwork/${id}`} text={name}>
              <Choice label={name} hint={logicalNetwork} />
            </Option>
          ))}
          {choices.hasMore && (
            <Option disabled value="more" text="More">
              Type a part of the name to see more
            </Option>
          )}
        </OptionGroup>
      )}
      {choices.logicalNetworks.length > 0 && (
        <OptionGroup label="No isolation">
          {choices.logicalNetworks.map(({ id, name }) => (
            <Option key={id} value={`logicalNetwork/${id}`} text={name}>
              {name}
            </Option>
          ))}
        </OptionGroup>
      )}
    </Combobox>
  );
}
