/** The menu of a row: commands at the place of the pointer. */
import { Menu, MenuItem, MenuList, MenuPopover, Tooltip } from '@fluentui/react-components';
import { runCommand, type Command } from '../shell/command.ts';

export interface MenuPoint {
  readonly x: number;
  readonly y: number;
}

interface CommandContextMenuProps {
  readonly at: MenuPoint;
  readonly commands: readonly Command[];
  readonly onClose: () => void;
}

export function CommandContextMenu({ at, commands, onClose }: CommandContextMenuProps) {
  const target = { getBoundingClientRect: () => new DOMRect(at.x, at.y, 0, 0) };
  return (
    <Menu
      open
      onOpenChange={(_event, data) => {
        if (!data.open) onClose();
      }}
      positioning={{ target, position: 'below', align: 'start' }}
    >
      <MenuPopover>
        <MenuList hasIcons>
          {commands.map((command) => (
            <ContextMenuItem key={command.id} command={command} />
          ))}
        </MenuList>
      </MenuPopover>
    </Menu>
  );
}

function ContextMenuItem({ command }: { readonly command: Command }) {
  const { icon: Icon, disabledReason, shortcut } = command;
  const item = (
    <MenuItem
      icon={<Icon />}
      disabled={disabledReason !== undefined}
      {...(shortcut === undefined ? {} : { secondaryContent: shortcut })}
      onClick={() => runCommand(command)}
    >
      {command.label}
    </MenuItem>
  );
  if (disabledReason === undefined) return item;
  return (
    <Tooltip content={disabledReason} relationship="description" positioning="after">
      {item}
    </Tooltip>
  );
}
