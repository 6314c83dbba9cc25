/** State of a tunnel: a word, and a mark that does not rely on colour alone. */
import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { ArrowSync16Regular, CheckmarkCircle16Filled, Circle16Regular, DismissCircle16Filled } from '@fluentui/react-icons';
import type { TunnelView } from '../../../shared/contract/vpn.ts';

const useStyles = makeStyles({
  root: { display: 'inline-flex', alignItems: 'center', gap: '4px', whiteSpace: 'nowrap' },
  connected: { color: tokens.colorStatusSuccessForeground1 },
  connecting: { color: tokens.colorStatusWarningForeground1 },
  wrong: { color: tokens.colorStatusDangerForeground1 },
  idle: { color: tokens.colorNeutralForeground3 },
});

export function TunnelState({ tunnel }: { readonly tunnel: Pick<TunnelView, 'state' | 'isEnabled' | 'lastError'> }) {
  const styles = useStyles();
  const { state, isEnabled, lastError } = tunnel;
  if (!isEnabled) return <span className={mergeClasses(styles.root, styles.idle)}><Circle16Regular aria-hidden /> Disabled</span>;
  switch (state) {
    case 'Connected':
      return <span className={mergeClasses(styles.root, styles.connected)}><CheckmarkCircle16Filled aria-hidden /> Connected</span>;
    case 'Connecting':
      return <span className={mergeClasses(styles.root, styles.connecting)}><ArrowSync16Regular aria-hidden /> Connecting</span>;
    case 'Disconnected':
      return lastError === null ? (
        <span className={mergeClasses(styles.root, styles.idle)}><Circle16Regular aria-hidden /> Disconnected</span>
      ) : (
        <span className={mergeClasses(styles.root, styles.wrong)}><DismissCircle16Filled aria-hidden /> Disconnected</span>
      );
  }
}
