/** Settings › General: how the console looks, and where its data is. */
import { makeStyles, Radio, RadioGroup, Switch, tokens } from '@fluentui/react-components';
import { useProcedure } from '../../bridge/queries.ts';
import { usePreference, type ThemeChoice } from '../../shell/preferences.ts';
import { FactList } from '../../views/shared/FactList.tsx';

const useStyles = makeStyles({
  root: { height: '100%', overflow: 'auto', padding: '16px 24px', display: 'flex', flexDirection: 'column', gap: '24px' },
  title: { margin: 0, fontSize: '20px', lineHeight: '28px', fontWeight: tokens.fontWeightSemibold },
  section: { display: 'flex', flexDirection: 'column', gap: '8px', maxWidth: '720px' },
  heading: { margin: 0, fontSize: '14px', lineHeight: '20px', fontWeight: tokens.fontWeightSemibold },
});

export function GeneralPage() {
  const styles = useStyles();
  const [theme, setTheme] = usePreference('theme');
  const [isDetailsPaneShown, setDetailsPaneShown] = usePreference('isDetailsPaneShown');
  const { data } = useProcedure('app.info', {});
  return (
    <div className={styles.root}>
      <h2 className={styles.title}>General</h2>
      <section className={styles.section}>
        <h3 className={styles.heading} id="settings-theme">
          Theme
        </h3>
        <RadioGroup value={theme} onChange={(_event, { value }) => setTheme(value as ThemeChoice)} aria-labelledby="settings-theme">
          <Radio value="system" label="As the system" />
          <Radio value="light" label="Light" />
          <Radio value="dark" label="Dark" />
        </RadioGroup>
      </section>
      <section className={styles.section}>
        <h3 className={styles.heading}>Lists</h3>
        <Switch label="Show the details pane below lists" checked={isDetailsPaneShown} onChange={(_event, { checked }) => setDetailsPaneShown(checked)} />
      </section>
      {data !== undefined && (
        <section className={styles.section}>
          <h3 className={styles.heading}>This console</h3>
          <FactList
            facts={[
              { label: 'Version', value: data.version },
              { label: 'Electron', value: `${data.electron} (Chromium ${data.chromium})` },
              { label: 'Database', value: data.databasePath },
              { label: 'Lab', value: data.labName || 'None' },
            ]}
          />
        </section>
      )}
    </div>
  );
}
