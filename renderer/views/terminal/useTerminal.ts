/** A terminal in main while its window is open: what stands in it, and the ways to type and to interrupt. */
import { useCallback, useEffect, useState } from 'react';
import { ConsoleError, errorCodes } from '../../../shared/contract/errors.ts';
import type { Terminal, TerminalOutput, TerminalTarget } from '../../../shared/contract/terminal.ts';
import { invoke } from '../../bridge/client.ts';
import { useSubscription } from '../../bridge/queries.ts';

interface OpenTerminal {
  readonly terminal: Terminal | undefined;
  readonly output: TerminalOutput | undefined;
  readonly error: ConsoleError | undefined;
  readonly run: (line: string) => void;
  readonly interrupt: () => void;
}

export function useTerminal({ kind, id }: TerminalTarget): OpenTerminal {
  const [terminal, setTerminal] = useState<Terminal>();
  const [output, setOutput] = useState<TerminalOutput>();
  const [error, setError] = useState<ConsoleError>();
  const terminalId = terminal?.terminalId;
  const live = useSubscription('terminal.output', terminalId === undefined ? null : { terminalId });

  useEffect(() => {
    let opened: string | undefined;
    let isGone = false;
    setTerminal(undefined);
    setError(undefined);
    invoke('terminal.open', { kind, id }).then(
      (answer) => {
        opened = answer.terminalId;
        if (isGone) close(opened);
        else setTerminal(answer);
      },
      (reason: unknown) => {
        if (!isGone && reason instanceof ConsoleError) setError(reason);
      },
    );
    return () => {
      isGone = true;
      if (opened !== undefined) close(opened);
    };
  }, [kind, id]);

  useEffect(() => {
    if (live.data !== undefined) setOutput(live.data);
  }, [live.data]);

  // A command that runs already is not an error of the operator: what was typed meanwhile is not heard.
  const ask = useCallback((name: 'terminal.run' | 'terminal.interrupt', input: { terminalId: string; line: string }) => {
    const answer = name === 'terminal.run' ? invoke(name, input) : invoke(name, { terminalId: input.terminalId });
    answer.then(setOutput, (reason: unknown) => {
      if (reason instanceof ConsoleError && reason.code !== errorCodes.terminalBusy) setError(reason);
    });
  }, []);
  const run = useCallback((line: string) => (terminalId === undefined ? undefined : ask('terminal.run', { terminalId, line })), [ask, terminalId]);
  const interrupt = useCallback(() => (terminalId === undefined ? undefined : ask('terminal.interrupt', { terminalId, line: '' })), [ask, terminalId]);
  return { terminal, output, error: error ?? live.error, run, interrupt };
}

function close(terminalId: string): void {
  // A terminal that is gone already is closed.
  void invoke('terminal.close', { terminalId }).catch(() => undefined);
}
