/** A list above, the details of its selected object below; the details pane can be sized and hidden. */
import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import type { ReactNode } from 'react';
import { Group, Panel } from 'react-resizable-panels';
import { PaneSeparator } from '../shell/PaneSeparator.tsx';
import { readPreferences, usePreference, writePreferences } from '../shell/preferences.ts';

const useStyles = makeStyles({
  full: { height: '100%' },
  details: { height: '100%', overflow: 'auto', backgroundColor: tokens.colorNeutralBackground1, ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '-2px' } },
  none: { display: 'flex', alignItems: 'center', justifyContent: 'center', color: tokens.colorNeutralForeground3, fontSize: '13px' },
});

interface ListWithDetailsProps {
  readonly list: ReactNode;
  /** Details of the selected object; null when nothing is selected. */
  readonly details: ReactNode | null;
  /** What to select, such as "a VM network". */
  readonly what: string;
}

export function ListWithDetails({ list, details, what }: ListWithDetailsProps) {
  const styles = useStyles();
  const [isShown] = usePreference('isDetailsPaneShown');
  if (!isShown) return <div className={styles.full}>{list}</div>;
  return (
    <Group orientation="vertical" className={styles.full}>
      <Panel id="list" minSize={120}>
        {list}
      </Panel>
      <PaneSeparator orientation="horizontal" label="Height of the details pane" />
      <Panel
        id="details"
        defaultSize={readPreferences().detailsHeight}
        minSize={96}
        groupResizeBehavior="preserve-pixel-size"
        onResize={({ inPixels }) => {
          if (inPixels >= 96) writePreferences({ detailsHeight: Math.min(1200, Math.round(inPixels)) });
        }}
      >
        {details === null ? (
          <div className={mergeClasses(styles.details, styles.none)}>Select {what} to see its details.</div>
        ) : (
          <section className={styles.details} aria-label="Details" data-pane="details" tabIndex={0}>
            {details}
          </section>
        )}
      </Panel>
    </Group>
  );
}
