/** The prompt of a machine, as a remote console shows it: what it runs are commands that only look. */
import { Button, makeStyles, mergeClasses, tokens, Tooltip } from '@fluentui/react-components';
import { Broom20Regular, Copy20Regular, Stop20Regular, WindowConsole20Regular } from '@fluentui/react-icons';
import { memo, useEffect, useLayoutEffect, useRef, useState, type KeyboardEvent, type RefObject } from 'react';
import type { TerminalLine, TerminalOutput, TerminalTarget } from '../../../shared/contract/terminal.ts';
import { terminalLineLength } from '../../../shared/contract/terminal.ts';
import { copyText } from '../shared/copyText.ts';
import { FloatingPanel } from '../shared/FloatingPanel.tsx';
import { ErrorState, LoadingState } from '../shared/states.tsx';
import { complete, emptyHistory, look, remember, type Completion } from './typing.ts';
import { useTerminal } from './useTerminal.ts';

/** Colours of the console of Windows, the same in both themes; errors and warnings lighter, for contrast. */
const screen = { cmd: '#0c0c0c', powershell: '#012456', text: '#eeedf0', error: '#ff9a8f', warning: '#ffe066', caret: '#ffffff' } as const;

const useStyles = makeStyles({
  bar: { display: 'flex', alignItems: 'center', gap: '4px', flexShrink: 0, padding: '2px 8px 2px 12px', borderBottom: `1px solid ${tokens.colorNeutralStroke2}`, backgroundColor: tokens.colorNeutralBackground1 },
  machine: { flexGrow: 1, minWidth: 0, overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
  name: { fontWeight: tokens.fontWeightSemibold },
  screen: { flexGrow: 1, minHeight: 0, overflow: 'auto', padding: '8px 12px', color: screen.text, fontFamily: tokens.fontFamilyMonospace, fontSize: '12px', lineHeight: '16px', cursor: 'text', colorScheme: 'dark' },
  cmd: { backgroundColor: screen.cmd },
  powershell: { backgroundColor: screen.powershell },
  line: { minHeight: '16px', whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' },
  error: { color: screen.error },
  warning: { color: screen.warning },
  typed: { display: 'flex', alignItems: 'flex-start' },
  apart: { marginTop: '16px' },
  prompt: { whiteSpace: 'pre', flexShrink: 0 },
  input: {
    flexGrow: 1, minWidth: '120px', padding: 0, border: 'none', outline: 'none', backgroundColor: 'transparent', color: 'inherit', caretColor: screen.caret,
    fontFamily: 'inherit', fontSize: 'inherit', lineHeight: 'inherit',
  },
});

interface TerminalWindowProps {
  readonly target: TerminalTarget;
  readonly onClose: () => void;
}

export function TerminalWindow({ target, onClose }: TerminalWindowProps) {
  const { terminal, output, error, run, interrupt } = useTerminal(target);
  const isPowerShell = output?.prompt.startsWith('PS') ?? target.kind === 'host';
  const isClosed = output?.isClosed === true;
  useEffect(() => {
    if (isClosed) onClose();
  }, [isClosed, onClose]);
  const name = isPowerShell ? 'Windows PowerShell' : 'Command Prompt';
  return (
    <FloatingPanel title={terminal === undefined ? name : `${terminal.machine}: ${name}`} icon={<WindowConsole20Regular />} width={900} height={520} place="middle" onClose={onClose}>
      {error !== undefined ? <ErrorState error={error} /> : terminal === undefined || output === undefined ? <LoadingState what="the terminal" /> : (
        <>
          <Bar machine={terminal.machine} description={terminal.description} output={output} run={run} interrupt={interrupt} />
          <Screen machine={terminal.machine} isPowerShell={isPowerShell} output={output} run={run} interrupt={interrupt} />
        </>
      )}
    </FloatingPanel>
  );
}

interface ScreenProps {
  readonly machine: string;
  readonly output: TerminalOutput;
  readonly run: (line: string) => void;
  readonly interrupt: () => void;
}

/** Says whose console this is, and has what the keys do for the mouse. */
function Bar({ machine, description, output, run, interrupt }: ScreenProps & { readonly description: string }) {
  const styles = useStyles();
  return (
    <div className={styles.bar}>
      <span className={styles.machine}>
        <span className={styles.name}>{machine}</span> {description}
      </span>
      <Tooltip content="Stop the command that runs (Ctrl+C)" relationship="description">
        <Button size="small" appearance="subtle" icon={<Stop20Regular />} disabledFocusable={!output.isBusy} onClick={interrupt}>
          Stop
        </Button>
      </Tooltip>
      <Tooltip content="Copy everything in the terminal" relationship="description">
        <Button size="small" appearance="subtle" icon={<Copy20Regular />} onClick={() => void copyText(output.lines.map(({ text }) => text).join('\n'))}>
          Copy All
        </Button>
      </Tooltip>
      <Tooltip content="Clear the terminal (Ctrl+L)" relationship="description">
        <Button size="small" appearance="subtle" icon={<Broom20Regular />} disabledFocusable={output.isBusy} onClick={() => run('cls')}>
          Clear
        </Button>
      </Tooltip>
    </div>
  );
}

function Screen({ machine, isPowerShell, output, run, interrupt }: ScreenProps & { readonly isPowerShell: boolean }) {
  const styles = useStyles();
  const area = useRef<HTMLDivElement>(null);
  const input = useRef<HTMLInputElement>(null);
  const lastNumber = output.lines.at(-1)?.number;
  useLayoutEffect(() => {
    if (area.current !== null) area.current.scrollTop = area.current.scrollHeight;
  }, [lastNumber, output.isBusy]);
  const typeHere = () => {
    if (window.getSelection()?.isCollapsed !== false) input.current?.focus({ preventScroll: true });
  };
  return (
    <div ref={area} className={mergeClasses(styles.screen, isPowerShell ? styles.powershell : styles.cmd)} onMouseUp={typeHere}>
      <div role="log" aria-label={`Output of ${machine}`}>
        {output.lines.map((line) => (
          <Line key={line.number} line={line} />
        ))}
      </div>
      <CommandInput field={input} output={output} run={run} interrupt={interrupt} />
    </div>
  );
}

/** Memoised, because a ping adds one line to hundreds. */
const Line = memo(function Line({ line: { kind, text } }: { readonly line: TerminalLine }) {
  const styles = useStyles();
  return <div className={mergeClasses(styles.line, kind === 'error' && styles.error, kind === 'warning' && styles.warning)}>{text}</div>;
}, (before, after) => before.line.number === after.line.number);

/** Tabster moves the focus at Tab before the line hears of it: here the line comes first, and what it leaves to Tab the browser does. */
const tabBelongsToLine = { 'data-tabster': JSON.stringify({ focusable: { ignoreKeydown: { Tab: true } } }) };

/** Whoever gives the window the focus, as a menu that closes late does, gives it to the line. */
function useFocusForwarded(field: RefObject<HTMLInputElement | null>): void {
  useEffect(() => {
    const panel = field.current?.closest('[data-floating-panel]');
    const forward = (event: Event) => {
      if (event.target === panel) field.current?.focus({ preventScroll: true });
    };
    field.current?.focus({ preventScroll: true });
    panel?.addEventListener('focusin', forward);
    return () => panel?.removeEventListener('focusin', forward);
  }, [field]);
}

function CommandInput({ field, output: { lines, prompt, isBusy, commands }, run, interrupt }: Omit<ScreenProps, 'machine'> & { readonly field: RefObject<HTMLInputElement | null> }) {
  const styles = useStyles();
  const [line, setLine] = useState('');
  const history = useRef(emptyHistory);
  const completion = useRef<Completion>(undefined);
  useFocusForwarded(field);

  const submit = () => {
    if (isBusy) return;
    history.current = remember(history.current, line);
    setLine('');
    run(line);
  };
  const lookBack = (step: -1 | 1) => {
    const found = look(history.current, step);
    history.current = found.history;
    setLine(found.line);
  };
  const completeName = (): boolean => {
    completion.current = complete(line, commands, completion.current);
    if (completion.current !== undefined) setLine(completion.current.line);
    return completion.current !== undefined;
  };
  /** False when the key is not the terminal's. */
  const pressed = (event: KeyboardEvent<HTMLInputElement>): boolean => {
    if (event.ctrlKey && !event.shiftKey && !event.altKey) return control(event.key.toLowerCase());
    if (event.shiftKey || event.altKey || event.metaKey) return false;
    switch (event.key) {
      case 'Enter':
        submit();
        return true;
      case 'ArrowUp':
      case 'ArrowDown':
        lookBack(event.key === 'ArrowUp' ? -1 : 1);
        return true;
      case 'Tab':
        return completeName();
      case 'Escape':
        setLine('');
        return line !== '';
      default:
        return false;
    }
  };
  const control = (key: string): boolean => {
    if (key === 'l' && !isBusy) {
      run('cls');
      return true;
    }
    const { selectionStart, selectionEnd } = field.current ?? { selectionStart: 0, selectionEnd: 0 };
    if (key !== 'c' || selectionStart !== selectionEnd || window.getSelection()?.isCollapsed === false) return false;
    if (isBusy) interrupt();
    else setLine('');
    return true;
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (pressed(event)) event.preventDefault();
  };
  // cmd.exe leaves a line free before its prompt; main puts it there once something is typed.
  const isApart = !isBusy && !prompt.startsWith('PS') && (lines.at(-1)?.text ?? '') !== '';
  return (
    <div className={mergeClasses(styles.typed, isApart && styles.apart)}>
      <span className={styles.prompt} aria-hidden>
        {isBusy ? '' : prompt}
      </span>
      <input
        ref={field} className={styles.input} aria-label={isBusy ? 'A command runs: Ctrl+C stops it' : `Command, ${prompt}`} value={line} readOnly={isBusy} maxLength={terminalLineLength} spellCheck={false}
        autoComplete="off" autoCapitalize="off" {...tabBelongsToLine} onChange={(event) => setLine(event.target.value)} onKeyDown={onKeyDown}
      />
    </div>
  );
}
