/** The open windows, each kind with its own component. */
import { lazy, Suspense } from 'react';
import { useConsole } from './console.tsx';
import type { ConsoleWindow } from './consoleState.ts';

// Not needed for the first picture: each comes from the package when it is opened first.
const JobsWindow = lazy(() => import('../views/jobs/JobsWindow.tsx').then((module) => ({ default: module.JobsWindow })));
const JobScriptWindow = lazy(() => import('../views/jobs/JobScriptWindow.tsx').then((module) => ({ default: module.JobScriptWindow })));
const VpnStatusWindow = lazy(() => import('../views/vpn/VpnStatusWindow.tsx').then((module) => ({ default: module.VpnStatusWindow })));
const NatSessionsWindow = lazy(() => import('../views/nat/NatSessionsWindow.tsx').then((module) => ({ default: module.NatSessionsWindow })));
const ExportWindow = lazy(() => import('../views/export/ExportWindow.tsx').then((module) => ({ default: module.ExportWindow })));
const ScenarioWindow = lazy(() => import('../views/scenario/ScenarioWindow.tsx').then((module) => ({ default: module.ScenarioWindow })));
const PingWindow = lazy(() => import('../views/ping/PingWindow.tsx').then((module) => ({ default: module.PingWindow })));
const FaultsWindow = lazy(() => import('../views/faults/FaultsWindow.tsx').then((module) => ({ default: module.FaultsWindow })));
const MtuCheckWindow = lazy(() => import('../views/mtu/MtuCheckWindow.tsx').then((module) => ({ default: module.MtuCheckWindow })));
const VmNetworkProperties = lazy(() => import('../wizards/vm-network-properties/VmNetworkProperties.tsx').then((module) => ({ default: module.VmNetworkProperties })));
const MoveToGatewayWizard = lazy(() => import('../wizards/move-to-gateway/MoveToGatewayWizard.tsx').then((module) => ({ default: module.MoveToGatewayWizard })));
const AddNetworkServiceWizard = lazy(() => import('../wizards/add-network-service/AddNetworkServiceWizard.tsx').then((module) => ({ default: module.AddNetworkServiceWizard })));
const NetworkServiceProperties = lazy(() => import('../wizards/network-service-properties/NetworkServiceProperties.tsx').then((module) => ({ default: module.NetworkServiceProperties })));
const VmTemplateWizard = lazy(() => import('../wizards/vm-template/VmTemplateWizard.tsx').then((module) => ({ default: module.VmTemplateWizard })));
const VmTemplateProperties = lazy(() => import('../wizards/vm-template/VmTemplateProperties.tsx').then((module) => ({ default: module.VmTemplateProperties })));
const CreateServiceTemplate = lazy(() => import('../wizards/service-template/CreateServiceTemplate.tsx').then((module) => ({ default: module.CreateServiceTemplate })));
const CreateVirtualMachineWizard = lazy(() => import('../wizards/virtual-machine/CreateVirtualMachineWizard.tsx').then((module) => ({ default: module.CreateVirtualMachineWizard })));
const MigrateVirtualMachineWizard = lazy(() => import('../wizards/virtual-machine/MigrateVirtualMachineWizard.tsx').then((module) => ({ default: module.MigrateVirtualMachineWizard })));
const RemoveWindow = lazy(() => import('../wizards/frame/RemoveWindow.tsx').then((module) => ({ default: module.RemoveWindow })));
const CreateRunAsAccountDialog = lazy(() => import('../wizards/run-as-account/CreateRunAsAccountDialog.tsx').then((module) => ({ default: module.CreateRunAsAccountDialog })));
const RunAsAccountProperties = lazy(() => import('../wizards/run-as-account/RunAsAccountProperties.tsx').then((module) => ({ default: module.RunAsAccountProperties })));
const AddHostWizard = lazy(() => import('../wizards/host/AddHostWizard.tsx').then((module) => ({ default: module.AddHostWizard })));
const HostProperties = lazy(() => import('../wizards/host-properties/HostProperties.tsx').then((module) => ({ default: module.HostProperties })));
const CreateHostGroupDialog = lazy(() => import('../wizards/host-group/HostGroupDialogs.tsx').then((module) => ({ default: module.CreateHostGroupDialog })));
const RenameHostGroupDialog = lazy(() => import('../wizards/host-group/HostGroupDialogs.tsx').then((module) => ({ default: module.RenameHostGroupDialog })));
const MoveHostGroupDialog = lazy(() => import('../wizards/host-group/HostGroupDialogs.tsx').then((module) => ({ default: module.MoveHostGroupDialog })));
const CreateVmNetworkWizard = lazy(() => import('../wizards/vm-network/CreateVmNetworkWizard.tsx').then((module) => ({ default: module.CreateVmNetworkWizard })));
const CreateMacAddressPoolDialog = lazy(() => import('../wizards/switch-fabric/SwitchFabricDialogs.tsx').then((module) => ({ default: module.CreateMacAddressPoolDialog })));
const CreateUplinkPortProfileDialog = lazy(() => import('../wizards/switch-fabric/SwitchFabricDialogs.tsx').then((module) => ({ default: module.CreateUplinkPortProfileDialog })));
const CreateLogicalSwitchDialog = lazy(() => import('../wizards/switch-fabric/SwitchFabricDialogs.tsx').then((module) => ({ default: module.CreateLogicalSwitchDialog })));
const CreateHostClusterDialog = lazy(() => import('../wizards/cluster/ClusterDialogs.tsx').then((module) => ({ default: module.CreateHostClusterDialog })));
const CreateGuestClusterDialog = lazy(() => import('../wizards/cluster/ClusterDialogs.tsx').then((module) => ({ default: module.CreateGuestClusterDialog })));
const CreateLogicalNetworkWizard = lazy(() => import('../wizards/logical-network/CreateLogicalNetworkWizard.tsx').then((module) => ({ default: module.CreateLogicalNetworkWizard })));
const LogicalNetworkPropertiesWindow = lazy(() => import('../wizards/logical-network/LogicalNetworkPropertiesWindow.tsx').then((module) => ({ default: module.LogicalNetworkPropertiesWindow })));
const CreateIpPoolWizard = lazy(() => import('../wizards/ip-pool/CreateIpPoolWizard.tsx').then((module) => ({ default: module.CreateIpPoolWizard })));
const IpPoolPropertiesWindow = lazy(() => import('../wizards/ip-pool/IpPoolPropertiesWindow.tsx').then((module) => ({ default: module.IpPoolPropertiesWindow })));
const CreateSnapshotDialog = lazy(() => import('../wizards/snapshot/SnapshotDialogs.tsx').then((module) => ({ default: module.CreateSnapshotDialog })));
const RestoreSnapshotDialog = lazy(() => import('../wizards/snapshot/SnapshotDialogs.tsx').then((module) => ({ default: module.RestoreSnapshotDialog })));
const ImportLabDialog = lazy(() => import('../wizards/snapshot/ImportLabDialog.tsx').then((module) => ({ default: module.ImportLabDialog })));
const CompareWindow = lazy(() => import('../wizards/snapshot/CompareWindow.tsx').then((module) => ({ default: module.CompareWindow })));
const GuestWindow = lazy(() => import('../views/guest/GuestWindow.tsx').then((module) => ({ default: module.GuestWindow })));
const TerminalWindow = lazy(() => import('../views/terminal/TerminalWindow.tsx').then((module) => ({ default: module.TerminalWindow })));
const AboutWindow = lazy(() => import('./AboutWindow.tsx').then((module) => ({ default: module.AboutWindow })));
const ShortcutsWindow = lazy(() => import('./ShortcutsWindow.tsx').then((module) => ({ default: module.ShortcutsWindow })));

export function Windows() {
  const { windows, close } = useConsole();
  return (
    <>
      {windows.map(({ number, window }) => (
        <Suspense key={number} fallback={null}>
          <ConsoleWindowContent window={window} onClose={() => close(number)} />
        </Suspense>
      ))}
    </>
  );
}

function ConsoleWindowContent({ window, onClose }: { readonly window: ConsoleWindow; readonly onClose: () => void }) {
  // What the windows open is the job that they started.
  const { openStarted: open } = useConsole();
  switch (window.kind) {
    case 'vmNetworkProperties':
      return <VmNetworkProperties vmNetworkId={window.vmNetworkId} onClose={onClose} onJobStarted={(jobId) => open({ kind: 'jobs', jobId })} />;
    case 'moveToGateway':
      return <MoveToGatewayWizard vmNetworkId={window.vmNetworkId} name={window.name} onClose={onClose} onJobStarted={(jobId) => open({ kind: 'jobs', jobId })} />;
    case 'addNetworkService':
      return <AddNetworkServiceWizard onClose={onClose} onJobStarted={(jobId) => open({ kind: 'jobs', jobId })} />;
    case 'remove':
      return <RemoveWindow operationId={window.operationId} input={window.input} name={window.name} what={window.what} consequence={window.consequence} onClose={onClose} onJobStarted={(jobId) => open({ kind: 'jobs', jobId })} />;
    case 'faults':
      return <FaultsWindow onClose={onClose} />;
    case 'scenario':
      return <ScenarioWindow onClose={onClose} />;
    case 'guest':
      return <GuestWindow virtualMachineId={window.virtualMachineId} onClose={onClose} />;
    case 'terminal':
      return <TerminalWindow target={window.target} onClose={onClose} />;
    case 'createRunAsAccount':
      return <CreateRunAsAccountDialog isOpen onClose={onClose} onJobStarted={(jobId) => open({ kind: 'jobs', jobId })} />;
    case 'runAsAccountProperties':
      return <RunAsAccountProperties account={window.account} onClose={onClose} onJobStarted={(jobId) => open({ kind: 'jobs', jobId })} />;
    case 'addHost':
      return <AddHostWizard hostGroupId={window.hostGroupId} onClose={onClose} onJobStarted={(jobId) => open({ kind: 'jobs', jobId })} />;
    case 'hostProperties':
      return <HostProperties hostId={window.hostId} initialPage={window.page ?? 'general'} onClose={onClose} onJobStarted={(jobId) => open({ kind: 'jobs', jobId })} />;
    case 'createHostGroup':
      return <CreateHostGroupDialog parentId={window.parentId} onClose={onClose} onJobStarted={(jobId) => open({ kind: 'jobs', jobId })} />;
    case 'renameHostGroup':
      return <RenameHostGroupDialog hostGroupId={window.hostGroupId} name={window.name} onClose={onClose} onJobStarted={(jobId) => open({ kind: 'jobs', jobId })} />;
    case 'moveHostGroup':
      return <MoveHostGroupDialog hostGroupId={window.hostGroupId} name={window.name} onClose={onClose} onJobStarted={(jobId) => open({ kind: 'jobs', jobId })} />;
    case 'networkServiceProperties':
      return <NetworkServiceProperties networkServiceId={window.networkServiceId} onClose={onClose} onJobStarted={(jobId) => open({ kind: 'jobs', jobId })} />;
    case 'createVmNetwork':
      return <CreateVmNetworkWizard onClose={onClose} onJobStarted={(jobId) => open({ kind: 'jobs', jobId })} />;
    case 'createMacAddressPool':
      return <CreateMacAddressPoolDialog onClose={onClose} onJobStarted={(jobId) => open({ kind: 'jobs', jobId })} />;
    case 'createUplinkPortProfile':
      return <CreateUplinkPortProfileDialog onClose={onClose} onJobStarted={(jobId) => open({ kind: 'jobs', jobId })} />;
    case 'createLogicalSwitch':
      return <CreateLogicalSwitchDialog onClose={onClose} onJobStarted={(jobId) => open({ kind: 'jobs', jobId })} />;
    case 'createHostCluster':
      return <CreateHostClusterDialog onClose={onClose} onJobStarted={(jobId) => open({ kind: 'jobs', jobId })} />;
    case 'createGuestCluster':
      return <CreateGuestClusterDialog onClose={onClose} onJobStarted={(jobId) => open({ kind: 'jobs', jobId })} />;
    case 'createLogicalNetwork':
      return <CreateLogicalNetworkWizard onClose={onClose} onJobStarted={(jobId) => open({ kind: 'jobs', jobId })} />;
    case 'logicalNetworkProperties':
      return <LogicalNetworkPropertiesWindow logicalNetworkId={window.logicalNetworkId} onClose={onClose} onJobStarted={(jobId) => open({ kind: 'jobs', jobId })} />;
    case 'createIpPool':
      return <CreateIpPoolWizard origin={window} onClose={onClose} onJobStarted={(jobId) => open({ kind: 'jobs', jobId })} />;
    case 'ipPoolProperties':
      return <IpPoolPropertiesWindow ipPoolId={window.ipPoolId} onClose={onClose} onJobStarted={(jobId) => open({ kind: 'jobs', jobId })} />;
    case 'createVmTemplate':
      return <VmTemplateWizard onClose={onClose} onJobStarted={(jobId) => open({ kind: 'jobs', jobId })} />;
    case 'vmTemplateProperties':
      return <VmTemplateProperties vmTemplateId={window.vmTemplateId} onClose={onClose} onJobStarted={(jobId) => open({ kind: 'jobs', jobId })} />;
    case 'createServiceTemplate':
      return <CreateServiceTemplate initialVmTemplateId={window.vmTemplateId} onClose={onClose} onJobStarted={(jobId) => open({ kind: 'jobs', jobId })} />;
    case 'migrateVirtualMachine':
      return <MigrateVirtualMachineWizard machine={window.machine} onClose={onClose} onJobStarted={(jobId) => open({ kind: 'jobs', jobId })} />;
    case 'createVirtualMachine':
      return <CreateVirtualMachineWizard initialVmTemplateId={window.vmTemplateId} onClose={onClose} onJobStarted={(jobId) => open({ kind: 'jobs', jobId })} />;
    case 'jobs':
      return <JobsWindow {...(window.jobId === undefined ? {} : { initialJobId: window.jobId })} onClose={onClose} />;
    case 'jobScript':
      return <JobScriptWindow jobId={window.jobId} name={window.name} onClose={onClose} />;
    case 'vpnStatus':
      return <VpnStatusWindow vmNetworkId={window.vmNetworkId} onClose={onClose} />;
    case 'natSessions':
      return <NatSessionsWindow scope={window.scope} onClose={onClose} />;
    case 'exportJobs':
      return <ExportWindow job={window.job} isForJob={window.isForJob} list={window.list} onClose={onClose} />;
    case 'ping':
      return <PingWindow initialVirtualMachineId={window.virtualMachineId} vmNetworkId={window.vmNetworkId} onClose={onClose} />;
    case 'mtuCheck':
      return <MtuCheckWindow initialVirtualMachineId={window.virtualMachineId} vmNetworkId={window.vmNetworkId} onClose={onClose} />;
    case 'createSnapshot':
      return <CreateSnapshotDialog onClose={onClose} onJobStarted={(jobId) => open({ kind: 'jobs', jobId })} />;
    case 'compareSnapshot':
      return <CompareWindow snapshot={window.snapshot} onClose={onClose} />;
    case 'restoreSnapshot':
      return <RestoreSnapshotDialog snapshot={window.snapshot} onClose={onClose} onJobStarted={(jobId) => open({ kind: 'jobs', jobId })} />;
    case 'importLab':
      return <ImportLabDialog preview={window.preview} onClose={onClose} onJobStarted={(jobId) => open({ kind: 'jobs', jobId })} />;
    case 'shortcuts':
      return <ShortcutsWindow onClose={onClose} />;
    case 'about':
      return <AboutWindow onClose={onClose} />;
  }
}
