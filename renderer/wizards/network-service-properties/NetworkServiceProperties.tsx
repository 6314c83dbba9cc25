/** Properties of a gateway device. OK checks everything first, then starts one job for each thing that was changed, as VMM does. */
import { Input, Textarea } from '@fluentui/react-components';
import { Router20Regular } from '@fluentui/react-icons';
import { useCallback, useMemo, useState, type ReactNode } from 'react';
import { ConsoleError, type Problem } from '../../../shared/contract/errors.ts';
import type { GatewayHint } from '../../../shared/contract/gatewayHints.ts';
import type { NetworkServiceProperties as Properties } from '../../../shared/contract/inventory.ts';
import { invoke } from '../../bridge/client.ts';
import { useFreshProcedure } from '../../bridge/queries.ts';
import { HeadroomBars } from '../../views/capacity/HeadroomBars.tsx';
import { GatewayHints } from '../../views/hints/GatewayHints.tsx';
import { FactList } from '../../views/shared/FactList.tsx';
import { ErrorState, LoadingState } from '../../views/shared/states.tsx';
import { useDelayed } from '../../views/shared/useDelayed.ts';
import { gatewayAccountHint } from '../add-network-service/form.ts';
import { ConnectionStringFields } from '../add-network-service/ConnectionStringPage.tsx';
import { AccountField } from '../frame/AccountField.tsx';
import { useFrameStyles } from '../frame/frameStyles.ts';
import { HostGroupTree } from '../frame/HostGroupTree.tsx';
import { usePageStyles } from '../frame/pageStyles.ts';
import { PropertiesFrame, type PropertiesPage } from '../frame/PropertiesFrame.tsx';
import { useStandingProblems } from '../frame/useStandingProblems.ts';
import { ShownProblemsContext, WizardField } from '../frame/WizardField.tsx';
import { sentence } from '../frame/wizardProblems.ts';
import { ConnectivityPage } from './ConnectivityPage.tsx';
import { initialForm, operationsOf, type PropertiesForm, type StartedOperation } from './form.ts';

interface NetworkServicePropertiesProps {
  readonly networkServiceId: string;
  readonly onClose: () => void;
  readonly onJobStarted: (jobId: string) => void;
}

export function NetworkServiceProperties(props: NetworkServicePropertiesProps) {
  const { data, error } = useFreshProcedure('networkService.get', { id: props.networkServiceId });
  const isLoaded = data?.id === props.networkServiceId;
  const isSlow = useDelayed(!isLoaded);
  if (error !== null) return <Notice content={<ErrorState error={error} />} onClose={props.onClose} />;
  if (isLoaded) return <Loaded {...props} properties={data} />;
  return isSlow ? <Notice content={<LoadingState what="the properties" />} onClose={props.onClose} /> : null;
}

function Notice({ content, onClose }: { readonly content: ReactNode; readonly onClose: () => void }) {
  return (
    <PropertiesFrame
      title="Network service properties"
      icon={<Router20Regular />}
      pages={[{ id: 'general', label: 'General', purpose: 'The gateway device', content }]}
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

type PageId = StartedOperation['page'] | 'hints' | 'capacity';

interface Refusal {
  readonly page: PageId;
  readonly problems: readonly Problem[];
}

/** Problems of a connection belong to the fields of that connection. */
function placed(operation: StartedOperation, problem: Problem): Problem {
  const { connectionType } = operation.input;
  return typeof connectionType === 'string' ? { ...problem, path: [connectionType, ...problem.path] } : problem;
}

/** What is typed, as the problems of all the operations point into it. */
function inputOf(operations: readonly StartedOperation[]): object {
  return Object.assign({}, ...operations.map(({ input: { connectionType, ...input } }) => (typeof connectionType === 'string' ? { [connectionType]: input } : input))) as object;
}

/** The first refusal among the operations, each checked as it would be started. */
async function firstRefusal(operations: readonly StartedOperation[]): Promise<Refusal | undefined> {
  for (const operation of operations) {
    const { problems } = await invoke('operation.check', { operationId: operation.operationId, input: operation.input });
    if (problems.length > 0) return { page: operation.page, problems: problems.map((problem) => placed(operation, problem)) };
  }
  return undefined;
}

function Loaded({ properties, onClose, onJobStarted }: NetworkServicePropertiesProps & { readonly properties: Properties }) {
  const [pageId, setPageId] = useState<PageId>('connectivity');
  const [form, setForm] = useState<PropertiesForm>(() => initialForm(properties));
  const [wrongPage, setWrongPage] = useState<PageId | undefined>(undefined);
  const [isBusy, setBusy] = useState(false);
  const operations = operationsOf(form, properties);
  const { problems, asked, say } = useStandingProblems(inputOf(operations), async () => (await firstRefusal(operations))?.problems ?? []);
  const accept = async () => {
    setBusy(true);
    try {
      const refused = await firstRefusal(operations);
      if (refused !== undefined) {
        say(refused.problems);
        setWrongPage(refused.page);
        setPageId(refused.page);
        return;
      }
      const jobs: string[] = [];
      for (const { operationId, input } of operations) jobs.push((await invoke('operation.start', { operationId, input })).jobId);
      onClose();
      const last = jobs.at(-1);
      if (last !== undefined) onJobStarted(last);
    } catch (error) {
      if (!(error instanceof ConsoleError)) throw error;
      say([{ path: [], code: error.code, message: error.message, recommendedAction: error.recommendedAction }]);
      setWrongPage(pageId);
    } finally {
      setBusy(false);
    }
  };
  const claim = useCallback(() => () => undefined, []);
  const shown = useMemo(() => ({ problems, asked, claim }), [problems, asked, claim]);
  return (
    <ShownProblemsContext value={shown}>
      <PropertiesFrame
        title={`${properties.name} Properties`}
        icon={<Router20Regular />}
        pages={[...pagesOf(properties, form, setForm, problems.length === 0 ? undefined : wrongPage), ...lookingPages(properties.id, operations.length > 0, setPageId, onClose)]}
        pageId={pageId}
        onPage={setPageId}
        notice={<FootNotice problems={problems} isChanged={operations.length > 0} />}
        isBusy={isBusy}
        canAccept={operations.length > 0}
        onAccept={() => void accept()}
        onCancel={onClose}
      />
    </ShownProblemsContext>
  );
}

function FootNotice({ problems: [first], isChanged }: { readonly problems: readonly Problem[]; readonly isChanged: boolean }) {
  const frame = useFrameStyles();
  const page = usePageStyles();
  if (first !== undefined) return <span className={frame.noticeWrong}>{sentence(first)}</span>;
  return isChanged ? null : <span className={page.hint}>Nothing has been changed yet.</span>;
}

function pagesOf(properties: Properties, form: PropertiesForm, onChange: (form: PropertiesForm) => void, wrongPage: PageId | undefined): readonly PropertiesPage<PageId>[] {
  const props = { properties, form, onChange };
  const pages: readonly PropertiesPage<PageId>[] = [
    { id: 'general', label: 'General', purpose: 'Name and description of the gateway', content: <GeneralPage {...props} /> },
    { id: 'device', label: 'Credentials and Connection', purpose: 'How VMM reaches the device', content: <DevicePage {...props} /> },
    { id: 'hostGroup', label: 'Host Group', purpose: 'Where the gateway may be used', content: <GroupPage {...props} /> },
    { id: 'connectivity', label: 'Connectivity', purpose: 'Front end and back end of the gateway', content: <ConnectivityPage {...props} /> },
  ];
  return pages.map((page) => ({ ...page, isWrong: page.id === wrongPage }));
}

/** Pages on which nothing is typed. What mends a hint elsewhere takes the place of this window, unless that would lose what was typed. */
function lookingPages(networkServiceId: string, isChanged: boolean, onPage: (id: PageId) => void, onClose: () => void): readonly PropertiesPage<PageId>[] {
  const leave = (go: () => void, place: GatewayHint['place']) => {
    if (place === 'networkServiceProperties') {
      onPage('connectivity');
      return;
    }
    onClose();
    go();
  };
  const notNow = isChanged ? 'Press OK or Cancel first: what was changed here would be lost.' : undefined;
  return [
    { id: 'hints', label: 'Hints', purpose: 'What stands in the way of the gateway', content: <GatewayHints networkServiceId={networkServiceId} onGo={leave} notNow={notNow} /> },
    { id: 'capacity', label: 'Capacity', purpose: 'How near the gateway is to its limits, now', content: <HeadroomBars networkServiceId={networkServiceId} /> },
  ];
}

interface PageProps {
  readonly properties: Properties;
  readonly form: PropertiesForm;
  readonly onChange: (form: PropertiesForm) => void;
}

function GeneralPage({ properties, form, onChange }: PageProps) {
  const styles = usePageStyles();
  return (
    <div className={styles.column}>
      <WizardField path="name" label="Name" required>
        <Input value={form.name} autoComplete="off" onChange={(_event, { value }) => onChange({ ...form, name: value })} />
      </WizardField>
      <WizardField path="description" label="Description">
        <Textarea value={form.description} rows={3} onChange={(_event, { value }) => onChange({ ...form, description: value })} />
      </WizardField>
      <FactList
        facts={[
          { label: 'Manufacturer', value: properties.manufacturer },
          { label: 'Model', value: properties.model },
          { label: 'Virtual machine', value: properties.vmName ?? 'Not found' },
        ]}
      />
    </div>
  );
}

function DevicePage({ form, onChange }: PageProps) {
  const styles = usePageStyles();
  return (
    <div className={styles.wide}>
      <AccountField value={form.runAsAccount} hint={gatewayAccountHint} onChange={(runAsAccount) => onChange({ ...form, runAsAccount })} />
      <ConnectionStringFields value={form.connectionString} onChange={(connectionString) => onChange({ ...form, connectionString })} />
    </div>
  );
}

function GroupPage({ form, onChange }: PageProps) {
  const styles = usePageStyles();
  return (
    <div className={styles.column}>
      <WizardField path="hostGroups" label="Host groups that may use the gateway" required>
        <HostGroupTree chosen={form.hostGroups} onChange={(hostGroups) => onChange({ ...form, hostGroups })} />
      </WizardField>
    </div>
  );
}
