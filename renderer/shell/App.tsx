/** The window: title strip, ribbon, navigation and the page in view, status bar, and the windows above them. */
import { FluentProvider, makeStyles, tokens } from '@fluentui/react-components';
import { lazy, Suspense } from 'react';
import { Group, Panel } from 'react-resizable-panels';
import { useConsoleTheme } from '../theme.ts';
import { CommandsProvider } from './commands.tsx';
import { ConsoleProvider } from './console.tsx';
import { ErrorBoundary } from './ErrorBoundary.tsx';
import { JobSignals } from './JobSignals.tsx';
import { MainArea } from './MainArea.tsx';
import { NavigationPane } from './NavigationPane.tsx';
import { Messages } from './notify.tsx';
import { readPreferences, usePreference, writePreferences } from './preferences.ts';
import { Ribbon } from './Ribbon.tsx';
import { PaneSeparator } from './PaneSeparator.tsx';
import { useShortcuts } from './shortcuts.ts';
import { StatusBar } from './StatusBar.tsx';
import { TitleStrip } from './TitleStrip.tsx';
import { Windows } from './Windows.tsx';

const GuidePane = lazy(() => import('../views/guide/GuidePane.tsx').then((module) => ({ default: module.GuidePane })));

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', height: '100%', backgroundColor: tokens.colorNeutralBackground1 },
  body: { flexGrow: 1, minHeight: 0 },
});

export function App() {
  const theme = useConsoleTheme();
  return (
    <FluentProvider theme={theme}>
      <ErrorBoundary>
        <ConsoleProvider>
          <CommandsProvider>
            <Layout />
          </CommandsProvider>
        </ConsoleProvider>
        <Messages />
      </ErrorBoundary>
    </FluentProvider>
  );
}

function Layout() {
  const styles = useStyles();
  const [isGuideShown] = usePreference('isGuideShown');
  useShortcuts();
  return (
    <div className={styles.root}>
      <TitleStrip />
      <Ribbon />
      <Group orientation="horizontal" className={styles.body}>
        <Panel
          id="navigation"
          defaultSize={readPreferences().navigationWidth}
          minSize={160}
          maxSize={480}
          groupResizeBehavior="preserve-pixel-size"
          onResize={({ inPixels }) => writePreferences({ navigationWidth: clamp(inPixels, 160, 480) })}
        >
          <NavigationPane />
        </Panel>
        <PaneSeparator orientation="vertical" label="Width of the navigation pane" />
        <Panel id="main" minSize={360}>
          <MainArea />
        </Panel>
        {isGuideShown && <Guide />}
      </Group>
      <StatusBar />
      <Windows />
      <JobSignals />
    </div>
  );
}

/** Beside the page, so that one works while one reads. */
function Guide() {
  return (
    <>
      <PaneSeparator orientation="vertical" label="Width of the guide" />
      <Panel
        id="guide"
        defaultSize={readPreferences().guideWidth}
        minSize={240}
        maxSize={520}
        groupResizeBehavior="preserve-pixel-size"
        onResize={({ inPixels }) => writePreferences({ guideWidth: clamp(inPixels, 240, 520) })}
      >
        <Suspense fallback={null}>
          <GuidePane />
        </Suspense>
      </Panel>
    </>
  );
}

function clamp(value: number, low: number, high: number): number {
  return Math.round(Math.min(high, Math.max(low, value)));
}
