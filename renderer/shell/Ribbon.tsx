/** The ribbon: Home, and the tinted tab of the selected object. Ctrl+F1 or a double click on a tab folds it to its tabs. */
import { makeStyles, Tab, TabList, tokens, Tooltip, useArrowNavigationGroup } from '@fluentui/react-components';
import { ChevronDown16Regular, ChevronUp16Regular } from '@fluentui/react-icons';
import { useEffect, useRef, useState } from 'react';
import type { RibbonGroup, RibbonTab } from './command.ts';
import { useCommands } from './commands.tsx';
import { usePreference } from './preferences.ts';
import { LargeButton, SmallButton } from './RibbonButton.tsx';

const useStyles = makeStyles({
  root: { flexShrink: 0, backgroundColor: tokens.colorNeutralBackground2, borderBottom: `1px solid ${tokens.colorNeutralStroke1}` },
  tabs: { display: 'flex', alignItems: 'center', height: '32px', paddingInline: '4px' },
  tabList: { flexGrow: 1 },
  contextual: { backgroundColor: tokens.colorPaletteMarigoldBackground1, borderTop: `2px solid ${tokens.colorPaletteMarigoldBorderActive}` },
  fold: {
    display: 'flex',
    padding: '6px',
    border: 'none',
    borderRadius: tokens.borderRadiusMedium,
    backgroundColor: 'transparent',
    color: tokens.colorNeutralForeground2,
    ':hover': { backgroundColor: tokens.colorNeutralBackground2Hover },
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}` },
  },
  panel: { display: 'flex', height: '92px', padding: '4px 4px 0', overflowX: 'auto', overflowY: 'hidden', backgroundColor: tokens.colorNeutralBackground1, borderTop: `1px solid ${tokens.colorNeutralStroke2}` },
  group: { display: 'flex', flexDirection: 'column', flexShrink: 0, borderRight: `1px solid ${tokens.colorNeutralStroke2}`, paddingInline: '4px' },
  items: { display: 'flex', flexGrow: 1, gap: '2px' },
  column: { display: 'flex', flexDirection: 'column', justifyContent: 'flex-start' },
  caption: { textAlign: 'center', fontSize: '11px', lineHeight: '16px', color: tokens.colorNeutralForeground3, paddingInline: '8px' },
});

export function Ribbon() {
  const styles = useStyles();
  const { home, folder, contextual } = useCommands();
  const [isCollapsed, setCollapsed] = usePreference('isRibbonCollapsed');
  const [wanted, setWanted] = useState('home');
  useFollowSelection(contextual?.label, setWanted);
  const current = [folder, contextual].find((tab) => tab?.id === wanted) ?? home;
  return (
    <div className={styles.root} data-pane="ribbon" role="region" aria-label="Ribbon">
      <div className={styles.tabs}>
        <TabList
          size="small"
          className={styles.tabList}
          selectedValue={isCollapsed ? null : current.id}
          onTabSelect={(_event, data) => {
            setWanted(String(data.value));
            setCollapsed(false);
          }}
        >
          <Tab value="home" onDoubleClick={() => setCollapsed(!isCollapsed)}>
            Home
          </Tab>
          {folder !== undefined && (
            <Tab value="folder" onDoubleClick={() => setCollapsed(!isCollapsed)}>
              {folder.label}
            </Tab>
          )}
          {contextual !== undefined && (
            <Tab value="contextual" className={styles.contextual} onDoubleClick={() => setCollapsed(!isCollapsed)}>
              {contextual.label}
            </Tab>
          )}
        </TabList>
        <Tooltip content={`${isCollapsed ? 'Expand' : 'Collapse'} the ribbon (Ctrl+F1)`} relationship="label">
          <button type="button" className={styles.fold} aria-expanded={!isCollapsed} onClick={() => setCollapsed(!isCollapsed)}>
            {isCollapsed ? <ChevronDown16Regular /> : <ChevronUp16Regular />}
          </button>
        </Tooltip>
      </div>
      {!isCollapsed && <RibbonPanel tab={current} />}
    </div>
  );
}

/** Selecting an object of another kind brings its tab to the front, as in VMM; losing it goes back to Home. */
function useFollowSelection(label: string | undefined, show: (id: string) => void): void {
  const before = useRef<string | undefined>(undefined);
  useEffect(() => {
    if (before.current === label) return;
    before.current = label;
    show(label === undefined ? 'home' : 'contextual');
  }, [label, show]);
}

function RibbonPanel({ tab }: { readonly tab: RibbonTab }) {
  const styles = useStyles();
  const arrows = useArrowNavigationGroup({ axis: 'both', circular: true });
  return (
    <div className={styles.panel} role="toolbar" aria-label={tab.label} {...arrows}>
      {tab.groups.map((group) => (
        <Group key={group.caption} group={group} />
      ))}
    </div>
  );
}

function Group({ group }: { readonly group: RibbonGroup }) {
  const styles = useStyles();
  return (
    <div className={styles.group} role="group" aria-label={group.caption}>
      <div className={styles.items}>
        {group.large.map((command) => (
          <LargeButton key={command.id} command={command} />
        ))}
        {group.small.length > 0 && (
          <div className={styles.column}>
            {group.small.map((command) => (
              <SmallButton key={command.id} command={command} />
            ))}
          </div>
        )}
      </div>
      <div className={styles.caption} aria-hidden>
        {group.caption}
      </div>
    </div>
  );
}
