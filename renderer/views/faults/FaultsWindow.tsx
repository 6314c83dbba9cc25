/** Faults that lie over the simulation, to rehearse what they do: inject one, see which are in force, take them back. */
import { Button, makeStyles, tokens } from '@fluentui/react-components';
import { ArrowUndo16Regular, Flash20Regular } from '@fluentui/react-icons';
import { useRef } from 'react';
import type { FaultInput, FaultRow } from '../../../shared/contract/faults.ts';
import { invoke } from '../../bridge/client.ts';
import { useProcedure } from '../../bridge/queries.ts';
import { useNotify } from '../../shell/notify.tsx';
import { FloatingPanel } from '../shared/FloatingPanel.tsx';
import { EmptyState, ErrorState } from '../shared/states.tsx';
import { FaultFields } from './FaultFields.tsx';
import { countText, faultTexts } from './faultTexts.ts';

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', flexGrow: 1, minHeight: 0 },
  new: { padding: '12px', borderBottom: `1px solid ${tokens.colorNeutralStroke2}` },
  bar: { display: 'flex', alignItems: 'center', justifyContent: 'space-between', gap: '8px', padding: '8px 12px 4px', fontWeight: tokens.fontWeightSemibold },
  list: { flexGrow: 1, minHeight: 0, overflowY: 'auto', padding: '0 12px 8px', ':focus-visible': { outline: 'none' } },
  faults: { margin: 0, padding: 0, listStyleType: 'none' },
  fault: { display: 'grid', gridTemplateColumns: 'minmax(0, 1fr) minmax(0, 1.3fr) auto', alignItems: 'center', gap: '12px', minHeight: '32px', borderBottom: `1px solid ${tokens.colorNeutralStroke3}` },
  text: { overflowWrap: 'anywhere' },
  detail: { color: tokens.colorNeutralForeground2 },
});

export function FaultsWindow({ onClose }: { readonly onClose: () => void }) {
  const styles = useStyles();
  const notify = useNotify();
  const { data, error } = useProcedure('fault.inForce', {});
  const faults = data?.faults ?? [];
  const inForce = useRef<HTMLDivElement>(null);
  const inject = (input: FaultInput) =>
    invoke('fault.inject', input).then(
      () => true,
      (refusal: unknown) => {
        notify.error(refusal);
        return false;
      },
    );
  const takeBack = (ids: readonly string[]) => {
    // The button goes with its fault, and the keyboard must stay in the window.
    inForce.current?.focus();
    invoke('fault.takeBack', { ids: [...ids] }).catch(notify.error);
  };
  return (
    <FloatingPanel title="Faults" icon={<Flash20Regular />} width={760} height={440} place="right" onClose={onClose}>
      <div className={styles.root}>
        <div className={styles.new}>
          <FaultFields onInject={inject} />
        </div>
        <div className={styles.bar}>
          <span role="status">{countText(faults.length)}</span>
          <Button size="small" icon={<ArrowUndo16Regular />} disabledFocusable={faults.length === 0} onClick={() => takeBack(faults.map(({ id }) => id))}>
            Take Back All
          </Button>
        </div>
        {error !== null && <ErrorState error={error} />}
        <div className={styles.list} role="group" aria-label="Faults in force" tabIndex={-1} ref={inForce}>
          {faults.length === 0 ? (
            <EmptyState title="Everything works as the inventory says">A fault breaks something of the simulation until you take it back; the inventory does not change. A scenario that is recorded plays it again.</EmptyState>
          ) : (
            <FaultList faults={faults} onTakeBack={(id) => takeBack([id])} />
          )}
        </div>
      </div>
    </FloatingPanel>
  );
}

function FaultList({ faults, onTakeBack }: { readonly faults: readonly FaultRow[]; readonly onTakeBack: (id: string) => void }) {
  const styles = useStyles();
  return (
    <ul className={styles.faults}>
      {faults.map(({ id, kind, object, detail }) => {
        const { label } = faultTexts[kind];
        return (
          <li key={id} className={styles.fault}>
            <span className={styles.text}>{label}</span>
            <span className={styles.text}>
              {object}
              {detail !== '' && <span className={styles.detail}>: {detail}</span>}
            </span>
            <Button size="small" appearance="subtle" icon={<ArrowUndo16Regular />} aria-label={`Take back ${label} of ${object}`} onClick={() => onTakeBack(id)}>
              Take Back
            </Button>
          </li>
        );
      })}
    </ul>
  );
}
