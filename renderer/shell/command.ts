/** One thing that an operator can do: the same value feeds the ribbon, context menus and keyboard shortcuts. */
import type { FluentIcon } from '@fluentui/react-icons';

export interface Command {
  readonly id: string;
  readonly label: string;
  readonly icon?: FluentIcon;
  /** Why it cannot be done now, as a sentence for the tooltip; undefined when it can. */
  readonly disabledReason: string | undefined;
  /** A few words on what it does, for the tooltip. */
  readonly description?: string;
  /** As shown to the operator, such as "Ctrl+J". */
  readonly shortcut?: string;
  /** Letters of the key tip after Alt, in capitals. */
  readonly keyTip?: string;
  readonly run: () => void;
}

/** Runs a command unless it is disabled; the one place that decides. */
export function runCommand(command: Command): void {
  if (command.disabledReason === undefined) command.run();
}
