/** A window inside the window: not modal, so that the console stays in use beside it. Moved by its title, sized by its corner. */
import { Button, makeStyles, tokens, Tooltip } from '@fluentui/react-components';
import { Dismiss20Regular } from '@fluentui/react-icons';
import { useCallback, useEffect, useId, useRef, useState, type KeyboardEvent, type ReactNode, type RefObject } from 'react';
import { useDrag, type Offset } from './useDrag.ts';
import { frontPanel, useFocusReturn } from './useFocusReturn.ts';

const useStyles = makeStyles({
  root: {
    position: 'fixed',
    display: 'flex',
    flexDirection: 'column',
    backgroundColor: tokens.colorNeutralBackground1,
    color: tokens.colorNeutralForeground1,
    border: `1px solid ${tokens.colorNeutralStroke1}`,
    borderRadius: tokens.borderRadiusMedium,
    boxShadow: tokens.shadow28,
    overflow: 'hidden',
    fontSize: '13px',
    lineHeight: '20px',
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}` },
  },
  title: {
    display: 'flex',
    alignItems: 'center',
    gap: '8px',
    height: '36px',
    flexShrink: 0,
    padding: '0 4px 0 12px',
    backgroundColor: tokens.colorNeutralBackground3,
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
    cursor: 'move',
    touchAction: 'none',
    userSelect: 'none',
  },
  heading: { flexGrow: 1, margin: 0, fontSize: '13px', lineHeight: '20px', fontWeight: tokens.fontWeightSemibold, overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
  icon: { display: 'flex', color: tokens.colorBrandForeground1 },
  close: { minWidth: '28px', height: '28px', padding: 0 },
  body: { display: 'flex', flexDirection: 'column', flexGrow: 1, minHeight: 0 },
  grip: {
    position: 'absolute',
    right: 0,
    bottom: 0,
    width: '16px',
    height: '16px',
    cursor: 'nwse-resize',
    touchAction: 'none',
    backgroundImage: `linear-gradient(135deg, transparent 55%, ${tokens.colorNeutralStroke1} 55%, ${tokens.colorNeutralStroke1} 62%, transparent 62%, transparent 75%, ${tokens.colorNeutralStroke1} 75%, ${tokens.colorNeutralStroke1} 82%, transparent 82%)`,
  },
});

interface FloatingPanelProps {
  readonly title: string;
  readonly icon: ReactNode;
  /** Wanted size in pixels; never larger than the window. */
  readonly width: number;
  readonly height: number;
  /** Where it opens: beside the right edge, or in the middle. */
  readonly place: 'right' | 'middle';
  readonly onClose: () => void;
  readonly children: ReactNode;
}

const margin = 12;
const smallest = { x: 420, y: 280 };
/** The one touched last lies on top. Below Fluent's portals, so that tooltips and menus lie above. */
let topmost = 100;
/** Panels that are open: each new one stands a title's height beside the one before. */
let openPanels = 0;
const cascade = 28;

export function FloatingPanel({ title, icon, width, height, place, onClose, children }: FloatingPanelProps) {
  const styles = useStyles();
  const headingId = useId();
  const panel = useRef<HTMLDivElement>(null);
  const [layer, setLayer] = useState(() => ++topmost);
  const size = useDrag({ initial: fitting(width, height), clamp: clampSize });
  const position = useDrag({ initial: startPlace(fitting(width, height), place), clamp: clampPlace });
  useFocusReturn();
  useEffect(() => {
    openPanels += 1;
    return () => void (openPanels -= 1);
  }, []);
  useFocusAtOpening(panel);
  useEscapeFromOutside(panel, onClose);
  useKeptInside(size.setOffset, position.setOffset);
  const toFront = useCallback(() => setLayer((current) => (current === topmost ? current : ++topmost)), []);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || event.defaultPrevented) return;
    event.preventDefault();
    onClose();
  };
  return (
    <div
      ref={panel}
      role="dialog"
      data-floating-panel
      aria-modal={false}
      aria-labelledby={headingId}
      tabIndex={-1}
      className={styles.root}
      style={{ left: position.offset.x, top: position.offset.y, width: size.offset.x, height: size.offset.y, zIndex: layer }}
      onPointerDownCapture={toFront}
      onFocusCapture={toFront}
      onKeyDown={onKeyDown}
    >
      <div className={styles.title} onPointerDown={position.onPointerDown}>
        <span className={styles.icon}>{icon}</span>
        <h2 id={headingId} className={styles.heading}>
          {title}
        </h2>
        <Tooltip content="Close (Esc)" relationship="description">
          <Button appearance="subtle" className={styles.close} icon={<Dismiss20Regular />} aria-label="Close" onClick={onClose} />
        </Tooltip>
      </div>
      <div className={styles.body}>{children}</div>
      <div className={styles.grip} aria-hidden onPointerDown={size.onPointerDown} />
    </div>
  );
}

/** Milliseconds in which a modal dialog that has closed may still give the focus back to something behind the panel; long, for busy machines. */
const lateFocusReturn = 3_000;
/** The panel that was opened last. */
let newest: HTMLElement | null = null;

/** Takes the focus, and keeps it until the operator does something: a dialog from which the panel was opened returns it elsewhere a moment later. */
function useFocusAtOpening(panel: RefObject<HTMLDivElement | null>): void {
  useEffect(() => {
    const opened = panel.current;
    newest = opened;
    const take = () => {
      if (opened?.contains(document.activeElement) !== true) opened?.focus({ preventScroll: true });
    };
    const keep = () => {
      if (newest === opened && document.querySelector('[aria-modal="true"]') === null) take();
    };
    const end = new AbortController();
    document.addEventListener('focusin', keep, { signal: end.signal });
    for (const act of ['pointerdown', 'keydown']) window.addEventListener(act, () => end.abort(), { signal: end.signal, capture: true });
    const timer = setTimeout(() => end.abort(), lateFocusReturn);
    take();
    return () => {
      clearTimeout(timer);
      end.abort();
    };
  }, [panel]);
}

/** Esc closes the window in front also when the focus is nowhere: on the page itself or on what is behind the windows, but not where one types. */
function useEscapeFromOutside(panel: RefObject<HTMLDivElement | null>, onClose: () => void): void {
  useEffect(() => {
    const onKeyDown = (event: globalThis.KeyboardEvent) => {
      if (event.key !== 'Escape' || event.defaultPrevented || document.querySelector('[aria-modal="true"]') !== null) return;
      const isElsewhere = document.activeElement?.matches(':is([data-floating-panel], [role="menu"]) *, [data-floating-panel], input, textarea') === true;
      if (isElsewhere || frontPanel() !== panel.current) return;
      event.preventDefault();
      onClose();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [panel, onClose]);
}

/** When the main window shrinks, the panel comes along. */
function useKeptInside(setSize: (update: (size: Offset) => Offset) => void, setPlace: (update: (place: Offset) => Offset) => void): void {
  useEffect(() => {
    const onResize = () => {
      setSize(clampSize);
      setPlace(clampPlace);
    };
    window.addEventListener('resize', onResize);
    return () => window.removeEventListener('resize', onResize);
  }, [setSize, setPlace]);
}

function fitting(width: number, height: number): Offset {
  return clampSize({ x: width, y: height });
}

function clampSize({ x, y }: Offset): Offset {
  return {
    x: Math.max(Math.min(smallest.x, window.innerWidth), Math.min(x, window.innerWidth - 2 * margin)),
    y: Math.max(Math.min(smallest.y, window.innerHeight), Math.min(y, window.innerHeight - 2 * margin)),
  };
}

/** The title stays reachable: at least 80 px of it inside the window. */
function clampPlace({ x, y }: Offset): Offset {
  return { x: Math.max(80 - smallest.x, Math.min(x, window.innerWidth - 80)), y: Math.max(0, Math.min(y, window.innerHeight - 36)) };
}

function startPlace(size: Offset, place: FloatingPanelProps['place']): Offset {
  const shift = (openPanels % 6) * cascade;
  const middle = { x: (window.innerWidth - size.x) / 2, y: (window.innerHeight - size.y) / 2 };
  switch (place) {
    case 'middle':
      return clampPlace({ x: Math.round(middle.x) + shift, y: Math.round(middle.y) + shift });
    case 'right':
      return clampPlace({ x: window.innerWidth - size.x - margin - shift, y: Math.round(middle.y) + shift });
  }
}
