/** Light and dark theme: Fluent's, with the console's type and density (13 px text, Segoe UI or Open Sans, Cascadia Mono). */
import { webDarkTheme, webLightTheme, type Theme } from '@fluentui/react-components';
import { useEffect, useSyncExternalStore } from 'react';
import { usePreference } from './shell/preferences.ts';

const type: Partial<Theme> = {
  fontFamilyBase: '"Segoe UI", "Open Sans Variable", sans-serif',
  fontFamilyMonospace: '"Cascadia Mono", Consolas, monospace',
  fontSizeBase300: '13px',
  lineHeightBase300: '20px',
};

export const lightTheme: Theme = { ...webLightTheme, ...type };
export const darkTheme: Theme = { ...webDarkTheme, ...type };

const systemDark = window.matchMedia('(prefers-color-scheme: dark)');

/** The theme that the operator chose, or the system's while that is the choice. */
export function useConsoleTheme(): Theme {
  const [choice] = usePreference('theme');
  const isSystemDark = useSyncExternalStore(watchSystem, () => systemDark.matches);
  const isDark = choice === 'system' ? isSystemDark : choice === 'dark';
  useEffect(() => {
    // Scroll bars and native form parts follow.
    document.documentElement.style.colorScheme = isDark ? 'dark' : 'light';
  }, [isDark]);
  return isDark ? darkTheme : lightTheme;
}

function watchSystem(listener: () => void): () => void {
  systemDark.addEventListener('change', listener);
  return () => systemDark.removeEventListener('change', listener);
}
