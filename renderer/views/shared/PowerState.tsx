import { makeStyles, tokens } from '@fluentui/react-components';
import { Play16Filled, Stop16Filled } from '@fluentui/react-icons';

const useStyles = makeStyles({
  root: { display: 'inline-flex', alignItems: 'center', gap: '6px', verticalAlign: 'middle' },
  running: { color: tokens.colorStatusSuccessForeground1 },
  stopped: { color: tokens.colorNeutralForeground3 },
});

/** Running or stopped, as an icon with its word. */
export function PowerState({ running }: { readonly running: boolean }) {
  const styles = useStyles();
  return (
    <span className={styles.root}>
      {running ? <Play16Filled className={styles.running} aria-hidden /> : <Stop16Filled className={styles.stopped} aria-hidden />}
      {running ? 'Running' : 'Stopped'}
    </span>
  );
}
