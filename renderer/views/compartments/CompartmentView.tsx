/** The compartment (RRAS) view of a gateway: its compartments left, what the chosen one holds right. Live while it is looked at. */
import { makeStyles, mergeClasses, Tab, TabList, tokens } from '@fluentui/react-components';
import { useState, type KeyboardEvent } from 'react';
import type { CompartmentView as Compartment, GatewayState } from '../../../shared/contract/simulation.ts';
import { useSubscription } from '../../bridge/queries.ts';
import { usePreference } from '../../shell/preferences.ts';
import { CompartmentGlyph } from '../shared/glyphs.tsx';
import { ErrorState, LoadingState } from '../shared/states.tsx';
import { tenantColour } from '../shared/tenantColour.ts';
import { CompartmentCells } from './CompartmentCells.tsx';
import { CompartmentContent } from './CompartmentContent.tsx';

const useStyles = makeStyles({
  root: { height: '100%', display: 'flex', flexDirection: 'column', minHeight: 0 },
  head: { display: 'flex', alignItems: 'baseline', flexWrap: 'wrap', gap: '4px 12px', padding: '8px 12px', borderBottom: `1px solid ${tokens.colorNeutralStroke2}`, flexShrink: 0 },
  title: { margin: 0, fontSize: '14px', lineHeight: '20px', fontWeight: tokens.fontWeightSemibold },
  layouts: { marginInlineStart: 'auto' },
  status: { color: tokens.colorNeutralForeground2 },
  body: { flexGrow: 1, minHeight: 0, display: 'grid', gridTemplateColumns: '220px minmax(0, 1fr)' },
  list: { overflow: 'auto', borderRight: `1px solid ${tokens.colorNeutralStroke2}`, padding: '4px 0', backgroundColor: tokens.colorNeutralBackground2 },
  item: { position: 'relative', display: 'flex', alignItems: 'center', gap: '8px', padding: '6px 8px 6px 14px', cursor: 'default', ':hover': { backgroundColor: tokens.colorNeutralBackground2Hover }, ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '-2px' } },
  selected: { backgroundColor: tokens.colorBrandBackground2, ':hover': { backgroundColor: tokens.colorBrandBackground2Hover } },
  band: { position: 'absolute', insetInlineStart: '4px', top: '6px', bottom: '6px', width: '3px', borderRadius: '2px' },
  names: { display: 'flex', flexDirection: 'column', minWidth: 0 },
  name: { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
  fact: { fontSize: '12px', lineHeight: '16px', color: tokens.colorNeutralForeground3, overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
  icon: { display: 'flex', color: tokens.colorBrandForeground1 },
});

interface CompartmentViewProps {
  /** Id of the network service (the gateway). */
  readonly networkServiceId: string;
}

export function CompartmentView({ networkServiceId }: CompartmentViewProps) {
  const { data, error } = useSubscription('gateway.state', { id: networkServiceId });
  if (data === undefined) return error === undefined ? <LoadingState what="compartments" /> : <ErrorState error={error} />;
  return <GatewayCompartments state={data} />;
}

function GatewayCompartments({ state }: { readonly state: GatewayState }) {
  const styles = useStyles();
  const [wantedId, setWantedId] = useState(1);
  const [layout, setLayout] = usePreference('compartmentLayout');
  const chosen = state.compartments.find(({ id }) => id === wantedId) ?? state.compartments[0];
  return (
    <section className={styles.root} aria-label={`Compartments of ${state.vmName}`}>
      <header className={styles.head}>
        <h2 className={styles.title}>
          Routing compartments of {state.vmName} ({state.compartments.length})
        </h2>
        <span className={styles.status} role="status">
          {state.networkServiceName} on {state.host}. {state.statusText}
        </span>
        <TabList size="small" className={styles.layouts} aria-label="Layout" selectedValue={layout} onTabSelect={(_event, { value }) => setLayout(value === 'cells' ? 'cells' : 'list')}>
          <Tab value="list">One at a time</Tab>
          <Tab value="cells">Side by side</Tab>
        </TabList>
      </header>
      {layout === 'cells' ? (
        <CompartmentCells compartments={state.compartments} />
      ) : (
        <div className={styles.body}>
          <CompartmentList compartments={state.compartments} chosenId={chosen?.id} onChoose={setWantedId} />
          {chosen !== undefined && <CompartmentContent key={chosen.id} compartment={chosen} />}
        </div>
      )}
    </section>
  );
}

interface CompartmentListProps {
  readonly compartments: readonly Compartment[];
  readonly chosenId: number | undefined;
  readonly onChoose: (id: number) => void;
}

function CompartmentList({ compartments, chosenId, onChoose }: CompartmentListProps) {
  const styles = useStyles();
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const by = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    const next = compartments[compartments.findIndex(({ id }) => id === chosenId) + by];
    if (by === 0 || next === undefined) return;
    event.preventDefault();
    onChoose(next.id);
    event.currentTarget.querySelector<HTMLElement>(`[data-compartment="${next.id}"]`)?.focus();
  };
  return (
    <div className={styles.list} role="listbox" aria-label="Compartments" onKeyDown={onKeyDown}>
      {compartments.map((compartment) => {
        const isChosen = compartment.id === chosenId;
        return (
          <div
            key={compartment.id}
            role="option"
            aria-selected={isChosen}
            tabIndex={isChosen ? 0 : -1}
            data-compartment={compartment.id}
            className={mergeClasses(styles.item, isChosen && styles.selected)}
            onClick={() => onChoose(compartment.id)}
          >
            {compartment.vmNetwork !== null && <span aria-hidden className={styles.band} style={{ backgroundColor: tenantColour(compartment.id) }} />}
            <span className={styles.icon} aria-hidden>
              <CompartmentGlyph />
            </span>
            <span className={styles.names}>
              <span className={styles.name}>{compartment.vmNetwork ?? 'Default compartment'}</span>
              <span className={styles.fact}>
                Compartment {compartment.id}
                {compartment.nat === null ? '' : `, NAT ${compartment.nat.externalAddress}`}
              </span>
            </span>
          </div>
        );
      })}
    </div>
  );
}
