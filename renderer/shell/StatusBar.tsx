/** The foot of the window: jobs, packets, zoom. */
import { makeStyles, mergeClasses, ProgressBar, tokens, Tooltip } from '@fluentui/react-components';
import { ErrorCircle16Filled, Flash16Filled, TaskListLtr20Regular } from '@fluentui/react-icons';
import { useEffect, useState } from 'react';
import { useProcedure } from '../bridge/queries.ts';
import { countText } from '../views/faults/faultTexts.ts';
import { formatNumber } from '../views/shared/format.ts';
import { useConsole } from './console.tsx';
import { useSimulationStatus } from './simulationStatus.ts';

const useStyles = makeStyles({
  root: {
    display: 'flex',
    alignItems: 'center',
    gap: '16px',
    height: '26px',
    flexShrink: 0,
    padding: '0 12px 0 4px',
    backgroundColor: tokens.colorNeutralBackground3,
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
    fontSize: '12px',
    color: tokens.colorNeutralForeground2,
    whiteSpace: 'nowrap',
  },
  jobs: {
    display: 'flex',
    alignItems: 'center',
    gap: '6px',
    height: '22px',
    padding: '0 8px',
    border: 'none',
    borderRadius: tokens.borderRadiusMedium,
    backgroundColor: 'transparent',
    color: 'inherit',
    fontFamily: 'inherit',
    fontSize: '12px',
    cursor: 'default',
    ':hover': { backgroundColor: tokens.colorNeutralBackground3Hover },
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '-1px' },
  },
  faults: { backgroundColor: tokens.colorStatusWarningBackground2, color: tokens.colorNeutralForeground1, fontWeight: tokens.fontWeightSemibold, ':hover': { backgroundColor: tokens.colorStatusWarningBackground2 } },
  failed: { display: 'flex', alignItems: 'center', gap: '4px', color: tokens.colorStatusDangerForeground1 },
  progress: { width: '72px' },
  space: { flexGrow: 1 },
  number: { fontVariantNumeric: 'tabular-nums' },
});

export function StatusBar() {
  const styles = useStyles();
  const { open } = useConsole();
  const { data } = useProcedure('job.summary', {});
  const { data: signals } = useProcedure('job.signals', {});
  const progress = signals?.progress ?? null;
  const running = data?.running ?? 0;
  const failed = data?.failedLastHour ?? 0;
  return (
    <footer className={styles.root} data-pane="status">
      <Tooltip content="Open the Jobs window (Ctrl+J)" relationship="description">
        <button type="button" className={styles.jobs} onClick={() => open({ kind: 'jobs' })}>
          <TaskListLtr20Regular aria-hidden />
          {running === 0 ? 'No job is running' : `${running} ${running === 1 ? 'job is' : 'jobs are'} running`}
          {running > 0 && progress !== null && (
            <>
              <ProgressBar className={styles.progress} value={progress / 100} aria-label="Progress of the running jobs" />
              <span className={styles.number}>{progress} %</span>
            </>
          )}
          {failed > 0 && (
            <span className={styles.failed}>
              <ErrorCircle16Filled aria-hidden />
              {failed} failed in the last hour
            </span>
          )}
        </button>
      </Tooltip>
      <FaultsInForce />
      <span className={styles.space} />
      <Packets />
      <Zoom />
    </footer>
  );
}

/** So that nobody looks for a cause that is a fault forgotten. */
function FaultsInForce() {
  const styles = useStyles();
  const { open } = useConsole();
  const count = useProcedure('fault.inForce', {}).data?.faults.length ?? 0;
  return (
    <span role="status">
      {count > 0 && (
        <Tooltip content="Show the faults, and take them back" relationship="description">
          <button type="button" className={mergeClasses(styles.jobs, styles.faults)} onClick={() => open({ kind: 'faults' })}>
            <Flash16Filled aria-hidden />
            {countText(count)}
          </button>
        </Tooltip>
      )}
    </span>
  );
}

function Packets() {
  const styles = useStyles();
  const forwarded = useSimulationStatus((status) => status.packetsForwarded) ?? 0;
  const dropped = useSimulationStatus((status) => status.packetsDropped) ?? 0;
  return (
    <span className={styles.number} title="By hosts, gateways and routers since the lab was opened">
      Packets: {formatNumber(forwarded)} forwarded, {formatNumber(dropped)} dropped
    </span>
  );
}

/** Zoom of the page, in percent of the screen's own scale at start. */
function Zoom() {
  const styles = useStyles();
  const [percent, setPercent] = useState(zoomPercent);
  useEffect(() => {
    const update = () => setPercent(zoomPercent());
    window.addEventListener('resize', update);
    return () => window.removeEventListener('resize', update);
  }, []);
  return (
    <span className={styles.number} title="Zoom: Ctrl+Plus, Ctrl+Minus, Ctrl+0">
      {percent} %
    </span>
  );
}

function zoomPercent(): number {
  return window.innerWidth === 0 ? 100 : Math.round((window.outerWidth / window.innerWidth) * 100);
}
