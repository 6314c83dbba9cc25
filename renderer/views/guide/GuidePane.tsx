/** The side pane "Set up an HNV gateway": the steps of the way, each checked live, each with the place where it is done. */
import { Button, makeStyles, mergeClasses, tokens, Tooltip } from '@fluentui/react-components';
import { CheckmarkCircle16Filled, Circle16Regular, Dismiss16Regular } from '@fluentui/react-icons';
import type { Readiness, ReadinessItem } from '../../../shared/contract/readiness.ts';
import { useProcedure } from '../../bridge/queries.ts';
import { useConsole } from '../../shell/console.tsx';
import { usePreference } from '../../shell/preferences.ts';
import { ErrorState, LoadingState } from '../shared/states.tsx';
import { actionOf } from './guideActions.ts';

const useStyles = makeStyles({
  root: { height: '100%', display: 'flex', flexDirection: 'column', backgroundColor: tokens.colorNeutralBackground2, fontSize: '13px', lineHeight: '18px' },
  title: { display: 'flex', alignItems: 'center', minHeight: '36px', padding: '0 4px 0 12px', borderBottom: `1px solid ${tokens.colorNeutralStroke2}` },
  heading: { flexGrow: 1, margin: 0, fontSize: '14px', lineHeight: '20px', fontWeight: tokens.fontWeightSemibold },
  steps: { flexGrow: 1, minHeight: 0, overflow: 'auto', margin: 0, padding: '4px 0 12px', listStyle: 'none' },
  step: { padding: '10px 12px 2px' },
  stepTitle: { display: 'flex', gap: '8px', margin: '0 0 4px', fontSize: '13px', lineHeight: '18px', fontWeight: tokens.fontWeightSemibold },
  items: { margin: 0, padding: 0, listStyle: 'none' },
  item: { display: 'grid', gridTemplateColumns: '16px minmax(0, 1fr) auto', columnGap: '8px', alignItems: 'start', padding: '3px 0' },
  icon: { display: 'flex', paddingTop: '1px', color: tokens.colorNeutralForeground3 },
  done: { color: tokens.colorStatusSuccessForeground1 },
  detail: { gridColumn: '2', fontSize: '12px', lineHeight: '16px', color: tokens.colorNeutralForeground3, overflowWrap: 'anywhere' },
});

export function GuidePane() {
  const styles = useStyles();
  const [, setShown] = usePreference('isGuideShown');
  const { data, error } = useProcedure('guide.readiness', {});
  return (
    <aside className={styles.root} aria-label="Set up an HNV gateway" data-pane="guide">
      <div className={styles.title}>
        <h2 className={styles.heading}>Set up an HNV gateway</h2>
        <Tooltip content="Close the guide" relationship="label">
          <Button appearance="subtle" size="small" icon={<Dismiss16Regular />} onClick={() => setShown(false)} />
        </Tooltip>
      </div>
      {error !== null ? <ErrorState error={error} /> : data === undefined ? <LoadingState what="the guide" /> : <Steps readiness={data} />}
    </aside>
  );
}

function Steps({ readiness }: { readonly readiness: Readiness }) {
  const styles = useStyles();
  return (
    <ol className={styles.steps}>
      {readiness.steps.map((step, at) => (
        <li key={step.id} className={styles.step}>
          <h3 className={styles.stepTitle}>
            <State isDone={step.isDone} />
            {`${at + 1}. ${step.title}`}
          </h3>
          <ul className={styles.items}>
            {step.items.map((item) => (
              <Item key={item.id} item={item} />
            ))}
          </ul>
        </li>
      ))}
    </ol>
  );
}

function State({ isDone }: { readonly isDone: boolean }) {
  const styles = useStyles();
  return <span className={mergeClasses(styles.icon, isDone && styles.done)}>{isDone ? <CheckmarkCircle16Filled aria-label="Done" /> : <Circle16Regular aria-label="To do" />}</span>;
}

function Item({ item }: { readonly item: ReadinessItem }) {
  const styles = useStyles();
  const { navigate, open } = useConsole();
  const show = () => {
    const { view, window } = actionOf(item);
    navigate(view);
    if (window !== undefined) open(window);
  };
  return (
    <li className={styles.item}>
      <State isDone={item.isDone} />
      <span>{item.text}</span>
      <Button size="small" appearance="subtle" onClick={show} aria-label={`Show me: ${item.text}`}>
        Show me
      </Button>
      <span className={styles.detail}>{item.detail}</span>
    </li>
  );
}
