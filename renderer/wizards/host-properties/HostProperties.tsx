/** Properties of a host: General, Host Access, Hardware and Virtual Switches (fact sheet §1.7; other page names RECALL). */
import { Checkbox } from '@fluentui/react-components';
import { Server20Regular } from '@fluentui/react-icons';
import { useEffect, useState, type ReactNode } from 'react';
import type { Problem } from '../../../shared/contract/errors.ts';
import type { HostProperties as Properties } from '../../../shared/contract/inventory.ts';
import { useFreshProcedure } from '../../bridge/queries.ts';
import { FactList } from '../../views/shared/FactList.tsx';
import { ErrorState, LoadingState } from '../../views/shared/states.tsx';
import { useDelayed } from '../../views/shared/useDelayed.ts';
import { AccountField } from '../frame/AccountField.tsx';
import { useFrameStyles } from '../frame/frameStyles.ts';
import { HostGroupField } from '../frame/HostGroupField.tsx';
import { usePageStyles } from '../frame/pageStyles.ts';
import { PropertiesFrame, type PropertiesPage } from '../frame/PropertiesFrame.tsx';
import { useOperationWizard, type OperationWizardState } from '../frame/useOperationWizard.ts';
import { ShownProblemsContext, WizardField } from '../frame/WizardField.tsx';
import { owns, sentence } from '../frame/wizardProblems.ts';
import { formOf, hostAccessText, isChanged, toChangeInput, type HostForm } from '../host/form.ts';
import { VirtualSwitchList } from '../host/VirtualSwitchList.tsx';

export type HostPropertiesPageId = 'general' | 'hostAccess' | 'hardware' | 'virtualSwitches';

interface HostPropertiesProps {
  readonly hostId: string;
  readonly initialPage: HostPropertiesPageId;
  readonly onClose: () => void;
  readonly onJobStarted: (jobId: string) => void;
}

export function HostProperties(props: HostPropertiesProps) {
  const { data, error } = useFreshProcedure('host.get', { id: props.hostId });
  const isLoaded = data?.id === props.hostId;
  const isSlow = useDelayed(!isLoaded);
  if (error !== null) return <Notice content={<ErrorState error={error} />} onClose={props.onClose} />;
  if (isLoaded) return <Loaded {...props} properties={data} />;
  return isSlow ? <Notice content={<LoadingState what="the properties" />} onClose={props.onClose} /> : null;
}

function Notice({ content, onClose }: { readonly content: ReactNode; readonly onClose: () => void }) {
  return (
    <PropertiesFrame
      title="Host properties"
      icon={<Server20Regular />}
      pages={[{ id: 'general', label: 'General', purpose: 'The host', content }]}
      pageId="general"
      onPage={() => undefined}
      notice={null}
      isBusy={false}
      canAccept={false}
      onAccept={onClose}
      onCancel={onClose}
    />
  );
}

const ownedBy: Record<HostPropertiesPageId, readonly string[]> = {
  general: ['hostGroup', 'runAsAccount'],
  hostAccess: ['isDedicatedGateway'],
  hardware: [],
  virtualSwitches: ['virtualSwitches'],
};

const pageIds: readonly HostPropertiesPageId[] = ['general', 'hostAccess', 'hardware', 'virtualSwitches'];

/** Undefined for a refusal of the whole. */
function pageOf(problem: Problem): HostPropertiesPageId | undefined {
  return pageIds.find((id) => owns({ owns: ownedBy[id] }, problem));
}

function Loaded({ properties, initialPage, onClose, onJobStarted }: HostPropertiesProps & { readonly properties: Properties }) {
  const [pageId, setPageId] = useState(initialPage);
  const [before] = useState(() => formOf(properties));
  const [form, setForm] = useState(before);
  const [pages] = useState<readonly []>([]);
  const state = useOperationWizard({ operationId: 'host.change', input: toChangeInput(properties.id, form, before), pages, onClose, onJobStarted });
  const canAccept = isChanged(form, before);
  const { problems, asked } = state.shown;
  useEffect(() => {
    // What main refuses is shown where it is mended.
    setPageId((shown) => (asked.some((problem) => pageOf(problem) === shown) ? shown : (asked.map(pageOf).find((page) => page !== undefined) ?? shown)));
  }, [asked]);
  const shownPages = pagesOf(properties, form, setForm).map((page) => ({ ...page, isWrong: problems.some((problem) => pageOf(problem) === page.id) }));
  return (
    <ShownProblemsContext value={state.shown}>
      <PropertiesFrame
        title={`${properties.name} Properties`}
        icon={<Server20Regular />}
        pages={shownPages}
        pageId={pageId}
        onPage={setPageId}
        notice={<FootNotice state={state} canAccept={canAccept} />}
        isBusy={state.isBusy}
        canAccept={canAccept}
        onAccept={() => void state.goOn()}
        onCancel={onClose}
      />
    </ShownProblemsContext>
  );
}

function FootNotice({ state: { failure, shown }, canAccept }: { readonly state: OperationWizardState; readonly canAccept: boolean }) {
  const frame = useFrameStyles();
  const page = usePageStyles();
  // The fields show their own.
  const first = failure ?? shown.problems.find((problem) => pageOf(problem) === undefined);
  if (first !== undefined) return <span className={frame.noticeWrong}>{sentence(first)}</span>;
  return canAccept ? null : <span className={page.hint}>Nothing has been changed yet.</span>;
}

type Change = (change: (form: HostForm) => HostForm) => void;

function pagesOf(properties: Properties, form: HostForm, setForm: Change): readonly PropertiesPage<HostPropertiesPageId>[] {
  return [
    { id: 'general', label: 'General', purpose: 'Where the host belongs, and how VMM works on it', content: <GeneralPage properties={properties} form={form} setForm={setForm} /> },
    { id: 'hostAccess', label: 'Host Access', purpose: 'What the host is available for', content: <AccessPage form={form} setForm={setForm} /> },
    { id: 'hardware', label: 'Hardware', purpose: 'Network adapters of the host', content: <HardwarePage properties={properties} /> },
    {
      id: 'virtualSwitches',
      label: 'Virtual Switches',
      purpose: 'Virtual switches on the network adapter',
      content: <VirtualSwitchList switches={form.switches} pathOf={(at) => `virtualSwitches.${at}.name`} hasLogical onChange={(switches) => setForm((current) => ({ ...current, switches }))} />,
    },
  ];
}

interface PageProps {
  readonly form: HostForm;
  readonly setForm: Change;
}

function GeneralPage({ properties, form, setForm }: PageProps & { readonly properties: Properties }) {
  const styles = usePageStyles();
  return (
    <div className={styles.wide}>
      <HostGroupField path="hostGroup" label="Host group" value={form.hostGroup} onChange={(hostGroup) => setForm((current) => ({ ...current, hostGroup }))} />
      <AccountField value={form.runAsAccount} hint="It must be an administrator of the host." onChange={(runAsAccount) => setForm((current) => ({ ...current, runAsAccount }))} />
      <FactList
        facts={[
          { label: 'Virtual machines', value: properties.virtualMachines.join(', ') || 'None' },
          { label: 'Network services', value: properties.networkServices.join(', ') || 'None' },
        ]}
      />
    </div>
  );
}

function AccessPage({ form, setForm }: PageProps) {
  const styles = usePageStyles();
  return (
    <div className={styles.column}>
      <WizardField path="isDedicatedGateway">
        <Checkbox label={hostAccessText} checked={form.isDedicatedGateway} onChange={(_event, { checked }) => setForm((current) => ({ ...current, isDedicatedGateway: checked === true }))} />
      </WizardField>
    </div>
  );
}

function HardwarePage({ properties: { nic, isVirtual, virtualSwitches } }: { readonly properties: Properties }) {
  return (
    <FactList
      facts={[
        { label: 'Network adapter', value: nic.name },
        { label: 'MAC address', value: nic.mac },
        { label: 'Virtual switches', value: virtualSwitches.map(({ name }) => name).join(', ') || 'None' },
        { label: 'Computer', value: isVirtual ? 'A virtual machine' : 'Physical' },
      ]}
    />
  );
}
