/** Which columns a list shows. */
import { Button, Menu, MenuDivider, MenuItem, MenuItemCheckbox, MenuList, MenuPopover, MenuTrigger } from '@fluentui/react-components';
import { ColumnTripleEdit20Regular } from '@fluentui/react-icons';
import { toggledColumn } from './columnChoice.ts';
import type { ListColumn, ListProcedure } from './listTypes.ts';

interface ColumnMenuProps<P extends ListProcedure> {
  /** All that can be shown. */
  readonly columns: readonly ListColumn<P>[];
  readonly shown: readonly ListColumn<P>[];
  readonly caption: string;
  /** Undefined: as at first. */
  readonly onChoose: (ids: readonly string[] | undefined) => void;
}

export function ColumnMenu<P extends ListProcedure>({ columns, shown, caption, onChoose }: ColumnMenuProps<P>) {
  const checked = shown.map(({ id }) => id);
  const toggle = (ids: readonly string[]) => {
    const changed = columns.find(({ id }) => ids.includes(id) !== checked.includes(id));
    if (changed) onChoose(toggledColumn(shown, changed.id));
  };
  return (
    <Menu checkedValues={{ columns: checked }} onCheckedValueChange={(_event, { checkedItems }) => toggle(checkedItems)}>
      <MenuTrigger disableButtonEnhancement>
        <Button size="small" appearance="subtle" icon={<ColumnTripleEdit20Regular />} title="Choose columns" aria-label={`Choose columns of ${caption}`} />
      </MenuTrigger>
      <MenuPopover>
        <MenuList hasCheckmarks>
          {columns.map(({ id, header }) => (
            <MenuItemCheckbox key={id} name="columns" value={id} disabled={checked.length === 1 && checked.includes(id)}>
              {header}
            </MenuItemCheckbox>
          ))}
          <MenuDivider />
          <MenuItem onClick={() => onChoose(undefined)}>Reset columns</MenuItem>
        </MenuList>
      </MenuPopover>
    </Menu>
  );
}
