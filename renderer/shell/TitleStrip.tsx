/** What the window is about: application, open lab, state and clock of the simulation, and the application menu. */
import {
  Button,
  makeStyles,
  Menu,
  MenuDivider,
  MenuGroup,
  MenuGroupHeader,
  MenuItem,
  MenuItemRadio,
  MenuList,
  MenuPopover,
  MenuTrigger,
  mergeClasses,
  tokens,
} from '@fluentui/react-components';
import { Navigation20Regular } from '@fluentui/react-icons';
import { useProcedure } from '../bridge/queries.ts';
import { ImportProgressDialog } from '../wizards/snapshot/ImportProgressDialog.tsx';
import { useConsole } from './console.tsx';
import { usePreference, type ThemeChoice } from './preferences.ts';
import { clockText, speedLabel, useSimulationStatus } from './simulationStatus.ts';
import { useLabFiles } from './useLabFiles.ts';

const useStyles = makeStyles({
  root: {
    display: 'flex',
    alignItems: 'center',
    gap: '8px',
    height: '36px',
    flexShrink: 0,
    padding: '0 12px 0 4px',
    backgroundColor: tokens.colorBrandBackground,
    color: tokens.colorNeutralForegroundOnBrand,
    fontSize: '13px',
  },
  menu: { color: tokens.colorNeutralForegroundOnBrand, minWidth: '32px', ':hover': { color: tokens.colorNeutralForegroundOnBrand, backgroundColor: tokens.colorBrandBackgroundHover } },
  name: { margin: 0, fontSize: '13px', fontWeight: tokens.fontWeightSemibold, whiteSpace: 'nowrap' },
  lab: { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap', flexGrow: 1, paddingInlineStart: '8px', borderLeft: '1px solid currentcolor' },
  simulation: { display: 'flex', alignItems: 'center', gap: '8px', whiteSpace: 'nowrap' },
  dot: { width: '8px', height: '8px', borderRadius: '50%', backgroundColor: 'currentcolor' },
  paused: { backgroundColor: 'transparent', border: '2px solid currentcolor' },
  clock: { fontFamily: tokens.fontFamilyMonospace, fontSize: '12px', fontVariantNumeric: 'tabular-nums', minWidth: '84px', textAlign: 'end' },
});

export function TitleStrip() {
  const styles = useStyles();
  const { data } = useProcedure('app.info', {});
  return (
    <header className={styles.root}>
      <ApplicationMenu />
      <h1 className={styles.name}>HNV Gateway Console</h1>
      <span className={styles.lab} title={data?.databasePath}>
        {data === undefined || data.labName === '' ? 'No lab is open' : `Lab ${data.labName}`}
      </span>
      <SimulationState />
    </header>
  );
}

function SimulationState() {
  const styles = useStyles();
  const speed = useSimulationStatus((status) => status.speed);
  const clock = useSimulationStatus((status) => clockText(status.now));
  if (speed === undefined) return null;
  return (
    <span className={styles.simulation} role="group" aria-label="Simulation">
      <span aria-hidden className={mergeClasses(styles.dot, speed === 0 && styles.paused)} />
      {speedLabel(speed)}
      <span className={styles.clock} title="Virtual time since the lab was opened">
        {clock}
      </span>
    </span>
  );
}

const themes: readonly { readonly value: ThemeChoice; readonly label: string }[] = [
  { value: 'system', label: 'As the system' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
];

function ApplicationMenu() {
  const styles = useStyles();
  const { navigate, open } = useConsole();
  const [theme, setTheme] = usePreference('theme');
  const { exportLab, importLab, importVmmInventory, isReading, cancelReading } = useLabFiles();
  return (
    <>
      <Menu checkedValues={{ theme: [theme] }} onCheckedValueChange={(_event, { checkedItems }) => setTheme(themes.find(({ value }) => value === checkedItems[0])?.value ?? 'system')}>
        <MenuTrigger disableButtonEnhancement>
          <Button appearance="transparent" className={styles.menu} icon={<Navigation20Regular />} aria-label="Application menu" />
        </MenuTrigger>
        <MenuPopover>
          <MenuList hasCheckmarks>
            <MenuItem onClick={() => navigate({ kind: 'snapshots' })}>Snapshots</MenuItem>
            <MenuItem onClick={importLab}>Import lab…</MenuItem>
            <MenuItem onClick={importVmmInventory}>Import VMM inventory…</MenuItem>
            <MenuItem onClick={exportLab}>Export lab…</MenuItem>
            <MenuDivider />
            <MenuGroup>
              <MenuGroupHeader>Theme</MenuGroupHeader>
              {themes.map(({ value, label }) => (
                <MenuItemRadio key={value} name="theme" value={value}>
                  {label}
                </MenuItemRadio>
              ))}
            </MenuGroup>
            <MenuDivider />
            <MenuItem onClick={() => navigate({ kind: 'general' })}>Settings</MenuItem>
            <MenuItem secondaryContent="F1" onClick={() => open({ kind: 'shortcuts' })}>
              Keyboard shortcuts
            </MenuItem>
            <MenuItem onClick={() => open({ kind: 'about' })}>About</MenuItem>
            <MenuDivider />
            <MenuItem onClick={() => window.close()}>Exit</MenuItem>
          </MenuList>
        </MenuPopover>
      </Menu>
      {isReading && <ImportProgressDialog onCancel={cancelReading} />}
    </>
  );
}
