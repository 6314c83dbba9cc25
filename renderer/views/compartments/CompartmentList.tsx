/** The compartments of a gateway, to choose one: arrow keys go from one to the next. */
import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import type { KeyboardEvent } from 'react';
import type { CompartmentSummaryView } from '../../../shared/contract/liveGateway.ts';
import { CompartmentGlyph } from '../shared/glyphs.tsx';
import { tenantColour } from '../shared/tenantColour.ts';
import { Truncated } from '../shared/Truncated.tsx';

const useStyles = makeStyles({
  list: { overflow: 'auto', borderRight: `1px solid ${tokens.colorNeutralStroke2}`, padding: '4px 0', backgroundColor: tokens.colorNeutralBackground2 },
  item: { position: 'relative', display: 'flex', alignItems: 'center', gap: '8px', padding: '6px 8px 6px 14px', cursor: 'default', ':hover': { backgroundColor: tokens.colorNeutralBackground2Hover }, ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '-2px' } },
  selected: { backgroundColor: tokens.colorBrandBackground2, ':hover': { backgroundColor: tokens.colorBrandBackground2Hover } },
  band: { position: 'absolute', insetInlineStart: '4px', top: '6px', bottom: '6px', width: '3px', borderRadius: '2px' },
  names: { display: 'flex', flexDirection: 'column', minWidth: 0 },
  fact: { fontSize: '12px', lineHeight: '16px', color: tokens.colorNeutralForeground3 },
  icon: { display: 'flex', color: tokens.colorBrandForeground1 },
});

interface CompartmentListProps {
  readonly compartments: readonly CompartmentSummaryView[];
  readonly chosenId: number | undefined;
  readonly onChoose: (id: number) => void;
}

export function CompartmentList({ compartments, chosenId, onChoose }: CompartmentListProps) {
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
              <Truncated text={compartment.vmNetwork ?? 'Default compartment'} />
              <Truncated className={styles.fact} text={factOf(compartment)} />
            </span>
          </div>
        );
      })}
    </div>
  );
}

function factOf({ id, natAddresses }: CompartmentSummaryView): string {
  return natAddresses.length === 0 ? `Compartment ${id}` : `Compartment ${id}, NAT ${natAddresses.join(', ')}`;
}
