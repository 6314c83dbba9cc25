/** What stands in the way of a gateway: at which object, what to do, and the way there. */
import { Button, makeStyles, mergeClasses, tokens, Tooltip } from '@fluentui/react-components';
import { CheckmarkCircle16Filled, ErrorCircle16Filled, Warning16Filled } from '@fluentui/react-icons';
import type { GatewayHint } from '../../../shared/contract/gatewayHints.ts';
import { useProcedure } from '../../bridge/queries.ts';
import { useConsole } from '../../shell/console.tsx';
import { ErrorState, LoadingState } from '../shared/states.tsx';
import { actionOfHint, type HintAction } from './hintActions.ts';

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', gap: '10px', margin: 0, padding: 0, listStyleType: 'none', fontSize: '13px', lineHeight: '18px' },
  hint: { display: 'grid', gridTemplateColumns: '16px minmax(0, 1fr)', columnGap: '8px', alignItems: 'start' },
  icon: { display: 'flex', paddingTop: '1px' },
  error: { color: tokens.colorStatusDangerForeground1 },
  warning: { color: tokens.colorStatusWarningForeground1 },
  fine: { color: tokens.colorStatusSuccessForeground1 },
  text: { display: 'flex', flexDirection: 'column', alignItems: 'flex-start', gap: '2px', minWidth: 0, overflowWrap: 'anywhere' },
  object: { fontWeight: tokens.fontWeightSemibold },
  action: { fontSize: '12px', lineHeight: '16px', color: tokens.colorNeutralForeground3 },
  button: { marginTop: '4px' },
});

interface GatewayHintsProps {
  readonly networkServiceId: string;
  /** Goes there instead of only opening it: for a window that must give way. */
  readonly onGo?: (go: () => void, place: GatewayHint['place']) => void;
  /** Why no command can be pressed now; left out, they can. */
  readonly notNow?: string | undefined;
}

export function GatewayHints({ networkServiceId, onGo, notNow }: GatewayHintsProps) {
  const styles = useStyles();
  const { navigate, open } = useConsole();
  const { data, error } = useProcedure('gateway.hints', { id: networkServiceId });
  if (error !== null) return <ErrorState error={error} />;
  // Hints of the gateway that was shown before are not of this one.
  if (data?.networkServiceId !== networkServiceId) return <LoadingState what="the hints" rows={1} />;
  if (data.hints.length === 0) return <NoHints />;
  const go = ({ view, window }: HintAction) => {
    if (view !== undefined) navigate(view);
    if (window !== undefined) open(window);
  };
  return (
    <ul className={styles.root} aria-label="Hints">
      {data.hints.map((hint) => {
        const action = actionOfHint(hint);
        return <Hint key={hint.id} hint={hint} label={action.label} notNow={notNow} onGo={() => (onGo === undefined ? go(action) : onGo(() => go(action), hint.place))} />;
      })}
    </ul>
  );
}

function NoHints() {
  const styles = useStyles();
  return (
    <div className={mergeClasses(styles.root, styles.hint)}>
      <span className={mergeClasses(styles.icon, styles.fine)}>
        <CheckmarkCircle16Filled aria-hidden />
      </span>
      <span className={styles.text}>
        No hints
        <span className={styles.action}>Connections, default route and virtual machine are in order.</span>
      </span>
    </div>
  );
}

interface HintProps {
  readonly hint: GatewayHint;
  readonly label: string;
  readonly notNow: string | undefined;
  readonly onGo: () => void;
}

function Hint({ hint: { severity, objectName, problem, action }, label, notNow, onGo }: HintProps) {
  const styles = useStyles();
  const button = (
    <Button className={styles.button} size="small" disabledFocusable={notNow !== undefined} aria-label={`${label}: ${objectName}`} onClick={onGo}>
      {label}
    </Button>
  );
  return (
    <li className={styles.hint}>
      <span className={mergeClasses(styles.icon, severity === 'error' ? styles.error : styles.warning)}>
        {severity === 'error' ? <ErrorCircle16Filled aria-label="Error" /> : <Warning16Filled aria-label="Warning" />}
      </span>
      <span className={styles.text}>
        <span className={styles.object}>{objectName}</span>
        <span>{problem}</span>
        <span className={styles.action}>{action}</span>
        {notNow === undefined ? button : <Tooltip content={notNow} relationship="description">{button}</Tooltip>}
      </span>
    </li>
  );
}
