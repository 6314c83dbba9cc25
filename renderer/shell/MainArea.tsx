/** The page that belongs to the view. */
import { makeStyles } from '@fluentui/react-components';
import { lazy, Suspense } from 'react';
import { VmNetworksPage } from '../workspaces/vms-and-services/VmNetworksPage.tsx';
import { useConsole } from './console.tsx';
import { viewKey, type View } from './views.ts';

// Only the page that the console usually opens with is there from the start.
const CompartmentView = lazy(() => import('../views/compartments/CompartmentView.tsx').then((module) => ({ default: module.CompartmentView })));
const HostsPage = lazy(() => import('../workspaces/fabric/HostsPage.tsx').then((module) => ({ default: module.HostsPage })));
const LogicalNetworksPage = lazy(() => import('../workspaces/fabric/LogicalNetworksPage.tsx').then((module) => ({ default: module.LogicalNetworksPage })));
const NetworkServicesPage = lazy(() => import('../workspaces/fabric/NetworkServicesPage.tsx').then((module) => ({ default: module.NetworkServicesPage })));
const FabricObjectsPage = lazy(() => import('../workspaces/fabric/FabricObjectsPage.tsx').then((module) => ({ default: module.FabricObjectsPage })));
const JobsPage = lazy(() => import('../workspaces/jobs/JobsPage.tsx').then((module) => ({ default: module.JobsPage })));
const VmTemplatesPage = lazy(() => import('../workspaces/library/VmTemplatesPage.tsx').then((module) => ({ default: module.VmTemplatesPage })));
const ServiceTemplatesPage = lazy(() => import('../workspaces/library/ServiceTemplatesPage.tsx').then((module) => ({ default: module.ServiceTemplatesPage })));
const LibraryImagesPage = lazy(() => import('../workspaces/library/LibraryImagesPage.tsx').then((module) => ({ default: module.LibraryImagesPage })));
const GeneralPage = lazy(() => import('../workspaces/settings/GeneralPage.tsx').then((module) => ({ default: module.GeneralPage })));
const SnapshotsPage = lazy(() => import('../workspaces/settings/SnapshotsPage.tsx').then((module) => ({ default: module.SnapshotsPage })));
const RunAsAccountsPage = lazy(() => import('../workspaces/settings/RunAsAccountsPage.tsx').then((module) => ({ default: module.RunAsAccountsPage })));
const VirtualMachinesPage = lazy(() => import('../workspaces/vms-and-services/VirtualMachinesPage.tsx').then((module) => ({ default: module.VirtualMachinesPage })));

const useStyles = makeStyles({ root: { height: '100%', minWidth: 0, overflow: 'hidden' } });

export function MainArea() {
  const styles = useStyles();
  const { view } = useConsole();
  return (
    <main className={styles.root} data-pane="main">
      <Suspense fallback={null}>
        <Page key={viewKey(view)} view={view} />
      </Suspense>
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
    case 'fabricObjects':
      return <FabricObjectsPage kind={view.list} />;
    case 'networkServices':
      return <NetworkServicesPage />;
    case 'compartments':
      return <CompartmentView networkServiceId={view.networkServiceId} />;
    case 'vmTemplates':
      return <VmTemplatesPage />;
    case 'serviceTemplates':
      return <ServiceTemplatesPage />;
    case 'libraryImages':
      return <LibraryImagesPage />;
    case 'jobs':
      return <JobsPage />;
    case 'runAsAccounts':
      return <RunAsAccountsPage />;
    case 'snapshots':
      return <SnapshotsPage />;
    case 'general':
      return <GeneralPage />;
  }
}
