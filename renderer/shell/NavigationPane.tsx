/** Left pane: the tree of the workspace, and the five workspace buttons at its foot. */
import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { ChevronDown16Regular, ChevronRight16Regular, ClipboardTaskListLtr20Regular, Desktop20Regular, Library20Regular, ServerMultiple20Regular, Settings20Regular } from '@fluentui/react-icons';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useId, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import type { InventoryTree } from '../../shared/contract/inventory.ts';
import { useProcedure } from '../bridge/queries.ts';
import type { CommandIcon } from './command.ts';
import { CommandContextMenu, type MenuPoint } from '../list/CommandContextMenu.tsx';
import { commandsOf, useCommands } from './commands.tsx';
import { useConsole } from './console.tsx';
import { moveForKey, navigationTree, visibleRows, type NavigationRow } from './navigationTree.ts';
import { usePreference } from './preferences.ts';
import { viewKey, workspaceLabels, workspaceOf, workspaces, type Workspace } from './views.ts';

/** In CSS pixels. */
const rowHeight = 28;
/** Rows drawn beyond the visible ones: a small data centre is drawn whole, one with hundreds of hosts is not. */
const overscan = 12;

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', height: '100%', minWidth: 0, backgroundColor: tokens.colorNeutralBackground2 },
  heading: { margin: 0, padding: '8px 12px', fontSize: '14px', lineHeight: '20px', fontWeight: tokens.fontWeightSemibold, borderBottom: `1px solid ${tokens.colorNeutralStroke2}` },
  tree: { flexGrow: 1, minHeight: 0, overflow: 'auto', padding: '4px 0', outlineStyle: 'none' },
  rows: { position: 'relative' },
  row: {
    position: 'absolute',
    top: 0,
    left: 0,
    right: 0,
    display: 'flex',
    alignItems: 'center',
    gap: '4px',
    height: `${rowHeight}px`,
    paddingInlineEnd: '8px',
    cursor: 'default',
    fontSize: '13px',
    whiteSpace: 'nowrap',
    ':hover': { backgroundColor: tokens.colorNeutralBackground2Hover },
  },
  selected: { backgroundColor: tokens.colorBrandBackground2, boxShadow: `inset 2px 0 0 ${tokens.colorCompoundBrandStroke}`, ':hover': { backgroundColor: tokens.colorBrandBackground2Hover } },
  disabled: { color: tokens.colorNeutralForegroundDisabled },
  active: { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '-2px' },
  chevron: { display: 'flex', width: '16px', flexShrink: 0 },
  icon: { display: 'flex', flexShrink: 0, color: tokens.colorBrandForeground1, '& svg': { width: '18px', height: '18px' } },
  iconDisabled: { color: tokens.colorNeutralForegroundDisabled },
  label: { overflow: 'hidden', textOverflow: 'ellipsis' },
  workspaces: { borderTop: `1px solid ${tokens.colorNeutralStroke1}`, display: 'flex', flexDirection: 'column', padding: '4px' },
  workspace: {
    display: 'flex',
    alignItems: 'center',
    gap: '8px',
    height: '32px',
    padding: '0 8px',
    border: 'none',
    borderRadius: tokens.borderRadiusMedium,
    backgroundColor: 'transparent',
    color: tokens.colorNeutralForeground1,
    fontFamily: 'inherit',
    fontSize: '13px',
    cursor: 'default',
    whiteSpace: 'nowrap',
    overflow: 'hidden',
    ':hover': { backgroundColor: tokens.colorNeutralBackground2Hover },
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '-2px' },
  },
  workspaceOn: { backgroundColor: tokens.colorBrandBackground2, fontWeight: tokens.fontWeightSemibold },
});

const workspaceIcons: Record<Workspace, CommandIcon> = {
  vmsAndServices: Desktop20Regular,
  fabric: ServerMultiple20Regular,
  library: Library20Regular,
  jobs: ClipboardTaskListLtr20Regular,
  settings: Settings20Regular,
};

const emptyTree: InventoryTree = { labName: '', hostGroups: [], hosts: [], counts: { vmNetworks: 0, virtualMachines: 0, logicalNetworks: 0, networkServices: 0, runAsAccounts: 0 } };

export function NavigationPane() {
  const styles = useStyles();
  const { view, openWorkspace } = useConsole();
  const { data } = useProcedure('inventory.tree', {});
  const workspace = workspaceOf(view);
  return (
    <nav className={styles.root} aria-label="Navigation" data-pane="navigation">
      <h2 className={styles.heading}>{workspaceLabels[workspace]}</h2>
      <Tree key={workspace} workspace={workspace} inventory={data ?? emptyTree} />
      <div className={styles.workspaces} role="group" aria-label="Workspaces">
        {workspaces.map((entry, at) => {
          const Icon = workspaceIcons[entry];
          return (
            <button
              key={entry}
              type="button"
              title={`Ctrl+${at + 1}`}
              aria-pressed={entry === workspace}
              className={mergeClasses(styles.workspace, entry === workspace && styles.workspaceOn)}
              onClick={() => openWorkspace(entry)}
            >
              <span className={styles.icon}>
                <Icon />
              </span>
              {workspaceLabels[entry]}
            </button>
          );
        })}
      </div>
    </nav>
  );
}

function Tree({ workspace, inventory }: { readonly workspace: Workspace; readonly inventory: InventoryTree }) {
  const styles = useStyles();
  const treeId = useId();
  const container = useRef<HTMLDivElement>(null);
  const { view, navigate } = useConsole();
  const [closed, setClosed] = usePreference('closedNodes');
  const [jobFilters] = usePreference('jobFilters');
  const rows = useMemo(() => visibleRows(navigationTree(workspace, inventory, jobFilters), new Set(closed)), [workspace, inventory, jobFilters, closed]);
  const shownId = rows.find(({ node }) => node.view !== undefined && viewKey(node.view) === viewKey(view))?.node.id;
  const [activeId, setActiveId] = useState<string | undefined>(undefined);
  const [hasFocusRing, setFocusRing] = useState(false);
  const [menu, setMenu] = useState<MenuPoint | undefined>(undefined);
  const { folder } = useCommands();
  const currentId = rows.some(({ node }) => node.id === activeId) ? activeId : (shownId ?? rows[0]?.node.id);
  const elementId = (id: string) => `${treeId}-${id}`;
  const virtualizer = useVirtualizer<HTMLDivElement, HTMLDivElement>({
    count: rows.length,
    getScrollElement: () => container.current,
    estimateSize: () => rowHeight,
    overscan,
    // Drawn at once, before the pane has been measured.
    initialRect: { width: 0, height: 720 },
    useFlushSync: false,
  });
  const drawn = virtualizer.getVirtualItems().flatMap(({ index, start }) => {
    const row = rows[index];
    return row === undefined ? [] : [{ row, top: start }];
  });

  const toggle = (id: string) => setClosed(closed.includes(id) ? closed.filter((other) => other !== id) : [...closed, id]);
  const show = ({ node }: NavigationRow) => {
    setActiveId(node.id);
    if (node.view !== undefined) navigate(node.view);
    else if (node.children.length > 0) toggle(node.id);
  };
  /** The menu is that of the host group in view: what is clicked is shown first. */
  const showMenu = (row: NavigationRow | undefined, at: MenuPoint) => {
    if (row === undefined || !hasMenu(row)) return;
    show(row);
    setMenu(at);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'ContextMenu' || (event.shiftKey && event.key === 'F10')) {
      event.preventDefault();
      const box = document.getElementById(currentId === undefined ? '' : elementId(currentId))?.getBoundingClientRect();
      if (box !== undefined) showMenu(rows.find(({ node }) => node.id === currentId), { x: box.left + menuInset, y: box.bottom });
      return;
    }
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const move = moveForKey(event.key, rows, currentId);
    if (move === undefined) return;
    event.preventDefault();
    if ('go' in move) setActiveId(move.go);
    else if ('toggle' in move) toggle(move.toggle);
    else {
      const row = rows.find(({ node }) => node.id === move.open);
      if (row) show(row);
    }
    if ('go' in move) virtualizer.scrollToIndex(rows.findIndex(({ node }) => node.id === move.go));
  };
  return (
    <div
      ref={container}
      role="tree"
      aria-label={workspaceLabels[workspace]}
      aria-activedescendant={drawn.some(({ row }) => row.node.id === currentId) ? elementId(currentId ?? '') : undefined}
      tabIndex={0}
      className={styles.tree}
      onKeyDown={onKeyDown}
      onFocus={(event) => setFocusRing(event.currentTarget.matches(':focus-visible'))}
      onBlur={() => setFocusRing(false)}
    >
      <div role="presentation" className={styles.rows} style={{ height: virtualizer.getTotalSize() }}>
        {drawn.map(({ row, top }) => (
          <TreeRow
            key={row.node.id}
            id={elementId(row.node.id)}
            row={row}
            top={top}
            isSelected={row.node.id === shownId}
            isActive={hasFocusRing && row.node.id === currentId}
            onOpen={() => show(row)}
            onToggle={() => toggle(row.node.id)}
            onMenu={(at) => showMenu(row, at)}
          />
        ))}
      </div>
      {menu !== undefined && folder !== undefined && <CommandContextMenu at={menu} commands={commandsOf(folder)} onClose={() => setMenu(undefined)} />}
    </div>
  );
}

/** From the row's left edge, in CSS pixels. */
const menuInset = 32;

/** Host groups of Fabric have one. */
function hasMenu({ node: { view } }: NavigationRow): boolean {
  return view?.kind === 'hosts' && view.hostId === undefined;
}

interface TreeRowProps {
  readonly id: string;
  readonly row: NavigationRow;
  /** Distance from the top of the first row, in CSS pixels. */
  readonly top: number;
  readonly isSelected: boolean;
  readonly isActive: boolean;
  readonly onOpen: () => void;
  readonly onToggle: () => void;
  readonly onMenu: (at: MenuPoint) => void;
}

function TreeRow({ id, row: { node, level, isOpen, position, siblings }, top, isSelected, isActive, onOpen, onToggle, onMenu }: TreeRowProps) {
  const styles = useStyles();
  const Icon = node.icon;
  const isDisabled = node.disabledReason !== undefined;
  const hasChildren = node.children.length > 0;
  return (
    <div
      role="treeitem"
      id={id}
      aria-level={level}
      aria-posinset={position}
      aria-setsize={siblings}
      aria-selected={isSelected}
      aria-expanded={hasChildren ? isOpen : undefined}
      aria-disabled={isDisabled || undefined}
      title={node.disabledReason ?? node.label}
      className={mergeClasses(styles.row, isSelected && styles.selected, isDisabled && styles.disabled, isActive && styles.active)}
      style={{ paddingInlineStart: `${level * 12 - 4}px`, transform: `translateY(${top}px)` }}
      onClick={onOpen}
      onContextMenu={(event) => {
        event.preventDefault();
        onMenu({ x: event.clientX, y: event.clientY });
      }}
    >
      <span
        className={styles.chevron}
        aria-hidden
        onClick={(event) => {
          if (!hasChildren) return;
          event.stopPropagation();
          onToggle();
        }}
      >
        {hasChildren && (isOpen ? <ChevronDown16Regular /> : <ChevronRight16Regular />)}
      </span>
      <span className={mergeClasses(styles.icon, isDisabled && styles.iconDisabled)} aria-hidden>
        <Icon />
      </span>
      <span className={styles.label}>{node.label}</span>
    </div>
  );
}
