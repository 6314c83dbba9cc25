/** The page that belongs to the view. */
import { makeStyles } from '@fluentui/react-components';
import { CompartmentView } from '../views/compartments/CompartmentView.tsx';
import { HostsPage } from '../workspaces/fabric/HostsPage.tsx';
import { LogicalNetworksPage } from '../workspaces/fabric/LogicalNetworksPage.tsx';
import { NetworkServicesPage } from '../workspaces/fabric/NetworkServicesPage.tsx';
import { JobsPage } from '../workspaces/jobs/JobsPage.tsx';
import { LibraryPage } from '../workspaces/library/LibraryPage.tsx';
import { GeneralPage } from '../workspaces/settings/GeneralPage.tsx';
import { RunAsAccountsPage } from '../workspaces/settings/RunAsAccountsPage.tsx';
import { VirtualMachinesPage } from '../workspaces/vms-and-services/VirtualMachinesPage.tsx';
import { VmNetworksPage } from '../workspaces/vms-and-services/VmNetworksPage.tsx';
import { useConsole } from './console.tsx';
import { viewKey, type View } from './views.ts';

const useStyles = makeStyles({ root: { height: '100%', minWidth: 0, overflow: 'hidden' } });

export function MainArea() {
  const styles = useStyles();
  const { view } = useConsole();
  return (
    <main className={styles.root} data-pane="main">
      <Page key={viewKey(view)} view={view} />
    </main>
  );
}

function Page({ view }: { readonly view: View }) {
  switch (view.kind) {
    case 'vmNetworks':
      return <VmNetworksPage />;
    case 'virtualMachines':
      return <VirtualMachinesPage view={view} />;
    case 'hosts':
      return <HostsPage view={view} />;
    case 'logicalNetworks':
      return <LogicalNetworksPage />;
    case 'networkServices':
      return <NetworkServicesPage />;
    case 'compartments':
      return <CompartmentView networkServiceId={view.networkServiceId} />;
    case 'library':
      return <LibraryPage />;
    case 'jobs':
      return <JobsPage />;
    case 'runAsAccounts':
      return <RunAsAccountsPage />;
    case 'general':
      return <GeneralPage />;
  }
}
