/** MTU check from a virtual machine to a destination: the largest packet that passes, what limits it, and what to set. Rehearsed on a copy. */
import { Button, Field, Input, makeStyles, ProgressBar, tokens } from '@fluentui/react-components';
import { ArrowAutofitWidth20Regular, Play20Regular, Stop20Regular } from '@fluentui/react-icons';
import { useEffect, useState, type FormEvent } from 'react';
import { mtuCheckInputSchema } from '../../../shared/contract/mtuCheck.ts';
import { invoke } from '../../bridge/client.ts';
import { useSubscription } from '../../bridge/queries.ts';
import { useNotify } from '../../shell/notify.tsx';
import { MachinePicker, useSender } from '../ping/MachinePicker.tsx';
import { FloatingPanel } from '../shared/FloatingPanel.tsx';
import { EmptyState, ErrorState } from '../shared/states.tsx';
import { MtuFindings } from './MtuFindings.tsx';

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', flexGrow: 1, minHeight: 0 },
  form: { display: 'grid', gridTemplateColumns: 'minmax(180px, 1.4fr) minmax(140px, 1fr) auto', alignItems: 'start', gap: '8px 12px', padding: '12px', borderBottom: `1px solid ${tokens.colorNeutralStroke2}` },
  narrow: { minWidth: 0 },
  actions: { display: 'flex', gap: '8px', paddingTop: '22px' },
  progress: { padding: '8px 12px 0', display: 'flex', flexDirection: 'column', gap: '4px', fontSize: '12px', lineHeight: '16px', color: tokens.colorNeutralForeground2 },
});

/** The Internet host of the sample labs. */
const usualDestination = '192.0.2.80';

interface MtuCheckWindowProps {
  readonly initialVirtualMachineId: string | undefined;
  readonly vmNetworkId: string | undefined;
  readonly onClose: () => void;
}

export function MtuCheckWindow({ initialVirtualMachineId, vmNetworkId, onClose }: MtuCheckWindowProps) {
  const styles = useStyles();
  const notify = useNotify();
  const { sender, choose } = useSender(vmNetworkId, initialVirtualMachineId);
  const [destination, setDestination] = useState(usualDestination);
  const [error, setError] = useState<string | undefined>(undefined);
  const [checkId, setCheckId] = useState<string | null>(null);
  const { data: state, error: fault } = useSubscription('probe.mtuCheck', checkId === null ? null : { checkId });
  const isRunning = checkId !== null && fault === undefined && (state === undefined || state.status === 'running');
  useCancelWhenGone(checkId);

  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    const parsed = mtuCheckInputSchema.safeParse({ virtualMachine: sender?.id ?? '', destination });
    setError(parsed.success ? undefined : (parsed.error.issues.find(({ path }) => path[0] === 'destination')?.message ?? undefined));
    if (parsed.success) invoke('probe.startMtuCheck', parsed.data).then((started) => setCheckId(started.checkId), notify.error);
  };
  const cancel = () => {
    if (checkId !== null) invoke('probe.cancelMtuCheck', { checkId }).catch(notify.error);
  };
  return (
    <FloatingPanel title={sender === undefined ? 'MTU check' : `MTU check from ${sender.name}`} icon={<ArrowAutofitWidth20Regular />} width={720} height={560} place="right" onClose={onClose}>
      <div className={styles.root}>
        <form className={styles.form} onSubmit={onSubmit} noValidate>
          <Field label="Virtual machine" size="small">
            <MachinePicker vmNetworkId={vmNetworkId} chosen={sender} onChange={choose} />
          </Field>
          <Field label="Destination" size="small" {...(error === undefined ? {} : { validationMessage: error, validationState: 'error' as const })}>
            <Input size="small" className={styles.narrow} value={destination} onChange={(_event, { value }) => setDestination(value)} autoComplete="off" />
          </Field>
          <div className={styles.actions}>
            <Button size="small" icon={<Stop20Regular />} disabledFocusable={!isRunning} onClick={cancel}>
              Cancel
            </Button>
            <Button size="small" appearance="primary" type="submit" icon={<Play20Regular />} disabledFocusable={isRunning || sender === undefined}>
              Check
            </Button>
          </div>
        </form>
        {isRunning && (
          <div className={styles.progress} role="status">
            <ProgressBar aria-label="Packets sent" value={(state?.probes.length ?? 0) / (state?.mostProbes ?? 1)} />
            Packet {(state?.probes.length ?? 0) + 1} of at most {state?.mostProbes ?? '…'}
          </div>
        )}
        {fault !== undefined && <ErrorState error={fault} />}
        {checkId === null && <EmptyState title="No check yet">Packets with “do not fragment” go from the virtual machine to the destination on a copy of the lab: nothing of the running one changes. The copy starts without NAT sessions and dials its tunnels itself.</EmptyState>}
        {state !== undefined && <MtuFindings state={state} />}
      </div>
    </FloatingPanel>
  );
}

/** A check of a window that is gone, or that was started anew, helps nobody. */
function useCancelWhenGone(checkId: string | null): void {
  useEffect(() => {
    if (checkId === null) return undefined;
    return () => void invoke('probe.cancelMtuCheck', { checkId }).catch(() => undefined);
  }, [checkId]);
}
