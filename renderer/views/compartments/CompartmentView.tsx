/** The compartment (RRAS) view of a gateway, live: one compartment at a time beside the list of all, or side by side. Only what is looked at is sent. */
import { makeStyles, SearchBox, Tab, TabList, tokens } from '@fluentui/react-components';
import { useState, type ReactNode } from 'react';
import type { CompartmentSummaryView, GatewayOverview } from '../../../shared/contract/liveGateway.ts';
import { useSubscription } from '../../bridge/queries.ts';
import { useKept } from '../../bridge/useKept.ts';
import { usePreference } from '../../shell/preferences.ts';
import { Pager } from '../shared/Pager.tsx';
import { ErrorState, LoadingState } from '../shared/states.tsx';
import { CompartmentCells, tenantsSideBySide } from './CompartmentCells.tsx';
import { CompartmentList } from './CompartmentList.tsx';
import { WholeCompartment } from './WholeCompartment.tsx';

const useStyles = makeStyles({
  root: { height: '100%', display: 'flex', flexDirection: 'column', minHeight: 0 },
  head: { display: 'flex', alignItems: 'center', flexWrap: 'wrap', gap: '4px 12px', padding: '8px 12px', borderBottom: `1px solid ${tokens.colorNeutralStroke2}`, flexShrink: 0 },
  title: { margin: 0, fontSize: '14px', lineHeight: '20px', fontWeight: tokens.fontWeightSemibold },
  status: { color: tokens.colorNeutralForeground2, flexBasis: '100%' },
  space: { flexGrow: 1 },
  search: { width: '200px' },
  body: { flexGrow: 1, minHeight: 0, display: 'grid', gridTemplateColumns: '220px minmax(0, 1fr)' },
});

/** Rows of the list on one page. */
const tenantsInList = 40;
const defaultCompartment = 1;

interface CompartmentViewProps {
  /** Id of the network service (the gateway). */
  readonly networkServiceId: string;
}

export function CompartmentView({ networkServiceId }: CompartmentViewProps) {
  const [layout, setLayout] = usePreference('compartmentLayout');
  const [filter, setFilter] = useState('');
  const [offset, setOffset] = useState(0);
  const [chosenId, setChosenId] = useState(defaultCompartment);
  /** The cell that stands alone in the place of all. */
  const [expandedId, setExpandedId] = useState<number | null>(null);
  const limit = layout === 'cells' ? tenantsSideBySide : tenantsInList;
  const { data, error } = useSubscription('gateway.overview', { id: networkServiceId, filter, offset, limit });
  const overview = useKept(data);
  if (overview === undefined) return error === undefined ? <LoadingState what="compartments" /> : <ErrorState error={error} />;
  return (
    <Frame
      overview={overview}
      layout={layout}
      filter={filter}
      pager={<Pager what="tenants" offset={offset} size={limit} total={overview.matching} onChange={setOffset} />}
      onLayout={(next) => {
        setLayout(next);
        setOffset(0);
        setExpandedId(null);
      }}
      onFilter={(next) => {
        setFilter(next);
        setOffset(0);
      }}
    >
      {error !== undefined && <ErrorState error={error} />}
      {layout === 'cells' ? (
        <CompartmentCells networkServiceId={networkServiceId} shown={shownOf(overview)} expandedId={expandedId} onExpand={setExpandedId} />
      ) : (
        <OneAtATime networkServiceId={networkServiceId} shown={shownOf(overview)} chosenId={chosenId} onChoose={setChosenId} />
      )}
    </Frame>
  );
}

/** The default compartment leads on every page. */
function shownOf({ defaultCompartment: inside, tenants }: GatewayOverview): readonly CompartmentSummaryView[] {
  return inside === null ? tenants : [inside, ...tenants];
}

interface FrameProps {
  readonly overview: GatewayOverview;
  readonly layout: 'list' | 'cells';
  readonly filter: string;
  readonly pager: ReactNode;
  readonly onLayout: (layout: 'list' | 'cells') => void;
  readonly onFilter: (filter: string) => void;
  readonly children: ReactNode;
}

function Frame({ overview, layout, filter, pager, onLayout, onFilter, children }: FrameProps) {
  const styles = useStyles();
  const { vmName, networkServiceName, host, statusText, total } = overview;
  return (
    <section className={styles.root} aria-label={`Compartments of ${vmName}`}>
      <header className={styles.head}>
        <h2 className={styles.title}>
          Routing compartments of {vmName} ({total + (overview.defaultCompartment === null ? 0 : 1)})
        </h2>
        <span className={styles.space} />
        <SearchBox className={styles.search} size="small" aria-label="Search tenants" placeholder="Tenant or NAT address" value={filter} onChange={(_event, { value }) => onFilter(value)} />
        {pager}
        <TabList size="small" aria-label="Layout" selectedValue={layout} onTabSelect={(_event, { value }) => onLayout(value === 'cells' ? 'cells' : 'list')}>
          <Tab value="list">One at a time</Tab>
          <Tab value="cells">Side by side</Tab>
        </TabList>
        <span className={styles.status} role="status">
          {networkServiceName} on {host}. {statusText}
        </span>
      </header>
      {children}
    </section>
  );
}

interface OneAtATimeProps {
  readonly networkServiceId: string;
  readonly shown: readonly CompartmentSummaryView[];
  readonly chosenId: number;
  readonly onChoose: (id: number) => void;
}

function OneAtATime({ networkServiceId, shown, chosenId, onChoose }: OneAtATimeProps) {
  const styles = useStyles();
  const chosen = shown.find(({ id }) => id === chosenId) ?? shown[0];
  return (
    <div className={styles.body}>
      <CompartmentList compartments={shown} chosenId={chosen?.id} onChoose={onChoose} />
      {chosen !== undefined && <WholeCompartment key={chosen.id} networkServiceId={networkServiceId} compartmentId={chosen.id} />}
    </div>
  );
}
