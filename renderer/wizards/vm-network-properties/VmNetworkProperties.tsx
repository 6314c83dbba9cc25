/** Properties of a VM network. OK checks the input, then starts a job; nothing typed is lost when it is refused. */
import { makeStyles, tokens } from '@fluentui/react-components';
import { VirtualNetwork20Regular } from '@fluentui/react-icons';
import { useState, type ReactNode } from 'react';
import { ConsoleError, type Problem } from '../../../shared/contract/errors.ts';
import type { ConnectivityOptions, VmNetworkDetails } from '../../../shared/contract/inventory.ts';
import { invoke } from '../../bridge/client.ts';
import { useProcedure } from '../../bridge/queries.ts';
import { ErrorState, LoadingState } from '../../views/shared/states.tsx';
import { useDelayed } from '../../views/shared/useDelayed.ts';
import { PropertiesFrame, type PropertiesPage } from '../frame/PropertiesFrame.tsx';
import { initialForm, isChanged, problemsByField, toInput, type ConnectivityForm } from './connectivityForm.ts';
import { ConnectivityPage } from './ConnectivityPage.tsx';
import { NamePage, VmSubnetsPage } from './FactPages.tsx';

const useStyles = makeStyles({
  quiet: { color: tokens.colorNeutralForeground3 },
  wrong: { color: tokens.colorStatusDangerForeground1 },
});

interface VmNetworkPropertiesProps {
  readonly vmNetworkId: string;
  readonly onClose: () => void;
  readonly onJobStarted: (jobId: string) => void;
}

/** Waits a moment for what the pages show: a window that fills itself while one looks would be worse. A long wait is shown. */
export function VmNetworkProperties(props: VmNetworkPropertiesProps) {
  const details = useProcedure('vmNetwork.get', { id: props.vmNetworkId });
  const options = useProcedure('vmNetwork.connectivityOptions', { id: props.vmNetworkId });
  const error = details.error ?? options.error;
  const isLoaded = details.data?.id === props.vmNetworkId && options.data?.vmNetwork.id === props.vmNetworkId;
  const isSlow = useDelayed(!isLoaded);
  if (error !== null) return <PropertiesNotice content={<ErrorState error={error} />} onClose={props.onClose} />;
  if (isLoaded && details.data !== undefined && options.data !== undefined) return <LoadedProperties {...props} details={details.data} options={options.data} />;
  return isSlow ? <PropertiesNotice content={<LoadingState what="the properties" />} onClose={props.onClose} /> : null;
}

/** The window before it has anything to change. */
function PropertiesNotice({ content, onClose }: { readonly content: ReactNode; readonly onClose: () => void }) {
  return (
    <PropertiesFrame
      title="VM network properties"
      icon={<VirtualNetwork20Regular />}
      pages={[{ id: 'general', label: 'General', purpose: 'The VM network', content }]}
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

type PageId = 'name' | 'vmSubnets' | 'connectivity';

interface LoadedPropertiesProps extends VmNetworkPropertiesProps {
  readonly details: VmNetworkDetails;
  readonly options: ConnectivityOptions;
}

function LoadedProperties({ vmNetworkId, details, options, onClose, onJobStarted }: LoadedPropertiesProps) {
  const [pageId, setPageId] = useState<PageId>('connectivity');
  const [form, setForm] = useState<ConnectivityForm>(() => initialForm(options));
  const [problems, setProblems] = useState<readonly Problem[]>([]);
  const [failure, setFailure] = useState<ConsoleError | undefined>(undefined);
  const [isBusy, setBusy] = useState(false);
  const { fields, others } = problemsByField(problems);
  const canAccept = isChanged(form, options);

  const change = (next: ConnectivityForm) => {
    setForm(next);
    setProblems([]);
    setFailure(undefined);
  };
  const accept = async () => {
    setBusy(true);
    try {
      const started = await invoke('operation.start', { operationId: 'vmNetwork.setConnectivity', input: toInput(form, vmNetworkId) });
      onClose();
      onJobStarted(started.jobId);
    } catch (error) {
      if (!(error instanceof ConsoleError)) throw error;
      setProblems(error.problems);
      setFailure(error.problems.length === 0 ? error : undefined);
      setPageId('connectivity');
      setBusy(false);
    }
  };
  const pages: readonly PropertiesPage<PageId>[] = [
    { id: 'name', label: 'Name', purpose: 'Name and isolation of the VM network', content: <NamePage details={details} /> },
    { id: 'vmSubnets', label: 'VM Subnets', purpose: 'Subnets of the VM network and their virtual subnet IDs', content: <VmSubnetsPage details={details} /> },
    {
      id: 'connectivity',
      label: 'Connectivity',
      purpose: 'How this VM network reaches other networks',
      isWrong: problems.length > 0,
      content: <ConnectivityPage options={options} form={form} problems={fields} onChange={change} />,
    },
  ];
  return (
    <PropertiesFrame
      title={`${details.name} Properties`}
      icon={<VirtualNetwork20Regular />}
      pages={pages}
      pageId={pageId}
      onPage={setPageId}
      notice={<Notice failure={failure} others={others} canAccept={canAccept} />}
      isBusy={isBusy}
      canAccept={canAccept}
      onAccept={() => void accept()}
      onCancel={onClose}
    />
  );
}

function Notice({ failure, others, canAccept }: { readonly failure: ConsoleError | undefined; readonly others: readonly Problem[]; readonly canAccept: boolean }) {
  const styles = useStyles();
  const [first] = others;
  const shown = failure ?? first;
  if (shown !== undefined) return <span className={styles.wrong}>{`${shown.message} ${shown.recommendedAction} (${shown.code})`}</span>;
  return canAccept ? null : <span className={styles.quiet}>Nothing has been changed yet.</span>;
}
