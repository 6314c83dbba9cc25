/** One thing that an operator can do: the same value feeds the ribbon, context menus and keyboard shortcuts. */
import type { ComponentType } from 'react';

/** Fluent's icons and the console's own glyphs alike. */
export type CommandIcon = ComponentType<{ readonly className?: string }>;

export interface Command {
  readonly id: string;
  readonly label: string;
  readonly icon: CommandIcon;
  /** Why it cannot be done now, as a sentence for the tooltip; undefined when it can. */
  readonly disabledReason: string | undefined;
  /** A few words on what it does, for the tooltip. */
  readonly description?: string;
  /** As shown to the operator, such as "Ctrl+J". */
  readonly shortcut?: string;
  /** For a command that switches something: whether it is on. */
  readonly isOn?: boolean;
  readonly run: () => void;
}

/** A captioned part of a ribbon tab: large buttons first, then small ones stacked by three. */
export interface RibbonGroup {
  readonly caption: string;
  readonly large: readonly Command[];
  readonly small: readonly Command[];
}

export interface RibbonTab {
  readonly id: string;
  readonly label: string;
  readonly groups: readonly RibbonGroup[];
}

/** Runs a command unless it is disabled; the one place that decides. */
export function runCommand(command: Command): void {
  if (command.disabledReason === undefined) command.run();
}
