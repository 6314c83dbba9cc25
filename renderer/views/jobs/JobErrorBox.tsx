/** The error with which a job ended, as VMM's error box has it (fact sheet §6.4): what happened, what to do, how to restart from a shell. */
import { Button, makeStyles, tokens } from '@fluentui/react-components';
import { Copy16Regular } from '@fluentui/react-icons';
import type { ErrorPayload } from '../../../shared/contract/errors.ts';
import { useNotify } from '../../shell/notify.tsx';
import { copyText } from '../shared/copyText.ts';
import { ErrorState } from '../shared/states.tsx';
import { restartCommand } from './jobReasons.ts';

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', gap: '8px', flexShrink: 0 },
  restart: { display: 'flex', flexDirection: 'column', gap: '4px', fontSize: '13px', lineHeight: '20px' },
  line: { display: 'flex', alignItems: 'center', gap: '8px' },
  command: { minWidth: 0, overflowWrap: 'anywhere', padding: '2px 8px', fontFamily: tokens.fontFamilyMonospace, fontSize: '12px', backgroundColor: tokens.colorNeutralBackground3, borderRadius: tokens.borderRadiusMedium },
});

interface JobErrorBoxProps {
  readonly error: ErrorPayload;
  /** Id of the job, where it can be restarted. */
  readonly restartOf?: string | undefined;
}

export function JobErrorBox({ error, restartOf }: JobErrorBoxProps) {
  const styles = useStyles();
  const notify = useNotify();
  return (
    <div className={styles.root}>
      <ErrorState error={error} />
      {restartOf !== undefined && (
        <div className={styles.restart}>
          <span>To restart the job, run the following command:</span>
          <div className={styles.line}>
            <code className={styles.command}>PS&gt; {restartCommand(restartOf)}</code>
            <Button size="small" appearance="subtle" icon={<Copy16Regular />} aria-label="Copy the command" title="Copy the command" onClick={() => void copyText(restartCommand(restartOf)).catch(notify.error)} />
          </div>
        </div>
      )}
    </div>
  );
}
