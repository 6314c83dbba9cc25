/** Buttons of the ribbon. A disabled one stays reachable and says why in its tooltip. */
import { makeStyles, mergeClasses, tokens, Tooltip } from '@fluentui/react-components';
import type { ReactNode } from 'react';
import { runCommand, type Command } from './command.ts';

/** Windows in which the fullest tab, Home of Fabric, would not fit with its usual spacing. */
const narrow = '@media (max-width: 1400px)';

const useStyles = makeStyles({
  button: {
    border: '1px solid transparent',
    borderRadius: tokens.borderRadiusMedium,
    backgroundColor: 'transparent',
    color: tokens.colorNeutralForeground1,
    fontFamily: 'inherit',
    fontSize: '12px',
    lineHeight: '16px',
    cursor: 'default',
    transitionProperty: 'background-color',
    transitionDuration: tokens.durationFaster,
    ':hover': { backgroundColor: tokens.colorNeutralBackground1Hover },
    ':active': { backgroundColor: tokens.colorNeutralBackground1Pressed },
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '-1px' },
  },
  disabled: {
    color: tokens.colorNeutralForegroundDisabled,
    ':hover': { backgroundColor: 'transparent' },
    ':active': { backgroundColor: 'transparent' },
    '& svg': { color: tokens.colorNeutralForegroundDisabled },
  },
  on: { backgroundColor: tokens.colorSubtleBackgroundSelected, border: `1px solid ${tokens.colorNeutralStroke1}` },
  large: { display: 'flex', flexDirection: 'column', alignItems: 'center', gap: '2px', minWidth: '76px', height: '68px', padding: '6px 6px 0', [narrow]: { minWidth: '58px', paddingInline: '3px' } },
  largeIcon: { display: 'flex', color: tokens.colorBrandForeground1, '& svg': { width: '24px', height: '24px' } },
  largeLabel: { maxWidth: '88px', textAlign: 'center', overflow: 'hidden' },
  small: { display: 'flex', alignItems: 'center', gap: '6px', height: '22px', padding: '0 8px 0 4px', whiteSpace: 'nowrap', [narrow]: { gap: '4px', padding: '0 4px 0 2px' } },
  smallIcon: { display: 'flex', color: tokens.colorBrandForeground1, '& svg': { width: '16px', height: '16px' } },
});

export function LargeButton({ command }: { readonly command: Command }) {
  const styles = useStyles();
  const Icon = command.icon;
  return (
    <RibbonButton command={command} className={styles.large}>
      <span className={styles.largeIcon}>
        <Icon />
      </span>
      <span className={styles.largeLabel}>{command.label}</span>
    </RibbonButton>
  );
}

export function SmallButton({ command }: { readonly command: Command }) {
  const styles = useStyles();
  const Icon = command.icon;
  return (
    <RibbonButton command={command} className={styles.small}>
      <span className={styles.smallIcon}>
        <Icon />
      </span>
      {command.label}
    </RibbonButton>
  );
}

function RibbonButton({ command, className, children }: { readonly command: Command; readonly className: string; readonly children: ReactNode }) {
  const styles = useStyles();
  const { disabledReason, isOn } = command;
  const isDisabled = disabledReason !== undefined;
  return (
    <Tooltip content={tooltipText(command)} relationship="description" positioning="below-start">
      <button
        type="button"
        aria-disabled={isDisabled}
        aria-pressed={isOn}
        className={mergeClasses(styles.button, className, isOn === true && styles.on, isDisabled && styles.disabled)}
        onClick={() => runCommand(command)}
      >
        {children}
      </button>
    </Tooltip>
  );
}

function tooltipText({ label, shortcut, description, disabledReason }: Command): string {
  const head = shortcut === undefined ? label : `${label} (${shortcut})`;
  const body = disabledReason ?? description;
  return body === undefined ? head : `${head}: ${body}`;
}
