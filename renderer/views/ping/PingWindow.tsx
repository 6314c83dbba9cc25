/** Ping from a virtual machine: the form, what the machine's prompt shows, and the path that the first packet took. */
import { Button, Checkbox, Field, Input, makeStyles, tokens } from '@fluentui/react-components';
import { Play20Regular, Pulse20Regular, Stop20Regular } from '@fluentui/react-icons';
import { useEffect, useState, type FormEvent } from 'react';
import { invoke } from '../../bridge/client.ts';
import { useSubscription } from '../../bridge/queries.ts';
import { useNotify } from '../../shell/notify.tsx';
import { FloatingPanel } from '../shared/FloatingPanel.tsx';
import { MachinePicker, useSender } from './MachinePicker.tsx';
import { parsePingForm, type PingField, type PingForm } from './pingForm.ts';
import { PingOutput } from './PingOutput.tsx';

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', flexGrow: 1, minHeight: 0 },
  form: { display: 'grid', gridTemplateColumns: 'minmax(160px, 1.4fr) minmax(130px, 1fr) 76px 84px', gap: '8px 12px', padding: '12px 12px 8px', borderBottom: `1px solid ${tokens.colorNeutralStroke2}` },
  narrow: { minWidth: 0 },
  actions: { gridColumn: '1 / -1', display: 'flex', alignItems: 'center', gap: '8px' },
  space: { flexGrow: 1 },
});

/** The Internet host of the sample labs. */
const usualDestination = '192.0.2.80';

interface PingWindowProps {
  readonly initialVirtualMachineId: string | undefined;
  readonly vmNetworkId: string | undefined;
  readonly onClose: () => void;
}

export function PingWindow({ initialVirtualMachineId, vmNetworkId, onClose }: PingWindowProps) {
  const styles = useStyles();
  const notify = useNotify();
  const { sender, choose } = useSender(vmNetworkId, initialVirtualMachineId);
  const [form, setForm] = useState<Omit<PingForm, 'virtualMachine'>>({ destination: usualDestination, count: '4', size: '32', doNotFragment: false });
  const [errors, setErrors] = useState<Partial<Record<PingField, string>>>({});
  const [pingId, setPingId] = useState<string | null>(null);
  const { data: state, error } = useSubscription('probe.ping', pingId === null ? null : { pingId });
  const isRunning = pingId !== null && state?.done !== true && error === undefined;
  const change = (part: Partial<Omit<PingForm, 'virtualMachine'>>) => setForm((before) => ({ ...before, ...part }));

  useStopWhenGone(pingId);

  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    const result = parsePingForm({ ...form, virtualMachine: sender?.id ?? '' });
    setErrors('errors' in result ? result.errors : {});
    if ('errors' in result) return;
    invoke('probe.startPing', result.input).then((started) => setPingId(started.pingId), notify.error);
  };
  const stop = () => {
    if (pingId !== null) invoke('probe.stopPing', { pingId }).catch(notify.error);
  };
  return (
    <FloatingPanel title={sender === undefined ? 'Ping' : `Ping from ${sender.name}`} icon={<Pulse20Regular />} width={680} height={560} place="right" onClose={onClose}>
      <div className={styles.root}>
        <form className={styles.form} onSubmit={onSubmit} noValidate>
          <Field label="Virtual machine" size="small" {...fieldError(errors.virtualMachine)}>
            <MachinePicker vmNetworkId={vmNetworkId} chosen={sender} onChange={choose} />
          </Field>
          <Field label="Destination" size="small" {...fieldError(errors.destination)}>
            <Input size="small" className={styles.narrow} value={form.destination} onChange={(_event, { value }) => change({ destination: value })} autoComplete="off" />
          </Field>
          <Field label="Count" size="small" {...fieldError(errors.count)}>
            <Input size="small" className={styles.narrow} inputMode="numeric" value={form.count} onChange={(_event, { value }) => change({ count: value })} />
          </Field>
          <Field label="Data bytes" size="small" {...fieldError(errors.size)}>
            <Input size="small" className={styles.narrow} inputMode="numeric" value={form.size} onChange={(_event, { value }) => change({ size: value })} />
          </Field>
          <div className={styles.actions}>
            <Checkbox size="medium" label="Do not fragment" checked={form.doNotFragment} onChange={(_event, { checked }) => change({ doNotFragment: checked === true })} />
            <span className={styles.space} />
            <Button size="small" icon={<Stop20Regular />} disabledFocusable={!isRunning} onClick={stop}>
              Stop
            </Button>
            <Button size="small" appearance="primary" type="submit" icon={<Play20Regular />} disabledFocusable={isRunning || sender === undefined}>
              Ping
            </Button>
          </div>
        </form>
        <PingOutput state={state} error={error} />
      </div>
    </FloatingPanel>
  );
}

function fieldError(message: string | undefined): { validationMessage?: string; validationState?: 'error' } {
  return message === undefined ? {} : { validationMessage: message, validationState: 'error' };
}

/** A ping of a window that is gone, or that was started anew, helps nobody. */
function useStopWhenGone(pingId: string | null): void {
  useEffect(() => {
    if (pingId === null) return undefined;
    // It may have ended by itself, and then there is nothing to stop.
    return () => void invoke('probe.stopPing', { pingId }).catch(() => undefined);
  }, [pingId]);
}
