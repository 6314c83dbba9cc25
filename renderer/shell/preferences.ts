/** What the console remembers of its window between starts: one JSON text in localStorage, checked when read. */
import { useCallback, useSyncExternalStore } from 'react';
import { z } from 'zod';
import { savedJobFiltersSchema } from '../views/jobs/jobQuery.ts';
import { defaultView, viewSchema } from './views.ts';

const storageKey = 'hnv-gateway-console.preferences';

const listPreferencesSchema = z.object({
  /** Column id -> width in CSS pixels. */
  widths: z.record(z.string(), z.number().min(24).max(2000)).catch({}),
  sort: z.object({ column: z.string(), direction: z.enum(['asc', 'desc']) }).optional().catch(undefined),
  /** Ids of the columns that are shown, in their order; left out until somebody has chosen. */
  columns: z.array(z.string()).optional().catch(undefined),
});
export type ListPreferences = z.infer<typeof listPreferencesSchema>;

const themeChoiceSchema = z.enum(['system', 'light', 'dark']);
export type ThemeChoice = z.infer<typeof themeChoiceSchema>;

/** Every field falls back on its own: one spoilt value never costs the others. */
const preferencesSchema = z.object({
  theme: themeChoiceSchema.catch('system'),
  view: viewSchema.catch(defaultView),
  isRibbonCollapsed: z.boolean().catch(false),
  isDetailsPaneShown: z.boolean().catch(true),
  isGuideShown: z.boolean().catch(false),
  /** Width of the guide in CSS pixels. */
  guideWidth: z.number().min(160).max(800).catch(320),
  /** Width of the navigation pane in CSS pixels. */
  navigationWidth: z.number().min(120).max(800).catch(220),
  /** Height of the details pane in CSS pixels. */
  detailsHeight: z.number().min(80).max(1200).catch(240),
  /** Compartments of a gateway one at a time, or side by side. */
  compartmentLayout: z.enum(['list', 'cells']).catch('list'),
  /** Ids of tree nodes that are closed. */
  closedNodes: z.array(z.string()).catch([]),
  /** Filters of the job list that are kept, in the order of their names. */
  jobFilters: savedJobFiltersSchema.catch([]),
  /** The Jobs window comes up when something was started. */
  isJobsWindowShown: z.boolean().catch(true),
  /** A recorded scenario says how everything ended. */
  recordsExpectations: z.boolean().catch(true),
  lists: z.record(z.string(), listPreferencesSchema).catch({}),
});
export type Preferences = z.infer<typeof preferencesSchema>;

let current: Preferences | undefined;
const listeners = new Set<() => void>();

/** The preferences now; defaults for whatever is missing or spoilt. */
export function readPreferences(): Preferences {
  current ??= preferencesSchema.parse(parseStored());
  return current;
}

/** Changes some preferences and tells everyone who uses them. */
export function writePreferences(change: Partial<Preferences>): void {
  current = { ...readPreferences(), ...change };
  try {
    localStorage.setItem(storageKey, JSON.stringify(current));
  } catch {
    // Storage is full or switched off: the preference then lasts as long as the window.
  }
  for (const listener of listeners) listener();
}

function parseStored(): unknown {
  try {
    const parsed: unknown = JSON.parse(localStorage.getItem(storageKey) ?? '{}');
    return typeof parsed === 'object' && parsed !== null ? parsed : {};
  } catch {
    return {};
  }
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** One preference and the way to change it. */
export function usePreference<K extends keyof Preferences>(key: K): readonly [Preferences[K], (value: Preferences[K]) => void] {
  const value = useSyncExternalStore(subscribe, () => readPreferences()[key]);
  const set = useCallback((next: Preferences[K]) => writePreferences({ [key]: next }), [key]);
  return [value, set];
}

/** What is remembered of the list `listId`. */
export function readListPreferences(listId: string): ListPreferences {
  return readPreferences().lists[listId] ?? { widths: {} };
}

export function writeListPreferences(listId: string, change: Partial<ListPreferences>): void {
  const { lists } = readPreferences();
  writePreferences({ lists: { ...lists, [listId]: { ...readListPreferences(listId), ...change } } });
}
